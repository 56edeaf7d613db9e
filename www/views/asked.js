// The reader's red point and what the model answers of it, as the probe `asked` has it: numbers, a mark, a count.
import { disc } from './marks.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */
/** @typedef {import('./window.js').Pair} Pair */

/** How near is near, as a share of the picture's half width. */
const NEAR = 0.1;

/** The numbers of an answer, by name: of a density five, of classes four; NaN for what the model cannot say. @param {Matrix} asked */
export function answerOf({ shape: [, columns], values }) {
  const [x, y, first, second, tail] = values;
  const at = /** @type {Pair} */ ([x, y]);
  return columns === 5 ? { at, log: first, distance: second, tail } : { at, b: first, log: second };
}

/** Within what distance points are counted where the density is not known: a number with one digit. @param {number} halfWidth */
export const nearness = (halfWidth) => Number((NEAR * halfWidth).toPrecision(1));

/** How many points lie as near as that. @param {ArrayLike<number>} values flat pairs @param {Pair} at @param {number} radius */
export function countNear(values, [x, y], radius) {
  let n = 0;
  for (let i = 0; i + 1 < values.length; i += 2) n += Number(Math.hypot(values[i] - x, values[i + 1] - y) <= radius);
  return n;
}

/** A place away from all points: of the corners of the middle 70 %, the one with the most room. @param {ArrayLike<number>[]} clouds flat pairs @param {number} halfWidth @returns {Pair} */
export function outside(clouds, halfWidth) {
  const far = 0.7 * halfWidth;
  const room = (/** @type {Pair} */ [x, y]) => {
    let nearest = Infinity;
    for (const values of clouds) for (let i = 0; i + 1 < values.length; i += 2) nearest = Math.min(nearest, Math.hypot(values[i] - x, values[i + 1] - y));
    return nearest;
  };
  const corners = /** @type {Pair[]} */ ([[far, far], [far, -far], [-far, far], [-far, -far]]);
  return corners.reduce((best, corner) => (room(corner) > room(best) ? corner : best));
}

/** The point, larger than any other and with a rim; about it, where points are counted, the circle in which they are. @param {Frame} frame @param {Matrix} asked @param {{ asked: string, paper: string }} colors */
export function drawAsked(frame, asked, colors) {
  const { context } = frame;
  const answer = answerOf(asked);
  const [x, y] = [frame.x(answer.at[0]), frame.y(answer.at[1])];
  if ('tail' in answer && Number.isNaN(answer.log)) {
    context.beginPath();
    context.arc(x, y, frame.x(nearness(frame.halfWidth)) - frame.x(0), 0, 2 * Math.PI);
    context.strokeStyle = colors.asked;
    context.lineWidth = 1.5;
    context.stroke();
  }
  disc(context, x, y, 9, colors.paper);
  disc(context, x, y, 7, colors.asked);
  disc(context, x, y, 2, colors.paper);
}
