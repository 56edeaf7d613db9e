// Explicit and implicit density: the red point and what each model answers of it, on the reader's own points too.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

const EXPLICIT = /At \((-?[\d.]+), (-?[\d.]+)\) the density is .+ per squared unit \(ln p = (-?[\d.,]+)\)/;

/** A figure alone after so many steps. @param {string} link @param {number} steps */
async function trained(link, steps, options = {}) {
  const figure = await chrome.figure(`/#${link}&device=flex&seed=1`, options);
  await figure.page.evaluate(() => {
    /** @type {number[]} */ const nats = [];
    Object.assign(globalThis, { nats });
    addEventListener('genlab:snapshot', (event) => {
      const { target, detail } = /** @type {any} */ (event);
      if (target !== document.querySelector('gen-lab')) return;
      Object.assign(globalThis, { latest: detail });
      nats.push(...(detail.curves.nats ?? []));
    }, { capture: true });
  });
  await figure.ready();
  await figure.page.evaluate((n) => /** @type {any} */ (document.querySelector('gen-lab')).step('both', n), steps);
  await figure.page.waitForFunction((n) => /** @type {any} */ (globalThis).latest?.step >= n, steps, { timeout: 90_000 });
  return figure;
}

/** Where the answer is about, and its ln p. @param {import('./chrome.js').Figure} figure */
async function answered(figure) {
  await figure.reads('.asked-says', EXPLICIT);
  const [, x, y, log] = (await figure.text('.asked-says')).match(EXPLICIT) ?? [];
  return { x: Number(x), y: Number(y), log: Number(log.replace(',', '')) };
}

/** Until the answer is about another place. @param {import('./chrome.js').Figure} figure @param {string} before */
const changes = (figure, before) => figure.page.waitForFunction((text) => document.querySelector('gen-lab')?.shadowRoot?.querySelector('.asked-says')?.textContent !== text, before);

test('EM never loses likelihood, the mixture’s gaussians are drawn, and colours have a scale in numbers', async () => {
  const figure = await trained('preset=density', 60);
  const nats = await figure.page.evaluate(() => /** @type {any} */ (globalThis).nats);
  assert.equal(nats.length, 60);
  for (let i = 1; i < nats.length; i += 1) assert.ok(nats[i] <= nats[i - 1] + 1e-6, `step ${i + 1}: ${nats[i]} after ${nats[i - 1]}`);
  assert.ok(nats[59] < nats[0] - 0.5);
  assert.match(await figure.text('.scale .high'), /^[\d.]+$/);
  assert.match(await figure.text('.levels'), /lines at [\d.]+( · [\d.]+){5,}/);
  const inked = await figure.pixels('--gl-ink', '.run canvas.plane >> nth=0');
  await figure.page.locator('gen-lab [data-layer=components]').first().uncheck();
  await figure.page.waitForTimeout(300);
  assert.ok(await figure.pixels('--gl-ink', '.run canvas.plane >> nth=0') < inked - 200, 'without ellipses there is less ink');
  await figure.reads('.readings-table >> nth=0', /held-out points.*energy distance/);
  figure.quiet();
  await figure.close();
});

test('the red point starts outside, is dragged, clicked and walked, and its sentence follows', async () => {
  const figure = await trained('preset=density_gaussian', 1);
  const first = await answered(figure);
  await figure.reads('.asked-says', /standard deviations from the nearest mean.*less likely than this one with probability/);
  const canvas = figure.page.locator('gen-lab canvas.plane');
  await canvas.scrollIntoViewIfNeeded();
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (await canvas.boundingBox());
  const handle = /** @type {{ x: number, y: number, width: number, height: number }} */ (await figure.page.locator('gen-lab .red-point').boundingBox());
  await figure.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await figure.page.mouse.down();
  await figure.page.mouse.move(box.x + 0.6 * box.width, box.y + 0.4 * box.height, { steps: 5 });
  await figure.page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
  await figure.page.mouse.up();
  await figure.reads('.asked-says', /At \(-?0\.0\d, -?0\.0\d\)/);
  const middle = await answered(figure);
  assert.ok(middle.log > first.log + 2, `${middle.log} in the middle, ${first.log} outside`);

  let text = await figure.text('.asked-says');
  await figure.page.locator('gen-lab .red-point').focus();
  await figure.page.keyboard.press('Shift+ArrowRight');
  await changes(figure, text);
  const right = await answered(figure);
  assert.ok(right.x > middle.x + 0.05 && Math.abs(right.y - middle.y) < 0.011);
  text = await figure.text('.asked-says');
  await canvas.click({ position: { x: 0.1 * box.width, y: 0.1 * box.height } });
  await changes(figure, text);
  const corner = await answered(figure);
  assert.ok(corner.x < -1 && corner.y > 1);
  assert.match(await figure.page.locator('gen-lab .red-point').getAttribute('aria-label') ?? '', new RegExp(`\\(${corner.x.toFixed(2)}, ${corner.y.toFixed(2)}\\)`));
  assert.ok(await figure.pixels('--gl-asked', 'canvas.plane') > 50);

  await figure.click('reset');
  await figure.reads('.status', /step 0/);
  await figure.page.waitForTimeout(500);
  const again = await answered(figure);
  assert.deepEqual([again.x, again.y], [corner.x, corner.y], 'the next run is asked about the same place');
  figure.quiet();
  await figure.close();
});

test('a finger drags the point on a phone, and nothing is wider than the screen', async () => {
  const figure = await trained('preset=density_kernel', 1, { viewport: { width: 375, height: 720 }, hasTouch: true });
  const before = await answered(figure);
  const handle = figure.page.locator('gen-lab .red-point');
  await handle.scrollIntoViewIfNeeded();
  assert.equal(await handle.evaluate((element) => getComputedStyle(element).touchAction), 'none');
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (await handle.boundingBox());
  assert.ok(box.width >= 40 && box.height >= 40, 'large enough for a finger');
  const session = await figure.page.context().newCDPSession(figure.page);
  const touch = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number} */ far) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + box.width / 2 - far, y: box.y + box.height / 2 + far }] });
  await touch('touchStart', 0);
  for (const far of [20, 50, 80]) await touch('touchMove', far);
  await touch('touchEnd', 80);
  await figure.page.waitForFunction((text) => !document.querySelector('gen-lab')?.shadowRoot?.querySelector('.asked-says')?.textContent?.includes(text), `(${before.x.toFixed(2)},`);
  const after = await answered(figure);
  assert.ok(after.x < before.x - 0.3 && after.y < before.y - 0.3 && after.log > before.log);
  assert.ok(await figure.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  figure.quiet();
  await figure.close();
});

test('the GAN beside the mixture cannot say, counts its points near by, and its point goes along', async () => {
  const figure = await trained('preset=density', 3);
  const twin = '.twin gen-lab';
  await figure.reads(`${twin} .asked-says`, /A GAN draws points but cannot say how likely this one is.*Of its 512 points on show, \d+ lies? within [\d.]+ of/);
  assert.ok(await figure.page.locator(`gen-lab ${twin} .scale`).first().isHidden(), 'a scale of nothing');
  assert.equal(await figure.page.locator(`gen-lab ${twin} .layer.density`).getAttribute('data-missing'), '');
  assert.equal(await figure.page.locator('gen-lab .layer.density').first().getAttribute('data-missing'), null);
  const handle = figure.page.locator('gen-lab .red-point').first();
  await handle.focus();
  for (let i = 0; i < 4; i += 1) await figure.page.keyboard.press('Shift+ArrowLeft');
  await figure.page.waitForTimeout(500);
  const { x, y } = await answered(figure);
  await figure.reads(`${twin} .asked-says`, new RegExp(`of \\(${x.toFixed(2)}, ${y.toFixed(2)}\\)`));
  figure.quiet();
  await figure.close();
});

test('a VAE has a density of its own, and held-out points can be shown', async () => {
  const figure = await trained('preset=density_vae&n_points=200', 20);
  await answered(figure);
  assert.ok(await figure.pixels('--gl-ema', 'canvas.plane') < 20);
  await figure.page.locator('gen-lab [data-layer=held_out]').check();
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).latest.probes.held_out);
  await figure.page.waitForTimeout(300);
  assert.ok(await figure.pixels('--gl-ema', 'canvas.plane') > 100);
  figure.quiet();
  await figure.close();
});

test('points drawn by hand are learned by both runs; the red point is out of the way meanwhile', async () => {
  const figure = await trained('preset=density', 1);
  await figure.page.locator('gen-lab [data-drawer=own] summary').first().click();
  await figure.page.locator('gen-lab [data-own=draw]').first().click();
  const canvas = figure.page.locator('gen-lab canvas.plane').first();
  const { x, y, width } = /** @type {{ x: number, y: number, width: number }} */ (await canvas.boundingBox());
  assert.ok(await figure.page.locator('gen-lab .red-point').first().isHidden());
  const said = await figure.text('.asked-says');
  for (const row of [0.4, 0.6]) {
    await figure.page.mouse.move(x + 0.3 * width, y + row * width);
    await figure.page.mouse.down();
    await figure.page.mouse.move(x + 0.7 * width, y + row * width, { steps: 20 });
    await figure.page.mouse.up();
  }
  assert.equal(await figure.text('.asked-says'), said, 'drawing asks nothing');
  await figure.page.locator('gen-lab [data-own=use]').first().click();
  await figure.page.waitForFunction(() => {
    const host = /** @type {any} */ (document.querySelector('gen-lab'));
    return [host, host.shadowRoot.querySelector('.twin gen-lab')].every((each) => each.settings.data === 'own');
  });
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 20));
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).latest?.step >= 20);
  await answered(figure);
  const learned = await figure.page.evaluate(() => Array.from(/** @type {Float32Array} */ (/** @type {any} */ (globalThis).latest.probes.real.values)));
  assert.ok(learned.length > 40);
  await figure.reads('.twin gen-lab .asked-says', /A GAN draws points/);
  for (const _ of ['the second run goes', 'another comes, with the same points']) await figure.page.locator('gen-lab [data-action=compare]').first().click();
  await figure.reads('.twin gen-lab .asked-says', EXPLICIT);
  assert.equal(await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.twin gen-lab').settings.data), 'own');
  figure.quiet();
  await figure.close();
});

test('points, digits and densities take turns in one figure, and the picture can be taken along', async () => {
  const figure = await trained('preset=density_gaussian', 1);
  for (const [preset, part] of [['ring8', 'canvas.plane'], ['dirac', 'canvas.plane'], ['density_vae', '.red-point'], ['ring8', 'canvas.plane']]) {
    await figure.page.locator('gen-lab .preset select').selectOption(preset);
    await figure.page.waitForFunction((id) => /** @type {any} */ (document.querySelector('gen-lab')).link.includes(`preset=${id}`), preset);
    await figure.page.locator(`gen-lab ${part}`).waitFor();
  }
  assert.ok(await figure.page.locator('gen-lab .red-point').isHidden());
  await figure.reads('.scale .unit', /D\(x\)/);
  assert.equal(await figure.text('.levels'), '');
  await figure.page.locator('gen-lab .preset select').selectOption('density_gaussian');
  await answered(figure);
  await figure.page.locator('gen-lab [data-drawer=take] summary').click();
  const [download] = await Promise.all([figure.page.waitForEvent('download'), figure.page.locator('gen-lab [data-take=svg]').click()]);
  const { readFile } = await import('node:fs/promises');
  assert.match((await readFile(/** @type {string} */ (await download.path()))).toString(), /#d4002a/i, 'the red point is in it');
  figure.quiet();
  await figure.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`axe-core finds nothing, ${colorScheme}, in both languages`, async () => {
    const figure = await trained('preset=density', 2, { colorScheme });
    await figure.reads('.twin gen-lab .asked-says', /A GAN/);
    for (const language of ['en', 'zh']) {
      await figure.page.locator(`button[data-lang=${language}]`).click();
      await figure.page.waitForTimeout(300);
      assert.deepEqual(await figure.violations(), [], language);
    }
    await figure.close();
  });
}
