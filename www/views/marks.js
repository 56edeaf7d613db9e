// Marks that are to be seen on anything: in a colour, with a rim of paper.

/** @typedef {import('./window.js').Pair} Pair */

/** Strokes the path in ink with a rim of paper. @param {CanvasRenderingContext2D} context @param {{ ink: string, paper: string }} colors */
export function outlined(context, { ink, paper }) {
  context.lineCap = 'round';
  for (const [color, width] of /** @type {[string, number][]} */ ([[paper, 4.5], [ink, 1.75]])) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
  context.lineCap = 'butt';
}

/** A ring with cross hair. @param {CanvasRenderingContext2D} context @param {Pair} place in pixels @param {{ ink: string, paper: string }} colors */
export function drawPlace(context, [x, y], colors) {
  const [inner, ring, outer] = [4, 9, 16];
  context.beginPath();
  context.arc(x, y, ring, 0, 2 * Math.PI);
  for (const [dx, dy] of [[-1, 0], [1, 0], [0, -1], [0, 1]]) {
    context.moveTo(x + inner * dx, y + inner * dy);
    context.lineTo(x + outer * dx, y + outer * dy);
  }
  outlined(context, colors);
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius @param {string} color */
export function disc(context, x, y, radius, color) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}
