// Models of pictures: what they load, what they show, and what the reader can do with codes and dials.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

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

test('a picture’s way through the networks; the decoder taken out is a generator, fed by a draw or by the plane', async () => {
  const figure = await figureAt('/#preset=codes_vae&device=flex&width=64');
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 100));
  await figure.reaches(100);
  await figure.page.locator('gen-lab [data-drawer=passage] summary').click();
  await figure.reads('.passage [data-value=code]', /\d/);
  const numbers = (/** @type {string} */ text) => (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  const code = async (of = 'code') => numbers(await figure.text(`.passage [data-value=${of}]`));
  const output = () => figure.page.locator('gen-lab .passage-output').evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const act = (/** @type {string} */ name) => figure.page.locator(`gen-lab [data-passage=${name}]`).click();
  const changesFrom = async (/** @type {string} */ old) => {
    await figure.page.waitForFunction((before) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.passage-output').toDataURL() !== before, old);
    return output();
  };

  const [originals, thumbnails, codes, spreads] = await Promise.all(['originals', 'thumbnails', 'codes', 'spreads'].map((probe) => seen(figure, probe)));
  const expected = async (/** @type {number} */ i) => {
    const j = Array.from({ length: 150 }, (_, k) => k).find((k) => originals.slice(196 * i, 196 * i + 196).every((ink, x) => ink === thumbnails[196 * k + x])) ?? NaN;
    for (const [of, values] of /** @type {[string, number[]][]} */ ([['mean', codes], ['code', codes], ['spread', spreads]])) {
      (await code(of)).forEach((v, k) => assert.ok(Math.abs(v - values[2 * j + k]) < 0.0051, `${of} of picture ${i}`));
    }
  };
  await expected(0);
  const first = await output();
  await act('next');
  await changesFrom(first);
  await expected(1);
  await act('previous');

  await act('toggle');
  await figure.reads('.passage-says', /a generator now: a vector in, a picture out/);
  let shown = await changesFrom(first);
  for (const name of ['toggle', 'toggle', 'draw']) await act(name);
  shown = await changesFrom(shown);
  await figure.reads('.passage [data-value=source]', /N\(0, 1\)/);
  assert.deepEqual(numbers(await figure.text('.placed-says')), await code());
  await figure.page.locator('gen-lab canvas.codes').hover({ position: { x: 150, y: 160 } });
  await figure.reads('.passage [data-value=source]', /your code/);
  await changesFrom(shown);
  assert.deepEqual(numbers(await figure.text('.placed-says')), await code());
  await act('toggle');
  await figure.page.waitForFunction((before) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.passage-output').toDataURL() === before, first);
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

test('a preset may bring a second run beside the first, which goes with it', async () => {
  const figure = await figureAt('/#preset=gap_strokes&device=flex');
  const twin = figure.page.locator('gen-lab gen-lab');
  await twin.locator('.codes').waitFor();
  await figure.reads('.differs', /Variational: on in the first run, off in the second/);
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab'))?.shadowRoot.querySelector('gen-lab')?.settings?.variational === 'off');
  await figure.page.locator('gen-lab .preset select').first().selectOption('strokes_vae');
  await twin.waitFor({ state: 'detached' });
  figure.quiet();
  await figure.close();
});

test('going back in time keeps the versions up to there, and the line follows the picture chosen', async () => {
  const figure = await figureAt('/#preset=digits14&device=flex&width_g=16&width_d=16&batch=8');
  // Each time that steps by hand end there is a moment to go back to.
  for (const [count, end] of [[310, 310], [110, 420]]) {
    await figure.page.evaluate((n) => /** @type {any} */ (document.querySelector('gen-lab')).step('both', n), count);
    await figure.reaches(end);
  }
  await figure.reads('.cross', /D 400/);
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).seek(419));
  await figure.page.waitForFunction(() => { const { step } = /** @type {any} */ (globalThis).latest; return step < 420; });
  const { step } = await figure.page.evaluate(() => /** @type {any} */ (globalThis).latest);
  const due = [0, 100, 200, 300, 400].filter((version) => version <= step);
  assert.ok(due.length > 1, `a moment at step ${step}`);
  assert.deepEqual(await seen(figure, 'version_steps'), due);
  const line = await seen(figure, 'line');
  await figure.page.locator('gen-lab [data-gallery=samples_ema] canvas').click({ position: { x: 12, y: 12 } });
  await figure.page.waitForFunction((old) => /** @type {any} */ (globalThis).latest.probes.line.values.some((/** @type {number} */ v, /** @type {number} */ i) => v !== old[i]), line);
  assert.deepEqual(await figure.page.evaluate(() => { const { line_from: a, line_to: b } = /** @type {any} */ (document.querySelector('gen-lab')).settings; return [Number(a), Number(b)]; }), [7, 0]);
  const [end, chosen] = [(await seen(figure, 'line')).slice(-196), (await seen(figure, 'samples_ema')).slice(0, 196)];
  assert.ok(end.length === 196 && end.every((ink, i) => Math.abs(ink - chosen[i]) < 1e-5), 'it ends at the picture chosen');
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

test('faces: factors are read from what is generated, a table says which dial moves which, and a way moves one alone', async () => {
  const figure = await figureAt('/#preset=faces16&device=flex&width_g=32&width_d=32&stop_steps=60');
  await figure.click('play');
  await figure.reaches(60);
  await figure.reads('.metrics', /hair colours misplaced/);
  await figure.click('step_both'); // what dials do is told with the picture after
  await figure.reads('.shares', /hair colour(\s*\d+){17}/);
  const parts = ['eye size', 'mouth open', 'width of the face'];
  await figure.reads('[data-factors=read]', new RegExp(parts.join('.* · .*')));
  assert.equal(await figure.page.locator('gen-lab [data-drawer=structure]').isVisible(), false, 'what is about ink is away');
  const [before, said] = [await seen(figure, 'placed'), await figure.text('[data-factors=read]')];
  assert.equal(before.length, 3 * 16 * 16);
  await figure.page.locator('gen-lab [data-factors=far]').fill('3');
  await figure.page.waitForFunction((old) => /** @type {any} */ (globalThis).latest.probes.placed.values[90] !== old, before[90]);
  await figure.page.waitForFunction((old) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('[data-factors=read]').textContent !== old, said);
  await figure.reads('[data-factors=read]', /→/);
  // Of a choice the way leads from one option to another.
  await figure.page.locator('gen-lab [data-factors=factor]').selectOption('hair');
  await figure.page.locator('gen-lab [data-factors=to]').selectOption({ label: 'pink' });
  await figure.page.locator('gen-lab [data-factors=far]').fill('-2');
  await figure.reads('.cross', /D 0/);
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

/** An idx file: bars of ink at different heights. @param {number} n @param {number} [side] */
function idx(n, side = 28) {
  const head = Buffer.alloc(16);
  [0x0803, n, side, side].forEach((word, i) => head.writeUInt32BE(word, 4 * i));
  const ink = Buffer.alloc(n * side * side, 0);
  for (let i = 0; i < n; i += 1) ink.fill(255, i * side * side + side * (4 + (i % 20)), i * side * side + side * (7 + (i % 20)));
  return Buffer.concat([head, ink]);
}

test('a reader’s own idx file is trained on, packed or not; what is none is refused in a sentence', async () => {
  const figure = await figureAt('/#preset=digits14_vae&device=flex&width=16&batch=16');
  await figure.click('step_one');
  await figure.reaches(1);
  await figure.page.locator('gen-lab [data-drawer=own-pictures] summary').click();
  const choose = (/** @type {Buffer} */ buffer) => figure.page.locator('gen-lab [data-own-pictures]').setInputFiles({ name: 'mine', mimeType: 'application/octet-stream', buffer });
  for (const [file, says] of /** @type {[Buffer, RegExp][]} */ ([
    [Buffer.from('GIF89a'), /file = 6 bytes was not taken: it must be an idx file/],
    [idx(20, 32), /size = 32 × 32 was not taken: it must be 28 × 28 pixels/],
    [idx(20).subarray(0, 900), /it must be 15696 bytes for 20 pictures/],
    [gzipSync(idx(20)).subarray(0, 60), /not a whole gzip/],
  ])) {
    await choose(file);
    await figure.reads('.notice', says);
    await figure.click('dismiss');
  }
  assert.equal((await figure.settings()).data, 'digits14');
  await figure.click('step_one');
  await figure.reaches(2);
  for (const file of [idx(40), gzipSync(idx(40))]) {
    await choose(file);
    await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.data === 'own14');
    await figure.click('step_one');
    await figure.reaches(1);
  }
  assert.equal((await seen(figure, 'originals')).length % 196, 0);
  // Another worker gets the pictures again.
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).change({ device: 'ndarray' }));
  await figure.reads('.device', /ndarray/);
  await figure.click('step_one');
  figure.quiet();
  await figure.close();
});

test('a picture is scored beside its mistakes, and any pixel can be flipped', async () => {
  const figure = await figureAt('/#preset=digits14&device=flex&width_g=32&width_d=32');
  await figure.page.locator('gen-lab [data-drawer=structure] summary').click();
  await figure.click('step_both');
  // Its row is named “strokes 6 pixels longer” before anything is measured.
  await figure.reads('[data-kind=longer] td:nth-of-type(1)', /^6$/);
  const pieces = async (/** @type {string} */ kind) => Number.parseInt(await figure.text(`[data-kind=${kind}] td:nth-of-type(4)`), 10);
  assert.equal(await pieces('dot'), (await pieces('target')) + 1);
  assert.equal(await pieces('longer'), await pieces('target'));
  await figure.reads('[data-kind=target]', /%/);
  const own = () => figure.text('[data-kind=own] td:nth-of-type(1)');
  assert.equal(await own(), '0');
  await figure.page.locator('gen-lab .structure .editor').click({ position: { x: 10, y: 10 } });
  await figure.page.waitForFunction(() => document.querySelector('gen-lab')?.shadowRoot?.querySelector('[data-kind=own] td')?.textContent !== '0');
  await figure.page.keyboard.press('ArrowRight');
  await figure.page.keyboard.press('Enter');
  await figure.reads('[data-kind=own]', /^yours2/);
  await figure.page.locator('gen-lab [data-structure=clear]').click();
  await figure.reads('[data-kind=own]', /0 pieces, 0 holes/);
  assert.equal((await seen(figure, 'drawn_nearest')).length, 5 * 196);
  figure.quiet();
  await figure.close();
});

test('the scoreboard trains every model on the same digits', async () => {
  const figure = await figureAt('/#preset=digits14_vae&device=flex');
  await figure.page.locator('gen-lab [data-drawer=scoreboard] summary').click();
  await figure.page.locator('gen-lab [data-score=steps]').selectOption('500');
  await figure.page.locator('gen-lab [data-score=run]').click();
  await figure.page.waitForFunction(() => {
    const rows = /** @type {HTMLTableRowElement[]} */ ([...(document.querySelector('gen-lab')?.shadowRoot?.querySelectorAll('[data-score=table] tbody tr') ?? [])]);
    return rows.length === 12 && rows.every((row) => [...row.cells].slice(1).every((cell) => /\d/.test(cell.textContent ?? '')));
  }, null, { timeout: 180_000 });
  const distances = await figure.page.locator('gen-lab [data-score=table] tbody tr td:nth-of-type(1)').allTextContents();
  const [autoencoder, fitted, vae, ...others] = distances.map(Number);
  const chance = others.at(-1) ?? NaN;
  assert.ok(vae < autoencoder && fitted < autoencoder && vae < chance, distances.join(' '));
  figure.quiet();
  await figure.close();
});

/** What a picture of so many bytes shows: its size and how many colours, frame by frame. @param {import('./chrome.js').Figure} figure @param {Buffer} bytes @param {string} type */
const decoded = (figure, bytes, type) =>
  figure.page.evaluate(async ([base64, kind]) => {
    const data = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const decoder = new /** @type {any} */ (globalThis).ImageDecoder({ data, type: kind });
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    const frames = [];
    for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack.frameCount; frameIndex += 1) {
      const { image } = await decoder.decode({ frameIndex });
      const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      frames.push({ width: canvas.width, height: canvas.height, colors: new Set(pixels).size, sum: pixels.reduce((sum, pixel, i) => (sum + (pixel & 255) * (i % 997)) % 1e9, 0) });
    }
    return frames;
  }, [bytes.toString('base64'), type]);

/** The parts of an SVG; throws where it is no XML. @param {import('./chrome.js').Figure} figure @param {string} text */
const parsed = (figure, text) =>
  figure.page.evaluate((xml) => {
    const svg = new DOMParser().parseFromString(xml, 'image/svg+xml');
    if (svg.querySelector('parsererror')) throw new Error(svg.documentElement.textContent ?? '');
    const all = (/** @type {string} */ name) => [...svg.querySelectorAll(name)];
    const crisp = all('image').filter((image) => image.getAttribute('style')?.includes('pixelated') && image.getAttribute('xlink:href')?.startsWith('data:image/png'));
    return { viewBox: svg.documentElement.getAttribute('viewBox')?.split(' ').map(Number) ?? [], texts: all('text').map((one) => one.textContent), images: all('image').length, crisp: crisp.length, paths: all('path').length };
  }, text);

for (const { preset, small, titles, images, paths, foot } of [
  { preset: 'codes_vae', small: 'width=64', titles: ['Test pictures', 'The plane, decoded', 'Codes from N(0, 1), decoded'], images: 16 + 16 + 9 + 144 + 32 + 32, paths: 1000, foot: /^VAE: codes with a spread · seed 1 · step \d+$/ },
  { preset: 'digits14', small: 'width_g=32&width_d=32', titles: ['Samples of G, and what D says', 'Samples of the averaged G', 'Versions of G'], images: 32 + 9 + 32 + 32 + 32 + 16 + 112 + 8, paths: 0, foot: /^GAN on digits · seed 1 · step \d+$/ },
]) {
  test(`what ${preset} shows can be taken along as PNG, SVG and GIF`, async () => {
    const figure = await figureAt(`/#preset=${preset}&device=flex&${small}&seed=1`);
    const take = async (/** @type {string} */ name) => {
      const [download] = await Promise.all([figure.page.waitForEvent('download'), figure.page.locator(`gen-lab [data-take=${name}]`).click()]);
      return readFile(/** @type {string} */ (await download.path()));
    };
    await figure.page.locator('gen-lab [data-drawer=take] summary').click();
    await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 5));
    await figure.reaches(5);
    await figure.reads('.status', /step 5/);

    const { viewBox: [, , width, height], ...svg } = await parsed(figure, (await take('svg')).toString());
    assert.equal(width, 960);
    for (const title of titles) assert.ok(svg.texts.includes(title), `${title}: ${svg.texts}`);
    assert.match(svg.texts.at(-1) ?? '', foot);
    assert.deepEqual([svg.images, svg.crisp], [images, images]);
    assert.ok(svg.paths >= paths, `${svg.paths} paths`);

    const [png] = await decoded(figure, await take('png'), 'image/png');
    assert.deepEqual([png.width, png.height], [2 * width, 2 * height]);
    assert.ok(png.colors > 100, `${png.colors} colours`);

    await figure.click('play');
    await figure.page.locator('gen-lab [data-take=record]').click();
    await figure.page.waitForTimeout(1500);
    const frames = await decoded(figure, await take('record'), 'image/gif');
    assert.ok(frames.every((frame) => frame.width === 480 && frame.height === frames[0].height && frame.colors > 50), JSON.stringify(frames));
    assert.ok(new Set(frames.map(({ sum }) => sum)).size >= 2, JSON.stringify(frames));
    figure.quiet();
    await figure.close();
  });
}
