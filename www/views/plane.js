// The plane of data as layers (layers.js), from the landscape at the bottom to what is under the pointer at the top.
import { Frame } from '../frame.js';
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { scaleOf } from './landscape.js';
import { GROUNDS, LAYERS } from './layers.js';
import { drawArrow, fieldAt } from './arrows.js';
import { drawAsked } from './asked.js';
import { WARP } from './mesh.js';
import { Trails } from './trails.js';
import { drawRings, drawSquares } from './points.js';
import { drawAxes } from './axes.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('./landscape.js').Unit} Unit */
/** @typedef {{ label: import('../protocol.js').Text, half_width: number, axes: [import('../protocol.js').Axis, import('../protocol.js').Axis] | null }} Ground what the plane is of */

export class Plane {
  #on = new Set(LAYERS.filter(({ on }) => on).map(({ id }) => id));
  /** Whose layers are drawn. */ #model = 'gan';
  /** @type {Ground | null} */ #ground = null;
  /** @type {[Snapshot, any] | null} */ #last = null;
  /** Whose points the trails are. */ #trailsOf = { run: -1, step: -1 };
  #warpedAt = -Infinity;
  /** Under the pointer, in data units. @type {[number, number] | null} */ #pointer = null;
  /** What D's output means. @type {Unit} */ unit = 'probability';
  /** The ends of the colour scale. @type {import('./landscape.js').Range} */ range = [0, 1];
  arrowScale = 1;
  /** What the reader has drawn. @type {import('./sketch.js').Sketch | null} */ sketch = null;
  trails = new Trails();
  /** Set once the style sheet has come. @type {import('../colormap.js').Colors} */ colors = /** @type {any} */ (null);

  /** @param {HTMLCanvasElement} canvas @param {HTMLElement} host @param {() => void} onPointer something else is needed */
  constructor(canvas, host, onPointer) {
    this.frame = new Frame(canvas);
    this.host = host;
    new ResizeObserver(() => this.#last && this.draw(...this.#last)).observe(canvas);
    const point = (/** @type {PointerEvent} */ event) => {
      const before = this.#pointer;
      const { left, top, width } = canvas.getBoundingClientRect(); // also under a slide's CSS transform
      const at = (/** @type {number} */ px) => ((2 * px) / width - 1) * this.frame.halfWidth;
      this.#pointer = event.type === 'pointerleave' ? null : [at(event.clientX - left), -at(event.clientY - top)];
      if (!before !== !this.#pointer) onPointer();
      else if (this.#last) this.draw(...this.#last);
    };
    for (const type of ['pointermove', 'pointerdown', 'pointerleave']) canvas.addEventListener(type, (event) => point(/** @type {PointerEvent} */ (event)));
  }

  /** The probes that the layers in view draw, and the rates beside them. @param {Set<string>} shown */
  needs(shown) {
    const rates = this.#model === 'dirac' && shown.has('measures') ? ['rates'] : [];
    if (!shown.has('picture')) return rates;
    const layers = this.#layers().flatMap((layer) => layer.probes);
    const pointed = this.#model === 'gan' && this.#pointer ? ['slope_grid', 'landscape'] : [];
    return [...new Set([...layers, ...GROUNDS[this.#model].always, ...pointed, ...rates])];
  }

  /** Those in view. */
  #layers() {
    return LAYERS.filter(({ id, model }) => model === this.#model && this.#on.has(id));
  }

  /** The layers in view whose probes are not at hand. @param {Record<string, Matrix>} probes */
  missing(probes) {
    return this.#layers().filter((layer) => !layer.probes.every((probe) => probes[probe])).map(({ id }) => id);
  }

  /** @param {string} id */
  isOn(id) {
    return this.#on.has(id);
  }

  /** @param {string} id @param {boolean} on */
  toggle(id, on) {
    if (on) this.#on.add(id);
    else this.#on.delete(id);
    if (id === 'manifold' && on) this.replayWarp();
    if (id === 'trails') this.trails.clear();
  }

  /** Shows again how G bends the noise. */
  replayWarp() {
    this.#warpedAt = matchMedia('(prefers-reduced-motion: reduce)').matches ? -Infinity : performance.now();
  }

  /** How far the mesh is bent, from 0 to 1. */
  get warp() {
    return Math.min(1, (performance.now() - this.#warpedAt) / WARP);
  }

  /** Something moves by itself. */
  get moving() {
    return this.#on.has('manifold') && this.warp < 1;
  }

  /** @param {string} model @param {Ground | null} ground @param {Unit} unit */
  setUp(model, ground, unit) {
    if (!(model in GROUNDS)) return; // it has pictures of its own
    this.#model = model;
    this.#ground = ground;
    this.unit = GROUNDS[model].unit ?? unit;
    this.range = [0, 1];
    this.#scaled = false;
    if (ground) this.frame.halfWidth = ground.half_width;
  }

  #scaled = false;

  /** Has there been anything for the colour scale? */
  get scaled() {
    return this.#scaled;
  }

  /** The colours of the scale; null until the style sheet has come. */
  get ramp() {
    return this.colors && (this.unit === 'density' ? this.colors.density : this.colors.ramp);
  }

  restyle() {
    this.colors = /** @type {any} */ (null);
  }

  /** The scale that fits the picture. @param {Matrix} matrix */
  #rescale(matrix) {
    this.range = scaleOf(this.unit, matrix, this.#scaled ? this.range : null);
    this.#scaled = true;
  }

  /** D and its slope under the pointer; null where nothing is known. */
  reading() {
    const [at, probes] = [this.#pointer, this.#last?.[0].probes];
    if (!at || !probes?.landscape || !probes.slope_grid) return null;
    const [rows, columns] = probes.landscape.shape;
    const cell = (/** @type {number} */ v, /** @type {number} */ n) => Math.max(0, Math.min(n - 1, Math.floor(((v / this.frame.halfWidth + 1) / 2) * n)));
    const d = probes.landscape.values[cell(-at[1], rows) * columns + cell(at[0], columns)];
    return { at, d, slope: fieldAt(this.frame, probes.slope_grid, at) };
  }

  /** A place in measured units, where the data have them, as the ticks are. @param {[number, number]} at @returns {[number, number]} */
  measured(at) {
    const axes = this.#ground?.axes;
    return axes ? [axes[0].mean + axes[0].scale * at[0], axes[1].mean + axes[1].scale * at[1]] : at;
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw(snapshot, words) {
    this.#last = [snapshot, words];
    this.#follow(snapshot);
    this.frame.begin();
    if (!this.colors) {
      const colors = colorsOf(this.host);
      if (!colors.ink) return; // the style sheet is on its way; restyle() follows it
      this.colors = colors;
    }
    const { alt, surface } = GROUNDS[this.#model];
    this.frame.canvas.setAttribute('aria-label', words[alt](this.#ground?.label[languageOf(this.host)] ?? ''));
    if (snapshot.probes[surface]) this.#rescale(snapshot.probes[surface]);
    this.#paint(snapshot);
  }

  /** @param {Snapshot} snapshot */
  #paint(snapshot) {
    const { frame } = this;
    for (const { probes, draw } of this.#layers()) {
      const matrices = probes.map((probe) => snapshot.probes[probe]);
      if (matrices.every(Boolean)) draw(this, ...matrices);
    }
    const { batch_real, batch_generated, asked } = snapshot.probes;
    if (batch_real) drawRings(frame, batch_real, this.colors.real);
    if (batch_generated) drawRings(frame, batch_generated, this.colors.generated);
    if (this.sketch?.values.length) drawSquares(frame, this.sketch, this.colors.ema);
    if (asked) drawAsked(frame, asked, this.colors);
    drawAxes(frame, this.#ground?.axes ?? null, this.colors, languageOf(this.host));
    const reading = this.reading();
    if (reading) drawArrow(frame, reading.at, reading.slope, this.colors.ink, this.arrowScale = Math.max(this.arrowScale, Math.hypot(...reading.slope)));
  }

  /** The square as it stands, as large as on the screen where that is not too wide. @param {import('../picture.js').Format} format @returns {import('../picture.js').Picture | null} */
  picture({ width }) {
    if (!this.#last || !this.colors) return null;
    const { frame } = this;
    const [[snapshot], side] = [this.#last, Math.min(width, frame.side)];
    const draw = (/** @type {CanvasRenderingContext2D} */ context) => {
      this.frame = frame.on(context, side);
      this.#paint(snapshot);
      this.frame = frame;
    };
    return { width: side, height: side, paper: this.colors.raised, draw };
  }

  /** @param {Snapshot} snapshot */
  #follow({ run, step, probes: { generated } }) {
    if (!this.#on.has('trails') || !generated || (this.#trailsOf.run === run && this.#trailsOf.step === step)) return;
    if (this.#trailsOf.run !== run || step < this.#trailsOf.step) this.trails.clear();
    this.#trailsOf = { run, step };
    this.trails.add(generated.values);
  }
}
