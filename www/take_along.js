// Take it with you: pictures, numbers, a recording, weights, the link and the command line.
import { set } from './readout.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */

/** The recording: side in pixels, milliseconds between two frames, and the most frames (a minute). */
const GIF = { side: 480, interval: 100, most: 600 };

/** What not every model has, and the models that have it. @type {Record<string, string>} */
const FOR = { png: 'gan dirac', svg: 'gan dirac', record: 'gan dirac', weights: 'gan' };

const button = (name) => `<button type="button" data-take="${name}"${name in FOR ? ` data-for="${FOR[name]}"` : ''}><span data-text="take_${name}"></span></button>`;

export const MARKUP = `
  <div class="take">
    <div class="buttons">${['png', 'svg', 'csv', 'points', 'record', 'weights'].map(button).join('')}
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

  /**
   * @param {(selector: string) => HTMLElement} part
   * @param {Laboratory} laboratory
   * @param {import('./views/plane.js').Plane} plane
   * @param {import('./charts.js').Charts} charts
   * @param {() => any} words
   */
  constructor(part, laboratory, plane, charts, words) {
    this.part = part;
    this.laboratory = laboratory;
    this.plane = plane;
    this.charts = charts;
    this.words = words;
    const acts = {
      png: () => plane.frame.canvas.toBlob((blob) => blob && save(blob, `${this.#name()}.png`)),
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
    if (!this.#encoder || now < this.#nextFrame) return;
    this.#nextFrame = now + GIF.interval;
    const copy = Object.assign(document.createElement('canvas'), { width: GIF.side, height: GIF.side });
    const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext('2d', { willReadFrequently: true }));
    context.fillStyle = this.plane.colors.paper;
    context.fillRect(0, 0, GIF.side, GIF.side);
    context.drawImage(this.plane.frame.canvas, 0, 0, GIF.side, GIF.side);
    const { data } = context.getImageData(0, 0, GIF.side, GIF.side);
    this.#encoder.postMessage({ data, side: GIF.side, delay: GIF.interval }, [data.buffer]);
    this.#frames += 1;
    if (this.#frames >= GIF.most) this.#endRecording();
  }

  draw() {
    const words = this.words();
    set(this.part('.take .link'), this.#link());
    set(this.part('.take .command'), this.#command());
    this.part('[data-take=points]').hidden = this.laboratory.settings?.data !== 'own';
    const seconds = Math.round((this.#frames * GIF.interval) / 1000);
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
    const { link, preset, snapshot, settings } = this.laboratory;
    const changed = [...new URLSearchParams(link.slice(1))].filter(([key, value]) => !['preset', 'device'].includes(key) && value !== 'own');
    const flags = changed.map(([key, value]) => (key === 'seed' ? `--seed ${value}` : `--set ${key}=${value}`));
    const own = settings?.data === 'own' ? ['--data points.json'] : [];
    return ['cargo run --release --example train --', preset, `--steps ${Math.max(1, snapshot?.step ?? 1)}`, ...flags, ...own].join(' ');
  }

  async #copy(text) {
    const words = this.words();
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    set(this.part('.take-says'), copied ? words.take_copied : words.take_not_copied);
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

  async #saveSvg() {
    const { Context } = await import('./vendor/svgcanvas.js');
    const { side } = this.plane.frame;
    const context = new Context(side, side);
    this.plane.drawOn(context);
    save(new Blob([context.getSerializedSvg(true)], { type: 'image/svg+xml' }), `${this.#name()}.svg`);
  }

  #beginRecording() {
    this.#frames = 0;
    this.#encoder = new Worker(new URL('./gif.js', import.meta.url), { type: 'module' });
    this.#encoder.onmessage = ({ data }) => save(new Blob([data], { type: 'image/gif' }), `${this.#name()}.gif`);
    this.laboratory.page.changed();
  }

  #endRecording() {
    const encoder = this.#encoder;
    this.#encoder = null;
    if (!encoder) return;
    if (this.#frames === 0) return encoder.terminate();
    encoder.addEventListener('message', () => encoder.terminate());
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
