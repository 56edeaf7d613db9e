// The Dirac-GAN's plane: G's only weight θ to the right, D's only weight ψ upwards.
import { arrowScale, drawArrows } from './arrows.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */
/** @typedef {import('../colormap.js').Colors} Colors */

/** Places of the path that are told apart from the faint rest. */
const FRESH = 60;

/** Where a step would go from each place. @param {Frame} frame @param {Matrix} places @param {Matrix} field @param {Colors} colors */
export function drawField(frame, places, field, colors) {
  drawArrows(frame, places, field, colors.quiet, 1.5 * arrowScale(field), Infinity);
}

/** The way so far, its latest part strong, and where the players stand. @param {Frame} frame @param {Matrix} path @param {Colors} colors */
export function drawPath(frame, { values }, colors) {
  const { context } = frame;
  const n = values.length / 2;
  const line = (/** @type {number} */ from, /** @type {number} */ to) => {
    context.beginPath();
    for (let i = Math.max(0, from); i < to; i += 1) context.lineTo(frame.x(values[2 * i]), frame.y(values[2 * i + 1]));
    context.stroke();
  };
  context.lineJoin = 'round';
  context.strokeStyle = colors.generated;
  context.globalAlpha = 0.35;
  context.lineWidth = 1.25;
  line(0, n - FRESH + 1);
  context.globalAlpha = 1;
  context.lineWidth = 2.25;
  line(n - FRESH, n);
  dot(frame, 0, 0, 6, colors.paper, colors.real);
  dot(frame, values[0], values[1], 4, colors.paper, colors.generated);
  dot(frame, values[2 * n - 2], values[2 * n - 1], 6, colors.generated, colors.ink);
}

/** @param {Frame} frame @param {number} x @param {number} y @param {number} radius @param {string} fill @param {string} stroke */
function dot(frame, x, y, radius, fill, stroke) {
  const { context } = frame;
  context.beginPath();
  context.arc(frame.x(x), frame.y(y), radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = stroke;
  context.lineWidth = 2;
  context.stroke();
}
