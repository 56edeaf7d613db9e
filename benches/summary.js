// Medians and spreads of what was timed again and again.

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** (greatest − least) / median. @param {number[]} values */
export const spread = (values) => (Math.max(...values) - Math.min(...values)) / median(values);

/** What is kept of rates. @param {number[]} rates */
export const timed = (rates) => ({ steps_per_second: rounded(median(rates)), spread: Number(spread(rates).toFixed(3)) });

/** As many digits as are worth keeping. @param {number} value */
export const rounded = (value, digits = 4) => Number(value.toPrecision(digits));
