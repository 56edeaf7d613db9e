// Near misses: by pixel error nearer than any other valid picture, by D perhaps not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { belowAll, closest, histogramsOf, scoredOf } from '../../www/views/near_histogram.js';

const scored = (/** @type {number[]} */ ...scores) => scores.map((score, code) => ({ code, score }));
/** Bars and stripes of 4 × 4: all rows alike, or all columns alike. */
const bars = [...new Set(Array.from({ length: 16 }, (_, a) => a).flatMap((a) => [a * 0x1111, [0, 1, 2, 3].reduce((sum, b) => sum + ((a >> b) & 1) * (0xf << (4 * b)), 0)]))];

test('a row has a code and a score', () => {
  const near = { shape: /** @type {[number, number]} */ ([2, 2]), values: Float32Array.from([65535, 1.5, 1, -2]) };
  assert.deepEqual(scoredOf(near), [{ code: 65535, score: 1.5 }, { code: 1, score: -2 }]);
});

test('only what lies below the worst valid picture lies below all', () => {
  assert.equal(belowAll(scored(-1, 0.5, 2, 3), scored(2, 5)), 2);
  assert.equal(belowAll(scored(NaN), scored(2)), 0);
});

test('bars and stripes are four pixels apart at the least', () => {
  assert.equal(bars.length, 30);
  assert.equal(closest(bars), 4);
  assert.equal(closest([0, 0xffff, 1]), 1);
});

test('histograms are shares of each kind over one scale that holds both', () => {
  const { low, high, near, valid } = histogramsOf(scored(-2, 0, 0, 6, NaN), scored(10));
  assert.deepEqual([low, high], [-2, 10]);
  assert.ok(Math.abs(near.reduce((sum, share) => sum + share, 0) - 4 / 5) < 1e-9, 'what is no number has no bin');
  assert.equal(valid[valid.length - 1], 1);
  assert.deepEqual([near[0], near[6]], [1 / 5, 2 / 5]);
});

test('equal scores and no scores have a scale too', () => {
  const { low, high, near } = histogramsOf(scored(3, 3), scored(3));
  assert.ok(high > low && near[0] === 1);
  assert.ok(histogramsOf([], []).high > 0);
});
