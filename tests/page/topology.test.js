import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakes, topology } from '../../www/topology.js';

const SIDE = 7;
/** @param {string} rows */
const picture = (rows) => Float32Array.from(rows.replace(/\s/g, ''), (c) => (c === '#' ? 1 : 0));
const EIGHT = picture(`
  .......
  ..###..
  ..#.#..
  ..###..
  ..#.#..
  ..###..
  .......`);

test('pieces and holes by hand', () => {
  assert.deepEqual(topology(EIGHT, SIDE), { pieces: 1, holes: 2 });
  assert.deepEqual(topology(picture('#......'.repeat(7)), SIDE), { pieces: 1, holes: 0 });
  assert.deepEqual(topology(new Float32Array(49), SIDE), { pieces: 0, holes: 0 });
  // Corners join ink, and do not let paper out.
  assert.deepEqual(topology(picture(`....... ...#... ..#.#.. ...#... ....... #...... .......`), SIDE), { pieces: 2, holes: 1 });
});

test('one pixel breaks what hangs together, six do not', () => {
  const { dot, hole, longer } = mistakes(EIGHT, SIDE);
  const differ = (/** @type {Float32Array} */ other) => other.filter((v, i) => v !== EIGHT[i]).length;
  assert.deepEqual([dot, hole, longer].map(differ), [1, 1, 6]);
  assert.deepEqual(topology(dot, SIDE).pieces, 2);
  assert.notDeepEqual(topology(hole, SIDE), topology(EIGHT, SIDE));
  assert.deepEqual(topology(longer, SIDE), topology(EIGHT, SIDE));
});
