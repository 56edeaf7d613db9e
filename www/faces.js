// Faces by their factors: values in words, and a face that was read from a picture against the one that was chosen. No DOM.

/** @typedef {import('./protocol.js').Factor} Factor */
/** @typedef {'en' | 'zh'} Language */

/** Root mean square difference between a picture and the face read from it, painted: above this it is no face that the reader knows. */
export const STRANGE = 0.06;
/** Two values of a range are told apart when they are further from each other than this share of it, a bin of the metrics; the reader's own error is half as large or less. */
const APART = 0.2;

/** The lower end of a factor's range, and its length. @param {Factor} factor @returns {[low: number, length: number]} */
export const spanOf = ({ range }) => [range?.low ?? 0, 1 - (range?.low ?? 0)];

/** @param {Factor} factor @param {number} value @param {Language} language @param {Intl.NumberFormat} number */
export function valueOf({ choice }, value, language, number) {
  return choice ? choice[value]?.[language] ?? '?' : number.format(Math.round(20 * value) / 20);
}

/** Which factors were read as something else than was chosen. @param {Factor[]} factors @param {ArrayLike<number>} chosen @param {ArrayLike<number>} read */
export function misread(factors, chosen, read) {
  return factors.filter((factor, i) => (factor.choice ? chosen[i] !== read[i] : Math.abs(chosen[i] - read[i]) > APART * spanOf(factor)[1]));
}

/** A reading's strangeness, behind the factors; undefined where it has none. @param {ArrayLike<number>} reading @param {Factor[]} factors @returns {number | undefined} */
export const strangenessOf = (reading, factors) => reading[factors.length];

/** A face as the data have them: options evenly, ranges as means of two even draws. @param {Factor[]} factors */
export function faceAtRandom(factors) {
  return factors.map((factor) => {
    const [low, length] = spanOf(factor);
    return factor.choice ? Math.floor(Math.random() * factor.choice.length) : low + (length * (Math.random() + Math.random())) / 2;
  });
}

/** Every factor half-way. @param {Factor[]} factors */
export function middleFace(factors) {
  return factors.map((factor) => {
    const [low, length] = spanOf(factor);
    return factor.choice ? Math.floor((factor.choice.length - 1) / 2) : low + length / 2;
  });
}
