// Captions: numbers of tokens into words with their chances, and what could stand at each place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captionOf, choicesOf, said, verdictsOf } from '../../www/views/caption.js';

const matrix = (/** @type {number[][]} */ rows) => ({ shape: /** @type {[number, number]} */ ([rows.length, rows[0].length]), values: Float32Array.from(rows.flat()) });
const english = ['', 'red', 'hair', 'smiling', 'short'];
const chinese = ['', '红', '发', '微笑', '短'];
const sure = () => 1;

test('a caption ends with the empty token, and nothing behind that counts', () => {
  const written = matrix([[4, 1, 2, 0, 3], [3, 0, 0, 0, 0]]);
  const caption = captionOf(written, 0, english, (place) => place / 4);
  assert.deepEqual(caption.map(({ text }) => text), ['short', 'red', 'hair', '']);
  assert.deepEqual(caption.map(({ chance }) => chance), [0, 0.25, 0.5, 0.75]);
  assert.equal(said(captionOf(written, 1, english, sure)), 'smiling');
});

test('English is written with spaces, Chinese without', () => {
  const written = matrix([[4, 1, 2, 0]]);
  assert.equal(said(captionOf(written, 0, english, sure)), 'short red hair');
  assert.equal(said(captionOf(written, 0, chinese, sure)), '短红发');
});

test('a caption without an end is as long as there is room', () => {
  assert.equal(captionOf(matrix([[1, 1, 1]]), 0, english, sure).length, 3);
});

test('the three most probable tokens stand at each place, and the one written behind them where it is none of those', () => {
  const next = matrix([[0.05, 0.5, 0.25, 0.125, 0.0625], [0.75, 0.0625, 0.125, 0, 0], [1, 0, 0, 0, 0]]);
  const places = choicesOf(next, matrix([[4, 0, 1]]), english);
  assert.equal(places.length, 2, 'nothing behind the end');
  assert.deepEqual(places[0].map(({ text }) => text), ['red', 'hair', 'smiling', 'short']);
  assert.deepEqual(places[0].map(({ written }) => written), [false, false, false, true]);
  assert.deepEqual(places[1], [
    { text: '', chance: 0.75, written: true },
    { text: 'hair', chance: 0.125, written: false },
    { text: 'red', chance: 0.0625, written: false },
  ]);
});

test('verdicts in the order of the probe', () => {
  assert.deepEqual(verdictsOf(matrix([[0, 0], [0, 1], [2, 1]]), 2), ['wrong', 'right']);
  assert.deepEqual(verdictsOf(matrix([[0, 1]]), 0), ['none', 'right']);
});
