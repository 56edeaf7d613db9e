// σ(D(x)) as a picture, and the line where D cannot tell.
import { contours } from '../vendor/d3.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */
/** @typedef {import('../colormap.js').Colors} Colors */

const buffer = document.createElement('canvas');

/** Each cell one pixel, stretched smoothly over the frame. @param {Frame} frame @param {Matrix} matrix @param {Colors} colors */
export function drawLandscape(frame, { shape: [rows, columns], values }, { ramp }) {
  buffer.width = columns;
  buffer.height = rows;
  const context = /** @type {CanvasRenderingContext2D} */ (buffer.getContext('2d'));
  const image = context.createImageData(columns, rows);
  for (let i = 0; i < values.length; i += 1) {
    const entry = 4 * Math.max(0, Math.min(255, Math.round(255 * values[i])));
    image.data.set(ramp.subarray(entry, entry + 4), 4 * i);
  }
  context.putImageData(image, 0, 0);
  frame.context.imageSmoothingQuality = 'high';
  frame.context.drawImage(buffer, 0, 0, frame.side, frame.side);
}

/** The colour scale from 0 to 1 on a small canvas. @param {HTMLCanvasElement} canvas @param {Colors} colors */
export function drawScale(canvas, { ramp }) {
  canvas.width = 256;
  canvas.height = 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(256, 1);
  image.data.set(ramp);
  context.putImageData(image, 0, 0);
}

/** The line D(x) = ½. @param {Frame} frame @param {Matrix} matrix @param {Colors} colors */
export function drawContour(frame, { shape: [rows, columns], values }, colors) {
  const [{ coordinates }] = contours().size([columns, rows]).thresholds([0.5])(Array.from(values));
  const { context, side } = frame;
  const onFrame = (/** @type {number[]} */ [x, y]) => x === 0 || x === columns || y === 0 || y === rows;
  context.beginPath();
  for (const ring of coordinates.flat()) {
    for (let i = 1; i < ring.length; i += 1) {
      const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
      if (onFrame(ring[i - 1]) && onFrame(ring[i])) continue; // the frame closes the area, D does not
      context.moveTo((x0 / columns) * side, (y0 / rows) * side);
      context.lineTo((x1 / columns) * side, (y1 / rows) * side);
    }
  }
  context.strokeStyle = colors.quiet;
  context.lineWidth = 1.25;
  context.setLineDash([5, 3]);
  context.stroke();
  context.setLineDash([]);
}
