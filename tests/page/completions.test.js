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

test('lines are dark on light paper beside pictures in colours, in three equal planes', () => {
  const matrix = (/** @type {number} */ n, /** @type {number[]} */ row) => ({ shape: /** @type {[number, number]} */ ([n, row.length]), values: Float32Array.from(Array(n).fill(row).flat()) });
  const colored = Array.from({ length: 12 }, (_, i) => i / 16);
  const { shape, values } = rowsOf(matrix(1, [1, 0, 0, 0.25]), matrix(32, colored), matrix(5, colored));
  assert.deepEqual(shape, [7, 12]);
  assert.deepEqual(Array.from(values.subarray(0, 12)), [0, 1, 1, 0.75, 0, 1, 1, 0.75, 0, 1, 1, 0.75]);
  assert.deepEqual(Array.from(values.subarray(12, 24)), colored);
});

test('names of rows take room to the left, and a pointer beyond them finds its picture', () => {
  const of = { n: 48, side: 16, columns: 6, width: 400, density: 1 };
  const [plain, named] = [gridOf(of), gridOf({ ...of, sides: true })];
  assert.ok(named.edge > plain.edge && named.edge + 6 * named.pitch - named.gap <= 400);
  assert.equal(pick(named, 48, named.edge + 1, named.top + named.pitchY + 1), 6);
  assert.equal(pick(named, 48, 2, named.top + 1), null);
});
