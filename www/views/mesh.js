// The plane of noise as a mesh, and how G bends it into data. Where the mesh is dense, G puts many points.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */

/** Milliseconds from the regular mesh to the bent one. */
export const WARP = 2000;

/** @param {Frame} frame @param {Matrix} noise the regular nodes @param {Matrix} bent where G carries them @param {string} color @param {number} progress from 0, regular, to 1, bent */
export function drawMesh(frame, { values: noise }, { values: bent }, color, progress) {
  const { context } = frame;
  const nodes = bent.length / 2;
  const side = Math.round(Math.sqrt(nodes));
  const eased = progress * progress * (3 - 2 * progress);
  const x = (i) => frame.x(noise[2 * i] + eased * (bent[2 * i] - noise[2 * i]));
  const y = (i) => frame.y(noise[2 * i + 1] + eased * (bent[2 * i + 1] - noise[2 * i + 1]));
  context.beginPath();
  const line = (start, step, n) => {
    context.moveTo(x(start), y(start));
    for (let k = 1; k < n; k += 1) context.lineTo(x(start + k * step), y(start + k * step));
  };
  if (side * side === nodes) {
    for (let i = 0; i < side; i += 1) {
      line(i * side, 1, side);
      line(i, side, side);
    }
  } else {
    line(0, 1, nodes);
  }
  context.strokeStyle = color;
  context.lineWidth = side * side === nodes ? 0.8 : 2;
  context.globalAlpha = 0.75;
  context.stroke();
  context.globalAlpha = 1;
}
