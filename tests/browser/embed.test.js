// The figure in other people's notes: which parts it shows, the address that embeds it, what it hears of the page around it.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

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
  await figure.page.locator('gen-lab .readings-table').waitFor();
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
  await figure.page.locator('gen-lab .readings-table').waitFor(); // it follows the first picture
  assert.deepEqual(await seen(figure, SELECTORS), SELECTORS);
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

/** A page of notes with a figure in an iframe. @param {string} address what follows embed.html @param {string} [rest] more of the page */
async function notes(address, rest = '') {
  const html = `<!doctype html><title>notes</title><body>${rest}<iframe src="/www/embed.html${address}" title="GenLab" width="800" height="300"></iframe>`;
  const page = await chrome.figure('/notes.html', { prepare: (/** @type {import('playwright-core').Page} */ page) => page.route('**/notes.html', (route) => route.fulfill({ contentType: 'text/html', body: html })) });
  const say = (/** @type {unknown} */ message) => page.page.evaluate((data) => document.querySelector('iframe')?.contentWindow?.postMessage(data, '*'), message);
  return { page, figure: await page.within(), say };
}

test('an iframe tells its height, and the page around it may follow', async () => {
  const { page, figure } = await notes(`#${SMALL}&show=transport+picture`, '<script src="/www/fit_iframes.js"></script>');
  await figure.ready();
  const height = () => page.page.evaluate(() => document.querySelector('iframe')?.getBoundingClientRect().height ?? 0);
  await page.page.waitForFunction(() => (document.querySelector('iframe')?.getBoundingClientRect().height ?? 0) > 500);
  const tall = await height();
  await figure.page.evaluate(() => document.querySelector('gen-lab')?.setAttribute('show', 'transport'));
  await page.page.waitForFunction(() => (document.querySelector('iframe')?.getBoundingClientRect().height ?? 999) < 200);
  assert.ok(tall > (await height()) + 400);
  page.quiet();
  await page.close();
});

test('messages in the documented form play, pause and change settings; slides of reveal.js too', async () => {
  const { page, figure, say } = await notes(`#${SMALL}`);
  await figure.ready();
  await say({ type: 'genlab:play' });
  await figure.reaches(20);
  await say({ type: 'genlab:pause' });
  await figure.reads('[data-action=play]', /Play/);
  await say('slide:start');
  await figure.reads('[data-action=play]', /Pause/);
  await say({ type: 'genlab:settings', settings: { lr_d: 0.002 }, hide: 'panels', theme: 'dark', lang: 'zh' });
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.lr_d === 0.002);
  await figure.reads('[data-action=play]', /暂停/);
  assert.equal(await figure.page.locator('gen-lab .panel').first().isVisible(), false);
  assert.equal(await figure.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  await say('slide:stop');
  await figure.reads('[data-action=play]', /播放/);
  await say({ type: 'genlab:settings', settings: { preset: 'moons', device: 'flex', seed: 5 } });
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.data === 'moons');
  assert.equal(await figure.page.locator('gen-lab .panel').first().isVisible(), false, 'the parts on show stay');
  page.quiet();
  await page.close();
});

test('the address chooses theme and language; a poster loads nothing before it is pressed', async () => {
  const { page, figure } = await notes(`?poster&theme=dark&lang=zh#${SMALL}`);
  /** @type {string[]} */
  const asked = [];
  page.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await figure.page.locator('button', { hasText: '播放' }).waitFor();
  await figure.page.waitForTimeout(500);
  assert.deepEqual(asked.filter((path) => /lab|worker|wasm/.test(path)), []);
  assert.equal(await figure.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  await figure.page.locator('button').click();
  await figure.ready();
  await figure.reaches(10);
  await figure.reads('.status', /第 [\d,]+ 步/);
  page.quiet();
  await page.close();
});

test('the whole figure runs under the page’s own policy', async () => {
  for (const link of ['preset=ring8', 'preset=codes_vae&device=flex&width=16', 'preset=digits14&device=flex&width_g=16&width_d=16', 'preset=bars_d_random&device=flex', 'preset=dirac']) {
    const figure = await (await chrome.figure(`/www/embed.html#${link.includes('ring8') ? `${SMALL}&` : ''}${link}`)).ready();
    await figure.click('play');
    await figure.reaches(20);
    for (const drawer of await figure.page.locator('gen-lab summary').all()) if (await drawer.isVisible()) await drawer.click();
    await figure.page.locator('gen-lab [data-drawer=take] > summary').click();
    await figure.page.locator('gen-lab [data-drawer=take] > summary').click();
    for (const kind of ['png', 'svg', 'csv']) {
      await Promise.all([figure.page.waitForEvent('download'), figure.page.locator(`gen-lab [data-take=${kind}]`).click()]);
    }
    figure.quiet();
    await figure.close();
  }
});

test('the policy lets no script in that is not a file of the same host', async () => {
  const figure = await embed('');
  const ran = await figure.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
    const image = document.createElement('div');
    image.innerHTML = '<img src="x" onerror="globalThis.ran = true">';
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return /** @type {any} */ (globalThis).ran === true;
  });
  assert.equal(ran, false);
  assert.ok(figure.complaints.some((text) => text.includes('Content Security Policy')), 'the browser says why');
  await figure.close();
});

test('"Use this figure" writes the run on show, and what was copied is the same figure', async () => {
  const figure = await (await chrome.figure(`/www/embed.html?lang=en#${SMALL}&preset=moons&seed=3&hide=pace`, { permissions: ['clipboard-read', 'clipboard-write'] })).ready();
  await figure.page.locator('gen-lab [data-drawer=use] > summary').click();
  for (const part of ['galleries', 'measures']) await figure.page.locator(`gen-lab [data-use-part=${part}]`).uncheck();
  await figure.page.locator('gen-lab [data-use=theme]').selectOption('dark');
  await figure.reads('[data-snippet=element]', /<gen-lab figure="moons" seed="3" settings="[^"]*width_g=16[^"]*" hide="pace measures galleries" theme="dark"><\/gen-lab>/);
  for (const way of ['notebook', 'npm']) await figure.reads(`[data-snippet=${way}]`, /moons/);
  await figure.page.locator('gen-lab [data-use-copy=iframe]').click();
  await figure.reads('.use-says', /Copied/);
  const copied = await figure.page.evaluate(() => navigator.clipboard.readText());
  const src = /src="([^"]+embed\.html[^"]+)"/.exec(copied)?.[1].replaceAll('&amp;', '&') ?? '';
  const other = await (await chrome.figure(src)).ready();
  const { device, ...settings } = await figure.settings();
  assert.deepEqual(await other.settings(), { device, ...settings });
  assert.deepEqual(await seen(other, SELECTORS), ['.preset', '.look-at', '.transport', '.status', 'canvas.plane', '.scale', '.panel']);
  for (const each of [figure, other]) {
    each.quiet();
    await each.close();
  }
});
