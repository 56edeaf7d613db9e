// Where things lie in the picture of a line: D above, the points in a strip below it, the densities at the bottom, all
// over the same x. In CSS pixels, but for what comes in and out in data units. No DOM.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {[number, number]} Ends */
/** What is known at a place. @typedef {{ x: number, d: number, p: number, q: number, best: number }} Reading */

/** Columns of the probe `curve`. */
const COLUMNS = /** @type {const} */ (['x', 'd', 'p', 'q', 'best']);
/** Room for numbers and titles. */
const [LEFT, RIGHT, TOP, BOTTOM, TITLE] = [40, 10, 22, 34, 20];
/** Of the strip: the row of real points, and lanes of generated ones, so that their arrows do not hide one another. */
const [ROW, LANE] = [12, 8];
export const LANES = 6;
/** The heights of the upper and the lower picture, as shares of the width between bounds. */
const [UPPER, LOWER] = [{ share: 0.42, least: 150, most: 260 }, { share: 0.2, least: 80, most: 130 }];
/** Above the highest density and beyond the ends of D's scale, as shares of the scale. */
const HEADROOM = 0.06;

/** @param {number} width @param {{ share: number, least: number, most: number }} of */
const tall = (width, { share, least, most }) => Math.round(Math.max(least, Math.min(most, share * width)));

export class LineFrame {
  /** @param {number} width @param {{ x: Ends, d: Ends, density: number }} ends of the scales; densities begin at 0 */
  constructor(width, ends) {
    this.width = width;
    this.ends = ends;
    this.left = LEFT;
    this.right = width - RIGHT;
    this.upper = { top: TOP, bottom: TOP + tall(width, UPPER) };
    this.real = this.upper.bottom + ROW;
    this.lower = { top: this.real + LANES * LANE + ROW + TITLE, bottom: this.real + LANES * LANE + ROW + TITLE + tall(width, LOWER) };
    this.height = this.lower.bottom + BOTTOM;
  }

  /** @param {number} x in data units */
  x(x) {
    const [low, high] = this.ends.x;
    return this.left + ((x - low) / (high - low)) * (this.right - this.left);
  }

  /** @param {number} d in D's own unit, upwards */
  d(d) {
    const [low, high] = this.ends.d;
    return between(this.upper, (d - low) / (high - low), HEADROOM);
  }

  /** @param {number} p upwards from 0 */
  density(p) {
    return this.lower.bottom - (p / this.ends.density) * (1 - HEADROOM) * (this.lower.bottom - this.lower.top);
  }

  /** The lane of the i-th generated point. @param {number} i */
  lane(i) {
    return this.real + ROW + (i % LANES) * LANE;
  }

  /** The row of a curve whose x is nearest to a pixel. @param {number} px @param {number} rows */
  rowAt(px, rows) {
    const share = (px - this.left) / (this.right - this.left);
    return Math.max(0, Math.min(rows - 1, Math.round(share * (rows - 1))));
  }
}

/** @param {{ top: number, bottom: number }} panel @param {number} share of the way up @param {number} margin at both ends */
function between({ top, bottom }, share, margin) {
  return bottom - (margin + share * (1 - 2 * margin)) * (bottom - top);
}

/** One column of a curve. @param {Matrix} curve @param {typeof COLUMNS[number]} name */
export function columnOf({ shape: [n, width], values }, name) {
  const at = COLUMNS.indexOf(name);
  return Array.from({ length: n }, (_, i) => values[i * width + at]);
}

/** @param {Matrix} curve @param {number} row @returns {Reading} */
export function readingOf({ shape: [, width], values }, row) {
  return /** @type {Reading} */ (Object.fromEntries(COLUMNS.map((name, i) => [name, values[row * width + i]])));
}

/** Where D is highest. @param {Matrix} curve @returns {Reading} */
export function peakOf(curve) {
  const d = columnOf(curve, 'd');
  return readingOf(curve, d.reduce((best, value, i) => (value > d[best] ? i : best), 0));
}
