// What is to be read on a picture's way through an autoencoder: the layers as the settings give them, and the numbers
// that belong to one test picture. No DOM.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../protocol.js').Settings} Settings */

/** Numbers of a code that are shown: the probes know no more. */
const SHOWN = 2;

/** The layer sizes of both networks as text; a variational encoder ends in as many means as spreads. @param {Settings} settings @param {number} pixels of a picture */
export function layersOf({ depth, width, latent_dim, variational }, pixels) {
  const hidden = Number(depth) > 2 ? [`${depth} × ${width}`] : Array(Number(depth)).fill(width);
  const encoded = variational === 'on' ? `${latent_dim} + ${latent_dim}` : latent_dim;
  return { encoder: [pixels, ...hidden, encoded].join(' → '), decoder: [latent_dim, ...hidden, pixels].join(' → ') };
}

/** A row as a matrix of its own. @param {Matrix} matrix @param {number} i @returns {Matrix} */
export const rowOf = ({ shape: [, d], values }, i) => ({ shape: [1, d], values: values.subarray(i * d, (i + 1) * d) });

/**
 * The first numbers of mean and spread of a picture. Codes come with other pictures than those on show, so that a
 * picture's are found by its pixels: equal pictures have equal codes. Undefined where they are not among them.
 * @param {Record<string, Matrix | undefined>} probes @param {Matrix} picture
 */
export function codeOf({ thumbnails, codes, spreads }, picture) {
  const i = thumbnails ? place(thumbnails, picture) : -1;
  const row = (/** @type {Matrix | undefined} */ matrix) => (matrix && i >= 0 ? Array.from(rowOf(matrix, i).values) : undefined);
  return { mean: row(codes), spread: row(spreads) };
}

/** Which row a picture is; −1 for none. @param {Matrix} pictures @param {Matrix} picture */
function place({ shape: [n, d], values }, picture) {
  if (d !== picture.shape[1]) return -1;
  for (let i = 0; i < n; i += 1) if (picture.values.every((ink, k) => ink === values[i * d + k])) return i;
  return -1;
}

/** The first numbers of a code of `d`, as text; a dash for none. @param {number[] | undefined} values @param {number} d @param {Intl.NumberFormat} number */
export function vector(values, d, number) {
  if (!values) return '–';
  const text = values.slice(0, Math.min(d, SHOWN)).map((value) => number.format(value));
  return d === 1 ? text[0] : `(${[...text, ...(d > SHOWN ? ['…'] : [])].join(', ')})`;
}
