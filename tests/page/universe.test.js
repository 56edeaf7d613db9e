// The map of all pictures: which picture lies where, and how high it ranks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PICTURES, SIDE, cellOf, codeAt, codeOf, codesOf, gray, grayRank, indexOf, pixelsOf } from '../../www/views/cells.js';
import { Verdicts, rangeOf, rankOf } from '../../www/views/verdicts.js';
import { CodeWindow } from '../../www/views/window.js';

const all = Array.from({ length: SIDE }, (_, i) => i);
/** How many bits are set. */
const ones = (/** @type {number} */ bits) => bits.toString(2).replaceAll('0', '').length;

test('the Gray code has every number once, and its inverse finds each', () => {
  assert.deepEqual(all.slice(0, 8).map(gray), [0, 1, 3, 2, 6, 7, 5, 4]);
  assert.equal(new Set(all.map(gray)).size, SIDE);
  assert.deepEqual(all.map((i) => grayRank(gray(i))), all);
});

test('every picture has one cell, and neighbours on the map differ by one pixel', () => {
  const seen = new Set();
  for (const row of all) {
    for (const column of all) {
      const code = codeAt([row, column]);
      seen.add(code);
      assert.deepEqual(cellOf(code), [row, column]);
      if (row) assert.equal(ones(code ^ codeAt([row - 1, column])), 1);
      if (column) assert.equal(ones(code ^ codeAt([row, column - 1])), 1);
    }
  }
  assert.equal(seen.size, PICTURES);
});

test('a flip of any pixel moves along a row or a column', () => {
  for (const code of [0, 1, 0xf00f, 0x1234, 0xffff]) {
    const [row, column] = cellOf(code);
    for (let k = 0; k < 16; k += 1) {
      const [r, c] = cellOf(code ^ (1 << k));
      assert.equal(Number(r !== row) + Number(c !== column), 1);
      assert.equal(k < 8, r === row, 'the lower half of a picture is its column');
    }
  }
});

test('a picture’s first pixel is its highest bit, and its first half its row', () => {
  assert.deepEqual(pixelsOf(0x8001), [1, ...Array(14).fill(0), 1]);
  // The uppermost row inked: F000, so gray(r) = 240, r = 160, and the first column.
  assert.deepEqual(pixelsOf(0xf000), [1, 1, 1, 1, ...Array(12).fill(0)]);
  assert.deepEqual(cellOf(0xf000), [160, 0]);
  assert.equal(indexOf(0xf000), 160 * SIDE);
  for (const code of [0, 7, 0xa5a5, 0xffff]) assert.equal(codeOf(pixelsOf(code)), code);
  const values = Float32Array.from([0xa5a5, 0x00f0].flatMap(pixelsOf));
  assert.deepEqual(codesOf({ shape: [2, 16], values }), [0xa5a5, 0x00f0]);
});

test('the highest score ranks first, equals share a rank, what is not a number ranks nothing', () => {
  const scores = Float32Array.from([0.5, -1, 2, 0.5, NaN]);
  assert.deepEqual([2, 0.5, -1].map((score) => rankOf(scores, score)), [1, 2, 4]);
});

test('of a picture its own score is told', () => {
  const verdicts = new Verdicts();
  const values = new Float32Array(PICTURES);
  values[indexOf(0xf000)] = 2.5;
  values[indexOf(0x1234)] = 3;
  verdicts.take({ scores: { shape: [SIDE, SIDE], values }, valid: { shape: [1, 1], values: Float32Array.of(0xf000) } });
  const reading = (/** @type {number} */ code) => verdicts.reading(code, new Intl.NumberFormat('en'), 'en');
  assert.deepEqual(reading(0xf000), { code: 0xf000, score: '2.5', rank: '2', of: '65,536', valid: true });
  assert.deepEqual(reading(0x1234), { code: 0x1234, score: '3', rank: '1', of: '65,536', valid: false });
  assert.deepEqual(verdicts.range, [-3, 3]);
});

test('the scale has zero in its middle and holds every score that is finite', () => {
  assert.deepEqual(rangeOf([0.5, -2, NaN, Infinity]), [-2, 2]);
  assert.deepEqual(rangeOf([0, 0]), [-1, 1]);
});

test('a bounded window fits the map without losing it: no further out than all, never beside it', () => {
  const window = new CodeWindow({ margin: 0, out: 1, in: 40, kept: true });
  window.resize(512, 512);
  window.fit([0, 0, SIDE, -SIDE]);
  window.settle();
  assert.equal(window.scale, 2);
  assert.deepEqual(window.toCode(0, 0), [0, 0]);
  assert.equal(window.zoom(1 / 2), false);
  window.pan(300, -200);
  assert.deepEqual(window.toCode(512, 512), [SIDE, -SIDE]);
  window.zoom(4, 0, 0);
  window.pan(5000, 5000);
  assert.deepEqual(window.toCode(0, 0), [0, 0]);
  window.zoom(1e9);
  assert.equal(window.scale, 80);
  window.pan(-1e9, 0);
  window.zoom(1e-9);
  assert.deepEqual(window.toCode(0, 0), [0, 0]);
  // In another size the same part, with the same bounds.
  const small = window.resized(256, 256);
  assert.equal(small.scale, 1);
  assert.equal(small.zoom(1 / 2), false);
});
