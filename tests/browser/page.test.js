// The lecture page: light to open, alive where the reader is, readable on paper, in either language.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { DIST, open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** @typedef {import('./chrome.js').Figure} Figure */
/** @typedef {import('playwright-core').Page} Page */

const LECTURE = '/index.html';

/** Counts the workers that are at work, exactly: a page hears of their end too late. @param {Page} page */
const countWorkers = (page) =>
  page.addInitScript(() => {
    const count = { now: 0, most: 0 };
    Object.assign(globalThis, { workers: count });
    const Plain = Worker;
    globalThis.Worker = class extends Plain {
      #ended = false;
      constructor(/** @type {string | URL} */ url, /** @type {WorkerOptions | undefined} */ options) {
        super(url, options);
        count.now += 1;
        count.most = Math.max(count.most, count.now);
      }
      terminate() {
        if (!this.#ended) count.now -= 1;
        this.#ended = true;
        super.terminate();
      }
    };
  });

const workers = (/** @type {Page} */ page) => page.evaluate(() => /** @type {any} */ (globalThis).workers);

/** @param {Page} page @param {string} name */
const goTo = (page, name) => page.locator(`.stage[data-name="${name}"]`).evaluate((stage) => stage.scrollIntoView({ block: 'center', behavior: 'instant' }));

/** Scrolls to a figure, until it is alive. @param {Page} page @param {string} name */
async function visit(page, name) {
  await goTo(page, name);
  await page.locator(`.stage[data-name="${name}"].alive`).waitFor({ timeout: 60_000 });
  return page.locator(`.stage[data-name="${name}"] > gen-lab`);
}

/** @param {import('playwright-core').Locator} figure */
const stepOf = (figure) => figure.evaluate((element) => Number(/** @type {any} */ (element).shadowRoot.querySelector('.status').textContent.replaceAll(',', '').match(/\d+/)?.[0] ?? -1));

/** Until a figure has shown this step. @param {import('playwright-core').Locator} figure @param {number} step */
async function reaches(figure, step, timeout = 90_000) {
  for (const begun = Date.now(); (await stepOf(figure)) < step; await new Promise((resolve) => setTimeout(resolve, 20))) {
    assert.ok(Date.now() - begun < timeout, `step ${await stepOf(figure)}, not ${step}, after ${timeout} ms`);
  }
}

/** The losses of D of a figure, step by step, from now on. @param {import('playwright-core').Locator} figure */
const keepLosses = (figure) =>
  figure.evaluate((element) => {
    const losses = /** @type {number[]} */ ([]);
    Object.assign(element, { losses });
    element.addEventListener('genlab:snapshot', (event) => losses.push(...(/** @type {any} */ (event).detail.curves.loss_d ?? [])));
  });

/** @param {import('playwright-core').Locator} figure @returns {Promise<number[]>} */
const losses = (figure) => figure.evaluate((element) => /** @type {any} */ (element).losses);

test('before any figure starts, the page is readable within a second and has taken at most 200 KB', async () => {
  let bytes = 0;
  const figure = await chrome.figure(LECTURE, {
    prepare: async (/** @type {Page} */ page) => {
      const network = await page.context().newCDPSession(page);
      await network.send('Network.enable');
      let figures = false;
      network.on('Network.requestWillBeSent', ({ request }) => (figures ||= request.url.endsWith('/lab.js')));
      network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += figures ? 0 : encodedDataLength));
    },
  });
  const { page } = figure;
  await page.waitForTimeout(1500);
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  console.log(`${(bytes / 1e3).toFixed(0)} KB before any figure; first text after ${painted.toFixed(0)} ms`);
  assert.ok(bytes > 50_000 && bytes <= 200_000, `${bytes} bytes`);
  assert.ok(painted < 1000, `${painted} ms`);
  figure.quiet();
  await figure.close();
});

test('WebAssembly is compiled while it streams in', async () => {
  const figure = await chrome.figure(LECTURE, {
    prepare: (/** @type {Page} */ page) => page.route('**/www/worker.js', async (route) => {
      const response = await route.fetch();
      const spy = `const stream = WebAssembly.instantiateStreaming; WebAssembly.instantiateStreaming = async (...of) => { const done = await stream(...of); console.log('streamed'); return done; };\n`;
      await route.fulfill({ response, body: (await response.text()).replace(/^(?=\/\*\* @typedef)/m, spy) });
    }),
  });
  const streamed = figure.page.waitForEvent('console', { predicate: (message) => message.text() === 'streamed', timeout: 60_000 });
  await visit(figure.page, 'moons');
  await streamed;
  figure.quiet();
  await figure.close();
});

test('nothing jumps on the way down, and never more than two workers run', async () => {
  const figure = await chrome.figure(LECTURE, { prepare: countWorkers });
  const { page } = figure;
  const rooms = () => page.locator('.stage:has(img)').evaluateAll((stages) => stages.map((stage) => [/** @type {HTMLElement} */ (stage).dataset.name, /** @type {HTMLElement} */ (stage).offsetHeight]));
  const reserved = new Map(/** @type {[string, number][]} */ (await rooms()));
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 450) {
    await page.evaluate((top) => scrollTo({ top, behavior: 'instant' }), y);
    await page.waitForTimeout(400);
    await page.locator('gen-lab').evaluateAll((all) => all.forEach((element) => /** @type {any} */ (element).play()));
  }
  const { most } = await workers(page);
  assert.equal(most, 2);
  const moved = (/** @type {[string, number][]} */ (await rooms())).map(([name, now]) => `${name}: ${now - (reserved.get(name) ?? 0)} px`);
  assert.deepEqual(moved.filter((text) => Math.abs(parseInt(text.split(': ')[1], 10)) > 24), [], 'what stands below the figures has moved');
  figure.quiet();
  await figure.close();
});

test('a figure that lost its worker goes on from where it stood, as if nothing had been', async () => {
  const figure = await chrome.figure(LECTURE, { prepare: countWorkers });
  const { page } = figure;
  const ring = await visit(page, 'ring8');
  await keepLosses(ring);
  await ring.evaluate((element) => /** @type {any} */ (element).step('both', 20));
  await reaches(ring, 20);
  for (const other of ['bars_gan', 'codes_ae', 'digits14_ae']) await visit(page, other);
  assert.equal(await ring.evaluate((element) => /** @type {any} */ (element).resting), true, 'it rests');
  await visit(page, 'ring8');
  await page.waitForFunction(() => !(/** @type {any} */ (document.querySelector('[data-name=ring8] gen-lab')).resting));
  await page.waitForFunction(() => /^step 20$/.test(/** @type {any} */ (document.querySelector('[data-name=ring8] gen-lab')).shadowRoot.querySelector('.status').textContent));
  await ring.evaluate((element) => /** @type {any} */ (element).step('both', 20));
  await reaches(ring, 40);
  const interrupted = await losses(ring);
  const whole = await (await chrome.figure('/#preset=ring8')).ready();
  await whole.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 40));
  await whole.reaches(40);
  assert.deepEqual(interrupted, (await whole.losses(40)).d);
  figure.quiet();
  await whole.close();
  await figure.close();
});

test('a figure pauses when it leaves the view, and goes on when it comes back', async () => {
  const figure = await chrome.figure(LECTURE);
  const { page } = figure;
  const moons = await visit(page, 'moons');
  await moons.evaluate((element) => /** @type {any} */ (element).play());
  await reaches(moons, 20);
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await page.waitForFunction(() => !(/** @type {any} */ (document.querySelector('[data-name=moons] gen-lab')).playing));
  await page.waitForTimeout(300);
  const left = await stepOf(moons);
  await page.waitForTimeout(700);
  assert.equal(await stepOf(moons), left);
  await goTo(page, 'moons');
  await reaches(moons, left + 10);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  assert.equal(await moons.evaluate((element) => /** @type {any} */ (element).playing), false);
  figure.quiet();
  await figure.close();
});

test('the poster’s button starts the figure and trains it', async () => {
  const figure = await chrome.figure(LECTURE);
  const { page } = figure;
  // At once, before it could come alive by itself.
  await page.evaluate(() => {
    const stage = /** @type {HTMLElement} */ (document.querySelector('[data-name=moons]'));
    stage.scrollIntoView({ block: 'center', behavior: 'instant' });
    /** @type {HTMLElement} */ (stage.querySelector('.start')).click();
  });
  await page.locator('[data-name=moons].alive').waitFor({ timeout: 60_000 });
  await reaches(page.locator('[data-name=moons] gen-lab'), 5);
  figure.quiet();
  await figure.close();
});

test('what anyone does with a resting figure wakes it', async () => {
  const figure = await chrome.figure(LECTURE);
  const moons = await visit(figure.page, 'moons');
  await moons.evaluate((element) => /** @type {any} */ (element).rest());
  await figure.page.locator('[data-name=moons] [data-action=step_both]').click();
  await reaches(moons, 1);
  figure.quiet();
  await figure.close();
});

/** @typedef {{ live: number, ema: number, chance: number }} Reading */
/** Of each figure: after so many steps, which measure is to say what. @type {Record<string, [number, string, (reading: Reading) => boolean]>} */
const SANE = {
  density: [60, 'held_out_nats', ({ live, chance }) => live < chance - 1],
  classes: [3, 'accuracy', ({ live }) => live > 0.85],
  digits14: [300, 'frechet', ({ live, chance }) => live < 0.7 * chance],
  moons: [400, 'precision', ({ ema, chance }) => ema > chance],
  line_best_d: [500, 'gap', ({ live }) => live < 0.12],
  faces16: [300, 'frechet', ({ ema, chance }) => ema < 0.2 * chance],
  'faces16-seed-2': [300, 'tv_hair', ({ ema }) => ema < 0.2],
  collapse: [2000, 'modes', ({ live }) => live <= 2],
  ring8: [500, 'modes', ({ live }) => live === 8],
  bars_gan: [1500, 'validity', ({ live }) => live > 0.2],
  sentences_en: [300, 'valid', ({ live }) => live > 0.8],
  sentences_zh: [300, 'valid', ({ live }) => live > 0.8],
  faces_caption: [1000, 'attributes_seen', ({ live }) => live > 0.7],
  faces_caption_zh: [1000, 'attributes_seen', ({ live }) => live > 0.7],
  halves_gan: [400, 'frechet', ({ live, chance }) => live < 0.4 * chance],
  faces_text: [500, 'attributes_seen', ({ ema }) => ema > 0.85],
  'faces_text-seed-2': [500, 'attributes_unseen', ({ ema }) => ema > 0.8],
  faces_colour: [600, 'tv_hair', ({ ema }) => ema < 0.3], // six seeds: 0.10 to 0.19, pixel error alone 0.86
  brackets_autoregressive: [300, 'valid', ({ live }) => live > 0.8],
  palindromes_gan: [700, 'valid', ({ live }) => live > 0.4],
  palindromes_autoregressive: [300, 'valid', ({ live }) => live > 0.8],
  bars_d_soft: [300, 'top30_precision', ({ live }) => live > 0.3],
  halves_regression: [400, 'pixel_error', ({ live, chance }) => live < 0.8 * chance],
  bars_d_positives_only: [200, 'share_above_zero', ({ live }) => live > 0.99],
  bars_d_argmax: [200, 'share_above_zero', ({ live }) => live < 0.6],
  line_gan: [600, 'w1', ({ ema }) => ema < 0.4],
  bars_d_generator: [200, 'share_above_zero', ({ live }) => live < 0.6],
  digits14_best: [300, 'frechet', ({ live, chance }) => live < 0.7 * chance],
};
/** Steps of the others: their curves stay finite, and an autoencoder’s loss falls. */
const SOME = 150;

/** Trains a figure so far: its measures there, and its curves at the beginning and at the end. @param {import('playwright-core').Locator} live @param {number} steps @returns {Promise<{ metrics: (Reading & { id: string })[], curves: Record<string, [number, number]>, diverged: number | null }>} */
const outcome = (live, steps) =>
  live.evaluate((element, wanted) => new Promise((resolve) => {
    /** @type {Record<string, [number, number]>} */ const curves = {};
    element.addEventListener('genlab:snapshot', (event) => {
      if (event.target !== element) return;
      const { step, metrics, curves: { first, ...added }, health } = /** @type {any} */ (event).detail;
      for (const [id, values] of Object.entries(added)) if (values.length) curves[id] = [curves[id]?.[0] ?? values[0], values.at(-1)];
      if (step >= wanted && (metrics.length || /** @type {any} */ (element).model.metrics.length === 0)) resolve({ metrics, curves, diverged: health.diverged_at });
    });
    /** @type {any} */ (element).step('both', wanted);
  }), steps);

/** The figures of the page as it was built. */
const FIGURES = [...(await readFile(`${DIST}/index.html`, 'utf8')).matchAll(/data-name="([\w-]+)"/g)].map(([, name]) => name);

for (const name of FIGURES) {
  test(`the figure ${name} trains, and learns what it is there to show`, async () => {
    const figure = await chrome.figure(`${LECTURE}?lang=${name.endsWith('_zh') ? 'zh' : 'en'}`);
    const [steps, metric, holds] = SANE[name] ?? [SOME];
    const { metrics, curves, diverged } = await outcome(await visit(figure.page, name), steps);
    assert.ok(diverged === null && Object.values(curves).flat().every((value) => value === null || Number.isFinite(value) || Number.isNaN(value)), JSON.stringify(curves));
    const { reconstruction } = curves;
    assert.ok(!reconstruction || reconstruction[1] < 0.8 * reconstruction[0], `${reconstruction}`);
    const reading = metrics.find(({ id }) => id === metric);
    assert.ok(!holds || (reading && holds(reading)), JSON.stringify(reading));
    figure.quiet();
    await figure.close();
  });
}

test('every claim that is checked belongs to a figure of the page', () => {
  assert.deepEqual(Object.keys(SANE).filter((name) => !FIGURES.includes(name)), []);
});

/** What is to be read, piece by piece, of one's own language. @param {Page} page */
const texts = (page) =>
  page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, .opening p, section > p, section > ol:not(.references) li, figcaption p, .contents a, .contents summary, .to-laboratory, td, th[scope=row], mtext, header a:not(.brand a), footer p')]
    .filter((element) => /** @type {any} */ (element).checkVisibility())
    .map((element) => (/** @type {HTMLElement} */ (element).innerText ?? element.textContent).trim())
    .filter((text) => text && text !== 'data')); // an index of p

test('switching the language changes every text and keeps every run', async () => {
  const figure = await chrome.figure(`${LECTURE}?lang=en`);
  const { page } = figure;
  const moons = await visit(page, 'moons');
  await moons.evaluate((element) => /** @type {any} */ (element).step('both', 5));
  await reaches(moons, 5);
  const english = await texts(page);
  assert.deepEqual(english.filter((text) => /[\u4e00-\u9fff]/.test(text)), []);
  await moons.evaluate((element) => Object.assign(globalThis, { kept: element }));
  await page.locator('button[data-lang=zh]').click();
  const chinese = await texts(page);
  assert.deepEqual(chinese.filter((text) => !/[\u4e00-\u9fff]/.test(text)), []);
  assert.ok(Math.abs(chinese.length - english.length) <= 1, `${english.length} texts, ${chinese.length} in Chinese`);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN');
  assert.match(await page.title(), /讲义/);
  assert.match(String(await moons.locator('[data-action=play]').textContent()), /播放/);
  assert.equal(await stepOf(moons), 5);
  assert.equal(await page.evaluate(() => document.querySelector('[data-name=moons] gen-lab') === /** @type {any} */ (globalThis).kept), true);
  figure.quiet();
  await figure.close();
});

test('a link to a section leads there, and the contents say so', async () => {
  const figure = await chrome.figure(`${LECTURE}#vae`);
  await figure.page.locator('.contents a[href="#vae"][aria-current]').waitFor();
  // Fonts arrive after the contents know the place, and may move what stands above it.
  await figure.page.waitForFunction(() => document.fonts.status === 'loaded' && Math.abs(document.querySelector('#vae')?.getBoundingClientRect().top ?? NaN) < 60);
  await figure.page.locator('.contents a[href="#methods"]').click();
  await figure.page.locator('.contents a[href="#methods"][aria-current]').waitFor();
  figure.quiet();
  await figure.close();
});

test('old links to the figure lead to the laboratory with all they hold', async () => {
  for (const page of ['/index.html?lang=zh#preset=moons&seed=3&device=flex', '/index.html?lang=zh#device=flex&seed=3&preset=moons']) {
    const figure = await (await chrome.figure(page)).ready();
    assert.match(figure.page.url(), /\/www\/laboratory\.html\?lang=zh#/);
    const { seed, data } = await figure.settings();
    assert.deepEqual([Number(seed), data], [3, 'moons']);
    figure.quiet();
    await figure.close();
  }
});

test('from a figure to the laboratory, with the settings of now', async () => {
  const figure = await chrome.figure(LECTURE);
  const moons = await visit(figure.page, 'moons');
  await moons.evaluate((element) => /** @type {any} */ (element).change({ seed: 7 }));
  await figure.page.waitForFunction(() => /seed=7/.test(/** @type {any} */ (document.querySelector('[data-name=moons] gen-lab')).link));
  await figure.page.locator('figure:has([data-name=moons]) .to-laboratory').click();
  await figure.page.waitForURL(/laboratory\.html.*#preset=moons&seed=7/);
  await figure.ready();
  figure.quiet();
  await figure.close();
});

for (const colorScheme of /** @type {('light' | 'dark')[]} */ (['light', 'dark'])) {
  for (const width of [1280, 375]) {
    test(`axe-core finds nothing in either language, ${colorScheme}, ${width} px wide`, async () => {
      const figure = await chrome.figure(LECTURE, { colorScheme, viewport: { width, height: 800 } });
      const { page } = figure;
      await visit(page, 'moons');
      for (const lang of ['en', 'zh']) {
        await page.locator(`button[data-lang=${lang}]`).click();
        assert.deepEqual(await figure.violations(), [], lang);
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the screen');
      figure.quiet();
      await figure.close();
    });
  }
}

test('on paper every figure that has a poster or a run shows a picture', async () => {
  const figure = await chrome.figure(LECTURE, { bypassCSP: true }); // for the style that takes the pictures away
  const { page } = figure;
  const moons = await visit(page, 'moons');
  await moons.evaluate((element) => /** @type {any} */ (element).step('both', 5));
  await reaches(moons, 5);
  await page.evaluate(() => {
    addEventListener('beforeprint', () => queueMicrotask(() => {
      Object.assign(globalThis, { runs: [...document.querySelectorAll('.stage:has(canvas.printed)')].map((stage) => /** @type {HTMLElement} */ (stage).dataset.name) });
    }));
  });
  // Not every Chromium waits here, as it does at its own dialogue, for pictures that are loaded late.
  await page.locator('.poster img').evaluateAll((images) => Promise.all(images.map((image) => {
    const picture = /** @type {HTMLImageElement} */ (image);
    picture.loading = 'eager';
    return picture.decode();
  })));
  const pdf = await page.pdf({ format: 'A4' });
  const runs = /** @type {string[]} */ (await page.evaluate(() => /** @type {any} */ (globalThis).runs));
  assert.ok(runs.includes('moons'), 'the run, not the poster');
  const posters = await page.locator('.poster img').evaluateAll((images) => images.map((image) => /** @type {HTMLImageElement} */ (image).naturalWidth));
  assert.ok(posters.length > 0 && posters.every((width) => width > 0), `posters: ${posters}`);
  await page.addStyleTag({ content: '.poster img, .printed { display: none !important; }' });
  const bare = await page.pdf({ format: 'A4' });
  const count = (/** @type {Buffer} */ file) => file.toString('latin1').match(/\/Subtype \/Image/g)?.length ?? 0;
  const pictures = count(pdf) - count(bare); // some fonts are pictures too
  console.log(`${pictures} pictures in the PDF for ${posters.length} figures with posters`);
  // All but the other language's; and what is drawn of a run may be lines on paper instead of pixels.
  assert.ok(pictures >= posters.length - 1 - runs.length, `${pictures}, and ${runs.length} runs`);
  assert.equal(await page.locator('canvas.printed').count(), 0, 'the page is as it was');
  figure.quiet();
  await figure.close();
});
