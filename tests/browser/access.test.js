// Everyone can use it: axe-core's rules, the keyboard alone, reduced motion, small screens.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

const LINK = '/#device=flex&width_g=16&width_d=16&fourier=0';

for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
  test(`axe-core finds nothing, ${colorScheme}, everything open, in both languages`, async () => {
    const figure = await (await chrome.figure(LINK, { colorScheme })).ready();
    await figure.click('step_both');
    await figure.reaches(1);
    for (const drawer of await figure.page.locator('gen-lab summary').all()) if ((await drawer.isVisible()) && !(await drawer.evaluate((e) => /** @type {any} */ (e.parentElement).open))) await drawer.click();
    assert.deepEqual(await figure.violations(), []);
    for (const tab of ['curves', 'algorithm']) {
      await figure.page.locator(`gen-lab [data-tab=${tab}]`).click();
      assert.deepEqual(await figure.violations(), [], tab);
    }
    await figure.page.locator('button[data-lang=zh]').click();
    assert.deepEqual(await figure.violations(), [], 'zh');
    await figure.close();
  });
}

for (const [link, step] of [['/#preset=digits14&device=flex&width_g=16&width_d=16', 'step_both'], ['/#preset=codes_vae&device=flex&width=16', 'step_one'], ['/#preset=bars_d_random&device=flex', 'step_one'], ['/#preset=dirac', 'step_both'], ['/#preset=line_gan&device=flex', 'step_both'], ['/#preset=brackets_autoregressive&device=flex', 'step_one'], ['/#preset=classes&device=flex', 'step_one'], ['/#preset=halves_gan&device=flex&width_g=16&width_d=16', 'step_both'], ['/#preset=faces16&device=flex&width_g=16&width_d=16', 'step_both'], ['/#preset=faces_caption&device=flex', 'step_one']]) {
  test(`axe-core finds nothing at ${link}, everything open`, async () => {
    const figure = await (await chrome.figure(link)).ready();
    await figure.click(step);
    await figure.reaches(1);
    for (const drawer of await figure.page.locator('gen-lab summary').all()) if (await drawer.isVisible()) await drawer.click();
    await figure.page.waitForTimeout(500);
    assert.deepEqual(await figure.violations(), []);
    await figure.close();
  });
}

test('the keyboard alone reaches every control and trains', async () => {
  const figure = await (await chrome.figure(LINK)).ready();
  const reached = new Set();
  for (let i = 0; i < 60; i += 1) {
    await figure.page.keyboard.press('Tab');
    reached.add(await figure.page.evaluate(() => {
      const element = document.activeElement?.shadowRoot?.activeElement;
      return /** @type {any} */ (element)?.dataset?.action ?? /** @type {any} */ (element)?.dataset?.layer ?? element?.tagName ?? '';
    }));
  }
  for (const name of ['play', 'step_line', 'step_d', 'compare', 'landscape', 'slope', 'SELECT', 'SUMMARY', 'INPUT']) assert.ok(reached.has(name), `${name} among ${[...reached].join(', ')}`);
  await figure.page.locator('gen-lab').focus();
  await figure.page.keyboard.press('l');
  await figure.reads('.listing .lit', /sample/);
  await figure.page.keyboard.press('p');
  await figure.page.keyboard.press('p');
  await figure.reaches(1);
  await figure.close();
});

test('with reduced motion nothing moves by itself, and everything still works', async () => {
  const figure = await (await chrome.figure(LINK, { reducedMotion: 'reduce' })).ready();
  await figure.page.locator('gen-lab [data-layer=manifold]').check();
  await figure.click('step_both');
  await figure.reaches(1);
  const running = await figure.page.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
  assert.equal(running, 0);
  await figure.close();
});

// 640 CSS pixels are 1280 at a zoom of 200 %.
for (const width of [360, 640]) {
  test(`nothing is wider than ${width} px, with every kind of model`, async () => {
    const links = ['ring8&width_g=16&width_d=16', 'line_gan', 'density', 'classes', 'dirac', 'codes_vae&width=16', 'digits14&width_g=16&width_d=16', 'bars_d_random', 'sentences_en', 'brackets_autoregressive', 'faces16&width_g=16&width_d=16', 'faces_caption'];
    for (const path of ['/index.html', ...links.map((link) => `/#device=flex&preset=${link}`)]) {
      const figure = await chrome.figure(path, { viewport: { width, height: 800 } });
      if (path !== '/index.html') {
        await figure.ready();
        await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 1));
        await figure.reaches(1);
      }
      await figure.page.waitForTimeout(300);
      const [wide, given] = await figure.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= given, `${path}: ${wide} px`);
      figure.quiet();
      await figure.close();
    }
  });
}
