// Gaussians as ellipses: one and two standard deviations about the mean.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */

/** Half axes, and the direction of the longer one, of the ellipse one standard deviation from the mean. @param {number} a Σ₀₀ @param {number} b Σ₀₁ @param {number} c Σ₁₁ */
export function ellipseOf(a, b, c) {
  const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return { long: Math.sqrt(middle + half), short: Math.sqrt(Math.max(0, middle - half)), angle: Math.atan2(2 * b, a - c) / 2 };
}

/**
 * The more weight, the stronger the line, which has a rim of paper to be seen on any colour.
 * @param {Frame} frame @param {Matrix} components rows of weight, mean and Σ₀₀, Σ₀₁, Σ₁₁
 * @param {(k: number) => string} colorOf @param {string} rim
 */
export function drawEllipses(frame, { shape: [n], values }, colorOf, rim) {
  const { context } = frame;
  const rows = Array.from({ length: n }, (_, k) => values.slice(6 * k, 6 * k + 6));
  const heaviest = Math.max(...rows.map(([weight]) => weight));
  rows.forEach(([weight, x, y, a, b, c], k) => {
    const share = weight / heaviest;
    for (const deviations of [1, 2]) {
      const { long, short, angle } = ellipseOf(a, b, c);
      const unit = (frame.x(1) - frame.x(0)) * deviations;
      context.beginPath();
      context.ellipse(frame.x(x), frame.y(y), long * unit, short * unit, -angle, 0, 2 * Math.PI); // the picture's y goes down
      const width = (deviations === 1 ? 2.5 : 1.5) * (0.4 + 0.6 * share);
      for (const [style, wide] of /** @type {[string, number][]} */ ([[rim, width + 1.5], [colorOf(k), width]])) {
        context.globalAlpha = 0.35 + 0.65 * share;
        context.strokeStyle = style;
        context.lineWidth = wide;
        context.stroke();
      }
    }
  });
  context.globalAlpha = 1;
}
