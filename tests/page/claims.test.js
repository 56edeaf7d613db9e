// Claims and measurements: every number is printed as its metric is, and leads to the run that gave it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFile } from 'node:fs/promises';
import { CLAIMS, rowsOf } from '../../www/claims.js';
import en from '../../www/i18n/en.js';
import zh from '../../www/i18n/zh.js';

const text = (/** @type {string} */ words) => ({ en: words, zh: `${words}。` });
const card = (/** @type {string} */ id, /** @type {any} */ scale) => ({ id, label: text(`the ${id}`), formula: '', reference: '', scale, better: 'higher' });
const catalog = /** @type {any} */ ({
  models: [
    { id: 'gan', metrics: [] },
    { id: 'picture_gan', metrics: [card('validity', { kind: 'share' }), card('modes', { kind: 'count', of: text('modes') }), card('jsd', { kind: 'nats' })] },
  ],
  presets: [{ id: 'bars_gan', model: 'picture_gan', label: text('Bars, GAN') }],
});
const validity = { claim: 'both_taught', preset: 'bars_gan', metric: 'validity', values: [0.5, 0.75, NaN], step: 4000 };

test('a row has what was measured, a number a seed, and the step', () => {
  const [row] = rowsOf([validity], 'both_taught', catalog, en, 'en');
  assert.deepEqual([row.what, row.metric, row.step], ['Bars, GAN', 'the validity', '4,000']);
  assert.deepEqual(row.numbers.map((number) => number.text), ['50.0%', '75.0%', '–']);
  assert.deepEqual(row.numbers.map((number) => number.link), ['#preset=bars_gan&seed=1', '#preset=bars_gan&seed=2', '#preset=bars_gan&seed=3']);
  assert.equal(rowsOf([validity], 'both_taught', catalog, zh, 'zh')[0].what, 'Bars, GAN。');
});

test('counts, nats, other settings and words of its own', () => {
  const entries = [
    { ...validity, metric: 'modes', values: [27], max: 30 },
    { ...validity, metric: 'jsd', values: [0.0123], settings: { depth_g: 0 }, label: 'play' },
  ];
  const [modes, jsd] = rowsOf(entries, 'both_taught', catalog, en, 'en');
  assert.equal(modes.numbers[0].text, '27 / 30');
  assert.deepEqual(jsd, { what: en.play, metric: 'the jsd', numbers: [{ text: '0.012', link: '#preset=bars_gan&depth_g=0&seed=1' }], step: '4,000' });
});

test('a claim takes its own measurements alone, and what is not in the catalog is named by its id', () => {
  assert.deepEqual(rowsOf([validity], 'g_generates', catalog, en, 'en'), []);
  const [row] = rowsOf([{ ...validity, preset: 'gone', metric: 'lost' }], 'both_taught', catalog, en, 'en');
  assert.deepEqual([row.what, row.metric], ['gone', 'lost']);
});

test('every claim is said in both languages, and every measurement belongs to a claim', async () => {
  const claims = Object.values(CLAIMS).flat();
  for (const words of [en, zh]) for (const key of [...claims.map((claim) => `claim_${claim}`), ...Object.keys(CLAIMS).map((player) => `claims_${player}`)]) assert.ok(words[key], key);
  const measured = JSON.parse(await readFile(new URL('../../www/measured.json', import.meta.url), 'utf8'));
  for (const { claim, values, label } of measured) {
    assert.ok(claims.includes(claim), claim);
    assert.equal(values.length, 3);
    if (label) assert.ok(en[label] && zh[label], label);
  }
});
