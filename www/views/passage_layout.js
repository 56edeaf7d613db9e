// Where everything stands on a picture's way through an autoencoder, in CSS pixels. No DOM.
//
// The way goes from left to right where there is room, else from top to bottom. Both are arranged alike, in lengths
// along the way and across it from its axis, and turned into x and y at the end.

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {[number, number]} Point */
/** @typedef {'input' | 'encoder' | 'mean' | 'spread' | 'code' | 'noise' | 'decoder' | 'output'} Part */
/** @typedef {{ id: string, gradient: boolean, points: Point[] }} Arrow */
/** @typedef {[along: number, across: number]} Size */
/**
 * Lengths of one direction: `lane` is where two arrows run beside the axis, `beside` what is left free before the noise,
 * `shift` how far the code leaves the axis to make room for it.
 * @typedef {{ net: Size, narrow: number, node: Size, code: Size, noise: Size, gap: number, lane: number, beside: number, shift: number }} Sizes
 */
/**
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {boolean} upright the way goes from top to bottom
 * @property {Partial<Record<Part, Box>>} boxes mean and spread only of a variational one
 * @property {Record<'encoder' | 'decoder', Point[]>} nets trapezoids in their boxes
 * @property {Arrow[]} arrows
 */

/** A picture's side: a multiple of 14, 16 and 28 pixels, and the edge that a gallery leaves around it. */
export const PICTURE = 112 + 2 * 2;
/** How long a network is from left to right: with less room the way goes down instead. */
const [SHORT, LONG] = [176, 260];
/** Before and after the pictures, for their names. */
const HEAD = 22;

/** @param {number} width @param {boolean} variational @returns {Layout} */
export function arrange(width, variational) {
  const net = (width - lengthOf(row(0), variational)) / 2;
  const upright = net < SHORT;
  const sizes = upright ? column(width) : row(Math.min(LONG, net));
  const [long, axis] = [lengthOf(sizes, variational), upright ? width / 2 : HEAD + PICTURE / 2];
  const start = upright ? HEAD : (width - long) / 2;
  const turn = /** @returns {Point} */ (/** @type {number} */ along, /** @type {number} */ across) => (upright ? [axis + across, start + along] : [start + along, axis + across]);
  const height = upright ? long + 2 * HEAD : axis + sizes.code[1] / 2 + sizes.beside + sizes.noise[1] + 1;
  return { width, height, upright, ...turned(stations(sizes, variational), sizes, variational, turn) };
}

/** From left to right. @param {number} net how long a network is @returns {Sizes} */
const row = (net) => ({ net: [net, 2 * HEAD + PICTURE], narrow: 72, node: [136, 46], code: [142, 100], noise: [84, 66], gap: 26, lane: 27, beside: 24, shift: 0 });

/** From top to bottom. @param {number} width @returns {Sizes} */
function column(width) {
  const [code, noise, beside] = [142, 78, 18];
  const shift = Math.max(0, code / 2 + beside + noise - width / 2);
  const node = Math.min(code, width / 2 - 6);
  return { net: [84, Math.min(width, 330)], narrow: 140, node: [46, node], code: [76, code], noise: [66, noise], gap: 24, lane: code / 2 - shift - 14, beside, shift };
}

/** @param {Sizes} sizes @param {boolean} variational */
const lengthOf = ({ net, node, code, gap }, variational) => 2 * PICTURE + 2 * net[0] + code[0] + 4 * gap + (variational ? node[0] + gap : 0);

/** Where each part of the way begins. @param {Sizes} sizes @param {boolean} variational */
function stations({ net, node, code, gap }, variational) {
  const encoder = PICTURE + gap;
  const nodes = encoder + net[0] + gap;
  const middle = variational ? nodes + node[0] + gap : nodes;
  const decoder = middle + code[0] + gap;
  return { input: 0, encoder, nodes, code: middle, decoder, output: decoder + net[0] + gap };
}

/** @param {ReturnType<typeof stations>} at @param {Sizes} sizes @param {boolean} variational @param {(along: number, across: number) => Point} turn */
function turned(at, { net, narrow, node, code, noise, lane, beside, shift }, variational, turn) {
  const box = (/** @type {number} */ along, /** @type {Size} */ [length, breadth], across = 0) => boxOf(turn(along, across - breadth / 2), turn(along + length, across + breadth / 2));
  const trapezoid = (/** @type {number} */ along, /** @type {number} */ first, /** @type {number} */ last) =>
    [turn(along, -first / 2), turn(along + net[0], -last / 2), turn(along + net[0], last / 2), turn(along, first / 2)];
  const arrow = (/** @type {string} */ id, /** @type {number} */ from, /** @type {number} */ to, across = 0) => ({ id, gradient: false, points: [turn(from, across), turn(to, across)] });
  const aside = node[1] / 2 + 4;
  const [encoded, coded, middle] = [at.encoder + net[0], at.code + code[0], at.code + code[0] / 2];
  const rim = code[1] / 2 - shift;
  return {
    boxes: {
      input: box(at.input, [PICTURE, PICTURE]),
      encoder: box(at.encoder, net),
      ...(variational && { mean: box(at.nodes, node, -aside), spread: box(at.nodes, node, aside) }),
      code: box(at.code, code, -shift),
      noise: box(middle - noise[0] / 2, noise, rim + beside + noise[1] / 2),
      decoder: box(at.decoder, net),
      output: box(at.output, [PICTURE, PICTURE]),
    },
    nets: { encoder: trapezoid(at.encoder, net[1], narrow), decoder: trapezoid(at.decoder, narrow, net[1]) },
    arrows: [
      arrow('x', PICTURE, at.encoder),
      ...(variational ? [] : [arrow('encoded', encoded, at.code)]),
      ...(variational ? [-lane, lane] : []).flatMap((across) => [arrow('encoded', encoded, at.nodes, across), arrow('encoded', at.nodes + node[0], at.code, across)]),
      { id: 'noise', gradient: false, points: [turn(middle, rim + beside), turn(middle, rim)] },
      arrow('c', coded, at.decoder),
      arrow('decoded', at.decoder + net[0], at.output),
    ],
  };
}

/** @param {Point} from a corner @param {Point} to the opposite one @returns {Box} */
const boxOf = ([x0, y0], [x1, y1]) => ({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 });
