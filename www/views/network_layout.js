// Where everything of the networks' graph stands: boxes, neurons and arrows, in CSS pixels. No DOM.
//
// Wide: one row, z → G → points → D → score → losses, gradients in two lanes underneath.
// Narrow: G's row above D's, losses under the score. No two arrows cross, in either.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ id: string, gradient: boolean, points: [number, number][] }} Arrow */
/** @typedef {{ x: number, size: number, pitch: number, ys: number[] }} Layer a column of neurons, `pitch` apart */
/** @typedef {{ x: number, y: number, text: string }} Label */
/** @typedef {'d' | 'g'} Player */
/** @typedef {'noise' | 'g' | 'generated' | 'real' | 'd' | 'score' | 'loss_g' | 'loss_d' | 'fixed'} Part */
/**
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {Record<Part, Box>} boxes
 * @property {Arrow[]} arrows
 * @property {Record<Player, Layer[]>} layers
 * @property {Label[]} labels how many neurons the layers have
 * @property {Record<Player, [number, number]>} trains where the words on a gradient's lane stand
 */
/** @typedef {{ player: Player, layer: number, unit: number | null }} Place a neuron, or with `unit` null its layer */

/** Neurons drawn of a layer, at most. */
export const MAX_NEURONS = 12;
/** Narrower containers get two rows. */
export const WIDE = 820;
/** Columns closer than this share a label. */
const LABEL_ROOM = 28;
/** Room in a network's box above its neurons, and below for dots and labels. */
const [HEAD, FOOT] = [8, 26];

/** @param {number} width @param {Record<Player, number[]>} sizes layer sizes @returns {Layout} */
export function arrange(width, sizes) {
  const layout = width >= WIDE ? oneRow(width) : twoRows(width);
  const layers = { g: columns(layout.boxes.g, sizes.g), d: columns(layout.boxes.d, sizes.d) };
  const labels = [...labelsOf(layers.g, layout.boxes.g), ...labelsOf(layers.d, layout.boxes.d)];
  return { ...layout, width, layers, labels };
}

/**
 * The parts that run during one line of a step's algorithm.
 * @param {{ player: Player, line: string } | null} phase
 * @returns {string[]} ids of arrows and boxes
 */
export function partsOf(phase) {
  if (!phase) return [];
  const d = phase.player === 'd';
  const lines = {
    real: ['real'],
    noise: ['noise'],
    generate: ['z', 'g', 'x', 'generated'],
    score: ['judge_generated', ...(d ? ['judge_real'] : []), 'd', 'rate', 'score'],
    loss: d ? ['to_loss_d', 'loss_d'] : ['to_loss_g', 'loss_g'],
    update: d ? ['train_d', 'd'] : ['train_g', 'fixed', 'g'],
  };
  return lines[phase.line] ?? [];
}

/** What lies under a point of the picture. @param {Layout} layout @param {number} x @param {number} y @returns {Place | null} */
export function pick({ boxes, layers }, x, y) {
  for (const player of /** @type {Player[]} */ (['g', 'd'])) {
    const box = boxes[player];
    if (x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height) continue;
    const layer = nearest(layers[player].map((column) => column.x), x);
    const { ys, pitch } = layers[player][layer];
    const unit = nearest(ys, y);
    return { player, layer, unit: Math.abs(ys[unit] - y) <= pitch / 2 ? unit : null };
  }
  return null;
}

/**
 * Where an arrow key leads: ←→ from layer to layer through both networks, ↑↓ along a layer.
 * @param {Layout} layout @param {Place | null} place @param {string} key
 */
export function walk({ layers }, place, key) {
  if (!place) return /** @type {Place} */ ({ player: 'g', layer: 0, unit: null });
  const all = /** @type {Player[]} */ (['g', 'd']).flatMap((player) => layers[player].map((_, layer) => ({ player, layer })));
  const here = all.findIndex(({ player, layer }) => player === place.player && layer === place.layer);
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (sideways) return { ...(all[here + sideways] ?? all[here]), unit: null };
  const last = layers[place.player][place.layer].ys.length - 1;
  const unit = (place.unit ?? -1) + (key === 'ArrowDown' ? 1 : -1);
  return { ...place, unit: unit < 0 ? null : Math.min(unit, last) };
}

/** @param {number[]} values @param {number} value */
function nearest(values, value) {
  return values.reduce((best, v, i) => (Math.abs(v - value) < Math.abs(values[best] - value) ? i : best), 0);
}

/** The layers of a network, side by side in its box. @param {Box} box @param {number[]} sizes @returns {Layer[]} */
function columns(box, sizes) {
  const margin = Math.min(22, box.width / 8);
  const height = box.height - HEAD - FOOT;
  return sizes.map((size, layer) => {
    const n = Math.min(size, MAX_NEURONS);
    const pitch = Math.min(24, height / n, (1.5 * height) / MAX_NEURONS);
    const top = axis(box) - ((n - 1) * pitch) / 2;
    const x = box.x + margin + (layer * (box.width - 2 * margin)) / (sizes.length - 1);
    return { x, size, pitch, ys: Array.from({ length: n }, (_, i) => top + i * pitch) };
  });
}

/**
 * A number under each column; where columns are close, one for all hidden layers, which are equally wide.
 * @param {Layer[]} layers @param {Box} box @returns {Label[]}
 */
function labelsOf(layers, box) {
  const y = box.y + box.height - 7;
  const [first, ...hidden] = layers.map(({ x, size }) => ({ x, y, text: String(size) }));
  const last = /** @type {Label} */ (hidden.pop());
  if (layers[1].x - layers[0].x >= LABEL_ROOM || hidden.length < 2) return [first, ...hidden, last];
  return [first, { x: (first.x + last.x) / 2, y, text: `${hidden.length}×${hidden[0].text}` }, last];
}

/** The height of a network's middle neuron. @param {Box} box */
const axis = ({ y, height }) => y + (height + HEAD - FOOT) / 2;

/** @param {number} width */
function oneRow(width) {
  const [top, height, thumb, gap] = [22, 178, 78, 32];
  const [middle, bottom] = [axis(box(0, top, 0, height)), top + height];
  const [noise, loss] = [64, 88];
  const net = (width - noise - 2 * thumb - loss - 6 * gap) / 2; // the sixth gap: room for a lane on the right
  const x = { noise: 1, g: 1 + noise + gap, points: 0, d: 0, score: 0, loss: 0 };
  x.points = x.g + net + gap;
  x.d = x.points + thumb + gap;
  x.score = x.d + net + gap;
  x.loss = x.score + thumb + gap;
  const boxes = {
    noise: box(x.noise, middle - noise / 2, noise, noise),
    g: box(x.g, top, net, height),
    generated: box(x.points, top, thumb, thumb),
    real: box(x.points, bottom - thumb, thumb, thumb),
    d: box(x.d, top, net, height),
    score: box(x.score, middle - thumb / 2, thumb, thumb),
    loss_g: box(x.loss, middle - 64, loss, 48),
    loss_d: box(x.loss, middle + 16, loss, 48),
    fixed: box(x.d + net / 2 - 42, bottom + 34, 84, 22),
  };
  const [upper, lower, right] = [bottom + 20, bottom + 45, x.loss + loss + gap / 2];
  const at = (part) => boxes[part].y + boxes[part].height / 2;
  const [centre, fork] = [(part) => boxes[part].x + boxes[part].width / 2, x.loss - gap / 2 - 3];
  const arrows = [
    forward('z', [x.noise + noise, middle], [x.g, middle]),
    forward('x', [x.g + net, at('generated')], [x.points, at('generated')]),
    forward('judge_generated', [x.points + thumb, at('generated')], [x.d, at('generated')]),
    forward('judge_real', [x.points + thumb, at('real')], [x.d, at('real')]),
    forward('rate', [x.d + net, middle], [x.score, middle]),
    forward('to_loss_g', [x.score + thumb, middle], [fork, middle], [fork, at('loss_g')], [x.loss, at('loss_g')]),
    forward('to_loss_d', [x.score + thumb, middle], [fork, middle], [fork, at('loss_d')], [x.loss, at('loss_d')]),
    backward('train_d', [centre('loss_d'), at('loss_d') + 24], [centre('loss_d'), upper], [centre('d'), upper], [centre('d'), bottom]),
    backward('train_g', [x.loss + loss, at('loss_g')], [right, at('loss_g')], [right, lower], [centre('g'), lower], [centre('g'), bottom]),
  ];
  const trains = { d: spot((centre('d') + centre('loss_d')) / 2, upper), g: spot((centre('g') + x.d) / 2, lower) };
  return { height: lower + 13, boxes, arrows, trains };
}

/** @param {number} width */
function twoRows(width) {
  const [margin, top, height] = [14, 22, 152];
  const [thumb, gap] = [Math.max(46, Math.min(92, 0.19 * width)), Math.max(16, Math.min(36, 0.07 * width))];
  const net = width - 2 * (margin + thumb + gap);
  const [left, x, right] = [margin, margin + thumb + gap, width - margin - thumb];
  const [bottomG, back, down] = [top + height, top + height + 17, top + height + 34];
  const topD = down + 32;
  const [middleG, middleD, bottomD] = [axis(box(x, top, net, height)), axis(box(x, topD, net, height)), topD + height];
  const [upper, lower, enter] = [bottomD + 24, bottomD + 68, topD + 18];
  const boxes = {
    noise: box(left, middleG - thumb / 2, thumb, thumb),
    g: box(x, top, net, height),
    generated: box(right, middleG - thumb / 2, thumb, thumb),
    real: box(left, middleD - thumb / 2, thumb, thumb),
    d: box(x, topD, net, height),
    score: box(right, middleD - thumb / 2, thumb, thumb),
    loss_d: box(right, upper - 19, thumb, 38),
    loss_g: box(right, lower - 19, thumb, 38),
    fixed: box(x + net / 2 - 42, lower - 11, 84, 22),
  };
  const [centre, elbow, bus, edge] = [x + net / 2, x - gap / 2, width - 3, 3];
  const arrows = [
    forward('z', [left + thumb, middleG], [x, middleG]),
    forward('x', [x + net, middleG], [right, middleG]),
    forward('judge_generated', [right + thumb / 2, middleG + thumb / 2], [right + thumb / 2, down], [elbow, down], [elbow, enter], [x, enter]),
    forward('judge_real', [left + thumb, middleD], [x, middleD]),
    forward('rate', [x + net, middleD], [right, middleD]),
    forward('to_loss_d', [right + thumb, middleD], [bus, middleD], [bus, upper], [right + thumb, upper]),
    forward('to_loss_g', [right + thumb, middleD], [bus, middleD], [bus, lower], [right + thumb, lower]),
    backward('train_d', [right, upper], [centre, upper], [centre, bottomD]),
    backward('train_g', [right, lower], [edge, lower], [edge, back], [centre, back], [centre, bottomG]),
  ];
  return { height: lower + 21, boxes, arrows, trains: { d: spot((centre + right) / 2, upper), g: spot((edge + centre) / 2, back) } };
}

/** @returns {Box} */
const box = (x, y, width, height) => ({ x, y, width, height });
/** @returns {[number, number]} */
const spot = (x, y) => [x, y];
/** @param {[number, number][]} points @returns {Arrow} */
const forward = (id, ...points) => ({ id, gradient: false, points });
/** @param {[number, number][]} points @returns {Arrow} */
const backward = (id, ...points) => ({ id, gradient: true, points });
