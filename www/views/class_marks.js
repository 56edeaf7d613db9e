// Points of two classes, told apart by shape and colour: ● is A, ▲ is B. Filled in the data, open where a model made them.

/** @typedef {import('../frame.js').Frame} Frame */

/** A triangle of the same area as a disc has so many radii from its middle to a corner: √(4π / 3√3). */
const CORNER = 1.56;

/** @param {Frame} frame @param {{ values: ArrayLike<number> }} points @param {number} k 0 for A, 1 for B @param {{ real: string, generated: string, paper: string }} colors @param {boolean} filled */
export function drawClass(frame, { values }, k, colors, filled) {
  const { context } = frame;
  const radius = Math.max(2.4, frame.side / 170);
  const color = k ? colors.real : colors.generated;
  const outline = k ? triangle : disc;
  context.beginPath();
  for (let i = 0; i < values.length; i += 2) outline(context, frame.x(values[i]), frame.y(values[i + 1]), radius);
  context.lineJoin = 'round';
  context.strokeStyle = filled ? colors.paper : color;
  context.lineWidth = 1.25;
  context.stroke();
  context.fillStyle = color;
  if (filled) context.fill();
}

function disc(context, x, y, radius) {
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

function triangle(context, x, y, radius) {
  const [height, half] = [radius * CORNER, radius * CORNER * Math.sin(Math.PI / 3)];
  context.moveTo(x, y - height);
  context.lineTo(x + half, y + height / 2);
  context.lineTo(x - half, y + height / 2);
  context.closePath();
}
