// One wrong pixel against other valid pictures: by pixel error a near miss is nearer to a valid picture than any other
// valid one is; whether D tells them apart all the same, as two histograms over its score.
import { ticks } from '../vendor/d3.js';
import { set } from '../readout.js';
import { pixelsOf } from './cells.js';
import { Gallery } from './gallery.js';
import { BINS, belowAll, closest, histogramsOf, scoredOf } from './near_histogram.js';
import { ROOM } from './sheet.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('./verdicts.js').Verdicts} Verdicts */
/** @typedef {import('./near_histogram.js').Scored} Scored */
/** @typedef {{ near: Scored[], valid: Scored[] }} Both */

/** How many near misses are shown as pictures. */
const BEST = 16;
/** Of the chart: its height, and what numbers and words take of it. CSS pixels. */
const [HEIGHT, FOOT, HEAD] = [164, 32, 20];
const FONT = '11px system-ui, sans-serif';

export const MARKUP = `<section class="near-misses" data-gallery="near">
  <p class="title" data-text="near" data-hint="near_hint"></p>
  <canvas class="near-chart" role="img"></canvas>
  <p class="near-says"></p>
  <p class="title near-best" data-hint="near_best_hint"></p>
  <canvas class="gallery chosen-from" role="img"></canvas>
</section>`;

export class NearMisses {
  /** @type {[Both, Colors, any, Intl.NumberFormat] | null} */ #last = null;
  /** The probes on show, by which a frame knows that nothing has changed. @type {unknown[]} */ #drawn = [];

  /** @param {(selector: string) => HTMLElement} part @param {Verdicts} verdicts @param {(code: number) => void} onChoose */
  constructor(part, verdicts, onChoose) {
    this.part = part;
    this.verdicts = verdicts;
    this.canvas = /** @type {HTMLCanvasElement} */ (part('.near-chart'));
    this.gallery = new Gallery(/** @type {HTMLCanvasElement} */ (part('.near-misses .gallery')), { columns: (width) => (width < 420 ? 6 : 8), label: '', between: 5 });
    this.gallery.canvas.addEventListener('click', (event) => {
      const [i, best] = [this.gallery.at(event), this.#best()];
      if (i !== null && best[i]) onChoose(best[i].code);
    });
    new ResizeObserver(() => this.#paint()).observe(this.canvas);
  }

  /** The probes that are drawn. */
  needs() {
    return ['near'];
  }

  /** @param {Record<string, Matrix | undefined>} probes @param {any} words @param {Intl.NumberFormat} number for scores @param {Colors} colors */
  draw({ near, scores }, words, number, colors) {
    this.part('.near-misses').hidden = !near || !scores;
    const from = [near, scores, words, colors];
    if (!near || !scores || from.every((part, i) => part === this.#drawn[i])) return;
    this.#drawn = from;
    const valid = [...this.verdicts.valid].map((code) => ({ code, score: this.verdicts.score(code) }));
    this.#last = [{ near: scoredOf(near), valid }, colors, words, number];
    set(this.part('.near-says'), this.#sentence());
    this.#paint();
    const best = this.#best();
    this.gallery.label = words.near_best(best.length);
    set(this.part('.near-best'), words.near_best(best.length));
    const pixels = Float32Array.from(best.flatMap(({ code }) => pixelsOf(code)));
    this.gallery.draw({ shape: [best.length, 16], values: pixels }, colors, { captions: best.map(({ score }) => `✗ ${number.format(score)}`), outline: () => colors.generated });
  }

  /** The near misses that D likes best, best first. @returns {Scored[]} */
  #best() {
    return this.#last ? [...this.#last[0].near].sort((a, b) => b.score - a.score).slice(0, BEST) : [];
  }

  /** @returns {string} */
  #sentence() {
    if (!this.#last) return '';
    const [{ near, valid }, , words] = this.#last;
    return words.near_says({ below: belowAll(near, valid), of: near.length, closest: closest(valid.map(({ code }) => code)) });
  }

  #paint() {
    const [{ canvas }, width, density] = [this, this.canvas.clientWidth, Math.min(3, devicePixelRatio || 1)];
    if (!this.#last || !width) return;
    const [{ near, valid }, , words, number] = this.#last;
    [canvas.width, canvas.height] = [Math.round(width * density), Math.round(HEIGHT * density)];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.setTransform(density, 0, 0, density, 0, 0);
    this.#drawOn(context, width);
    const ends = (/** @type {Scored[]} */ pictures) => [Math.min, Math.max].map((end) => number.format(end(...pictures.map(({ score }) => score))));
    canvas.setAttribute('aria-label', words.near_alt({ near: ends(near), valid: ends(valid) }));
  }

  /** Valid pictures upwards, near misses downwards, each as shares of its kind. @param {CanvasRenderingContext2D} context @param {number} width */
  #drawOn(context, width) {
    if (!this.#last) return;
    const [{ near, valid }, { real, generated, quiet, ink }, words, number] = this.#last;
    const bins = histogramsOf(near, valid);
    const middle = HEAD + (HEIGHT - FOOT - HEAD) / 2;
    const [wide, tall] = [width / BINS, (middle - HEAD) / Math.max(...bins.near, ...bins.valid, 1e-9)];
    for (const [shares, color, sign] of /** @type {[number[], string, number][]} */ ([[bins.valid, real, -1], [bins.near, generated, 1]])) {
      context.fillStyle = color;
      shares.forEach((share, i) => context.fillRect(i * wide + 0.5, sign < 0 ? middle - share * tall : middle, wide - 1, share * tall));
    }
    context.fillStyle = quiet;
    context.fillRect(0, middle - 0.5, width, 1);
    context.font = FONT;
    context.textBaseline = 'top';
    context.textAlign = 'center';
    for (const score of ticks(bins.low, bins.high, 6)) {
      const x = ((score - bins.low) / (bins.high - bins.low)) * width;
      context.fillRect(x, HEIGHT - FOOT, 1, 4);
      if (x > 14 && x < width - 14) context.fillText(number.format(score), x, HEIGHT - FOOT + 5);
    }
    context.fillText(words.near_axis, width / 2, HEIGHT - FOOT + 18);
    context.textAlign = 'left';
    let x = 0;
    for (const [color, text] of [[real, words.near_valid(valid.length)], [generated, words.near_missed(near.length)]]) {
      context.fillStyle = color;
      context.fillRect(x, 2, 9, 9);
      context.fillStyle = ink;
      context.fillText(text, x + 14, 1);
      x += context.measureText(text).width + 32;
    }
  }

  /** For a sheet. @param {number} density @returns {import('./sheet.js').Block[]} */
  blocks(density) {
    if (!this.#last || this.part('.near-misses').hidden) return [];
    const words = this.#last[2];
    const chart = { width: ROOM, height: HEIGHT, draw: (/** @type {CanvasRenderingContext2D} */ context) => this.#drawOn(context, ROOM) };
    return [{ title: words.near, drawing: chart }, { title: words.near_best(this.#best().length), drawing: this.gallery.drawing(ROOM, density) }];
  }
}
