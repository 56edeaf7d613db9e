// What G makes of part of a picture, the upper half or the lines alone: what is given, what is true, and five ways from
// other noise.
import { set } from '../readout.js';
import { Gallery } from './gallery.js';
import { ROOM } from './sheet.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {Record<string, Matrix | undefined>} Probes */

/** Completions of each picture. */
const WAYS = 5;
/** CSS pixels between two pictures. */
const BETWEEN = 4;

export const MARKUP = `<section data-gallery="completions" data-for="picture_gan"><p class="title" data-text="completions" data-hint="completions_hint"></p><canvas class="gallery" role="img"></canvas></section>`;

export class Completions {
  /** What was drawn last, and of what. @type {unknown[]} */ #drawn = [];
  /** What is done with what is given. @type {'completions' | 'colourings'} */ #kind = 'completions';

  /** @param {(selector: string) => HTMLElement} part */
  constructor(part) {
    this.section = part('[data-gallery=completions]');
    const canvas = /** @type {HTMLCanvasElement} */ (part('[data-gallery=completions] canvas'));
    this.gallery = new Gallery(canvas, { columns: 2 + WAYS, label: '', between: BETWEEN });
  }

  /** The probes that are drawn; with nothing given there are none of them. */
  needs() {
    return ['given', 'variants', 'originals'];
  }

  /** @param {Probes} probes @param {any} words @param {import('../colormap.js').Colors} colors */
  draw({ given, originals, variants }, words, colors) {
    this.section.hidden = !given || !originals || !variants;
    if (!given || !originals || !variants) return;
    const from = [given, originals, variants, words, colors];
    if (from.every((part, i) => part === this.#drawn[i])) return;
    this.#drawn = from;
    this.#kind = given.shape[1] === originals.shape[1] ? 'completions' : 'colourings';
    const title = /** @type {HTMLElement} */ (this.section.querySelector('.title'));
    set(title, words[this.#kind]);
    title.title = words[`${this.#kind}_hint`];
    this.gallery.label = words[`${this.#kind}_alt`](given.shape[0], WAYS);
    const heads = /** @type {import('./gallery.js').Head[]} */ ([[words.completions_given, 0, 1], [words.completions_truth, 1, 1], [words[`${this.#kind}_ways`](WAYS), 2, WAYS]]);
    this.gallery.draw(rowsOf(given, originals, variants), colors, { heads });
  }

  /** For a sheet. @param {any} words @param {number} density @returns {import('./sheet.js').Block[]} */
  blocks(words, density) {
    return this.section.hidden ? [] : [{ title: words[this.#kind], drawing: this.gallery.drawing(ROOM, density) }];
  }
}

/** A row for each picture given: it, the true one, its completions. @param {Matrix} given @param {Matrix} originals @param {Matrix} variants @returns {Matrix} */
export function rowsOf(given, originals, variants) {
  const [[n, part], d] = [given.shape, originals.shape[1]];
  const row = d * (2 + WAYS);
  const values = new Float32Array(n * row);
  for (let i = 0; i < n; i += 1) {
    const shown = given.values.subarray(i * part, (i + 1) * part);
    const pieces = [part === d ? shown : inColors(shown, d), originals.values.subarray(i * d, (i + 1) * d), variants.values.subarray(i * WAYS * d, (i + 1) * WAYS * d)];
    pieces.reduce((at, piece) => (values.set(piece, at), at + piece.length), i * row);
  }
  return { shape: [n * (2 + WAYS), d], values };
}

/** A drawing as dark ink on light paper, in as many equal planes as a picture in colours has. @param {Float32Array} drawing @param {number} d */
const inColors = (drawing, d) => Float32Array.from({ length: d }, (_, k) => 1 - drawing[k % drawing.length]);
