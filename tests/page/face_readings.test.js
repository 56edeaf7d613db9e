import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreement, isStrange, optionsOf, rowsOf } from '../../www/faces.js';
import { tally } from '../../www/views/described.js';

const name = { en: '', zh: '' };
const range = (/** @type {string} */ id, /** @type {number} */ low) => ({ id, label: name, range: { low, ends: /** @type {[typeof name, typeof name]} */ ([name, name]) } });
const choice = (/** @type {string} */ id, /** @type {number} */ n) => ({ id, label: name, choice: Array(n).fill(name) });
const FACTORS = [choice('hair', 8), range('length', 0), choice('eye', 6), range('mouth', -1), range('open', 0)];
const attribute = (/** @type {string} */ id, /** @type {number} */ n) => ({ id, factor: FACTORS.findIndex((factor) => factor.id === id), label: name, options: Array(n).fill(name) });
const ATTRIBUTES = [attribute('hair', 8), attribute('length', 2), attribute('eye', 6), attribute('open', 2), attribute('mouth', 2)];

test('a picture shows the option that is read, or the nearer end of a factor', () => {
  const read = (/** @type {number[]} */ ...factors) => optionsOf(Float32Array.from([...factors, 0]), ATTRIBUTES, FACTORS);
  assert.deepEqual(read(7, 0.51, 5, 0.01, 0.49), [7, 1, 5, 0, 1]);
  assert.deepEqual(read(0, 0.5, 0, 0, 0.75), [0, 0, 0, 1, 0]);
});

test('only what is named can be right', () => {
  assert.deepEqual(agreement([2, null, 1, 0, null], [2, 1, 3, 0, 1]), { right: 2, named: 3 });
  assert.deepEqual(agreement([null, null, null, null, null], [2, 1, 3, 0, 1]), { right: 0, named: 0 });
});

test('beyond 0.06, or where nothing can be read, it is no face', () => {
  assert.deepEqual([0, 0.0599, 0.07, NaN].map((strangeness) => isStrange(Float32Array.of(1, 2, strangeness))), [false, false, true, true]);
});

test('pairs count as right where both colours are, those held out apart', () => {
  const rows = Array.from({ length: 48 }, (_, i) => [Math.floor(i / 6), 0.9, i === 1 ? 5 : i % 6, 0, 0, 0]);
  rows[6][0] = 7; // hair that is not brown
  rows[0][2] = 3; // of a pair held out
  const readings = { shape: /** @type {[number, number]} */ ([48, 6]), values: Float32Array.from(rows.flat()) };
  const heldOut = /** @type {[number, number][]} */ ([[0, 0], [3, 5], [4, 4], [5, 3], [6, 2], [7, 1]]);
  const catalog = /** @type {any} */ ({ factors: FACTORS, held_out: heldOut });
  const { seen, held, isHeldOut } = tally(readings, [ATTRIBUTES[0], ATTRIBUTES[2]], catalog);
  assert.deepEqual([seen, held], [{ right: 40, n: 42 }, { right: 5, n: 6 }]);
  assert.deepEqual(rowsOf(readings).flatMap((_, i) => (isHeldOut(i) ? [[Math.floor(i / 6), i % 6]] : [])), heldOut);
});
