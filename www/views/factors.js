// What the numbers of a code do to a face: how much of each factor each of them explains, and ways through the codes that
// move one factor alone, with what the reader reads before and after.
import { isStrange, strangenessOf, valueOf } from '../faces.js';
import { set } from '../readout.js';

/** @typedef {import('../laboratory.js').Laboratory} Laboratory */
/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../protocol.js').Factor} Factor */
/** @typedef {'en' | 'zh'} Language */

/** How far a way is gone at the most, in units of z. */
const REACH = 4;

export const MARKUP = `<section data-gallery="factors" data-for="autoencoder picture_gan" data-of="faces">
  <p class="title" data-text="factors" data-hint="factors_hint"></p>
  <div class="wide" tabindex="0"><table class="metrics shares"></table></div>
  <div class="ways">
    <label><span data-text="factors_way"></span> <select data-factors="factor"></select></label>
    <label class="options"><span data-text="factors_from"></span> <select data-factors="from"></select></label>
    <label class="options"><span data-text="factors_to"></span> <select data-factors="to"></select></label>
    <label class="far"><span class="ends"></span><input type="range" data-factors="far" min="${-REACH}" max="${REACH}" step="0.1" value="0"></label>
    <p class="quiet" data-factors="read" aria-live="off"></p>
    <p data-factors="strange" aria-live="off"></p>
  </div>
</section>`;

export class Factors {
  /** @type {Factor[]} */ #factors = [];
  /** @type {Matrix | null} */ #directions = null;
  /** Where the way begins. @type {number[]} */ #base = [];
  /** What was read there. @type {number[] | null} */ #before = null;
  /** @type {Language | null} */ #language = null;

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {(place: number[]) => void} go to another place without leaving the way */
  constructor(part, laboratory, go) {
    this.part = (/** @type {string} */ name) => part(`[data-gallery=factors] ${name}`);
    this.section = part('[data-gallery=factors]');
    this.laboratory = laboratory;
    this.go = go;
    for (const name of ['factor', 'from', 'to', 'far']) this.#control(name).addEventListener('input', () => this.#turn(name));
  }

  needs() {
    return this.laboratory.subject === 'faces' ? ['dial_factors', 'directions', 'placed_factors'] : [];
  }

  /** The reader has gone elsewhere: ways begin there. @param {number[]} place */
  start(place) {
    this.#base = place;
    this.#before = null;
    this.#control('far').value = '0';
  }

  /** @param {Record<string, Matrix>} probes @param {any} words @param {Language} language @param {Intl.NumberFormat} number */
  draw(probes, words, language, number) {
    const { dial_factors: shares, directions } = probes;
    this.section.hidden = !shares;
    this.#factors = this.laboratory.catalog?.factors ?? [];
    if (!shares || !this.#factors.length) return;
    this.#directions = directions ?? null;
    if (this.#language !== language) this.#fill(language, words);
    drawShares(/** @type {HTMLTableElement} */ (this.part('.shares')), shares, this.#factors, words, language);
    this.answer(probes, words, language, number);
  }

  /** @param {Record<string, Matrix>} probes @param {any} words @param {Language} language @param {Intl.NumberFormat} number */
  answer({ placed_factors: read }, words, language, number) {
    if (!read || !this.#factors.length) return;
    const now = Array.from(read.values.subarray(0, this.#factors.length));
    if (!this.#before || !Number(this.#control('far').value)) this.#before = now;
    const said = this.#factors.map((factor, i) => {
      const [a, b] = [this.#before?.[i] ?? now[i], now[i]].map((value) => valueOf(factor, value, language, number));
      return `${factor.label[language]} ${a === b ? b : `${a} → ${b}`}`;
    });
    set(this.part('[data-factors=read]'), words.factors_read(said));
    set(this.part('[data-factors=strange]'), isStrange(read.values) ? words.face_strange(number.format(strangenessOf(read.values))) : '');
  }

  /** @param {string} name */
  #control(name) {
    return /** @type {HTMLInputElement} */ (this.part(`[data-factors=${name}]`));
  }

  /** @param {Language} language @param {any} words */
  #fill(language, words) {
    this.#language = language;
    const chosen = this.#control('factor').value;
    fill(this.#control('factor'), this.#factors.map(({ id, label }) => [id, label[language]]), chosen || 'open');
    this.#suit(words);
  }

  #chosen() {
    return Math.max(0, this.#factors.findIndex(({ id }) => id === this.#control('factor').value));
  }

  /** @param {any} [words] */
  #suit(words) {
    const { choice, range } = this.#factors[this.#chosen()];
    const language = /** @type {Language} */ (this.#language);
    for (const label of this.section.querySelectorAll('.options')) /** @type {HTMLElement} */ (label).hidden = !choice;
    if (choice) ['from', 'to'].forEach((name, i) => fill(this.#control(name), choice.map((option, k) => [String(k), option[language]]), String(i ? Math.min(3, choice.length - 1) : 0)));
    set(this.part('.ends'), range ? `${range.ends[0][language]} – ${range.ends[1][language]}` : '');
    if (words) this.#control('far').setAttribute('aria-label', words.factors_far);
  }

  /** @param {string} name of the control that has been turned */
  #turn(name) {
    if (name === 'factor') this.#suit();
    if (name !== 'far') this.#control('far').value = '0';
    const way = this.#way();
    const far = Number(this.#control('far').value);
    if (way) this.go(this.#base.map((z, j) => z + far * way[j]));
  }

  /** Of length 1. @returns {number[] | null} */
  #way() {
    if (!this.#directions) return null;
    const { shape: [, d], values } = this.#directions;
    const at = this.#chosen();
    const first = this.#factors.slice(0, at).reduce((sum, { choice }) => sum + (choice?.length ?? 1), 0);
    const row = (/** @type {number} */ k) => Array.from(values.subarray((first + k) * d, (first + k + 1) * d));
    const { choice } = this.#factors[at];
    const [from, to] = ['from', 'to'].map((name) => Number(this.#control(name).value));
    const away = choice && row(from);
    const way = away ? row(to).map((v, j) => v - away[j]) : row(0);
    const length = Math.hypot(...way);
    return length > 0 ? way.map((v) => v / length) : null;
  }
}

/** @param {HTMLElement} select @param {string[][]} options value and text @param {string} chosen */
function fill(select, options, chosen) {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value, false, value === chosen)));
}

/** Shares of a factor's variance, in per cent. @param {HTMLTableElement} table @param {Matrix} shares @param {Factor[]} factors @param {any} words @param {Language} language */
function drawShares(table, { shape: [n, width], values }, factors, words, language) {
  const heads = Array.from({ length: width - 1 }, (_, j) => `z${j + 1}`);
  const rows = [[words.factors_corner, ...heads, words.factors_all], ...factors.slice(0, n).map(({ label }, i) => [label[language], ...Array.from(values.subarray(i * width, (i + 1) * width), (share) => String(Math.round(100 * share)))])];
  while (table.rows.length > rows.length) table.deleteRow(-1);
  rows.forEach((line, i) => {
    const row = table.rows[i] ?? table.insertRow();
    while (row.cells.length > line.length) row.deleteCell(-1);
    line.forEach((text, j) => {
      const cell = row.cells[j] ?? row.appendChild(document.createElement(i && j ? 'td' : 'th'));
      set(/** @type {HTMLElement} */ (cell), text);
      const share = i && j ? Math.min(1, values[(i - 1) * width + j - 1]) : 0;
      /** @type {HTMLElement} */ (cell).style.background = share > 0.005 ? `color-mix(in srgb, var(--gl-generated) ${Math.round(60 * Math.sqrt(share))}%, transparent)` : '';
    });
  });
}
