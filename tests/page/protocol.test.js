// The golden file, seen from the page's side. tests/protocol.rs reads it from the other.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as protocol from '../../www/protocol.js';

const golden = JSON.parse(await readFile(new URL('../golden/protocol.json', import.meta.url), 'utf8'));

test('the page builds the golden commands', () => {
  const settings = { preset: 'ring8', seed: '3', lr_d: 0.002 };
  const checkpoint = golden.commands[1].checkpoint;
  const { points, weights } = golden.commands[2];
  assert.deepEqual(
    [
      protocol.start(1, settings),
      protocol.start(2, settings, { checkpoint }),
      protocol.start(3, settings, { points, weights, checkpoint: null }),
      protocol.read('x,y'),
      protocol.load('digits', /** @type {any} */ ([1, 2])),
      protocol.place([0.5, -1]),
      protocol.draw([0, 1]),
      protocol.paint([0, 1]),
      protocol.play(),
      protocol.play('line'),
      protocol.pause(),
      protocol.step('d', 5),
      protocol.step('both', 1),
      protocol.tune({ r1: '0.5' }),
      protocol.watch(['landscape', 'generated']),
    ],
    golden.commands,
  );
});

test('every event carries what the page reads of it', () => {
  const reads = {
    started: ['run', 'step', 'settings', 'n_parameters'],
    idle: [],
    tuned: ['run', 'settings'],
    snapshot: ['run', 'step', 'playing', 'cursor', 'updates', 'curves', 'metrics', 'judgement', 'health', 'stopped', 'probes'],
    glance: ['run', 'probes'],
    checkpoint: ['run', 'checkpoint'],
    table: ['run', 'points', 'n_rows'],
    weights: ['run', 'bytes'],
    failed: ['run', 'field', 'value', 'bound', 'message'],
  };
  assert.deepEqual(golden.events.map((event) => event.type), Object.keys(reads));
  for (const event of golden.events) {
    assert.deepEqual(Object.keys(event).sort(), ['type', ...reads[event.type]].sort(), event.type);
  }
  const [snapshot] = golden.events.filter((event) => event.type === 'snapshot');
  assert.deepEqual(Object.keys(snapshot.metrics[0]).sort(), ['chance', 'ema', 'floor', 'id', 'live', 'max']);
  assert.deepEqual(Object.keys(snapshot.health).sort(), ['collapsed_at', 'converged_at', 'diverged_at', 'won_at']);
});

test('floats are handed over, not copied', () => {
  const snapshot = structuredClone(golden.events.find((event) => event.type === 'snapshot'));
  for (const id of ['loss_d', 'loss_g']) snapshot.curves[id] = new Float32Array(snapshot.curves[id]);
  for (const matrix of Object.values(snapshot.probes)) matrix.values = new Float32Array(matrix.values);
  assert.equal(protocol.transferables(snapshot).length, 3);
  const checkpoint = { type: 'checkpoint', run: 1, checkpoint: { step: 1, progress: {}, values: new Float32Array(4) } };
  assert.equal(protocol.transferables(/** @type {any} */ (checkpoint))[0].byteLength, 16);
  assert.deepEqual(protocol.transferables({ type: 'tuned', run: 1, settings: {} }), []);
});
