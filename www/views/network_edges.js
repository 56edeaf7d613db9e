// Weights as lines between neurons. Wide and dark: strong. Dashed: negative, so that sign is not colour alone.
//
// Strength is |w| against three standard deviations of the initial weights, sqrt(2 / inputs) (He et al., 2015):
// at the start most lines are faint; what training has made strong stands out.
import { weightIndex } from './network_architecture.js';

/** @typedef {import('./network_layout.js').Layer} Layer */
/** @typedef {{ negative: string, positive: string }} Inks */
/**
 * Every line of a network, five numbers each: where its weight lies, x and y of both ends.
 * `scale` turns a weight into a strength.
 * @typedef {{ index: Uint32Array, ends: Float32Array, scale: Float32Array }} Edges
 */

/** Lines of about the same strength are drawn together: a few strokes, not a thousand. */
const LEVELS = 5;
const DASH = [5, 2];

/** @param {Layer[]} layers @param {number[]} sizes @returns {Edges} */
export function edges(layers, sizes) {
  /** @type {number[]} */ const index = [];
  /** @type {number[]} */ const ends = [];
  /** @type {number[]} */ const scale = [];
  for (let l = 1; l < layers.length; l += 1) {
    const [before, after] = [layers[l - 1], layers[l]];
    before.ys.forEach((y0, from) =>
      after.ys.forEach((y1, to) => {
        index.push(weightIndex(sizes, l, from, to));
        ends.push(before.x, y0, after.x, y1);
        scale.push(Math.sqrt(sizes[l - 1] / 2) / 3);
      }),
    );
  }
  return { index: Uint32Array.from(index), ends: Float32Array.from(ends), scale: Float32Array.from(scale) };
}

/**
 * Lines sorted by sign and strength: `LEVELS` lists of negative ones, then of positive ones, weak to strong.
 * What is weaker than half a level, or no number, is left out.
 * @param {Edges} edges @param {Float32Array} weights @returns {number[][]} numbers of lines
 */
export function byStrength({ index, scale }, weights) {
  const lists = Array.from({ length: 2 * LEVELS }, () => /** @type {number[]} */ ([]));
  for (let e = 0; e < index.length; e += 1) {
    const weight = weights[index[e]];
    const level = Math.round(Math.min(1, Math.abs(weight) * scale[e]) * LEVELS);
    if (level >= 1) lists[level - 1 + (weight > 0 ? LEVELS : 0)].push(e);
  }
  return lists;
}

/** @param {CanvasRenderingContext2D} context @param {Edges} edges @param {Float32Array} weights @param {Inks} inks */
export function drawEdges(context, edges, weights, inks) {
  const { ends } = edges;
  byStrength(edges, weights).forEach((list, i) => {
    if (!list.length) return;
    const strength = ((i % LEVELS) + 1) / LEVELS;
    context.beginPath();
    for (const e of list) {
      context.moveTo(ends[4 * e], ends[4 * e + 1]);
      context.lineTo(ends[4 * e + 2], ends[4 * e + 3]);
    }
    context.globalAlpha = 0.25 + 0.75 * strength;
    context.lineWidth = 0.4 + 1.6 * strength;
    context.setLineDash(i < LEVELS ? DASH : []);
    context.strokeStyle = i < LEVELS ? inks.negative : inks.positive;
    context.stroke();
  });
  context.globalAlpha = 1;
}
