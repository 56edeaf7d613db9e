// The cells of the map as images: from afar a pixel each in the colour of its score, close up its picture in a rim of it.
import { tint } from '../colormap.js';
import { SIDE, codeAt } from './cells.js';
import { shades } from './gallery.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {{ left: number, top: number, columns: number, rows: number }} Sight the cells that are to be seen */

/** Close up a cell is so many pixels wide: a picture's four and its rim. */
export const CLOSE = 6;

export class CellImages {
  #far = new Raster(SIDE, SIDE);
  #near = new Raster(CLOSE, CLOSE);
  /** What they were made of. @type {Matrix | null} */ #scores = null;
  /** @type {Colors | null} */ #colors = null;

  /** @param {Matrix} scores @param {[number, number]} range @param {Colors} colors */
  suit(scores, range, colors) {
    if (this.#scores === scores && this.#colors === colors) return;
    [this.#scores, this.#colors] = [scores, colors];
    this.#far.pixels.fill(0);
    tint(this.#far.pixels, scores.values, colors, range);
    this.#far.put();
  }

  /** The whole map. */
  get far() {
    return this.#far.canvas;
  }

  /** @param {Sight} sight @param {Colors} colors */
  near({ left, top, columns, rows }, colors) {
    const table = shades(colors);
    const [far, near] = [this.#far.pixels, (this.#near = this.#near.sized(columns * CLOSE, rows * CLOSE))];
    for (let y = 0, i = 0; y < rows * CLOSE; y += 1) {
      const [row, v] = [top + Math.floor(y / CLOSE), (y % CLOSE) - 1];
      for (let x = 0; x < columns * CLOSE; x += 1, i += 1) {
        const [column, u] = [left + Math.floor(x / CLOSE), (x % CLOSE) - 1];
        const rim = u < 0 || v < 0 || u > 3 || v > 3;
        near.pixels[i] = rim ? far[SIDE * row + column] : table[255 * ((codeAt([row, column]) >> (15 - 4 * v - u)) & 1)];
      }
    }
    near.put();
    return near.canvas;
  }
}

/** A canvas and its pixels. */
class Raster {
  canvas = document.createElement('canvas');

  /** @param {number} width @param {number} height */
  constructor(width, height) {
    [this.canvas.width, this.canvas.height] = [width, height];
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext('2d'));
    this.data = this.context.createImageData(width, height);
    this.pixels = new Uint32Array(this.data.data.buffer);
  }

  /** This one, or one of that size. @param {number} width @param {number} height */
  sized(width, height) {
    return this.data.width === width && this.data.height === height ? this : new Raster(width, height);
  }

  put() {
    this.context.putImageData(this.data, 0, 0);
  }
}
