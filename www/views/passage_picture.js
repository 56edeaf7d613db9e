// The standing parts of a picture's way through an autoencoder as SVG: made once a layout, architecture and language.
// What changes is marked by `data-value`.
import { arrow, bell } from './network_picture.js';

/** @typedef {import('./passage_layout.js').Layout} Layout */
/** @typedef {import('./passage_layout.js').Box} Box */

/** The way as SVG text. @param {Layout} layout @param {{ encoder: string, decoder: string }} layers @param {any} words */
export function picture({ width, height, upright, boxes, nets, arrows }, layers, words) {
  const { input, encoder, mean, spread, code, noise, decoder, output } = /** @type {Record<string, Box>} */ (boxes);
  const flows = (/** @type {string[]} */ ...ids) => arrows.filter(({ id }) => ids.includes(id)).map(arrow).join('');
  const nodes = mean ? node(mean, 'mean', words.passage_mean) + node(spread, 'spread', words.passage_spread) : '';
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
    <g class="encoding">${flows('x', 'encoded')}${name(input, 'input')}${net('encoder', nets.encoder, encoder, layers, words)}${nodes}</g>
    <g class="source">${flows('noise')}${source(noise)}</g>
    ${flows('c', 'decoded')}${center(code)}${net('decoder', nets.decoder, decoder, layers, words)}${name(output, 'output', upright)}
  </svg>`;
}

/** Text centred in a box, `dy` below its middle. @param {string} kind @param {Box} box @param {number} dy @param {string} content @param {string} [id] */
const text = (kind, { x, y, width, height }, dy, content, id = '') =>
  `<text class="${kind}" x="${x + width / 2}" y="${y + height / 2 + dy}"${id && ` data-value="${id}"`}>${content}</text>`;

/** @param {string} kind @param {Box} box */
const frame = (kind, { x, y, width, height }) => `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`;

/** A picture's name, above it or below. @param {Box} box @param {string} id @param {boolean} [below] */
const name = (box, id, below = false) => text('title', box, below ? box.height / 2 + 16 : -box.height / 2 - 6, '', id);

/** @param {'encoder' | 'decoder'} id @param {[number, number][]} points @param {Box} box @param {Record<string, string>} layers @param {any} words */
const net = (id, points, box, layers, words) =>
  `<polygon class="net ${id}" points="${points.join(' ')}"/>${text('title', box, -4, words[`passage_${id}`])}${text('name', box, 14, layers[id])}`;

/** @param {Box} box @param {string} id @param {string} title */
const node = (box, id, title) => frame('box', box) + text('title', box, -5, title) + text('value', box, 15, '', id);

/** @param {Box} box */
const center = (box) => frame('box code', box) + text('title', box, -16, '', 'code_name') + text('value', box, 5, '', 'code') + text('name', box, 25, '', 'numbers');

/** Where numbers come from that no picture gives: the normal density, or the plane's marker. @param {Box} box */
function source(box) {
  const [x, y] = [box.x + box.width / 2, box.y + 18];
  const curve = bell(24).map(([t, p]) => `${x + 26 * t},${y + 10 - 20 * p}`).join(' ');
  const hairs = [[-1, 0], [1, 0], [0, -1], [0, 1]].map(([dx, dy]) => `M${x + 4 * dx} ${y + 4 * dy}L${x + 14 * dx} ${y + 14 * dy}`).join('');
  const marker = `<g class="marker"><circle cx="${x}" cy="${y}" r="8"/><path d="${hairs}"/></g>`;
  return `${frame('box', box)}<polyline class="density" points="${curve}"/>${marker}${text('name', box, 11, '', 'source')}${text('value small', box, 26, '', 'noise')}`;
}
