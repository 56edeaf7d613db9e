// What D makes of near misses against valid pictures, in numbers. No DOM.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** A picture and what D says of it. @typedef {{ code: number, score: number }} Scored */
/** @typedef {{ low: number, high: number, near: number[], valid: number[] }} Histograms shares of each kind in each of equal bins */

/** Of a histogram. */
export const BINS = 36;

/** @param {Matrix} near a code and a score in each row @returns {Scored[]} */
export const scoredOf = ({ shape: [n], values }) => Array.from({ length: n }, (_, i) => ({ code: values[2 * i], score: values[2 * i + 1] }));

/** How many near misses D puts below every valid picture. @param {Scored[]} near @param {Scored[]} valid */
export function belowAll(near, valid) {
  const worst = Math.min(...valid.map(({ score }) => score));
  return near.filter(({ score }) => score < worst).length;
}

/** By how many pixels the two most alike differ. @param {number[]} codes */
export function closest(codes) {
  let least = Infinity;
  codes.forEach((a, i) => {
    for (let k = 0; k < i; k += 1) least = Math.min(least, ones(a ^ codes[k]));
  });
  return least;
}

/** How many bits are set. @param {number} bits */
function ones(bits) {
  let n = 0;
  for (let rest = bits; rest; rest &= rest - 1) n += 1;
  return n;
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
