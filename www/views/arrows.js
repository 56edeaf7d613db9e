// ∇ₓD as arrows: where a point would have to go to look more real to D.

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../frame.js').Frame} Frame */

/** The longest arrow, as a share of the picture's side. */
const LONGEST = 0.09;
/** Arrows on the generated points: more hide one another. */
const N_ARROWS = 160;

/** The gradient's length that the longest arrow stands for: the greatest but for a few outliers. @param {Matrix} slope */
export function arrowScale({ values }) {
  const lengths = [];
  for (let i = 0; i < values.length; i += 2) lengths.push(Math.hypot(values[i], values[i + 1]));
  lengths.sort((a, b) => a - b);
  return lengths[Math.floor(0.95 * (lengths.length - 1))] || 1;
}

/** An arrow at each of the first `most` points. @param {Frame} frame @param {Matrix} points @param {Matrix} slope @param {string} color @param {number} scale */
export function drawArrows(frame, { values: at }, { values: slope }, color, scale, most = N_ARROWS) {
  const { context } = frame;
  context.beginPath();
  for (let i = 0; i < 2 * most && i < at.length; i += 2) {
    arrow(frame, [at[i], at[i + 1]], [slope[i], slope[i + 1]], scale);
  }
  context.strokeStyle = color;
  context.lineWidth = 1.25;
  context.stroke();
}

/** One bold arrow. @param {Frame} frame @param {[number, number]} at @param {[number, number]} slope @param {string} color @param {number} scale */
export function drawArrow(frame, at, slope, color, scale) {
  const { context } = frame;
  context.beginPath();
  arrow(frame, at, slope, scale, 1.8);
  context.strokeStyle = color;
  context.lineWidth = 2.5;
  context.stroke();
}

/** The field's value between its nodes; the field covers the frame, first row at the top. @param {Frame} frame @param {Matrix} field @param {[number, number]} at @returns {[number, number]} */
export function fieldAt({ halfWidth }, { values }, [x, y]) {
  const side = Math.round(Math.sqrt(values.length / 2));
  const place = (v) => Math.max(0, Math.min(side - 1.0001, ((v / halfWidth + 1) / 2) * side - 0.5));
  const [column, row] = [place(x), place(-y)];
  const [c, r] = [Math.floor(column), Math.floor(row)];
  const value = (k) => {
    const node = (/** @type {number} */ i, /** @type {number} */ j) => values[2 * ((r + j) * side + c + i) + k];
    const [u, v] = [column - c, row - r];
    return (node(0, 0) * (1 - u) + node(1, 0) * u) * (1 - v) + (node(0, 1) * (1 - u) + node(1, 1) * u) * v;
  };
  return [value(0), value(1)];
}

function arrow(frame, [x, y], [dx, dy], scale, size = 1) {
  const length = Math.min(1.5, Math.hypot(dx, dy) / scale) * LONGEST * frame.side * size;
  if (!(length > 1)) return;
  const angle = Math.atan2(-dy, dx);
  const [x0, y0] = [frame.x(x), frame.y(y)];
  const [x1, y1] = [x0 + length * Math.cos(angle), y0 + length * Math.sin(angle)];
  const head = Math.min(5 * size, length / 2);
  frame.context.moveTo(x0, y0);
  frame.context.lineTo(x1, y1);
  for (const turn of [2.6, -2.6]) {
    frame.context.moveTo(x1, y1);
    frame.context.lineTo(x1 + head * Math.cos(angle + turn), y1 + head * Math.sin(angle + turn));
  }
}
