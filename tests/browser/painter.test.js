// Faces: painted by their factors, put into words, and how G comes to them factor by factor.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** @param {string} link @param {number} steps */
async function trained(link, steps) {
  const figure = await chrome.figure(link);
  await figure.ready();
  await figure.page.evaluate((n) => /** @type {any} */ (document.querySelector('gen-lab')).step('both', n), steps);
  await figure.reaches(steps);
  return figure;
}

/** What a canvas shows. @param {import('./chrome.js').Figure} figure @param {string} selector */
const shown = (figure, selector) => figure.page.locator(`gen-lab ${selector}`).first().evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());

/** Until it shows something else. @param {import('./chrome.js').Figure} figure @param {string} selector @param {string} old */
async function changes(figure, selector, old) {
  await figure.page.waitForFunction(([of, before]) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector(of).toDataURL() !== before, [selector, old]);
}

test('a face is painted by keyboard, scored by D and read factor by factor', async () => {
  const figure = await trained('/#preset=faces16&device=flex', 60);
  assert.equal(await figure.page.locator('gen-lab [data-drawer=structure]').isVisible(), false, 'digits only');
  await figure.page.locator('gen-lab [data-drawer=painter] summary').focus();
  await figure.page.keyboard.press('Enter');
  await figure.reads('[data-painter=score]', /D\(x\) = -?[\d.]+: higher than \d+% of 500 test faces/);
  await figure.reads('[data-painter=read]', /reads every factor as you chose it/);
  const middle = await shown(figure, '.painted');
  const open = figure.page.locator('gen-lab [data-factor=open]');
  await open.focus();
  await figure.page.keyboard.press('End');
  await changes(figure, '.painted', middle);
  await figure.reads('.painter-factors label', /mouth open.*✓ read: (0\.[89]|1)/);
  assert.equal(await open.evaluate((control) => control === /** @type {any} */ (control.getRootNode()).activeElement), true, 'keeps the focus');

  const opened = await shown(figure, '.painted');
  await figure.page.locator('gen-lab [data-factor=hair]').selectOption({ label: 'pink' });
  await changes(figure, '.painted', opened);
  await figure.reads('.painter-factors label', /hair colour.*✓ read: pink/);
  await figure.page.locator('gen-lab [data-painter=middle]').click();
  await figure.page.waitForFunction((before) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.painted').toDataURL() === before, middle);
  figure.quiet();
  await figure.close();
});

test('what D taught G is told in the order of the steps, and each version stands beside its objections', async () => {
  const figure = await trained('/#preset=faces16&device=flex', 300);
  await figure.reads('.lessons-order', /in this order: .+ at step \d+/);
  const steps = [...(await figure.text('.lessons-order')).matchAll(/at step ([\d,]+)/g)].map(([, step]) => Number(step.replace(',', '')));
  assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
  assert.ok(steps.every((step) => step > 0 && step <= 300), steps.join());
  assert.equal(await figure.page.locator('gen-lab .lessons .u-series').count(), 11, 'the steps and ten factors');
  const label = await figure.page.locator('gen-lab .lessons-versions canvas').getAttribute('aria-label');
  assert.match(label ?? '', /steps 0, \d+/);
  figure.quiet();
  await figure.close();
});

test('ways through the codes of a VAE begin at the place of the plane’s marker', async () => {
  const figure = await trained('/#preset=faces_vae&device=flex&width=64', 100);
  await figure.page.locator('gen-lab canvas.codes').hover({ position: { x: 150, y: 160 } });
  await figure.reads('.placed-says', /Code \(/);
  const before = await figure.text('.placed-says');
  await figure.reads('[data-factors=read]', /Read from the picture: hair colour/);
  const far = figure.page.locator('gen-lab [data-factors=far]');
  await far.focus();
  for (let i = 0; i < 15; i += 1) await figure.page.keyboard.press('ArrowRight');
  await figure.page.waitForFunction((old) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.placed-says').textContent !== old, before);
  await far.fill('0');
  await figure.page.waitForFunction((old) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.placed-says').textContent === old, before);
  figure.quiet();
  await figure.close();
});

test('the captioner writes of test faces, and of a face of the reader’s own what could stand at each place', async () => {
  const figure = await trained('/#preset=faces_caption&device=flex', 200);
  assert.equal(await figure.page.locator('gen-lab .captions tr').count(), 8);
  await figure.reads('.captions tr:nth-child(1) .token.end', /end/);
  const face = figure.page.locator('gen-lab .captions button').nth(2);
  await face.focus();
  await figure.page.keyboard.press('Enter');
  await figure.reads('.captioned .caption', /end/);
  const first = await shown(figure, '.captioned canvas');
  assert.equal(first.length > 100, true);
  const rows = await figure.page.locator('gen-lab .choices tbody tr').count();
  assert.equal(rows, await figure.page.locator('gen-lab .captioned .token').count(), 'a row for each token, the end included');
  assert.equal(await figure.page.locator('gen-lab .choices .written').count(), rows);

  await figure.page.locator('gen-lab [data-drawer=painter] summary').click();
  await figure.page.locator('gen-lab [data-painter=random]').click();
  await changes(figure, '.captioned canvas', first);
  const caption = await figure.page.locator('gen-lab .captioned .caption').getAttribute('aria-label');
  assert.match(caption ?? '', /Caption: \S/);
  figure.quiet();
  await figure.close();
});
