// A GAN on a line: D(x) as a curve over the points that it is shown, and how far it is from the best D.
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { scaleOf } from './landscape.js';
import { LineFrame, columnOf, peakOf, readingOf } from './line_frame.js';
import { drawAxes, drawCurve, drawDensity, drawGenerated, drawPulls, drawReading, drawReal } from './line_picture.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */
/** @typedef {import('./line_picture.js').Scene} Scene */

/**
 * From bottom to top; a layer draws where all its probes are at hand.
 * @type {{ id: string, probes: string[], draw: (scene: Scene, ...matrices: Matrix[]) => void }[]}
 */
const LAYERS = [
  { id: 'line_d', probes: ['curve'], draw: (scene, curve) => drawCurve(scene, curve, 'd', { color: scene.colors.ink, width: 3 }) },
  { id: 'line_best', probes: ['curve'], draw: (scene, curve) => drawCurve(scene, curve, 'best', { color: scene.colors.ema, width: 2, dash: [7, 4] }) },
  { id: 'line_p', probes: ['curve'], draw: (scene, curve) => drawDensity(scene, curve, 'p', scene.colors.real) },
  { id: 'line_q', probes: ['curve'], draw: (scene, curve) => drawDensity(scene, curve, 'q', scene.colors.generated) },
  { id: 'real', probes: ['line_real'], draw: drawReal },
  { id: 'generated', probes: ['line_samples'], draw: drawGenerated },
  { id: 'line_pulls', probes: ['line_samples', 'line_pulls'], draw: drawPulls },
];
/** How an arrow key moves the reader, in rows of the curve; with Shift it leaps. */
const [STEP, LEAP] = [1, 16];

const layer = (/** @type {{ id: string }} */ { id }) =>
  `<label class="layer ${id}" data-hint="layer_${id}_hint"><input type="checkbox" data-line="${id}" checked><i aria-hidden="true"></i><span data-text="layer_${id}"></span></label>`;

export const MARKUP = `<figure data-for="line_gan">
  <canvas class="on-line" role="img" tabindex="0"></canvas>
  <p class="line-says quiet" aria-live="polite"></p>
  <figcaption>${LAYERS.map(layer).join('')}</figcaption>
  <p class="line-value"></p>
</figure>`;

export class Line {
  #on = new Set(LAYERS.map(({ id }) => id));
  /** Set once the style sheet has come. @type {Colors | null} */ #colors = null;
  /** @type {[Snapshot, any] | null} */ #last = null;
  /** The ends of D's scale. @type {[number, number] | null} */ #range = null;
  /** Where the reader looks: a row of the curve. @type {number | null} */ #at = null;

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host @param {() => void} onChange something else is needed */
  constructor(part, laboratory, host, onChange) {
    this.part = part;
    this.laboratory = laboratory;
    this.host = host;
    this.canvas = /** @type {HTMLCanvasElement} */ (part('.on-line'));
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    for (const { id } of LAYERS) {
      const box = /** @type {HTMLInputElement} */ (part(`[data-line=${id}]`));
      box.addEventListener('change', () => {
        this.#on[box.checked ? 'add' : 'delete'](id);
        onChange();
      });
    }
    let width = 0;
    new ResizeObserver(() => {
      if (this.canvas.clientWidth === width) return; // the height is our own doing
      width = this.canvas.clientWidth;
      this.#paint();
    }).observe(this.canvas);
    for (const type of ['pointermove', 'pointerdown', 'pointerleave']) this.canvas.addEventListener(type, (event) => this.#point(/** @type {PointerEvent} */ (event)));
    this.canvas.addEventListener('keydown', (event) => this.#walk(event));
  }

  /** The probes that are drawn. @param {Set<string>} shown */
  needs(shown) {
    return shown.has('picture') ? [...new Set(['curve', ...this.#layers().flatMap(({ probes }) => probes)])] : [];
  }

  #layers() {
    return LAYERS.filter(({ id }) => this.#on.has(id));
  }

  restyle() {
    this.#colors = null;
  }

  /** Another run has a scale of its own. */
  start() {
    this.#range = null;
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw(snapshot, words) {
    this.#last = [snapshot, words];
    const colors = (this.#colors ??= colorsOf(this.host));
    if (!colors.ink) this.#colors = null; // the style sheet is on its way; restyle() follows it
    const { curve } = snapshot.probes;
    if (curve) this.#range = scaleOf(this.#unit, { shape: [curve.shape[0], 1], values: Float32Array.from(columnOf(curve, 'd')) }, this.#range);
    this.#paint();
    this.#say();
  }

  get #unit() {
    const { catalog, settings } = this.laboratory;
    return catalog?.objectives.find(({ id }) => id === settings?.objective)?.unit ?? 'score';
  }

  #paint() {
    const curve = this.#last?.[0].probes.curve;
    const { canvas, context } = this;
    const [width, density] = [canvas.clientWidth, Math.min(3, devicePixelRatio || 1)];
    if (!curve || !this.#colors || !width) return;
    const frame = this.#frame(curve, width);
    const [pixels, rows] = [Math.round(width * density), Math.round(frame.height * density)];
    if (canvas.width !== pixels || canvas.height !== rows) [canvas.width, canvas.height] = [pixels, rows];
    canvas.style.height = `${frame.height}px`;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, frame.height);
    this.#drawOn(context, frame);
  }

  /** @param {Matrix} curve @param {number} width */
  #frame(curve, width) {
    const [x, density] = [columnOf(curve, 'x'), Math.max(...['p', 'q'].flatMap((name) => columnOf(curve, /** @type {'p' | 'q'} */ (name)).filter(Number.isFinite)))];
    return new LineFrame(width, { x: [x[0], x[x.length - 1]], d: this.#range ?? [0, 1], density: density > 0 ? density : 1 });
  }

  /** @param {CanvasRenderingContext2D} context @param {LineFrame} frame */
  #drawOn(context, frame) {
    const [{ probes }, words] = /** @type {[Snapshot, any]} */ (this.#last);
    const unit = this.#unit;
    const titles = { x: 'x', d: words[`line_axis_${unit}`], density: words.line_axis_density };
    const number = new Intl.NumberFormat(languageOf(this.host), { maximumSignificantDigits: 3 });
    const scene = { context, frame, colors: /** @type {Colors} */ (this.#colors), titles, number, probability: unit === 'probability' };
    drawAxes(scene);
    for (const { probes: names, draw } of this.#layers()) {
      const matrices = names.map((name) => probes[name]);
      if (matrices.every(Boolean)) draw(scene, ...matrices);
    }
    const reading = this.reading();
    if (reading) drawReading(scene, reading);
  }

  /** What is known where the reader looks; null where nowhere. */
  reading() {
    const curve = this.#last?.[0].probes.curve;
    return curve && this.#at !== null ? readingOf(curve, Math.min(this.#at, curve.shape[0] - 1)) : null;
  }

  /** The picture, the place looked at and the value of the game in words; aloud only while the run stands still. */
  #say() {
    if (!this.#last) return;
    const [{ probes: { curve } }, words] = this.#last;
    const fixed = (/** @type {number} */ digits) => new Intl.NumberFormat(languageOf(this.host), { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'negative' });
    const [reading, says] = [this.reading(), this.part('.line-says')];
    says.setAttribute('aria-live', this.laboratory.playing ? 'off' : 'polite');
    const told = reading && Object.fromEntries(Object.entries(reading).map(([name, value]) => [name, Number.isFinite(value) ? fixed(2).format(value) : '']));
    set(says, told ? words.line_reading(told) : words.line_hint);
    const peak = curve && peakOf(curve);
    this.canvas.setAttribute('aria-label', words.line_alt(peak ? { x: fixed(1).format(peak.x), d: fixed(2).format(peak.d) } : null));
    set(this.part('.line-value'), this.#value(words, fixed(3)));
  }

  /** What the game has come to, and what it could; where D is no probability it is another game. @param {any} words @param {Intl.NumberFormat} number @returns {string} */
  #value(words, number) {
    const value = this.laboratory.metrics.find(({ id }) => id === 'value');
    if (this.#unit !== 'probability' || !value || !Number.isFinite(value.live)) return '';
    return words.line_value({ live: number.format(value.live), best: number.format(value.floor) });
  }

  /** @param {PointerEvent} event */
  #point({ type, clientX }) {
    const curve = this.#last?.[0].probes.curve;
    if (!curve) return;
    const { left, width } = this.canvas.getBoundingClientRect(); // also under a slide's CSS transform
    const px = ((clientX - left) * this.canvas.clientWidth) / (width || 1);
    this.#look(type === 'pointerleave' ? null : this.#frame(curve, this.canvas.clientWidth).rowAt(px, curve.shape[0]));
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const rows = this.#last?.[0].probes.curve?.shape[0];
    const { key, shiftKey } = event;
    if (!rows || !['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Escape'].includes(key)) return;
    event.preventDefault();
    const [from, by] = [this.#at ?? Math.floor(rows / 2), (key === 'ArrowLeft' ? -1 : 1) * (shiftKey ? LEAP : STEP)];
    const to = { Home: 0, End: rows - 1, Escape: null }[key];
    this.#look(to === undefined ? Math.max(0, Math.min(rows - 1, from + by)) : to);
  }

  /** @param {number | null} row */
  #look(row) {
    this.#at = row;
    this.#paint();
    this.#say();
  }

  /** As large as on the screen where that is not too wide. @param {import('../picture.js').Format} format @returns {import('../picture.js').Picture | null} */
  picture({ width }) {
    const curve = this.#last?.[0].probes.curve;
    if (!curve || !this.#colors) return null;
    const frame = this.#frame(curve, Math.min(width, this.canvas.clientWidth || width));
    return { width: frame.width, height: frame.height, paper: this.#colors.raised, draw: (context) => this.#drawOn(context, frame) };
  }
}
