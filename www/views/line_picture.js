// What a line carries: D's curve and the best one, the densities as areas, points in a strip, and where they are pulled.
import { ticks } from '../vendor/d3.js';
import { columnOf } from './line_frame.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('./line_frame.js').LineFrame} LineFrame */
/**
 * @typedef {object} Scene
 * @property {CanvasRenderingContext2D} context in CSS pixels
 * @property {LineFrame} frame
 * @property {Colors} colors
 * @property {{ x: string, d: string, density: string }} titles of the axes
 * @property {boolean} probability is D one?
 * @property {Intl.NumberFormat} number
 */

const FONT = '11px system-ui, sans-serif';
/** The longest arrow, as a share of the width; and its head. CSS pixels. */
const [LONGEST, HEAD] = [0.06, 3.5];
/** Half the side of a real point, and the radius of a generated one: told apart by shape as well. CSS pixels. */
const [SQUARE, DOT] = [2.5, 2.4];

/** @param {Scene} scene @param {Matrix} curve @param {'d' | 'best'} column @param {{ color: string, width: number, dash?: number[] }} style */
export function drawCurve({ context, frame }, curve, column, { color, width, dash = [] }) {
  path(context, columnOf(curve, 'x').map(frame.x, frame), columnOf(curve, column).map(frame.d, frame));
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/** @param {Scene} scene @param {Matrix} curve @param {'p' | 'q'} column @param {string} color */
export function drawDensity({ context, frame }, curve, column, color) {
  const [x, y] = [columnOf(curve, 'x').map(frame.x, frame), columnOf(curve, column).map(frame.density, frame)];
  path(context, x, y);
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = 1.75;
  context.stroke();
  context.lineTo(x[x.length - 1], frame.lower.bottom);
  context.lineTo(x[0], frame.lower.bottom);
  context.globalAlpha = 0.28;
  context.fill();
  context.globalAlpha = 1;
}

/** A line from point to point, broken where one is not a number. @param {CanvasRenderingContext2D} context @param {number[]} x @param {number[]} y */
function path(context, x, y) {
  context.beginPath();
  let drawn = false;
  x.forEach((at, i) => {
    if (!Number.isFinite(y[i])) drawn = false;
    else if (drawn) context.lineTo(at, y[i]);
    else context.moveTo(at, y[i]);
    drawn = Number.isFinite(y[i]);
  });
}

/** Real points: open squares in one row. @param {Scene} scene @param {Matrix} points */
export function drawReal({ context, frame, colors }, { values }) {
  context.beginPath();
  for (const x of values) context.rect(frame.x(x) - SQUARE, frame.real - SQUARE, 2 * SQUARE, 2 * SQUARE);
  context.strokeStyle = colors.real;
  context.lineWidth = 1;
  context.stroke();
}

/** Generated points: dots in lanes. @param {Scene} scene @param {Matrix} points */
export function drawGenerated({ context, frame, colors }, { values }) {
  context.beginPath();
  values.forEach((x, i) => {
    context.moveTo(frame.x(x) + DOT, frame.lane(i));
    context.arc(frame.x(x), frame.lane(i), DOT, 0, 2 * Math.PI);
  });
  context.fillStyle = colors.generated;
  context.fill();
}

/** Which way each generated point would move to look more real: up D's slope. @param {Scene} scene @param {Matrix} points @param {Matrix} pulls */
export function drawPulls({ context, frame, colors }, { values: points }, { values: pulls }) {
  const sizes = Array.from(pulls, Math.abs).sort((a, b) => a - b);
  const longest = sizes[Math.floor(0.95 * (sizes.length - 1))] || 1;
  context.beginPath();
  points.forEach((x, i) => {
    const length = Math.max(-1.5, Math.min(1.5, pulls[i] / longest)) * LONGEST * frame.width;
    if (!(Math.abs(length) > 1.5)) return;
    const [from, to, y] = [frame.x(x), frame.x(x) + length, frame.lane(i)];
    const head = Math.sign(length) * Math.min(HEAD, Math.abs(length));
    context.moveTo(from, y);
    context.lineTo(to, y);
    context.moveTo(to - head, y - HEAD / 1.4);
    context.lineTo(to, y);
    context.lineTo(to - head, y + HEAD / 1.4);
  });
  context.strokeStyle = colors.ink;
  context.lineWidth = 1.1;
  context.stroke();
}

/** Hairlines, numbers and titles; where D is a probability, the level at which it cannot tell. @param {Scene} scene */
export function drawAxes(scene) {
  const { context, frame, colors, titles, number, probability } = scene;
  const { left, right, upper, lower } = frame;
  const levels = probability ? [0, 0.25, 0.5, 0.75, 1] : ticks(...frame.ends.d, 5);
  const densities = ticks(0, frame.ends.density, 3);
  const places = ticks(...frame.ends.x, frame.width > 420 ? 9 : 5);
  context.beginPath();
  for (const y of [...levels.map(frame.d, frame), ...densities.map(frame.density, frame)]) line(context, left, y, right, y);
  for (const x of places.map(frame.x, frame)) for (const { top, bottom } of [upper, lower]) line(context, x, top, x, bottom);
  context.strokeStyle = colors.line;
  context.lineWidth = 1;
  context.stroke();
  const write = writer(context, colors.quiet);
  for (const level of levels) write(number.format(level), left - 5, frame.d(level), 'right', 'middle');
  for (const density of densities) write(number.format(density), left - 5, frame.density(density), 'right', 'middle');
  for (const x of places) write(number.format(x), frame.x(x), lower.bottom + 4, 'center', 'top');
  write(titles.d, left, upper.top - 6, 'left', 'alphabetic');
  write(titles.density, left, lower.top - 6, 'left', 'alphabetic');
  write(titles.x, right, lower.bottom + 18, 'right', 'top');
  if (!probability) return;
  context.setLineDash([5, 3]);
  context.beginPath();
  line(context, left, frame.d(0.5), right, frame.d(0.5));
  context.strokeStyle = colors.quiet;
  context.stroke();
  context.setLineDash([]);
}

/** A hair line where the reader looks, and a ring on D. @param {Scene} scene @param {import('./line_frame.js').Reading} reading */
export function drawReading({ context, frame, colors }, { x, d }) {
  context.beginPath();
  line(context, frame.x(x), frame.upper.top, frame.x(x), frame.lower.bottom);
  context.strokeStyle = colors.ink;
  context.lineWidth = 1;
  context.stroke();
  context.beginPath();
  context.arc(frame.x(x), frame.d(d), 4.5, 0, 2 * Math.PI);
  context.fillStyle = colors.raised;
  context.fill();
  context.lineWidth = 2;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function line(context, x0, y0, x1, y1) {
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
}

/** @param {CanvasRenderingContext2D} context @param {string} color */
function writer(context, color) {
  context.font = FONT;
  context.fillStyle = color;
  return (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y, /** @type {CanvasTextAlign} */ align, /** @type {CanvasTextBaseline} */ baseline) => {
    [context.textAlign, context.textBaseline] = [align, baseline];
    context.fillText(text, x, y);
  };
}
