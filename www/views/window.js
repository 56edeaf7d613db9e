// The window on a plane, of codes or of anything: which part of it a picture shows. Equal scales on both axes, codes
// upwards, pixels downwards:  px = width / 2 + (x − centre) · scale,  py = height / 2 − (y − centre) · scale.
// Scale in pixels a unit.

/** @typedef {{ x: number, y: number, scale: number }} Sight the code in the middle, and how large a unit is */
/** @typedef {[number, number]} Pair */
/**
 * Room left around what is fitted, as a share of it; how far the reader may go from there, outwards and inwards; and
 * whether the window stays on it.
 * @typedef {{ margin: number, out: number, in: number, kept: boolean }} Bounds
 */

/** Of the plane of codes, which has no end. @type {Bounds} */
const ENDLESS = { margin: 0.12, out: 1 / 4, in: 1000, kept: false };
/** Of the way to another fit, what is left after this time. Milliseconds. */
const FOLLOW = 250;
/** Shown where there are no codes: three deviations of the prior N(0, I). */
const PRIOR = 3;

export class CodeWindow {
  /** In CSS pixels. */ width = 1;
  height = 1;
  /** @type {Sight} */ #sight = { x: 0, y: 0, scale: 1 };
  /** What shows all codes. @type {Sight | null} */ #fit = null;
  /** The range that `#fit` shows. */ #range = { x: 0, y: 0, width: 2 * PRIOR, height: 2 * PRIOR };

  /** @param {Bounds} [bounds] */
  constructor(bounds = ENDLESS) {
    this.bounds = bounds;
  }

  get scale() {
    return this.#sight.scale;
  }

  /** @param {number} width @param {number} height */
  resize(width, height) {
    if (width === this.width && height === this.height) return;
    const ratio = Math.min(width / this.width, height / this.height);
    [this.width, this.height] = [width, height];
    if (!this.#fit) return;
    this.#sight.scale *= ratio;
    this.#fit = this.#around();
  }

  /** The same part of the plane in another size. @param {number} width @param {number} height */
  resized(width, height) {
    const copy = Object.assign(new CodeWindow(this.bounds), { width: this.width, height: this.height });
    [copy.#sight, copy.#fit, copy.#range] = [{ ...this.#sight }, this.#fit, this.#range];
    copy.resize(width, height);
    return copy;
  }

  /** What is to be shown by default: the middle 98 % of the codes along each axis, so that strays do not shrink the rest. @param {ArrayLike<number>} values flat pairs */
  fit(values) {
    const [left, right] = middle(values, 0);
    const [low, high] = middle(values, 1);
    this.#range = { x: (left + right) / 2, y: (low + high) / 2, width: right - left, height: high - low };
    this.#fit = this.#around();
  }

  /** Shows what fits. */
  settle() {
    this.#fit ??= this.#around();
    this.#sight = { ...this.#fit };
  }

  /**
   * A part of the way to what fits, the same in one step or in many; at once where it lies elsewhere altogether.
   * @param {number} time since the last call in milliseconds
   * @returns whether there is more to go
   */
  follow(time) {
    const [from, to] = [this.#sight, (this.#fit ??= this.#around())];
    const away = Math.max(Math.abs(to.x - from.x) * from.scale / this.width, Math.abs(to.y - from.y) * from.scale / this.height);
    const zoom = Math.log(to.scale / from.scale);
    const near = away < 1e-3 && Math.abs(zoom) < 1e-3;
    if (near || away > 1 || Math.abs(zoom) > Math.log(8)) {
      this.settle();
      return false;
    }
    const share = 1 - Math.exp(-time / FOLLOW);
    this.#sight = { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y), scale: from.scale * Math.exp(share * zoom) };
    return true;
  }

  /** Closer by a factor; the code at a pixel stays there. @returns whether that was within bounds */
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const { scale } = (this.#fit ??= this.#around());
    const [x, y] = this.toCode(px, py);
    const before = this.#sight.scale;
    this.#sight.scale = Math.max(scale * this.bounds.out, Math.min(scale * this.bounds.in, before * factor));
    this.#hold([x, y], px, py);
    return this.#sight.scale !== before;
  }

  /** Drags the plane along, in pixels. @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.#sight.x -= dx / this.#sight.scale;
    this.#sight.y += dy / this.#sight.scale;
    this.#keep();
  }

  /** Two fingers that were at some pixels and now are at others: what was midway stays midway. @param {[Pair, Pair]} before @param {[Pair, Pair]} after */
  pinch([a, b], [c, d]) {
    const spread = (/** @type {Pair} */ p, /** @type {Pair} */ q) => Math.max(1, Math.hypot(p[0] - q[0], p[1] - q[1]));
    const [from, to] = [[(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], [(c[0] + d[0]) / 2, (c[1] + d[1]) / 2]];
    this.pan(to[0] - from[0], to[1] - from[1]);
    this.zoom(spread(c, d) / spread(a, b), to[0], to[1]);
  }

  /** Moves as little as brings a code into sight. @param {Pair} code @returns whether it had to */
  reveal([x, y]) {
    const [px, py] = [this.toX(x), this.toY(y)];
    const [dx, dy] = [clamp(px, 0, this.width) - px, clamp(py, 0, this.height) - py];
    this.pan(dx, dy);
    return Math.hypot(dx, dy) > 1e-6;
  }

  toX(x) {
    return this.width / 2 + (x - this.#sight.x) * this.#sight.scale;
  }

  toY(y) {
    return this.height / 2 - (y - this.#sight.y) * this.#sight.scale;
  }

  /** @param {number} px @param {number} py @returns {Pair} */
  toCode(px, py) {
    const { x, y, scale } = this.#sight;
    return [x + (px - this.width / 2) / scale, y - (py - this.height / 2) / scale];
  }

  /** The rows of flat pairs that are in sight, or would be within so many pixels more. @param {ArrayLike<number>} values @returns {number[]} */
  inSight(values, more = 0) {
    /** @type {number[]} */ const rows = [];
    const [left, top] = this.toCode(-more, -more);
    const [right, bottom] = this.toCode(this.width + more, this.height + more);
    for (let i = 0; 2 * i + 1 < values.length; i += 1) {
      const [x, y] = [values[2 * i], values[2 * i + 1]];
      if (x >= left && x <= right && y >= bottom && y <= top) rows.push(i); // never so for what is not a number
    }
    return rows;
  }

  /** @param {Pair} code @param {number} px @param {number} py */
  #hold([x, y], px, py) {
    const { scale } = this.#sight;
    this.#sight.x = x - (px - this.width / 2) / scale;
    this.#sight.y = y + (py - this.height / 2) / scale;
    this.#keep();
  }

  /** Back onto what is fitted, where the bounds say so; what is smaller than the window stands in its middle. */
  #keep() {
    if (!this.bounds.kept) return;
    const { scale } = this.#sight;
    for (const [axis, extent, room] of /** @type {['x' | 'y', number, number][]} */ ([['x', this.#range.width, this.width], ['y', this.#range.height, this.height]])) {
      const free = Math.max(0, (extent - room / scale) / 2);
      this.#sight[axis] = clamp(this.#sight[axis], this.#range[axis] - free, this.#range[axis] + free);
    }
  }

  /** @returns {Sight} */
  #around() {
    const { x, y, width, height } = this.#range;
    return { x, y, scale: Math.min(this.width / width, this.height / height) / (1 + 2 * this.bounds.margin) };
  }
}

/** From the 1st to the 99th percentile of one coordinate, never narrower than a hundredth of its size. @param {ArrayLike<number>} values @param {number} axis @returns {Pair} */
function middle(values, axis) {
  const n = Math.floor(values.length / 2);
  const finite = new Float64Array(n);
  let count = 0;
  for (let i = axis; i < 2 * n; i += 2) if (Number.isFinite(values[i])) finite[count++] = values[i];
  if (!count) return [-PRIOR, PRIOR];
  const sorted = finite.subarray(0, count).sort();
  const [low, high] = [sorted[Math.floor(0.01 * (count - 1))], sorted[Math.ceil(0.99 * (count - 1))]];
  const least = Math.max(1e-6, 0.01 * Math.max(Math.abs(low), Math.abs(high)));
  const short = Math.max(0, least - (high - low)) / 2;
  return [low - short, high + short];
}

const clamp = (/** @type {number} */ v, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, v));
