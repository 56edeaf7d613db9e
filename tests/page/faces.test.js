// Faces by their factors: what was read against what was chosen, and faces to begin with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faceAtRandom, middleFace, misread, strangenessOf, valueOf } from '../../www/faces.js';

const text = (/** @type {string} */ en) => ({ en, zh: en });
/** @type {import('../../www/protocol.js').Factor[]} */
const factors = [
  { id: 'hair', label: text('hair'), choice: ['black', 'brown', 'red'].map(text) },
  { id: 'gaze', label: text('gaze'), range: { low: -1, ends: [text('left'), text('right')] } },
  { id: 'open', label: text('open'), range: { low: 0, ends: [text('closed'), text('open')] } },
];
const off = (/** @type {number[]} */ read) => misread(factors, [1, 0, 0.5], read).map(({ id }) => id);

test('a choice is misread when it is another one, a range when it is a fifth of it away', () => {
  assert.deepEqual(off([1, 0, 0.5]), []);
  assert.deepEqual(off([2, 0, 0.5]), ['hair']);
  assert.deepEqual(off([1, 0.39, 0.69]), []);
  assert.deepEqual(off([1, -0.41, 0.29]), ['gaze', 'open']);
});

test('the strangeness stands behind the factors', () => {
  assert.equal(strangenessOf([1, 0, 0.5, 0.07]), 0.07);
});

test('values are options by name and numbers in twentieths', () => {
  const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
  assert.equal(valueOf(factors[0], 2, 'en', number), 'red');
  assert.equal(valueOf(factors[1], -0.337, 'en', number), '-0.35');
});

test('faces to begin with keep to every bound, and the middle is half-way', () => {
  assert.deepEqual(middleFace(factors), [1, 0, 0.5]);
  for (let i = 0; i < 200; i += 1) {
    const [hair, gaze, open] = faceAtRandom(factors);
    assert.ok([0, 1, 2].includes(hair) && gaze >= -1 && gaze <= 1 && open >= 0 && open <= 1);
  }
});
