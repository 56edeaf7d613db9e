// Take it with you: pictures, numbers, a recording, weights, the link and the command line.
import { copy } from './clipboard.js';
import { raster, svg } from './picture.js';
import { set } from './readout.js';
import { startWorker } from './start_worker.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */

/** A still picture. @type {import('./picture.js').Format} */
const STILL = { width: 960, density: 2 };
/** The recording. @type {import('./picture.js').Format} */
const MOVING = { width: 480, density: 1 };
/** Milliseconds between two of its frames, and the most frames (a minute). */
const [INTERVAL, MOST] = [100, 600];

const button = (/** @type {string} */ name, models = '') => `<button type="button" data-take="${name}"${models && ` data-for="${models}"`}><span data-text="take_${name}"></span></button>`;

export const MARKUP = `
  <div class="take">
    <div class="buttons">${['png', 'svg', 'csv', 'record'].map((name) => button(name)).join('')}${button('points', 'gan density')}${button('weights', 'gan')}
      <label class="file" data-for="gan"><span data-text="take_load"></span><input type="file" accept=".safetensors"></label>
    </div>
    <p class="take-line"><span data-text="take_link"></span> <code class="link"></code>${button('copy_link')}</p>
    <p class="take-line"><span data-text="take_command"></span> <code class="command"></code>${button('copy_command')}</p>
    <p class="quiet take-says" aria-live="polite"></p>
  </div>`;

export class TakeAlong {
  /** @type {Worker | null} */ #encoder = null;
  #frames = 0;
  #nextFrame = 0;
  /** A frame is being encoded: the next one waits, for they would pile up. */ #encoding = false;
  /** Of the recording so far: its frames only grow. */ #size = { width: 0, height: 0 };

  /**
   * @param {(selector: string) => HTMLElement} part
   * @param {Laboratory} laboratory
   * @param {() => import('./picture.js').View | null} view the one on show
   * @param {import('./charts.js').Charts} charts
   * @param {() => any} words
   */
  constructor(part, laboratory, view, charts, words) {
    this.part = part;
    this.laboratory = laboratory;
    this.view = view;
    this.charts = charts;
    this.words = words;
    const acts = {
      png: () => this.#savePng(),
      svg: () => this.#saveSvg(),
      csv: async () => save(new Blob([await this.#csv()], { type: 'text/csv' }), `${this.#name()}.csv`),
      points: () => save(new Blob([this.#points()], { type: 'application/json' }), 'points.json'),
      record: () => (this.#encoder ? this.#endRecording() : this.#beginRecording()),
      weights: () => laboratory.weigh(),
      copy_link: () => this.#copy(this.#link()),
      copy_command: () => this.#copy(this.#command()),
    };
    for (const [name, act] of Object.entries(acts)) part(`[data-take=${name}]`).addEventListener('click', act);
    const input = /** @type {HTMLInputElement} */ (part('.take input[type=file]'));
    input.addEventListener('change', async () => {
      const file = input.files?.[0];
      input.value = '';
      if (file) laboratory.useWeights(new Uint8Array(await file.arrayBuffer()));
    });
  }

  /** The weights that were asked for. @param {Uint8Array} bytes */
  saveWeights(bytes) {
    save(new Blob([/** @type {BlobPart} */ (bytes)]), `${this.#name()}.safetensors`);
  }

  /** A new picture stands: the recording takes it in. */
  frame() {
    const now = performance.now();
    if (!this.#encoder || this.#encoding || now < this.#nextFrame) return;
    const picture = this.view()?.picture(MOVING);
    if (!picture) return;
    this.#nextFrame = now + INTERVAL;
    const width = Math.max(this.#size.width, picture.width);
    const height = Math.max(this.#size.height, picture.height);
    this.#size = { width, height };
    const context = /** @type {CanvasRenderingContext2D} */ (raster({ ...picture, width, height }, MOVING.density).getContext('2d'));
    const { data } = context.getImageData(0, 0, width, height);
    this.#encoder.postMessage({ data, width, height, delay: INTERVAL }, [data.buffer]);
    this.#encoding = true;
    this.#frames += 1;
    if (this.#frames >= MOST) this.#endRecording();
  }

  draw() {
    const words = this.words();
    set(this.part('.take .link'), this.#link());
    set(this.part('.take .command'), this.#command());
    this.part('[data-take=points]').hidden = this.laboratory.settings?.data !== 'own';
    const seconds = Math.round((this.#frames * INTERVAL) / 1000);
    set(this.part('[data-take=record] span'), this.#encoder ? words.take_stop(seconds) : words.take_record);
  }

  #name() {
    const { preset, settings, snapshot } = this.laboratory;
    return `genlab-${preset}-seed${settings?.seed ?? ''}-step${snapshot?.step ?? 0}`;
  }

  #link() {
    return `${location.origin}${location.pathname}${this.laboratory.link}`;
  }

  /** What repeats the run natively. */
  #command() {
    const { link, preset, snapshot, settings, model } = this.laboratory;
    const changed = [...new URLSearchParams(link.slice(1))].filter(([key, value]) => !['preset', 'device'].includes(key) && value !== 'own');
    const flags = changed.map(([key, value]) => (key === 'seed' ? `--seed ${value}` : `--set ${key}=${value}`));
    const own = settings?.data === 'own' && ['gan', 'density'].includes(model?.id ?? '') ? ['--data points.json'] : [];
    return ['cargo run --release --example train --', preset, `--steps ${Math.max(1, snapshot?.step ?? 1)}`, ...flags, ...own].join(' ');
  }

  async #copy(text) {
    const words = this.words();
    set(this.part('.take-says'), (await copy(text)) ? words.take_copied : words.take_not_copied);
  }

  /** The reader's own points, as the command line takes them. */
  #points() {
    const { values = [], half_width, axes } = this.laboratory.points ?? {};
    return JSON.stringify({ values: Array.from(values), half_width, axes });
  }

  /** Curves, then metrics, each row at its step. */
  async #csv() {
    const { csvFormatRows } = await import('./vendor/dsv.js');
    const { steps: values, curves, readings, ids } = this.charts;
    const rows = (record) => {
      const [steps, ...columns] = record.data();
      return new Map(steps.map((step, i) => [step, columns.map((column) => column[i] ?? '')]));
    };
    const [byStep, byReading] = [rows(values), rows(readings)];
    const head = ['step', ...curves.map(({ id }) => id), ...ids.flatMap((id) => [id, `${id}_ema`])];
    const steps = [...new Set([...byStep.keys(), ...byReading.keys()])].sort((a, b) => a - b);
    const blank = (/** @type {number} */ n) => Array.from({ length: n }, () => '');
    const body = steps.map((step) => [step, ...(byStep.get(step) ?? blank(curves.length)), ...(byReading.get(step) ?? blank(2 * ids.length))]);
    return csvFormatRows([head, ...body].map((row) => row.map(String)));
  }

  #savePng() {
    const picture = this.view()?.picture(STILL);
    if (picture) raster(picture, STILL.density).toBlob((blob) => blob && save(blob, `${this.#name()}.png`));
  }

  async #saveSvg() {
    const picture = this.view()?.picture(STILL);
    if (picture) save(new Blob([await svg(picture)], { type: 'image/svg+xml' }), `${this.#name()}.svg`);
  }

  #beginRecording() {
    const encoder = startWorker(new URL('./gif.js', import.meta.url));
    this.#encoder = encoder;
    this.#encoding = false;
    this.#frames = 0;
    this.#size = { width: 0, height: 0 };
    encoder.onmessage = ({ data: { file } }) => {
      if (this.#encoder === encoder) this.#encoding = false;
      if (!file) return;
      save(new Blob([file], { type: 'image/gif' }), `${this.#name()}.gif`);
      encoder.terminate();
    };
    this.laboratory.page.changed();
  }

  #endRecording() {
    const encoder = this.#encoder;
    this.#encoder = null;
    if (!encoder) return;
    if (this.#frames === 0) return encoder.terminate();
    encoder.postMessage({ end: true });
    this.laboratory.page.changed();
  }
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
