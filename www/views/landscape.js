// A number for every place as a picture with contours: D(x) in D's own unit, a density, the probability of a class.
import { contours, ticks } from '../vendor/d3.js';
import { tint } from '../colormap.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {'probability' | 'label' | 'score' | 'density' | 'class'} Unit */
/** @typedef {[number, number]} Range the values of the colour scale's ends */

/** Missing where there is no page, and nothing is drawn. */
const buffer = /** @type {HTMLCanvasElement} */ (globalThis.document?.createElement('canvas'));

/** A smaller density counts as this one, whose logarithm there is. */
const TINY = 1e-30;
/** How much of the old scale a new picture keeps: scores drift, and colours must not flicker. */
const INERTIA = 0.9;

/**
 * The scale for a picture: a probability's is fixed; a density's goes from 0; a score's follows what there is.
 * @param {Unit} unit @param {Matrix} matrix @param {Range | null} before
 * @returns {Range}
 */
export function scaleOf(unit, { values }, before) {
  if (unit === 'probability' || unit === 'class') return [0, 1];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (unit === 'density') return [0, high > 0 ? high : 1];
  if (!(high > low)) return before ?? [low - 0.5 || -0.5, low + 0.5 || 0.5];
  if (!before) return [low, high];
  return [before[0] * INERTIA + low * (1 - INERTIA), before[1] * INERTIA + high * (1 - INERTIA)];
}

/** Each cell one pixel, stretched smoothly over the frame; cells without a number stay clear. @param {Frame} frame @param {Matrix} matrix @param {Pick<Colors, 'ramp'>} colors @param {Range} [range] */
export function drawLandscape(frame, { shape: [rows, columns], values }, colors, range = [0, 1]) {
  if (buffer.width !== columns || buffer.height !== rows) Object.assign(buffer, { width: columns, height: rows });
  const context = /** @type {CanvasRenderingContext2D} */ (buffer.getContext('2d'));
  const image = context.createImageData(columns, rows);
  tint(new Uint32Array(image.data.buffer), values, colors, range);
  context.putImageData(image, 0, 0);
  frame.context.imageSmoothingQuality = 'low'; // bilinear; more would be for pictures made smaller, and takes four times as long
  frame.context.drawImage(buffer, 0, 0, frame.side, frame.side);
}

/** Where there is a line: densities fall off fast, so theirs go by 1, 2, 5, over more than two decades. @param {Unit} unit @param {Range} range */
export function levelsOf(unit, [low, high]) {
  if (unit === 'probability' || unit === 'class') return [0.1, 0.3, 0.7, 0.9];
  if (unit !== 'density') return ticks(low, high, 7);
  const decade = Math.floor(Math.log10(high));
  const series = [-3, -2, -1, 0].flatMap((below) => [1, 2, 5].map((digit) => Number(`${digit}e${decade + below}`)));
  return series.filter((level) => level < high && level > high / 250);
}

/**
 * Lines of equal value; where D is a probability, the one where it cannot tell (½) is dashed. Densities are drawn by their
 * logarithms: between two cells those are nearly straight.
 * @param {Frame} frame @param {Matrix} matrix @param {Colors} colors @param {Unit} unit @param {Range} range
 */
export function drawContours(frame, matrix, colors, unit, range) {
  const levels = levelsOf(unit, range);
  const look = { style: colors.quiet, width: 0.75, alpha: unit === 'density' ? 0.9 : 0.55, dash: [] };
  if (unit === 'density') drawLevels(frame, { ...matrix, values: matrix.values.map((p) => Math.log(Math.max(p, TINY))) }, levels.map(Math.log), look);
  else drawLevels(frame, matrix, levels, look);
  if (unit === 'probability') drawLevels(frame, matrix, [0.5], { style: colors.quiet, width: 1.25, alpha: 1, dash: [5, 3] });
}

/** Where either of two classes is as probable as the other. @param {Frame} frame @param {Matrix} belief @param {string} color */
export function drawBoundary(frame, belief, color) {
  drawLevels(frame, belief, [0.5], { style: color, width: 3, alpha: 1, dash: [] });
}

/** @param {Frame} frame @param {Matrix} matrix @param {number[]} levels @param {{ style: string, width: number, alpha: number, dash: number[] }} look */
function drawLevels(frame, { shape: [rows, columns], values }, levels, look) {
  const lines = contours().size([columns, rows]).smooth(true).thresholds(levels);
  stroke(frame, lines(Array.from(values)), columns, rows, look);
}

function stroke({ context, side }, multipolygons, columns, rows, { style, width, alpha, dash }) {
  const onFrame = (/** @type {number} */ x, /** @type {number} */ y) => x === 0 || x === columns || y === 0 || y === rows;
  context.beginPath();
  for (const { coordinates } of multipolygons) {
    for (const ring of coordinates.flat()) {
      let drawing = false;
      for (const [x, y] of ring) {
        const inside = !onFrame(x, y); // the frame closes the area, and bends what leads to it
        if (inside) context[drawing ? 'lineTo' : 'moveTo']((x / columns) * side, (y / rows) * side);
        drawing = inside;
      }
    }
  }
  context.strokeStyle = style;
  context.lineWidth = width;
  context.globalAlpha = alpha;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}
