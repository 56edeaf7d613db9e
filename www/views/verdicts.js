// What is known of every picture: D's score, its rank among all, and whether it is valid.
import { PICTURES, indexOf } from './cells.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** For a sentence about a picture. @typedef {{ code: number, score: string, rank: string, of: string, valid: boolean }} Reading */

export class Verdicts {
  /** Of all cells of the map. @type {ArrayLike<number>} */ #scores = [];
  /** Codes of the valid pictures. */ valid = /** @type {Set<number>} */ (new Set());

  /** @param {Record<string, Matrix | undefined>} probes */
  take({ scores, valid }) {
    this.#scores = scores?.values ?? [];
    this.valid = new Set(valid?.values);
  }

  /** @param {number} code */
  score(code) {
    return this.#scores[indexOf(code)] ?? NaN;
  }

  /** The ends of the scale of all scores. */
  get range() {
    return rangeOf(this.#scores);
  }

  /** @param {number} code @param {Intl.NumberFormat} number for scores @param {'en' | 'zh'} language @returns {Reading} */
  reading(code, number, language) {
    const [score, whole] = [this.score(code), new Intl.NumberFormat(language)];
    return { code, score: number.format(score), rank: whole.format(rankOf(this.#scores, score)), of: whole.format(PICTURES), valid: this.valid.has(code) };
  }
}

/** One more than the number of higher scores; equals share a rank. @param {ArrayLike<number>} scores @param {number} score */
export function rankOf(scores, score) {
  let rank = 1;
  for (let i = 0; i < scores.length; i += 1) if (scores[i] > score) rank += 1;
  return rank;
}

/** A scale with zero in the middle that holds all scores. @param {ArrayLike<number>} scores @returns {[number, number]} */
export function rangeOf(scores) {
  let most = 0;
  for (let i = 0; i < scores.length; i += 1) {
    const size = Math.abs(scores[i]);
    if (size > most && size < Infinity) most = size;
  }
  return most ? [-most, most] : [-1, 1];
}
