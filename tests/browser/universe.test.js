// Every picture there is: the map, the picture chosen, the climb from it, and what D takes for best.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { codeOf, codesOf, indexOf } from '../../www/views/cells.js';
import { rankOf } from '../../www/views/verdicts.js';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** Values of a probe of the run on show, a glance included; empty for none. @param {import('./chrome.js').Figure} figure @param {string} probe @returns {Promise<number[]>} */
const seen = (figure, probe) => figure.page.evaluate((id) => Array.from(/** @type {any} */ (globalThis).latest?.probes[id]?.values ?? []), probe);

const matrix = (/** @type {number[]} */ values) => ({ shape: /** @type {[number, number]} */ ([values.length / 16, 16]), values: Float32Array.from(values) });

/** A figure after so many steps. @param {string} preset @param {number} steps */
async function trained(preset, steps) {
  const figure = await chrome.figure(`/#preset=${preset}&device=flex&seed=1`);
  await figure.page.evaluate(() => addEventListener('genlab:snapshot', (event) => Object.assign(globalThis, { latest: /** @type {any} */ (event).detail }), { capture: true }));
  await figure.ready();
  await figure.page.evaluate((n) => /** @type {any} */ (document.querySelector('gen-lab')).step('both', n), steps);
  await figure.reaches(steps);
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).latest.probes.scores);
  return figure;
}

/** The code of the picture chosen, its score and rank, as the page says them. @param {import('./chrome.js').Figure} figure */
async function chosen(figure) {
  await figure.reads('.cell-says', /Picture \d+: D = /);
  const [, code, score, rank, validity] = (await figure.text('.cell-says')).match(/Picture (\d+): D = (-?[\d.,]+), rank ([\d,]+) of 65,536, (valid|not valid)/) ?? [];
  return { code: Number(code), score: Number(score), rank: Number(rank.replace(',', '')), valid: validity === 'valid' };
}

test('the gallery of D’s best says how many are valid, as the reading does', async () => {
  const figure = await trained('bars_d_random', 60);
  const [scores, valid, top] = [await seen(figure, 'scores'), await seen(figure, 'valid'), codesOf(matrix(await seen(figure, 'top')))];
  assert.deepEqual([valid.length, top.length, new Set(top).size], [30, 30, 30]);
  const count = top.filter((code) => valid.includes(code)).length;
  await figure.reads('[data-gallery=top] .title', new RegExp(`What D takes for best: ${count} of 30 are valid`));
  await figure.reads('.readings-table', new RegExp(`best 30${((100 * count) / 30).toFixed(1)}%`.replace('.', '\\.')));
  assert.ok(count > 0 && count < 30, `${count} after so few rounds`);
  const [best, last] = [top[0], top[29]].map((code) => rankOf(scores, scores[indexOf(code)]));
  assert.ok(best === 1 && last <= 30, 'the map’s best are the gallery’s');
  assert.ok(await figure.pixels('--gl-generated', '[data-gallery=top] canvas') > 50, 'invalid ones have frames of their own');
  figure.quiet();
  await figure.close();
});

test('a cell chosen by keyboard tells its score and rank; Enter climbs from it, and every flip raises D', async () => {
  const figure = await trained('bars_d_random', 200);
  const [scores, valid] = [await seen(figure, 'scores'), await seen(figure, 'valid')];
  await figure.page.locator('gen-lab canvas.map').focus();
  for (const key of ['ArrowRight', 'Shift+ArrowDown', '+', '+', 'ArrowLeft']) await figure.page.keyboard.press(key);
  const before = await chosen(figure);
  await figure.page.keyboard.press('ArrowUp');
  await figure.page.waitForFunction((code) => !document.querySelector('gen-lab')?.shadowRoot?.querySelector('.cell-says')?.textContent?.includes(`Picture ${code}:`), before.code);
  const { code, score, rank, valid: isValid } = await chosen(figure);
  assert.equal((code ^ before.code).toString(2).replaceAll('0', ''), '1', 'one pixel further');
  assert.ok(Math.abs(score - scores[indexOf(code)]) < 0.0051, `${score} of ${scores[indexOf(code)]}`);
  assert.deepEqual([rank, isValid], [rankOf(scores, scores[indexOf(code)]), valid.includes(code)]);

  assert.equal(await figure.page.locator('gen-lab [data-gallery=climb]').isVisible(), false);
  await figure.page.keyboard.press('Enter');
  await figure.page.locator('gen-lab [data-gallery=climb]').waitFor();
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).latest.probes.climb);
  const [way, heights] = [codesOf(matrix(await seen(figure, 'climb'))), await seen(figure, 'climb_scores')];
  assert.ok(way.length > 1 && way[0] === code);
  for (let i = 1; i < way.length; i += 1) {
    assert.equal((way[i] ^ way[i - 1]).toString(2).replaceAll('0', ''), '1');
    assert.ok(heights[i] > heights[i - 1]);
  }
  assert.ok(heights.every((height, i) => Math.abs(height - scores[indexOf(way[i])]) < 1e-4));
  await figure.reads('[data-gallery=climb] .title', new RegExp(`Hill climbing: ${way.length - 1} flips? to D = `));
  figure.quiet();
  await figure.close();
});

test('the pointer chooses, a click climbs, a picture of a gallery is found on the map, and the whole map comes back', async () => {
  const figure = await trained('bars_d_soft', 100);
  const map = figure.page.locator('gen-lab canvas.map');
  const look = () => map.evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const looks = (/** @type {boolean} */ same, /** @type {string} */ as) => figure.page.waitForFunction(([equal, before]) => (/** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.map').toDataURL() === before) === equal, /** @type {const} */ ([same, as]));
  await figure.page.locator('gen-lab [data-gallery=top] canvas').click({ position: { x: 12, y: 12 } });
  const [first] = codesOf(matrix(await seen(figure, 'top')));
  await figure.page.waitForFunction((code) => document.querySelector('gen-lab')?.shadowRoot?.querySelector('.cell-says')?.textContent?.includes(`Picture ${code}:`), first);
  assert.equal((await chosen(figure)).rank, 1);
  const whole = await look();
  for (let i = 0; i < 6; i += 1) await figure.page.locator('gen-lab [data-map=closer]').click();
  await looks(false, whole);
  await figure.page.locator('gen-lab [data-map=reset]').click();
  await looks(true, whole);
  await map.click({ position: { x: 200, y: 120 } });
  await figure.page.locator('gen-lab [data-gallery=climb]').waitFor();
  const { code } = await chosen(figure);
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).latest.probes.climb);
  assert.equal(codeOf(await seen(figure, 'climb')), code);
  figure.quiet();
  await figure.close();
});

test('without negatives there is no gallery of them, and with many only the first are shown', async () => {
  const figure = await trained('bars_d_positives_only', 20);
  await figure.reads('[data-gallery=positives] .title', /30 valid/);
  assert.equal(await figure.page.locator('gen-lab [data-gallery=negatives]').isVisible(), false);
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).change({ negatives: 'random', k: 100 }));
  await figure.click('step_one');
  await figure.reads('[data-gallery=negatives] .title', /Negatives of this round: 100, here the first 40/);
  figure.quiet();
  await figure.close();
});

test('line by line the algorithm of a lone D is lit, and four lines are a round', async () => {
  const figure = await trained('bars_d_soft', 1);
  await figure.click('step_line');
  await figure.reads('.listing .lit', /positives/);
  await figure.click('step_line');
  await figure.reads('.listing .lit', /32 negatives.*softmax/);
  await figure.click('step_line');
  await figure.reads('.listing .lit', /gradient/);
  await figure.click('step_line');
  await figure.reaches(2);
  await figure.reads('.listing .lit', /update D/);
  figure.quiet();
  await figure.close();
});

test('every model has its view: from all pictures to points, digits and back', async () => {
  const figure = await trained('bars_d_linear', 10);
  await figure.reads('.searches', /Hill climbing100%/);
  for (const [preset, part] of [['ring8', 'canvas.plane'], ['digits14', '.dials'], ['digits14_vae', 'canvas.codes'], ['dirac', 'canvas.plane'], ['bars_d_argmax', 'canvas.map']]) {
    await figure.page.locator('gen-lab .preset select').selectOption(preset);
    await figure.page.locator(`gen-lab ${part}`).waitFor();
  }
  assert.deepEqual(await figure.page.locator('gen-lab canvas:is(.plane, .codes, .dialled, .map)').evaluateAll((all) => all.filter((canvas) => canvas.clientWidth).map((canvas) => canvas.className)), ['map']);
  figure.quiet();
  await figure.close();
});

test('the map can be taken along as PNG, SVG and GIF', async () => {
  const figure = await trained('bars_d_random', 50);
  const take = async (/** @type {string} */ name) => {
    const [download] = await Promise.all([figure.page.waitForEvent('download'), figure.page.locator(`gen-lab [data-take=${name}]`).click()]);
    return readFile(/** @type {string} */ (await download.path()));
  };
  await figure.page.locator('gen-lab [data-drawer=take] summary').click();
  assert.equal((await take('png')).toString('latin1', 1, 4), 'PNG');
  const svg = (await take('svg')).toString();
  for (const text of [/D\(x\) of every picture, from -[\d.]+ to [\d.]+/, /What D takes for best: \d+ of 30 are valid/, /seed 1 · step 50/, /[✓✗] -?[\d.]+/]) assert.match(svg, text);
  // The map, and the pictures of four galleries, the last of near misses.
  assert.equal(svg.match(/<image /g)?.length, 1 + 30 + 30 + 32 + 16);
  await figure.page.locator('gen-lab [data-take=record]').click();
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).play());
  await figure.reaches(80);
  await figure.page.waitForTimeout(500);
  const gif = await take('record');
  assert.ok(gif.toString('latin1', 0, 3) === 'GIF' && gif.length > 10_000);
  figure.quiet();
  await figure.close();
});
