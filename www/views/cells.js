// All binary pictures of 4 × 4 pixels on a map of 256 × 256 cells, so that neighbouring cells differ by one pixel. The
// upper half of a picture chooses the row and the lower half the column, each by its place in the reflected Gray code. No DOM.

/** Cells along a side of the map, and pictures in all. */
export const SIDE = 256;
export const PICTURES = SIDE * SIDE;
/** Of a picture. */
export const PIXELS = 16;

/** @typedef {[row: number, column: number]} Cell */

/** The i-th number of the reflected Gray code. @param {number} i */
export const gray = (i) => i ^ (i >> 1);

/** Which number of the Gray code it is; of 8 bits. @param {number} number */
export function grayRank(number) {
  let i = number;
  for (const shift of [1, 2, 4]) i ^= i >> shift;
  return i;
}

/** @param {Cell} cell */
export const codeAt = ([row, column]) => (gray(row) << 8) | gray(column);

/** @param {number} code @returns {Cell} */
export const cellOf = (code) => [grayRank(code >> 8), grayRank(code & 255)];

/** Ink of each pixel from the upper left, row by row; the first is the highest bit. @param {number} code */
export const pixelsOf = (code) => Array.from({ length: PIXELS }, (_, k) => (code >> (PIXELS - 1 - k)) & 1);

/** @param {ArrayLike<number>} pixels @param {number} [from] where the picture begins */
export function codeOf(pixels, from = 0) {
  let code = 0;
  for (let k = 0; k < PIXELS; k += 1) code = (code << 1) | Number(pixels[from + k] > 0.5);
  return code;
}

/** Of each picture in a matrix with one a row. @param {import('../protocol.js').Matrix} pictures */
export const codesOf = ({ shape: [n], values }) => Array.from({ length: n }, (_, i) => codeOf(values, PIXELS * i));

/** Where a picture's score stands in a matrix of the map. @param {number} code */
export function indexOf(code) {
  const [row, column] = cellOf(code);
  return SIDE * row + column;
}
