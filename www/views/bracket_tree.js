// A string of brackets as an ordered tree: an opening bracket goes down a new edge, a closing one back up. n pairs make a
// tree of n edges; a string that breaks makes as much of one as it gets to.

/** @typedef {{ parent: number, depth: number, column: number, closed: boolean }} Node the first is the root; column in leaves */
/** @typedef {{ nodes: Node[], leaves: number, depth: number, broken: number | null }} Tree broken is the node at which the string breaks */
/** @typedef {{ x: number, y: number }} Place */

/** From leaf to leaf and from level to level, radius of a node, room around. CSS pixels. */
const [ACROSS, DOWN, RADIUS, ROOM] = [11, 6.5, 2, 5];
const SVG = 'http://www.w3.org/2000/svg';

/** @param {string[]} brackets @returns {Tree} */
export function treeOf(brackets) {
  /** @type {Node[]} */ const nodes = [{ parent: -1, depth: 0, column: NaN, closed: true }];
  const path = [0];
  /** @type {number | null} */ let broken = null;
  for (const bracket of brackets) {
    const here = path[path.length - 1];
    if (bracket === '(') path.push(nodes.push({ parent: here, depth: path.length, column: NaN, closed: false }) - 1);
    else if (path.length === 1) {
      broken = here;
      break;
    } else nodes[/** @type {number} */ (path.pop())].closed = true;
  }
  if (broken === null && path.length > 1) broken = path[path.length - 1];
  const leaves = place(nodes);
  return { nodes, leaves, broken, depth: Math.max(...nodes.map(({ depth }) => depth)) };
}

/** Leaves side by side, every other node midway above its first and its last child. @param {Node[]} nodes parents before children @returns {number} leaves */
function place(nodes) {
  const children = nodes.map((_, i) => nodes.filter(({ parent }) => parent === i));
  let leaves = 0;
  nodes.forEach((node, i) => {
    if (!children[i].length) node.column = leaves++;
  });
  for (let i = nodes.length - 1; i >= 0; i -= 1) {
    if (children[i].length) nodes[i].column = (children[i][0].column + children[i][children[i].length - 1].column) / 2;
  }
  return leaves;
}

/** How large a tree is drawn. @param {Tree} tree */
export const sizeOf = ({ leaves, depth }) => ({ width: (leaves - 1) * ACROSS + 2 * ROOM, height: depth * DOWN + 2 * ROOM });

/** @param {Node} node @returns {Place} */
const placeOf = ({ column, depth }) => ({ x: ROOM + column * ACROSS, y: ROOM + depth * DOWN });

/** What to draw of it: edges that a bracket closes, edges left open, nodes, and a cross where the string breaks. @param {Tree} tree */
function marksOf({ nodes, broken }) {
  const edges = nodes.slice(1).map((node) => ({ from: placeOf(nodes[node.parent]), to: placeOf(node), closed: node.closed }));
  return { edges, places: nodes.map(placeOf), cross: broken === null ? null : placeOf(nodes[broken]) };
}

/** As SVG, in the colours of the style sheet. @param {Tree} tree @param {string} label what it says to who cannot see it */
export function svgOf(tree, label) {
  const { width, height } = sizeOf(tree);
  const { edges, places, cross } = marksOf(tree);
  const svg = element('svg', { class: 'tree', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  svg.append(...edges.map(({ from, to, closed }) => element('line', { class: closed ? 'edge' : 'edge open', x1: from.x, y1: from.y, x2: to.x, y2: to.y })));
  svg.append(...places.map(({ x, y }) => element('circle', { class: 'node', cx: x, cy: y, r: RADIUS })));
  if (cross) svg.append(element('path', { class: 'cross', d: strokesOf(cross).map(([a, b]) => `M${a.x} ${a.y}L${b.x} ${b.y}`).join('') }));
  return svg;
}

/** The same on a canvas, from the upper left corner. @param {CanvasRenderingContext2D} context @param {Tree} tree @param {{ ink: string, quiet: string, warn: string }} colors */
export function drawTree(context, tree, { ink, quiet, warn }) {
  const { edges, places, cross } = marksOf(tree);
  for (const closed of [true, false]) {
    context.setLineDash(closed ? [] : [2, 2]);
    stroke(context, edges.filter((edge) => edge.closed === closed).map(({ from, to }) => [from, to]), closed ? ink : quiet, 1.25);
  }
  context.setLineDash([]);
  context.fillStyle = ink;
  for (const { x, y } of places) {
    context.beginPath();
    context.arc(x, y, RADIUS, 0, 2 * Math.PI);
    context.fill();
  }
  if (cross) stroke(context, strokesOf(cross), warn, 2);
}

/** @param {CanvasRenderingContext2D} context @param {[Place, Place][]} lines @param {string} color @param {number} width */
function stroke(context, lines, color, width) {
  context.beginPath();
  for (const [from, to] of lines) {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}

/** Of a cross. @param {Place} at @returns {[Place, Place][]} */
function strokesOf({ x, y }) {
  const arm = ROOM - 1;
  return [[{ x: x - arm, y: y - arm }, { x: x + arm, y: y + arm }], [{ x: x - arm, y: y + arm }, { x: x + arm, y: y - arm }]];
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
