// Outputs whose parts depend on each other, and D as a curve: a GAN on a line, sentences, completed digits, near misses, and
// the table of claims.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** Values of a probe of the last snapshot; empty for none. @param {import('./chrome.js').Figure} figure @param {string} probe @returns {Promise<number[]>} */
const seen = (figure, probe) => figure.page.evaluate((id) => Array.from(/** @type {any} */ (globalThis).latest?.probes[id]?.values ?? []), probe);

/** A reading of the run on show, once there is one at this step. @param {import('./chrome.js').Figure} figure @param {string} id @returns {Promise<{ live: number, ema: number, floor: number }>} */
const reading = (figure, id) => figure.page.evaluate((metric) => /** @type {any} */ (globalThis).measured.find((/** @type {any} */ one) => one.id === metric), id);

/** A figure after so many steps, measured there. @param {string} link @param {number} steps */
async function trained(link, steps) {
  const figure = await chrome.figure(`/#preset=${link}&device=flex`);
  await figure.page.evaluate(() => addEventListener('genlab:snapshot', (event) => {
    const { detail } = /** @type {any} */ (event);
    if (/** @type {Element} */ (event.target).closest('.twin')) return;
    Object.assign(globalThis, { latest: detail }, detail.metrics.length ? { measured: detail.metrics, measuredAt: detail.step } : {});
  }, { capture: true }));
  await figure.ready();
  await figure.page.evaluate((n) => /** @type {any} */ (document.querySelector('gen-lab')).step('both', n), steps);
  await figure.reaches(steps);
  await figure.page.waitForFunction((n) => /** @type {any} */ (globalThis).measuredAt === n, steps);
  return figure;
}

test('D held against a G that stands still becomes the best D, and says what value it reaches', async () => {
  const figure = await trained('line_best_d', 600);
  const [value, gap] = [await reading(figure, 'value'), await reading(figure, 'gap')];
  assert.ok(Math.abs(value.live - value.floor) < 0.02 && gap.live < 0.1, JSON.stringify([value, gap]));
  await figure.reads('.line-value', /Value reached: V = .0\.\d+\. The best D for this G would reach −ln 4 \+ 2·JSD = .0\.\d+/);
  const curve = await seen(figure, 'curve');
  const mass = (/** @type {number} */ column) => curve.filter((_, i) => i % 5 === column).reduce((sum, p) => sum + p, 0) * (8 / 256);
  assert.ok([2, 3].every((column) => Math.abs(mass(column) - 1) < 1e-3), 'both densities have mass 1');
  const before = await seen(figure, 'line_samples');
  await figure.click('step_d');
  await figure.reaches(601);
  assert.deepEqual(await seen(figure, 'line_samples'), before, 'D’s step leaves G’s points');
  await figure.click('step_g');
  await figure.reaches(602);
  await figure.page.waitForFunction((x) => /** @type {any} */ (globalThis).latest.probes.line_samples.values[0] !== x, before[0]);
  await figure.page.locator('gen-lab canvas.on-line').focus();
  await figure.page.keyboard.press('ArrowRight');
  await figure.reads('.line-says', /x = /);
  figure.quiet();
  await figure.close();
});

test('generated points on a line go to the data, and the slider goes back to where they were', async () => {
  const figure = await trained('line_gan&seed=2', 1_500);
  const { ema } = await reading(figure, 'w1');
  assert.ok(ema < 0.2, `${ema}`);
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).seek(0));
  await figure.reads('.status', /^step 0$/);
  figure.quiet();
  await figure.close();
});

for (const [preset, steps, valid, novel] of /** @type {[string, number, number, number][]} */ ([['palindromes_autoregressive', 500, 0.95, 0.08], ['sentences_zh', 500, 0.95, 0.08], ['palindromes_gan', 1_500, 0.7, 0.15]])) {
  test(`${preset} writes valid sentences, some never seen, and marks each`, async () => {
    const figure = await trained(preset, steps);
    const [share, fresh] = [await reading(figure, 'valid'), await reading(figure, 'novel')];
    assert.ok(share.ema > valid && fresh.ema > novel, JSON.stringify([share, fresh]));
    const verdicts = await seen(figure, 'written_valid');
    const [good, unseen] = [verdicts.filter((v) => v > 0).length, verdicts.filter((v) => v === 2).length];
    await figure.reads('[data-sentences=written] .title', new RegExp(`valid ${good} of 24, new among them ${unseen}`));
    const marks = await figure.page.locator('gen-lab [data-sentences=written] .mark').allTextContents();
    assert.deepEqual(marks, verdicts.map((verdict) => '✗✓★'[verdict]));
    figure.quiet();
    await figure.close();
  });
}

test('a symbol that knows of no other writes palindromes by accident only', async () => {
  const figure = await trained('palindromes_independent', 300);
  const { live } = await reading(figure, 'valid');
  assert.ok(live > 0.001 && live < 0.008, `${live}`);
  figure.quiet();
  await figure.close();
});

test('brackets come with their trees, in words too', async () => {
  const figure = await trained('brackets_autoregressive', 200);
  const trees = figure.page.locator('gen-lab [data-sentences=examples] svg');
  assert.equal(await trees.count(), 8);
  assert.match((await trees.first().getAttribute('aria-label')) ?? '', /8 edges/);
  figure.quiet();
  await figure.close();
});

test('the reader’s own grammar is learned; one that does not parse is refused by its line, and the run goes on', async () => {
  const figure = await trained('sentences_en', 50);
  await figure.page.locator('gen-lab [data-drawer=grammar] summary').click();
  const area = figure.page.locator('gen-lab .grammar textarea');
  await area.fill('sentence = a <b\n');
  await figure.page.locator('gen-lab [data-grammar=use]').click();
  await figure.reads('.grammar-says', /line 1: sentence = a <b/);
  await figure.click('step_one');
  await figure.reaches(51);
  await area.fill('sentence = <one> sleeps | <many> sleep\none = cat | dog\nmany = cats | dogs\n');
  await figure.page.locator('gen-lab [data-grammar=use]').click();
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.data === 'own');
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 200));
  await figure.reads('[data-sentences=written]', /(cats|dogs) sleep|(cat|dog) sleeps/);
  figure.quiet();
  await figure.close();
});

test('halves of digits: D makes them look real, the pixel error makes them right on average', async () => {
  const figure = await trained('halves_gan', 600);
  const twin = figure.page.locator('gen-lab .twin gen-lab');
  await twin.locator('.status').filter({ hasText: /step 5[6-9]\d|step 600/ }).waitFor({ timeout: 60_000 });
  const error = await reading(figure, 'pixel_error');
  assert.ok(error.ema > 5, JSON.stringify(error));
  assert.equal((await seen(figure, 'variants')).length, 8 * 5 * 196);
  assert.match((await figure.page.locator('gen-lab [data-gallery=completions] canvas').first().getAttribute('aria-label')) ?? '', /8 test pictures.*5 completions/);
  figure.quiet();
  await figure.close();
});

test('near misses: one wrong pixel each, and D tells them from valid pictures', async () => {
  const figure = await trained('bars_d_random', 400);
  const near = await seen(figure, 'near');
  assert.equal(near.length, 960);
  const [scores, valid] = [near.filter((_, i) => i % 2), await seen(figure, 'valid')];
  const map = await seen(figure, 'scores');
  const gray = Array.from({ length: 256 }, (_, i) => i ^ (i >> 1));
  const scoreOf = (/** @type {number} */ code) => map[256 * gray.indexOf(code >> 8) + gray.indexOf(code & 255)];
  const worst = Math.min(...valid.map(scoreOf));
  const below = scores.filter((score) => score < worst).length;
  await figure.reads('.near-says', new RegExp(`D puts ${below} of 480 near misses below every valid picture`));
  assert.ok(below > 400, `${below}`);
  figure.quiet();
  await figure.close();
});

test('claims stand beside what was measured, and a number leads to its run', async () => {
  const figure = await trained('palindromes_independent', 1);
  await figure.page.locator('gen-lab [data-drawer=claims] summary').click();
  const links = figure.page.locator('gen-lab .claims a');
  await links.first().waitFor();
  assert.ok((await links.count()) >= 3 * 12, `${await links.count()} numbers`);
  await figure.page.locator('gen-lab .claims tr', { hasText: 'Palindromes, all at once' }).locator('a').nth(1).click();
  await figure.page.waitForFunction(() => {
    const settings = /** @type {any} */ (document.querySelector('gen-lab')).settings;
    return settings.model === 'sequence_gan' && Number(settings.seed) === 2;
  });
  figure.quiet();
  await figure.close();
});
