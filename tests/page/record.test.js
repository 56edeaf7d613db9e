import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Record } from '../../www/record.js';

test('values come back at their steps, gaps as null', () => {
  const record = new Record(2);
  record.add(1, [1, NaN]);
  record.add(2, [3, 5]);
  assert.deepEqual(record.data(), [[1, 2], [1, 3], [null, 5]]);
  record.truncate(1);
  assert.deepEqual(record.data(), [[1], [1], [null]]);
});

test('a long run is averaged in pairs and keeps its mean', () => {
  const record = new Record(1);
  const n = 9600;
  for (let step = 1; step <= n; step += 1) record.add(step, [step]);
  const [steps, values] = record.data();
  assert.ok(steps.length < 1200);
  assert.equal(steps.at(-1), n);
  const mean = values.reduce((/** @type {number} */ sum, v) => sum + Number(v), 0) / values.length;
  assert.ok(Math.abs(mean - (n + 1) / 2) < 1, `${mean}`);
});
