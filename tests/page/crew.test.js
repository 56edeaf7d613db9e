import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Crew } from '../../www/crew.js';

/** @param {Crew} crew @param {string[]} log */
const member = (crew, log, name, inView = true, workers = 1) => {
  const self = { name, inView, workers, rest: async () => { crew.leave(self); log.push(name); } };
  return self;
};

test('without a limit everyone joins', async () => {
  const [crew, log] = [new Crew(), []];
  for (const name of ['a', 'b', 'c', 'd']) assert.equal(await crew.join(member(crew, log, name)), true);
  assert.deepEqual(log, []);
});

test('whoever is out of view goes first, then whoever joined first', async () => {
  const [crew, log] = [Object.assign(new Crew(), { limit: 2 }), /** @type {string[]} */ ([])];
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => member(crew, log, name));
  await crew.join(a);
  await crew.join(b);
  b.inView = false;
  await crew.join(c);
  assert.deepEqual(log, ['b']);
  await crew.join(d);
  assert.deepEqual(log, ['b', 'a']);
  await crew.join(c); // once more: it has one already
  assert.deepEqual(log, ['b', 'a']);
});

test('one who is not in view sends nobody off who is', async () => {
  const [crew, log] = [Object.assign(new Crew(), { limit: 1 }), []];
  await crew.join(member(crew, log, 'a'));
  const far = member(crew, log, 'far', false);
  assert.equal(await crew.join(far), false);
  assert.deepEqual(log, []);
});

test('a place is given only once whoever had it has gone', async () => {
  const crew = Object.assign(new Crew(), { limit: 1 });
  let gone = false;
  const slow = { inView: false, workers: 1, rest: () => new Promise((resolve) => setTimeout(() => resolve(void (gone = true)), 20)) };
  await crew.join(/** @type {any} */ (slow));
  await crew.join(member(crew, [], 'next'));
  assert.equal(gone, true);
});

test('a figure with a run beside it takes two places, and never sends itself off', async () => {
  const [crew, log] = [Object.assign(new Crew(), { limit: 2 }), /** @type {string[]} */ ([])];
  const [pair, b, c] = ['pair', 'b', 'c'].map((name) => member(crew, log, name));
  for (const one of [pair, b]) await crew.join(one);
  pair.workers = 2; // the run beside has come
  await crew.join(pair);
  assert.deepEqual(log, ['b']);
  await crew.join(c);
  assert.deepEqual(log, ['b', 'pair']);
  pair.inView = false;
  assert.equal(await crew.join(pair), false, 'no room for two beside one in view');
  await crew.join(b);
  assert.deepEqual(log, ['b', 'pair'], 'what was refused has taken nothing');
});
