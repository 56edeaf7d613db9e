// One wrong pixel against other valid pictures: by pixel error a near miss is nearer to a valid picture than any other
// valid one is; whether D tells them apart all the same, as two histograms over its score.
import { ticks } from '../vendor/d3.js';
import { set } from '../readout.js';
import { pixelsOf } from './cells.js';
import { Gallery } from './gallery.js';
import { ROOM } from './sheet.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('./verdicts.js').Verdicts} Verdicts */
/** A picture and what D says of it. @typedef {{ code: number, score: number }} Scored */
/** @typedef {{ near: Scored[], valid: Scored[] }} Both */
/** @typedef {{ low: number, high: number, near: number[], valid: number[] }} Histograms shares of each kind in each of equal bins */

/** Bins of a histogram, and how many near misses are shown as pictures. */
const [BINS, BEST] = [36, 16];
/** Of the chart: its height, and what numbers and words take of it. CSS pixels. */
const [HEIGHT, FOOT, HEAD] = [150, 32, 4];
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
    context.fillStyle = ink;
    context.textAlign = 'left';
    context.fillText(`■ ${words.near_valid(valid.length)}`, 2, HEAD);
    context.textBaseline = 'bottom';
    context.fillText(`■ ${words.near_missed(near.length)}`, 2, HEIGHT - FOOT - 2);
  }

  /** For a sheet. @param {number} density @returns {import('./sheet.js').Block[]} */
  blocks(density) {
    if (!this.#last || this.part('.near-misses').hidden) return [];
    const words = this.#last[2];
    const chart = { width: ROOM, height: HEIGHT, draw: (/** @type {CanvasRenderingContext2D} */ context) => this.#drawOn(context, ROOM) };
    return [{ title: words.near, drawing: chart }, { title: words.near_best(this.#best().length), drawing: this.gallery.drawing(ROOM, density) }];
  }
}

/** @param {Matrix} near a code and a score in each row @returns {Scored[]} */
export const scoredOf = ({ shape: [n], values }) => Array.from({ length: n }, (_, i) => ({ code: values[2 * i], score: values[2 * i + 1] }));

/** How many near misses D puts below every valid picture. @param {Scored[]} near @param {Scored[]} valid */
export function belowAll(near, valid) {
  const worst = Math.min(...valid.map(({ score }) => score));
  return near.filter(({ score }) => score < worst).length;
}

/** By how many pixels the two most alike differ. @param {number[]} codes */
export function closest(codes) {
  const differ = (/** @type {number} */ bits) => bits.toString(2).replaceAll('0', '').length;
  return Math.min(...codes.flatMap((a, i) => codes.slice(i + 1).map((b) => differ(a ^ b))));
}

/** Over one scale that holds both. @param {Scored[]} near @param {Scored[]} valid @returns {Histograms} */
export function histogramsOf(near, valid) {
  const scores = [...near, ...valid].map(({ score }) => score).filter(Number.isFinite);
  const [low, high] = scores.length ? [Math.min(...scores), Math.max(...scores)] : [0, 0];
  const width = high > low ? high - low : 1;
  const shares = (/** @type {Scored[]} */ pictures) => {
    const counts = Array.from({ length: BINS }, () => 0);
    for (const { score } of pictures) if (Number.isFinite(score)) counts[Math.min(BINS - 1, Math.floor(((score - low) / width) * BINS))] += 1;
    return counts.map((count) => count / pictures.length);
  };
  return { low, high: low + width, near: shares(near), valid: shares(valid) };
}
