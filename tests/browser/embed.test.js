// The figure in other people's notes: which parts it shows, the address that embeds it, what it hears of the page around it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './chrome.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

const SMALL = 'device=flex&width_g=16&width_d=16&fourier=0';
const embed = async (/** @type {string} */ link) => (await chrome.figure(`/www/embed.html#${SMALL}&${link}`)).ready();
/** Which parts are to be seen. @param {import('./chrome.js').Figure} figure @param {string[]} selectors */
const seen = async (figure, selectors) => {
  const visible = await Promise.all(selectors.map((selector) => figure.page.locator(`gen-lab ${selector}`).first().isVisible()));
  return selectors.filter((_, i) => visible[i]);
};
const SELECTORS = ['.preset', '.look-at', '.transport', '.pace', '.status', '.readings-table', 'canvas.plane', '.scale', '.panel'];
/** The probes that came with the last snapshot. @param {import('./chrome.js').Figure} figure @returns {Promise<string[]>} */
const probes = (figure) => figure.page.evaluate(() => new Promise((resolve) => {
  document.querySelector('gen-lab')?.addEventListener('genlab:snapshot', (event) => resolve(Object.keys(/** @type {any} */ (event).detail.probes)), { once: true });
}));

test('a link shows the parts it names, keeps them in the address, and computes nothing that nobody sees', async () => {
  const figure = await embed('preset=ring8&show=transport+status+measures');
  await figure.click('play');
  await figure.reaches(20);
  assert.deepEqual(await seen(figure, SELECTORS), ['.transport', '.status', '.readings-table']);
  assert.deepEqual(await probes(figure), []);
  await figure.page.waitForFunction(() => location.hash.includes('show=transport+status+measures'));
  await figure.page.evaluate(() => document.querySelector('gen-lab')?.setAttribute('hide', 'status'));
  assert.deepEqual(await seen(figure, SELECTORS), ['.transport', '.readings-table']);
  figure.quiet();
  await figure.close();
});

test('attributes choose figure, seed and parts, and may change later', async () => {
  const figure = await embed('');
  await figure.page.evaluate((settings) => {
    const made = document.createElement('gen-lab');
    for (const [name, value] of Object.entries({ figure: 'moons', seed: '3', settings, show: 'picture' })) made.setAttribute(name, value);
    document.body.replaceChildren(made);
  }, SMALL);
  await figure.ready();
  const { data, seed } = await figure.settings();
  assert.deepEqual([data, seed], ['moons', 3]);
  assert.deepEqual(await seen(figure, SELECTORS), ['canvas.plane']);
  await figure.page.locator('gen-lab').evaluate((element) => {
    element.setAttribute('figure', 'grid25');
    element.setAttribute('seed', '4');
    element.removeAttribute('show');
  });
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.data === 'grid25');
  assert.equal((await figure.settings()).seed, 4);
  assert.equal((await seen(figure, SELECTORS)).length, SELECTORS.length - 1, 'all but the metrics, which come with the first step');
  figure.quiet();
  await figure.close();
});

test('an unknown part is a sentence with the possible names, in both languages, and the figure goes on', async () => {
  const figure = await embed('show=picture+everything&seed=2');
  await figure.reads('.notice p', /^show = everything was not taken: it must be one of preset, look-at, transport/);
  assert.deepEqual(await seen(figure, SELECTORS), ['canvas.plane']);
  await figure.page.evaluate(() => document.querySelector('gen-lab')?.setAttribute('lang', 'zh'));
  await figure.reads('.notice p', /^未采用 show = everything：只能是 preset、look-at/);
  await figure.page.locator('gen-lab').focus();
  await figure.page.keyboard.press('Space');
  await figure.reaches(10);
  figure.quiet();
  await figure.close();
});
