import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History } from '../../www/history.js';

const moment = (/** @type {number} */ step, floats = 256) => ({
  step,
  checkpoint: { step, progress: {}, values: new Float32Array(floats) },
  settings: {},
});
const steps = (/** @type {History} */ history) => history.moments.map((m) => m.step);

test('the moment at or before a step is found', () => {
  const history = new History();
  for (const step of [0, 10, 20]) history.add(moment(step));
  assert.equal(history.at(15)?.step, 10);
  assert.equal(history.at(20)?.step, 20);
  assert.equal(history.at(-1), null);
});

test('another future replaces the one that was', () => {
  const history = new History();
  for (const step of [0, 10, 20, 30]) history.add(moment(step));
  history.truncate(15);
  assert.deepEqual(steps(history), [0, 10]);
  history.add(moment(12));
  assert.deepEqual(steps(history), [0, 10, 12]);
});

test('memory is bounded; the first and the last moment stay, the rest is thinned evenly', () => {
  const kilobyte = 1024;
  const history = new History(16 * kilobyte);
  for (let step = 0; step <= 1000; step += 1) {
    history.add(moment(step));
    const bytes = history.moments.reduce((sum, m) => sum + m.checkpoint.values.byteLength, 0);
    assert.ok(bytes <= 16 * kilobyte, `${bytes} bytes at step ${step}`);
  }
  assert.equal(steps(history)[0], 0);
  assert.equal(steps(history).at(-1), 1000);
  const gaps = steps(history).slice(1).map((step, i) => step - steps(history)[i]);
  assert.ok(Math.max(...gaps) <= 260, `a gap of ${Math.max(...gaps)} steps`);
});
