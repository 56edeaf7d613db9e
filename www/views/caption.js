// Captions as the captioner writes them: numbers of tokens in, words with their probabilities out. No DOM.
import { textOf } from './sentences.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('./sentences.js').Token} Token */
/** A token that could stand at a place. @typedef {{ text: string, chance: number, written: boolean }} Choice */
/** @typedef {'none' | 'right' | 'wrong'} Verdict what a caption says of an attribute */

/** So many of the most probable tokens are shown at each place. */
const MOST = 3;
/** In the order of the probe. */
const VERDICTS = /** @type {const} */ (['none', 'right', 'wrong']);

/** The tokens of a row up to the empty one that ends the caption, that one included. @param {Matrix} written @param {number} row @param {string[]} vocabulary @param {(place: number) => number} chance @returns {Token[]} */
export function captionOf({ shape: [, length], values }, row, vocabulary, chance) {
  /** @type {Token[]} */ const tokens = [];
  for (let place = 0; place < length; place += 1) {
    tokens.push({ text: vocabulary[values[row * length + place]] ?? '', chance: chance(place) });
    if (!tokens[place].text) break;
  }
  return tokens;
}

/** What is read aloud. @param {Token[]} caption */
export const said = (caption) => textOf(caption.filter(({ text }) => text), 'words');

/** What could stand at each place of a caption: the most probable first, at the end the one written where it is none of those. @param {Matrix} next at each place the probability of every token @param {Matrix} written @param {string[]} vocabulary @returns {Choice[][]} */
export function choicesOf({ shape: [, size], values }, written, vocabulary) {
  const caption = captionOf(written, 0, vocabulary, (place) => values[place * size + written.values[place]]);
  return caption.map((_, place) => {
    const chances = Array.from(values.subarray(place * size, (place + 1) * size));
    const order = chances.map((_, token) => token).sort((a, b) => chances[b] - chances[a]);
    const taken = written.values[place];
    const shown = order.filter((token, rank) => rank < MOST || token === taken);
    return shown.map((token) => ({ text: vocabulary[token], chance: chances[token], written: token === taken }));
  });
}

/** @param {Matrix} right @param {number} row @returns {Verdict[]} */
export const verdictsOf = ({ shape: [, n], values }, row) => Array.from({ length: n }, (_, k) => VERDICTS[values[row * n + k]] ?? 'none');
