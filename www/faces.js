// Faces by their factors: values in words, and what a frozen network reads from a picture against what was chosen or said. A
// reading is the ten factors and then how strange the picture is. No DOM.

/** @typedef {import('./protocol.js').Attribute} Attribute */
/** @typedef {import('./protocol.js').Factor} Factor */
/** @typedef {import('./protocol.js').Matrix} Matrix */
/** @typedef {import('./descriptions.js').Description} Description */
/** @typedef {'en' | 'zh'} Language */

/** Root mean square difference between a picture and the face read from it, painted: above this it is no face that the reader knows. */
const STRANGE = 0.06;
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

/** The rows of a matrix of readings. @param {Matrix} readings */
export const rowsOf = ({ shape: [n, width], values }) => Array.from({ length: n }, (_, i) => values.subarray(i * width, (i + 1) * width));

/** @param {ArrayLike<number>} reading */
export const strangenessOf = (reading) => reading[reading.length - 1];

/** @param {ArrayLike<number>} reading */
export const isStrange = (reading) => !(strangenessOf(reading) <= STRANGE);

/** Which option of each attribute a picture shows: of a factor from one end to the other, the nearer end. @param {Float32Array} reading @param {Attribute[]} attributes @param {Factor[]} factors */
export function optionsOf(reading, attributes, factors) {
  return attributes.map(({ factor }) => {
    const { range } = factors[factor];
    return range ? Number(reading[factor] > (range.low + 1) / 2) : reading[factor];
  });
}

/** Of the attributes that are named, how many are shown as named. @param {Description} description @param {number[]} options */
export function agreement(description, options) {
  const named = description.flatMap((option, i) => (option === null ? [] : [option === options[i]]));
  return { right: named.filter(Boolean).length, named: named.length };
}
