// The lower half of a digit completed from its upper half: what is given, what is true, and five ways from other noise.
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
    this.gallery.label = words.completions_alt(given.shape[0], WAYS);
    const heads = /** @type {import('./gallery.js').Head[]} */ ([[words.completions_given, 0, 1], [words.completions_truth, 1, 1], [words.completions_ways(WAYS), 2, WAYS]]);
    this.gallery.draw(rowsOf(given, originals, variants), colors, { heads });
  }

  /** For a sheet. @param {any} words @param {number} density @returns {import('./sheet.js').Block[]} */
  blocks(words, density) {
    return this.section.hidden ? [] : [{ title: words.completions, drawing: this.gallery.drawing(ROOM, density) }];
  }
}

/** A row for each picture given: it, the true one, its completions. @param {Matrix} given @param {Matrix} originals @param {Matrix} variants @returns {Matrix} */
export function rowsOf(given, originals, variants) {
  const [n, d] = given.shape;
  const row = d * (2 + WAYS);
  const values = new Float32Array(n * row);
  for (let i = 0; i < n; i += 1) {
    const pieces = [given.values.subarray(i * d, (i + 1) * d), originals.values.subarray(i * d, (i + 1) * d), variants.values.subarray(i * WAYS * d, (i + 1) * WAYS * d)];
    pieces.reduce((at, piece) => (values.set(piece, at), at + piece.length), i * row);
  }
  return { shape: [n * (2 + WAYS), d], values };
}
