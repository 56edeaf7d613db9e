import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PARTS, choose } from '../../www/parts.js';
import { join, split } from '../../www/settings.js';
import en from '../../www/i18n/en.js';

const shown = (/** @type {import('../../www/parts.js').Choice} */ choice) => [...choose(choice).shown];

test('show lists what is shown, hide takes away from it, nothing said shows everything', () => {
  assert.deepEqual(shown({}), PARTS);
  assert.deepEqual(shown({ show: 'transport picture' }).sort(), ['picture', 'transport']);
  assert.deepEqual(shown({ show: 'picture transport', hide: 'transport' }), ['picture']);
  assert.deepEqual(shown({ hide: 'panels  pace' }), PARTS.filter((part) => !['panels', 'pace'].includes(part)));
});

test('a name that means nothing is refused by field, value and what there is, and hides nothing', () => {
  const { shown, refusals } = choose({ show: 'constructor', hide: '__proto__ panels' });
  assert.deepEqual(refusals.map(({ field, value }) => [field, value]), [['show', 'constructor'], ['hide', '__proto__']]);
  assert.match(refusals[0].bound, /^one of preset, look-at, transport/);
  assert.deepEqual([...shown], PARTS.filter((part) => part !== 'panels'));
  assert.ok(choose({ show: 'x'.repeat(1e6) }).refusals[0].value.length <= 41);
});

test('a link chooses parts apart from the settings, and calls the preset a figure if it likes', () => {
  assert.deepEqual(split('#preset=ring8&show=picture+transport&seed=3'), { choice: { show: 'picture transport', hide: null }, rest: '#preset=ring8&seed=3' });
  assert.equal(split('#figure=moons').rest, '#preset=moons');
  assert.equal(join('#preset=ring8', split('#hide=panels').choice), '#preset=ring8&hide=panels');
  assert.equal(join('#preset=ring8', {}), '#preset=ring8');
});

test('every part is described', () => {
  for (const part of PARTS) assert.equal(typeof en[`part_${part}`], 'string', part);
});

test('the README lists the same parts, in the same words', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  for (const part of PARTS) assert.ok(readme.includes(`| \`${part}\` | ${en[`part_${part}`]} |`), part);
});
