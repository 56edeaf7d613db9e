import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../../www/views/completions.js';
import { gridOf, pick } from '../../www/views/gallery.js';

test('each row has the picture given, the true one, and its five completions', () => {
  const matrix = (/** @type {number} */ n, /** @type {number} */ from) => ({ shape: /** @type {[number, number]} */ ([n, 4]), values: Float32Array.from({ length: 4 * n }, (_, i) => from + Math.floor(i / 4)) });
  const { shape, values } = rowsOf(matrix(2, 100), matrix(32, 200), matrix(10, 300));
  assert.deepEqual(shape, [14, 4]);
  const first = Array.from({ length: 14 }, (_, i) => values[4 * i]);
  assert.deepEqual(first, [100, 200, 300, 301, 302, 303, 304, 101, 201, 305, 306, 307, 308, 309]);
  assert.ok(values.every((value, i) => value === first[Math.floor(i / 4)]));
});

test('heads take room above the pictures, and a pointer below them still finds its picture', () => {
  const of = { n: 14, side: 14, columns: 7, width: 400, density: 2 };
  const [plain, headed] = [gridOf(of), gridOf({ ...of, heads: true })];
  assert.ok(headed.height > plain.height && headed.height - plain.height === headed.top - plain.top);
  assert.equal(pick(headed, 14, headed.edge + 1, headed.top + 1), 0);
  assert.equal(pick(headed, 14, headed.edge + 1, headed.top + headed.pitchY + 1), 7);
  assert.equal(pick(headed, 14, headed.edge + 1, 2), null);
});
