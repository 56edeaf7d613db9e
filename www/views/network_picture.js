// The graph's standing parts as SVG: made once an architecture, size and language. What changes is marked by `data-id`.

/** @typedef {import('./network_layout.js').Layout} Layout */
/** @typedef {import('./network_layout.js').Box} Box */
/** @typedef {import('./network_architecture.js').Architecture} Architecture */

/** The graph as SVG text. @param {Layout} layout @param {Architecture} nets @param {any} words */
export function picture(layout, nets, words) {
  const { boxes, arrows, layers, labels, trains, width, height } = layout;
  const frames = Object.entries(boxes).filter(([id]) => id !== 'fixed').map(([id, b]) => frame(id, b));
  const titles = ['noise', 'g', 'generated', 'real', 'd', 'score'].map((id) => text('title', boxes[id], -7, words[`network_${id}`]));
  const losses = ['loss_d', 'loss_g'].map((id) => loss(id, boxes[id], words[`network_${id}`]));
  const lanes = ['d', 'g'].map((player) => label(trains[player], words.network_trains(player.toUpperCase())));
  const neurons = [...[...layers.g, ...layers.d].map(column), ...labels.map(number)];
  const flows = [...arrows.map(arrow), ...lanes, fixed(boxes.fixed, words.network_fixed)];
  const all = [...frames, noise(boxes.noise, nets, words), ...titles, ...flows, ...losses, ...neurons, '<rect class="cursor" hidden=""/>'];
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${all.join('')}</svg>`;
}

/** What lines and arrows mean. @param {any} words */
export function legend(words) {
  const sample = (kind, content) => `<span><svg width="30" height="10">${content}</svg>${words[`network_${kind}`]}</span>`;
  const straight = (id, gradient) => arrow({ id, gradient, points: gradient ? [[30, 5], [0, 5]] : [[0, 5], [30, 5]] });
  const weight = (kind) => `<path class="weight ${kind}" d="M1 5H29"/>`;
  return [
    sample('forward', straight('', false)),
    sample('gradient', straight('', true)),
    sample('positive', weight('positive')),
    sample('negative', weight('negative')),
  ].join('');
}

/** @param {string} id @param {Box} box */
const frame = (id, { x, y, width, height }) =>
  `<rect class="box" data-id="${id}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`;

/** Text centred in a box, `dy` below its upper edge. */
const text = (kind, { x, y, width }, dy, content, id = '') =>
  `<text class="${kind}" x="${x + width / 2}" y="${y + dy}"${id && ` data-value="${id}"`}>${content}</text>`;

const label = ([x, y], content) => `<text class="lane" x="${x}" y="${y + 4}">${content}</text>`;

/** @param {string} id @param {Box} box @param {string} name */
const loss = (id, box, name) => text('name', box, box.height / 2 - 4, name) + text('value', box, box.height / 2 + 13, '–', id);

/** The density that z is drawn from, and how many numbers z has. @param {Box} box @param {Architecture} nets @param {any} words */
function noise(box, { g, latent }, words) {
  const points = latent === 'uniform' ? [[-1, 0], [-0.6, 0], [-0.6, 0.8], [0.6, 0.8], [0.6, 0], [1, 0]] : bell(24);
  const at = (/** @type {number[]} */ [t, p]) => `${box.x + box.width * (0.5 + 0.38 * t)},${box.y + box.height * (0.6 - 0.44 * p)}`;
  return `<polyline class="density" points="${points.map(at).join(' ')}"/>` + text('name', box, box.height - 8, words.network_dimensions(g.sizes[0]));
}

/** The normal density from −3σ to 3σ, as fractions. @param {number} n */
export const bell = (n) => Array.from({ length: n + 1 }, (_, i) => (2 * i) / n - 1).map((t) => [t, Math.exp(-4.5 * t * t)]);

/** A lock: D's weights stay as they are. @param {Box} box @param {string} content */
function fixed({ x, y, width, height }, content) {
  const [lx, ly] = [x + 11, y + height / 2 - 1];
  return `<g class="fixed" data-id="fixed"><rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}"/>
    <path class="shackle" d="M${lx + 2} ${ly}v-2.5a3 3 0 0 1 6 0v2.5"/><rect class="lock" x="${lx}" y="${ly}" width="10" height="7.5" rx="1.5"/>
    <text class="name" x="${x + width / 2 + 8}" y="${y + height / 2 + 4}">${content}</text></g>`;
}

/** A line and its head. @param {import('./network_layout.js').Arrow} arrow */
export function arrow({ id, gradient, points }) {
  const [[x0, y0], [x, y]] = points.slice(-2);
  const [dx, dy] = [Math.sign(x - x0), Math.sign(y - y0)];
  const back = [x - 8 * dx, y - 8 * dy];
  const line = [...points.slice(0, -1), back].map((point) => point.join(' ')).join('L');
  const head = `M${x} ${y}L${back[0] - 4 * dy} ${back[1] - 4 * dx}L${back[0] + 4 * dy} ${back[1] + 4 * dx}Z`;
  return `<g class="arrow${gradient ? ' gradient' : ''}" data-id="${id}"><path class="flow" d="M${line}"/><path class="head" d="${head}"/></g>`;
}

/** Neurons, and three dots where more follow. @param {import('./network_layout.js').Layer} layer */
function column({ x, size, pitch, ys }) {
  const circle = (kind, y, radius) => `<circle class="${kind}" cx="${x}" cy="${y}" r="${radius}"/>`;
  const end = /** @type {number} */ (ys.at(-1)) + pitch / 2;
  const dots = size > ys.length ? [0.5, 3.5, 6.5].map((dy) => circle('more', end + dy, 1.1)) : [];
  return [...ys.map((y) => circle('neuron', y, Math.min(5.5, 0.4 * pitch))), ...dots].join('');
}

/** @param {import('./network_layout.js').Label} label */
const number = ({ x, y, text: content }) => `<text class="name" x="${x}" y="${y}">${content}</text>`;
