// Makes the posters of the lecture's figures: `node xtask/posters.js [preset…]`, after a build. Each figure is trained in the built
// page for so many steps; its picture, light and dark, and the room that it takes go to www/posters/.
import { readFile, writeFile } from 'node:fs/promises';
import { open } from '../tests/browser/chrome.js';

/** Training steps, where a thousand are too few or take too long. @type {Record<string, number>} */
const STEPS = { collapse: 2000, dirac: 150, digits14: 1500, digits14_best: 1500, bars_gan: 3000, gap_strokes: 2500, strokes_vae: 2500, bars_d_positives_only: 200, bars_d_soft: 400, bars_d_argmax: 400, bars_d_generator: 400, sentences_en: 500, sentences_zh: 500, palindromes_autoregressive: 500, brackets_autoregressive: 500, palindromes_gan: 2000, halves_gan: 1500, halves_regression: 1500, line_gan: 1500, faces_text: 800, faces_colour: 800, faces_caption: 2000, faces_caption_zh: 2000 };
/** The picture, in CSS pixels and pixels for each. Of a higher one the upper part is kept: posters are to be light. */
const FORMAT = { width: 400, density: 1.25, highest: 400, quality: 0.6 };
const ROOM = { wide: { width: 1280, height: 900 }, narrow: { width: 375, height: 812 } };
const FILE = 'www/posters/posters.json';

const posters = JSON.parse(await readFile(FILE, 'utf8'));
const wanted = process.argv.slice(2);
const chrome = await open();

/** Brings a figure of the lecture to life. @param {import('playwright-core').Page} page @param {string} name */
async function arrive(page, name) {
  const stage = page.locator(`.stage[data-name="${name}"]`);
  await stage.evaluate((element) => {
    element.closest('[lang]')?.getAttribute('lang') === 'zh' && document.querySelector(/** @type {any} */ ('button[data-lang=zh]')).click();
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  await page.locator(`.stage[data-name="${name}"]:is(.alive, .unknown)`).waitFor({ timeout: 60_000 });
  return (await stage.getAttribute('class'))?.includes('alive') ? stage.locator('> gen-lab') : null;
}

/** How high it stands, once nothing grows any more. @param {import('playwright-core').Locator} figure */
async function heightOf(figure) {
  await figure.page().waitForTimeout(1500);
  return figure.evaluate((element) => /** @type {HTMLElement} */ (element).offsetHeight);
}

/** Its picture as a WebP file. @param {import('playwright-core').Locator} figure @param {'light' | 'dark'} colorScheme */
async function pictureOf(figure, colorScheme) {
  await figure.page().emulateMedia({ colorScheme });
  await figure.page().waitForTimeout(500);
  const { url, size } = await figure.evaluate((element, format) => {
    const whole = /** @type {any} */ (element).picture(format);
    const poster = Object.assign(document.createElement('canvas'), { width: whole.width, height: Math.min(whole.height, format.highest * format.density) });
    poster.getContext('2d')?.drawImage(whole, 0, 0);
    return { url: poster.toDataURL('image/webp', format.quality), size: [poster.width, poster.height].map((pixels) => Math.round(pixels / format.density)) };
  }, FORMAT);
  return { bytes: Buffer.from(url.split(',')[1], 'base64'), size };
}

/** @param {string} name @param {string} preset */
async function make(name, preset) {
  const room = /** @type {Record<string, number>} */ ({});
  const steps = STEPS[preset] ?? 1000;
  for (const [width, viewport] of Object.entries(ROOM)) {
    const { page } = await chrome.figure('/index.html', { viewport });
    const figure = await arrive(page, name);
    if (!figure) return console.log(`${name}: unknown to this build`);
    await figure.evaluate((element, limit) => {
      /** @type {any} */ (element).limit(limit);
      /** @type {any} */ (element).play();
      element.addEventListener('genlab:snapshot', (event) => /** @type {any} */ (event).detail.step >= limit && element.setAttribute('data-done', ''));
    }, width === 'wide' ? steps : 10);
    // What comes alive above may push it out of view, where it pauses.
    while ((await figure.getAttribute('data-done')) === null) {
      await page.waitForTimeout(1000);
      await figure.evaluate((element) => {
        if (/** @type {any} */ (element).playing) return;
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        /** @type {any} */ (element).play();
      });
    }
    room[width] = await heightOf(figure);
    if (width === 'wide') {
      const [light, dark] = [await pictureOf(figure, 'light'), await pictureOf(figure, 'dark')];
      await writeFile(`www/posters/${name}.webp`, light.bytes);
      await writeFile(`www/posters/${name}-dark.webp`, dark.bytes);
      posters[name] = { steps, seed: await figure.evaluate((element) => /** @type {any} */ (element).settings.seed ?? 1), size: light.size, room };
    }
    await page.context().close();
  }
  await writeFile(FILE, `${JSON.stringify(posters, null, 1)}\n`);
  console.log(`${name}: ${steps} steps, ${JSON.stringify(posters[name].room)}`);
}

const { page } = await chrome.figure('/index.html');
const all = await page.locator('.stage').evaluateAll((stages) => stages.map((stage) => ({
  name: /** @type {HTMLElement} */ (stage).dataset.name ?? '',
  preset: /** @type {HTMLTemplateElement} */ (stage.querySelector('template')).content.firstElementChild?.getAttribute('preset') ?? '',
})));
await page.context().close();
for (const { name, preset } of all) if (!wanted.length || wanted.includes(preset)) await make(name, preset);
await chrome.close();
