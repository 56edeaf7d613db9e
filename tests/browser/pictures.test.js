// Models of pictures: what they load, what they show, and what the reader can do with codes and dials.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './chrome.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** Values of a probe in the newest snapshot. @param {import('./chrome.js').Figure} figure @param {string} probe */
const seen = (figure, probe) => figure.page.evaluate((id) => Array.from(/** @type {any} */ (globalThis).latest?.probes[id]?.values ?? []), probe);

/** @param {string} link */
async function figureAt(link) {
  const figure = await chrome.figure(link);
  await figure.page.evaluate(() => addEventListener('genlab:snapshot', (event) => Object.assign(globalThis, { latest: /** @type {any} */ (event).detail }), { capture: true }));
  return figure.ready();
}

test('readers of points download no digits', async () => {
  const figure = await chrome.figure('/#device=flex');
  /** @type {string[]} */ const asked = [];
  figure.page.on('request', (request) => asked.push(request.url()));
  await figure.ready();
  await figure.click('step_both');
  await figure.reaches(1);
  assert.deepEqual(asked.filter((url) => url.includes('/data/')), []);
  await figure.close();
});

test('a VAE trains on digits, any code can be decoded, and without the KL term the spread shrinks', async () => {
  const figure = await figureAt('/#preset=codes_vae&device=flex&width=64');
  await figure.click('play');
  await figure.reaches(300);
  await figure.reads('.readings-table', /Fréchet distance/);
  const mean = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b, 0) / values.length;
  const wide = mean(await seen(figure, 'spreads'));
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).change({ beta: 0 }));
  await figure.reaches(900);
  const narrow = mean(await seen(figure, 'spreads'));
  assert.ok(narrow < 0.6 * wide, `${narrow} after ${wide}`);
  await figure.click('play');
  await figure.page.locator('gen-lab canvas.codes').hover({ position: { x: 150, y: 160 } });
  await figure.reads('.placed-says', /Code \(-?[\d.]+, -?[\d.]+\)/);
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).latest.probes.placed);
  const here = await seen(figure, 'placed');
  await figure.page.locator('gen-lab canvas.codes').hover({ position: { x: 320, y: 250 } });
  await figure.page.waitForFunction((before) => /** @type {any} */ (globalThis).latest.probes.placed.values[90] !== before, here[90]);
  figure.quiet();
  await figure.close();
});

test('half-way between two strokes an autoencoder blends them', async () => {
  const figure = await figureAt('/#preset=strokes_ae&device=flex');
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 600));
  await figure.reaches(600);
  await figure.reads('.readings-table', /middle of the line to the nearest stroke[23]\.\d+/);
  figure.quiet();
  await figure.close();
});

test('a GAN on digits: dials turn pictures at once, versions meet, and line by line it is the same algorithm', async () => {
  const figure = await figureAt('/#preset=digits14&device=flex');
  await figure.click('play');
  await figure.reaches(220);
  await figure.reads('.cross', /D 200/);
  const before = await seen(figure, 'placed');
  await figure.page.locator('gen-lab .dials input').first().fill('2.5');
  await figure.page.waitForFunction((old) => /** @type {any} */ (globalThis).latest.probes.placed.values[90] !== old, before[90]);
  await figure.click('play');
  await figure.click('step_line');
  await figure.reads('.listing .lit', /sample/);
  assert.equal((await seen(figure, 'nearest')).length, 16 * 196);
  // From pictures to points and back: nothing is left over, nothing is missing.
  for (const [preset, part] of [['ring8', 'canvas.plane'], ['digits14_vae', 'canvas.codes'], ['digits14', '.dials']]) {
    await figure.page.locator('gen-lab .preset select').selectOption(preset);
    await figure.page.locator(`gen-lab ${part}`).waitFor();
  }
  figure.quiet();
  await figure.close();
});

test('digits that cannot be had are told of, and the run before goes on', async () => {
  const figure = await (await chrome.figure('/#device=flex', { prepare: (/** @type {any} */ page) => page.route('**/data/**', (/** @type {any} */ route) => route.fulfill({ status: 404, body: '' })) })).ready();
  await figure.click('step_both');
  await figure.reaches(1);
  await figure.page.locator('gen-lab .preset select').selectOption('digits14');
  await figure.reads('.notice', /could not be fetched: the server answers 404/);
  await figure.click('step_both');
  await figure.reaches(2);
  await figure.close();
});
