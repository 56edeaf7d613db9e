import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as links from '../../www/settings.js';

/** @type {any} */
const catalog = {
  models: [{ id: 'gan', knobs: [
    { id: 'data', default: 'ring8' },
    { id: 'lr_d', default: '0.001' },
    { id: 'seed', default: '1' },
  ] }, { id: 'dirac', knobs: [{ id: 'theta', default: '1' }] }],
  presets: [
    { id: 'ring8', settings: {} },
    { id: 'moons', settings: { data: 'moons' } },
    { id: 'dirac', model: 'dirac', settings: {} },
  ],
};

test('a link holds only what differs from its preset', () => {
  assert.equal(links.format(catalog, 'ring8', { data: 'ring8', lr_d: 0.001, seed: 1 }), '#preset=ring8');
  assert.equal(links.format(catalog, 'ring8', { data: 'ring8', lr_d: 1e-3, seed: 3 }), '#preset=ring8&seed=3');
  assert.equal(links.format(catalog, 'moons', { data: 'moons', lr_d: 0.01, seed: 1 }), '#preset=moons&lr_d=0.01');
});

test('a preset brings its model along, so a link need not name it', () => {
  assert.equal(links.format(catalog, 'dirac', { model: 'dirac', theta: 0.5 }), '#preset=dirac&theta=0.5');
  assert.equal(links.format(catalog, 'ring8', { model: 'gan', data: 'ring8', lr_d: 0.001, seed: 1 }), '#preset=ring8');
});

test('what a link says comes back as it was written', () => {
  const link = links.format(catalog, 'ring8', { data: 'a & b = "c"', lr_d: 0.5, seed: 2 });
  assert.deepEqual(links.parse(link), { settings: { preset: 'ring8', data: 'a & b = "c"', lr_d: '0.5', seed: '2' } });
  assert.deepEqual(links.parse(''), { settings: {} });
});

test('junk is refused by its length alone', () => {
  const refusal = links.parse(`#${'x'.repeat(10_000_000)}`);
  assert.ok('field' in refusal);
  assert.equal(refusal.field, 'link');
  assert.ok(refusal.value.length <= 41);
});

test('no link makes the parser throw, and no field is dropped', () => {
  for (const link of ['#%', '#%E0%A4%A', '#=&=&', '#a=1&a=2', '#\u0000=\ud800']) links.parse(link);
  const parsed = links.parse('#__proto__=1&constructor=2');
  assert.ok('settings' in parsed);
  assert.deepEqual(Object.keys(parsed.settings), ['__proto__', 'constructor']);
  assert.equal(Object.getPrototypeOf(parsed.settings), Object.prototype);
});

test('100,000 random links are read without a slip', () => {
  let state = 1;
  const random = (/** @type {number} */ n) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % n;
  const pieces = ['#', '&', '=', '%', '%41', '%zz', '+', 'preset', 'ring8', 'seed', '\u0000', '\ud800', '__proto__', '1e999', '中文', '<script>'];
  for (let i = 0; i < 100_000; i += 1) {
    const link = Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join('');
    const parsed = links.parse(link);
    assert.ok('settings' in parsed && Object.values(parsed.settings).every((value) => typeof value === 'string'), link);
  }
});
