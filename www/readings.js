// What a frozen network reads in a picture of a face: a row with the ten factors, and how strange the picture is to it.

/** @typedef {import('./protocol.js').Attribute} Attribute */
/** @typedef {import('./protocol.js').Factor} Factor */
/** @typedef {import('./protocol.js').Matrix} Matrix */
/** @typedef {import('./descriptions.js').Description} Description */

/** Root mean square difference from the face that was read, painted. Above this it is no face that the network knows. */
const STRANGE = 0.06;

/** The rows of a matrix of readings. @param {Matrix} readings */
export const rowsOf = ({ shape: [n, width], values }) => Array.from({ length: n }, (_, i) => values.subarray(i * width, (i + 1) * width));

/** @param {Float32Array} reading its last number is the strangeness */
export const isStrange = (reading) => !(reading[reading.length - 1] <= STRANGE);

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
