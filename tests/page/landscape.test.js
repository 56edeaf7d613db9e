// Lines of equal value on the plane: at which values, and where they run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Frame } from '../../www/frame.js';

Object.assign(globalThis, { document: { createElement: () => ({}) } }); // where a landscape is coloured before it is drawn
const { drawBoundary, levelsOf, scaleOf } = await import('../../www/views/landscape.js');

test('densities have a scale from 0 and lines at 1, 2, 5 over more than two decades', () => {
  const matrix = { shape: /** @type {[number, number]} */ ([1, 3]), values: Float32Array.of(0, 0.25, 2.5) };
  assert.deepEqual(scaleOf('density', matrix, [0, 9]), [0, 2.5]);
  assert.deepEqual(scaleOf('density', { ...matrix, values: Float32Array.of(0, 0, 0) }, null), [0, 1]);
  assert.deepEqual(levelsOf('density', [0, 2.5]), [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
  assert.deepEqual(levelsOf('density', [0, 0.1]), [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05]);
  assert.deepEqual([scaleOf('class', matrix, null), levelsOf('class', [0, 1])], [[0, 1], [0.1, 0.3, 0.7, 0.9]]);
});

test('the boundary of two classes is one strong line where each is as probable as the other', () => {
  // p(B | x) = 1 / (1 + exp(−4 (x − 1))) on a grid of 50 × 50 from −3 to 3.
  const values = Float32Array.from({ length: 2500 }, (_, i) => 1 / (1 + Math.exp(-4 * (((i % 50) + 0.5) * 0.12 - 4))));
  /** @type {number[]} */ const xs = [];
  let [strokes, starts] = [0, 0];
  const context = { beginPath() {}, setLineDash() {}, moveTo: () => (starts += 1), lineTo: (x) => xs.push(x), stroke: () => (strokes += context.lineWidth >= 2.5 ? 1 : 0), lineWidth: 0 };
  const frame = Object.assign(Object.create(Frame.prototype), { context, side: 300, halfWidth: 3 });
  drawBoundary(frame, { shape: [50, 50], values }, 'black');
  assert.ok(strokes === 1 && starts === 1 && xs.length > 45, 'in one go');
  for (const x of xs) assert.ok(Math.abs(x - frame.x(1)) < 0.05, `${x} is not ${frame.x(1)}`);
});
