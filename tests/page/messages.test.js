import assert from 'node:assert/strict';
import { test } from 'node:test';
import { understand } from '../../www/messages.js';

test('messages in the documented form are understood', () => {
  assert.deepEqual(understand({ type: 'genlab:play' }), { type: 'play' });
  assert.deepEqual(understand({ type: 'genlab:pause' }), { type: 'pause' });
  assert.deepEqual(understand('slide:stop'), { type: 'slide:stop' });
  assert.deepEqual(understand({ type: 'genlab:settings', settings: { lr_d: 0.002 }, show: 'picture', theme: 'dark' }), { type: 'settings', settings: { lr_d: '0.002' }, options: { show: 'picture', theme: 'dark' } });
});

test('what is meant for others is nobody’s business here', () => {
  for (const data of [null, undefined, 3, 'play', 'slide:next', [], {}, { type: 3 }, { type: 'iframe:height', height: 3 }, { type: 'genlab:height', height: 9 }, { namespace: 'reveal' }, 'x'.repeat(1e7), new Map([['type', 'genlab:play']])]) {
    assert.equal(understand(data), null);
  }
});

test('what is addressed to the figure and cannot be taken is refused by field, value and bound', () => {
  const refusal = (/** @type {unknown} */ data) => {
    const message = understand(data);
    assert.ok(message?.type === 'refused', JSON.stringify(data)?.slice(0, 80));
    assert.ok(message.refusal.field && message.refusal.bound && message.refusal.field.length + message.refusal.value.length < 100);
    return `${message.refusal.field} = ${message.refusal.value}: ${message.refusal.bound}`;
  };
  assert.equal(refusal({ type: 'genlab:stop' }), 'type = genlab:stop: one of genlab:play, genlab:pause, genlab:settings');
  assert.equal(refusal({ type: 'genlab:play', now: true }), 'message = now: without other fields');
  assert.equal(refusal({ type: 'genlab:settings', html: '<b>' }), 'message = html: made of settings, show, hide, theme, lang');
  assert.equal(refusal({ type: 'genlab:settings', settings: 'lr_d=1' }), 'settings = lr_d=1: an object of names and values');
  assert.equal(refusal({ type: 'genlab:settings', settings: { lr_d: { valueOf: 1 } } }), 'lr_d = an object: a number, or a text of at most 100 characters');
  assert.equal(refusal({ type: 'genlab:settings', theme: 'pink' }), 'theme = pink: one of auto, light, dark');
  assert.equal(refusal({ type: 'genlab:settings', show: ['picture'] }), 'show = a list: a text of at most 1024 characters');
  refusal({ type: `genlab:${'x'.repeat(1e7)}` });
  refusal({ type: 'genlab:settings', settings: { lr_d: 'x'.repeat(1e7) } });
  refusal({ type: 'genlab:settings', settings: { ['x'.repeat(1e7)]: 1 } });
  refusal({ type: 'genlab:settings', settings: Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`a${i}`, i])) });
});
