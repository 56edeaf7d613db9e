// The same digits, the same number of steps: an autoencoder, a VAE and a GAN of each objective, one after another in a
// worker of their own; beside it what others have published, with their set-up.
import { Laboratory } from './laboratory.js';
import { languageOf } from './i18n/index.js';
import { set } from './readout.js';

/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {import('./protocol.js').Reading} Reading */

/** A GAN's objective with the penalties it is usually given. @param {string} objective @param {Settings} penalties @returns {[string, Settings]} */
const gan = (objective, penalties) => [objective, { preset: 'digits14', objective, r1: '0', r2: '0', ...penalties }];

/** @type {[string, Settings][]} */
const ENTRIES = [
  ['autoencoder', { preset: 'digits14_ae' }],
  ['vae', { preset: 'digits14_vae' }],
  gan('minimax', { r1: '1' }),
  gan('non_saturating', { r1: '1' }),
  gan('least_squares', { r1: '1' }),
  gan('hinge', { r1: '1' }),
  gan('wasserstein', { gradient_penalty: '10' }),
  gan('relativistic_pairing', { r1: '1', r2: '1' }),
  gan('relativistic_average', { r1: '1', r2: '1' }),
];
const COLUMNS = ['frechet', 'precision', 'recall', 'sharpness'];

/**
 * Best FID on MNIST, Inception features. Lucic et al. 2018: best of 100 random settings a model, mean and standard deviation of
 * 50 runs of it. Dai and Wipf 2019: one network for all, no tuning for each data set.
 */
const PUBLISHED = [
  ['Lucic et al. 2018', 'MM GAN', '9.8 ± 0.9'],
  ['Lucic et al. 2018', 'NS GAN', '6.8 ± 0.5'],
  ['Lucic et al. 2018', 'LSGAN', '7.8 ± 0.6'],
  ['Lucic et al. 2018', 'WGAN', '6.7 ± 0.4'],
  ['Lucic et al. 2018', 'WGAN-GP', '20.3 ± 5.0'],
  ['Lucic et al. 2018', 'DRAGAN', '7.6 ± 0.4'],
  ['Lucic et al. 2018', 'BEGAN', '13.1 ± 1.0'],
  ['Dai, Wipf 2019', 'VAE', '16.6 ± 0.4'],
];

export const MARKUP = `<div class="scoreboard">
  <p class="quiet" data-text="score_help"></p>
  <div class="buttons"><label>${'<span data-text="score_steps"></span>'} <select data-score="steps"><option>500</option><option>1000</option><option selected>3000</option><option>5000</option></select></label><button type="button" data-score="run"><span></span></button><progress max="1" value="0" hidden></progress></div>
  <div class="wide"><table class="metrics" data-score="table"><thead><tr><th scope="col" data-text="score_model"></th>${COLUMNS.map((id) => `<th scope="col" data-head="${id}"></th>`).join('')}</tr></thead><tbody></tbody></table></div>
  <div class="wide"><table class="metrics"><caption data-text="score_published"></caption><tbody>${PUBLISHED.map((row) => `<tr><th scope="row">${row[1]}</th><td>${row[2]}</td><td>${row[0]}</td></tr>`).join('')}</tbody></table></div>
  <p class="quiet" data-text="score_setup"></p>
</div>`;

export class Scoreboard {
  /** By entry. @type {Map<string, Reading[]>} */ #readings = new Map();
  /** @type {Laboratory | null} */ #runner = null;
  #entry = 0;
  #steps = 3000;
  /** Of the whole, 0 to 1. */ #done = 0;

  /** @param {(selector: string) => HTMLElement} part @param {HTMLElement & { settings: Settings | null }} host @param {() => void} onChange */
  constructor(part, host, onChange) {
    this.part = part;
    this.host = host;
    this.onChange = onChange;
    part('[data-score=run]').addEventListener('click', () => (this.#runner ? this.stop() : this.#begin()));
  }

  /** Ends what runs; what has been measured stays. */
  stop() {
    this.#runner?.close();
    this.#runner = null;
    this.onChange();
  }

  #begin() {
    this.#readings.clear();
    this.#entry = 0;
    this.#done = 0;
    this.#steps = Number(/** @type {HTMLSelectElement} */ (this.part('[data-score=steps]')).value);
    const ignore = () => {};
    this.#runner = new Laboratory({ changed: () => this.#onNotice(), started: ignore, took: ignore, stepped: (snapshot) => this.#onSnapshot(snapshot), glanced: ignore, read: ignore, weighed: ignore });
    this.#next();
  }

  /** The next entry, with the seed of the figure. */
  #next() {
    const [, settings] = ENTRIES[this.#entry];
    const seed = this.host.settings?.seed ?? 1;
    const runner = this.#runner;
    if (!runner) return;
    runner.open(`#${new URLSearchParams(Object.entries({ ...settings, seed, device: 'flex', stop_steps: this.#steps }).map(([k, v]) => [k, String(v)]))}`);
    if (runner.resting) runner.resume();
    runner.play();
  }

  /** @param {import('./protocol.js').Snapshot} snapshot */
  #onSnapshot({ step, metrics, stopped, health }) {
    const ended = (step >= this.#steps && metrics.length > 0) || health.diverged_at !== null;
    this.#done = (this.#entry + Math.min(1, step / this.#steps)) / ENTRIES.length;
    if (stopped && !ended) return; // the metrics come with the next snapshot, as it stands still
    if (!ended) return this.onChange();
    this.#readings.set(ENTRIES[this.#entry][0], metrics);
    this.#entry += 1;
    if (this.#entry < ENTRIES.length) this.#next();
    else this.stop();
    this.onChange();
  }

  /** A worker that stopped measures nothing more. */
  #onNotice() {
    if (this.#runner?.notice.kind === 'stopped') this.stop();
  }

  /** @param {any} words @param {import('./protocol.js').Catalog | null} catalog */
  draw(words, catalog) {
    const language = languageOf(this.host);
    const running = Boolean(this.#runner);
    set(/** @type {HTMLElement} */ (this.part('[data-score=run]').firstElementChild), running ? words.score_stop : words.score_run);
    const bar = /** @type {HTMLProgressElement} */ (this.part('.scoreboard progress'));
    bar.hidden = !running;
    bar.value = this.#done;
    bar.setAttribute('aria-label', words.score_run);
    const cards = catalog?.models.find((model) => model.id === 'picture_gan')?.metrics ?? [];
    for (const id of COLUMNS) set(this.part(`[data-head=${id}]`), cards.find((card) => card.id === id)?.label[language] ?? id);
    const [first] = this.#readings.values();
    const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const of = (/** @type {Reading[] | undefined} */ readings, /** @type {(reading: Reading) => number} */ value) =>
      COLUMNS.map((id) => {
        const reading = readings?.find((r) => r.id === id);
        const shown = reading ? value(reading) : NaN;
        return Number.isFinite(shown) ? number.format(shown) : '–';
      });
    // An autoencoder's second column is the fitted gaussian's; a GAN's the averaged G's, which is the one to use.
    const rows = ENTRIES.flatMap(([id], i) => {
      const readings = this.#readings.get(id);
      const label = words[`score_${id}`] ?? catalog?.objectives.find((o) => o.id === id)?.label[language] ?? id;
      const waits = running && i === this.#entry ? [words.score_running, '', '', ''] : null;
      if (id === 'autoencoder') return [[label, ...(waits ?? of(readings, (r) => r.live))], [words.score_fitted, ...of(readings, (r) => r.ema)]];
      return [[label, ...(waits ?? of(readings, (r) => (id === 'vae' ? r.live : r.ema)))]];
    });
    if (first) rows.push([words.score_floor, ...of(first, (r) => r.floor)], [words.score_chance, ...of(first, (r) => r.chance)]);
    const body = /** @type {HTMLTableElement} */ (this.part('[data-score=table]')).tBodies[0];
    while (body.rows.length < rows.length) {
      const line = body.insertRow();
      line.append(Object.assign(document.createElement('th'), { scope: 'row' }));
      COLUMNS.forEach(() => line.insertCell());
    }
    while (body.rows.length > rows.length) body.deleteRow(-1);
    rows.forEach((texts, i) => texts.forEach((text, j) => set(body.rows[i].cells[j], text)));
  }
}
