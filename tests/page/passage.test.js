import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange } from '../../www/views/passage_layout.js';
import { codeOf, layersOf, rowOf, vector } from '../../www/views/passage_reading.js';

const CASES = [254, 309, 720, 940, 1118].flatMap((width) => [true, false].map((variational) => ({ width, variational })));
const boxesOf = (/** @type {number} */ width, /** @type {boolean} */ variational) => /** @type {[string, import('../../www/views/passage_layout.js').Box][]} */ (Object.entries(arrange(width, variational).boxes));

test('nothing on the way lies outside the drawing, and nothing on anything else', () => {
  for (const { width, variational } of CASES) {
    const { height } = arrange(width, variational);
    const boxes = boxesOf(width, variational);
    assert.equal(boxes.length, variational ? 8 : 6);
    for (const [id, { x, y, width: w, height: h }] of boxes) assert.ok(x >= 0 && y >= 0 && x + w <= width + 1e-9 && y + h <= height, `${id} at ${width}`);
    boxes.forEach(([id, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
      const apart = a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y;
      assert.ok(apart, `${id} and ${other} at ${width}`);
    }));
  }
});

test('every arrow is straight, begins at a box or network and ends at the next', () => {
  for (const { width, variational } of CASES) {
    const { arrows, nets } = arrange(width, variational);
    const boxes = boxesOf(width, variational);
    const touched = ([x, y]) => boxes.filter(([, b]) => x >= b.x - 1e-9 && x <= b.x + b.width + 1e-9 && y >= b.y - 1e-9 && y <= b.y + b.height + 1e-9).map(([id]) => id);
    const joins = arrows.map(({ points: [from, to] }) => `${touched(from)}-${touched(to)}`).sort();
    const middle = variational ? ['encoder-mean', 'encoder-spread', 'mean-code', 'spread-code'] : ['encoder-code'];
    assert.deepEqual(joins, ['code-decoder', 'decoder-output', 'input-encoder', 'noise-code', ...middle].sort(), `at ${width}`);
    // The lanes leave the encoder's narrow end, not the air beside it.
    const ends = nets.encoder.slice(1, 3);
    for (const { points: [[x, y]] } of arrows.filter(({ id, points: [from] }) => id === 'encoded' && touched(from).includes('encoder'))) {
      const inside = [x, y].every((v, k) => v >= Math.min(ends[0][k], ends[1][k]) && v <= Math.max(ends[0][k], ends[1][k]));
      assert.ok(inside, `at ${width}`);
    }
    for (const { points: [[x0, y0], [x1, y1]] } of arrows) assert.ok(Math.hypot(x1 - x0, y1 - y0) > 12 && (x0 === x1 || y0 === y1));
  }
});

test('the layers are those of the settings; a variational encoder ends in means and spreads', () => {
  const settings = { depth: 2, width: 128, latent_dim: 8, variational: 'on' };
  assert.deepEqual(layersOf(settings, 196), { encoder: '196 → 128 → 128 → 8 + 8', decoder: '8 → 128 → 128 → 196' });
  assert.deepEqual(layersOf({ ...settings, depth: 5, variational: 'off' }, 784), { encoder: '784 → 5 × 128 → 8', decoder: '8 → 5 × 128 → 784' });
  assert.equal(layersOf({ ...settings, depth: 0, variational: 'off' }, 256).encoder, '256 → 8');
});

test('a picture’s numbers are found by its pixels, and none are shown of another', () => {
  const matrix = (/** @type {number[][]} */ rows) => ({ shape: /** @type {[number, number]} */ ([rows.length, rows[0].length]), values: Float32Array.from(rows.flat()) });
  const originals = matrix([[0, 1, 0, 0], [1, 1, 1, 1], [0, 0, 0, 1]]);
  const probes = { thumbnails: matrix([[1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]]), codes: matrix([[1, 2], [3, 4], [5, 6], [7, 8]]), spreads: matrix([[0.5, 1], [1.5, 2], [2.5, 3], [3.5, 4]]) };
  assert.deepEqual(codeOf(probes, rowOf(originals, 0)), { mean: [5, 6], spread: [2.5, 3] });
  assert.deepEqual(codeOf(probes, rowOf(originals, 1)), { mean: undefined, spread: undefined });
  assert.deepEqual(codeOf({ ...probes, spreads: undefined }, rowOf(originals, 2)), { mean: [3, 4], spread: undefined });
  assert.deepEqual(codeOf({ ...probes, thumbnails: matrix([[0, 1]]) }, rowOf(originals, 0)), { mean: undefined, spread: undefined });
});

test('at most two numbers of a code are written', () => {
  const number = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  assert.equal(vector([1.234, 0], 1, number), '1.23');
  assert.equal(vector([1, -2], 2, number), '(1.00, -2.00)');
  assert.equal(vector([1, -2, 3], 3, number), '(1.00, -2.00, …)');
  assert.equal(vector(undefined, 2, number), '–');
});
