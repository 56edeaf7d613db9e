// Points of the plane. Real ones are open squares, those held out crosses, generated ones dots: told apart by shape as well.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */

/** @param {Frame} frame @param {{ values: ArrayLike<number> }} points @param {string} color */
export function drawSquares(frame, { values }, color) {
  const { context } = frame;
  const size = Math.max(2.5, frame.side / 130);
  context.beginPath();
  for (let i = 0; i < values.length; i += 2) {
    context.rect(frame.x(values[i]) - size / 2, frame.y(values[i + 1]) - size / 2, size, size);
  }
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.stroke();
}

/** @param {Frame} frame @param {Matrix} matrix @param {string} color @param {string} rim */
export function drawDots(frame, { values }, color, rim) {
  const { context } = frame;
  const radius = Math.max(1.7, frame.side / 210);
  // A larger disc underneath: stroking the rim would take three times as long.
  for (const [size, style] of /** @type {[number, string][]} */ ([[radius + 0.6, rim], [radius, color]])) {
    circles(frame, values, size);
    context.fillStyle = style;
    context.fill();
  }
}

/** The minibatch: open rings round the points that the update under way looks at. @param {Frame} frame @param {Matrix} matrix @param {string} color */
export function drawRings(frame, { values }, color) {
  const { context } = frame;
  circles(frame, values, Math.max(3, frame.side / 110));
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.stroke();
}

/** @param {Frame} frame @param {ArrayLike<number>} values @param {number} radius in pixels */
function circles(frame, values, radius) {
  const { context } = frame;
  context.beginPath();
  for (let i = 0; i < values.length; i += 2) {
    const [x, y] = [frame.x(values[i]), frame.y(values[i + 1])];
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

/** @param {Frame} frame @param {Matrix} matrix @param {string} color */
export function drawCrosses(frame, { values }, color) {
  const { context } = frame;
  const half = Math.max(2, frame.side / 200);
  context.beginPath();
  for (let i = 0; i < values.length; i += 2) {
    const [x, y] = [frame.x(values[i]), frame.y(values[i + 1])];
    context.moveTo(x - half, y - half);
    context.lineTo(x + half, y + half);
    context.moveTo(x - half, y + half);
    context.lineTo(x + half, y - half);
  }
  context.strokeStyle = color;
  context.lineWidth = 1.25;
  context.stroke();
}
