// What a reader does with the figure beyond pressing play: the algorithm, the past, other data, taking things along.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

const SMALL = 'width_g=16&width_d=16&fourier=0';
const ready = async (link = '') => (await chrome.figure(`/#device=flex&${SMALL}${link}`)).ready();
const open_ = (/** @type {import('./chrome.js').Figure} */ figure, /** @type {string} */ drawer) => figure.page.locator(`gen-lab [data-drawer=${drawer}] > summary`).click();

test('the algorithm is followed line by line, and slow motion plays it', async () => {
  const figure = await ready();
  const lit = () => figure.page.locator('gen-lab .listing .lit').textContent();
  await figure.click('step_line');
  await figure.reads('.listing .lit', /sample 128 real points/);
  for (let i = 0; i < 3; i += 1) await figure.click('step_line');
  await figure.reads('.listing .lit', /score r = D\(x\)/);
  assert.equal(await figure.step(), 0);
  await figure.click('step_phase');
  await figure.reads('.listing .lit', /update D/);
  await figure.click('step_phase');
  await figure.reads('.listing .lit', /update G/);
  await figure.reaches(1);
  const speed = figure.page.locator('gen-lab .speed input');
  await speed.fill('1');
  await figure.reads('.speed output', /4 lines of the algorithm a second/);
  await figure.click('play');
  const seen = new Set();
  for (let i = 0; i < 25; i += 1) {
    seen.add(await lit());
    await figure.page.waitForTimeout(100);
  }
  assert.ok(seen.size >= 5 && seen.size <= 14, `${seen.size} lines in 2.5 s at 4 a second`);
  await speed.fill('4');
  const before = await figure.step();
  await figure.page.waitForTimeout(2000);
  const steps = (await figure.step()) - before;
  assert.ok(steps >= 12 && steps <= 26, `${steps} steps in 2 s at 10 a second`);
  figure.quiet();
  await figure.close();
});

test('the time slider goes back, and going on from there repeats the run', async () => {
  const figure = await ready();
  await figure.click('play');
  await figure.reaches(1500);
  await figure.click('play');
  // The last snapshot has no rate: nothing comes after it.
  await figure.reads('.status', /^step [\d,]+$/);
  const end = await figure.step();
  const losses = await figure.losses(end);
  const time = figure.page.locator('gen-lab .time input');
  await time.fill('700');
  await figure.page.waitForFunction((n) => /** @type {any} */ (globalThis).seen.steps.at(-1) < n, end);
  const back = await figure.step();
  assert.ok(back <= 700 && back >= 0, `went to ${back}`);
  await figure.reads('.time output', new RegExp(`of ${end.toLocaleString('en')}`));
  const before = (await figure.losses(1e9)).d.length;
  await figure.click('step_both');
  await figure.page.waitForFunction((n) => /** @type {any} */ (globalThis).seen.d.length > n, before);
  const again = await figure.losses(1e9);
  assert.equal(again.d[before], losses.d[back], 'the same step gives the same loss');
  figure.quiet();
  await figure.close();
});

test('divergence offers the way back', async () => {
  const figure = await (await chrome.figure('/#device=flex&optimizer_g=sgd&optimizer_d=sgd&lr_d=1&r1=100&momentum=0.9')).ready();
  await figure.click('play');
  await figure.reads('.says', /Diverged at step \d+/);
  await figure.click('rewind');
  await figure.reads('.says', /^(?!Diverged)/);
  await figure.click('step_both');
  figure.quiet();
  await figure.close();
});

test('a pasted table is trained on, with its transform on screen; a bad row is named and costs nothing', async () => {
  const figure = await ready('&preset=moons');
  await open_(figure, 'own');
  const area = figure.page.locator('gen-lab .own textarea');
  await area.fill('height,weight\n1.5,50\n1.6,oops\n1.7,70');
  await figure.page.locator('gen-lab [data-own=read]').click();
  await figure.reads('.notice', /two numbers on line 3/);
  assert.equal((await figure.settings()).data, 'moons');
  const rows = Array.from({ length: 200 }, (_, i) => `${1.5 + 0.001 * i},${50 + ((7 * i) % 40)}`);
  await area.fill(['height,weight', ...rows].join('\n'));
  await figure.page.locator('gen-lab [data-own=read]').click();
  await figure.reads('.own-says', /200 rows were read and scaled to the frame: x = \(height − 1\.6\) \/ 0\.0579, y = \(weight/);
  assert.equal((await figure.settings()).data, 'own');
  await figure.click('play');
  await figure.reaches(50);
  figure.quiet();
  await figure.close();
});

test('a dropped file is read, and junk of any kind is refused in a sentence', async () => {
  const figure = await ready();
  await figure.click('play');
  await figure.reaches(10);
  const drop = (/** @type {string} */ name, /** @type {string} */ content) =>
    figure.page.evaluate(([n, c]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([c], n));
      document.querySelector('gen-lab')?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, [name, content]);
  for (const [name, content] of [['a.csv', ''], ['b.json', '{"x": 3'], ['c.csv', '<script>'], ['d.safetensors', 'junk'], ['e.csv', '1,2']]) {
    await drop(name, content);
    await figure.reads('.notice', /was not taken: it must be/);
    await figure.click('dismiss');
    await figure.page.locator('gen-lab .notice').waitFor({ state: 'hidden' });
  }
  const step = await figure.step();
  await figure.page.waitForFunction((s) => /** @type {any} */ (globalThis).seen.steps.at(-1) !== s, step);
  await drop('points.json', JSON.stringify({ x: [0, 1, 2, 3], y: [1, 0, 1, 0] }));
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.data === 'own');
  figure.quiet();
  await figure.close();
});

test('points drawn with the pointer become the data', async () => {
  const figure = await ready();
  await open_(figure, 'own');
  await figure.page.locator('gen-lab [data-own=draw]').click();
  const box = /** @type {{ x: number, y: number, width: number, height: number }} */ (await figure.page.locator('gen-lab canvas.plane').boundingBox());
  const stroke = async (/** @type {number} */ from, /** @type {number} */ to) => {
    await figure.page.mouse.move(box.x + from * box.width, box.y + 0.3 * box.height);
    await figure.page.mouse.down();
    await figure.page.mouse.move(box.x + to * box.width, box.y + 0.3 * box.height, { steps: 20 });
    await figure.page.mouse.up();
  };
  await stroke(0.2, 0.8);
  await stroke(0.4, 0.5);
  await figure.page.locator('gen-lab [data-own=undo]').click();
  await figure.page.locator('gen-lab [data-own=use]').click();
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.data === 'own');
  await figure.click('play');
  await figure.reaches(30);
  const real = await figure.page.evaluate(() => new Promise((resolve) => {
    document.querySelector('gen-lab')?.addEventListener('genlab:snapshot', (event) => resolve(Array.from(/** @type {any} */ (event).detail.probes.real.values)), { once: true });
  }));
  const ys = /** @type {number[]} */ (real).filter((_, i) => i % 2 === 1);
  const mean = ys.reduce((a, b) => a + b, 0) / ys.length;
  assert.ok(Math.abs(mean - 0.4 * 3) < 0.1, `drawn at a height of 1.2, trained on ${mean}`);
  figure.quiet();
  await figure.close();
});

test('weights go out as safetensors and come back in', async () => {
  const figure = await ready('&seed=7');
  await figure.click('play');
  await figure.reaches(60);
  await figure.click('play');
  await figure.reads('[data-action=play]', /Play/);
  await open_(figure, 'take');
  const [download] = await Promise.all([figure.page.waitForEvent('download'), figure.page.locator('gen-lab [data-take=weights]').click()]);
  assert.match(download.suggestedFilename(), /^genlab-ring8-seed7-step\d+\.safetensors$/);
  const bytes = await readFile(/** @type {string} */ (await download.path()));
  const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
  assert.deepEqual(header['generator.0.weight'].shape, [2, 16]);
  await figure.click('new_seed');
  // Another seed may begin with a 7 too.
  await figure.page.waitForFunction(() => !/seed=7(&|$)/.test(location.hash));
  await figure.page.locator('gen-lab .take input[type=file]').setInputFiles({ name: 'w.safetensors', mimeType: '', buffer: bytes });
  await figure.page.waitForFunction(() => /seed=7(&|$)/.test(location.hash));
  figure.quiet();
  await figure.close();
});

test('pictures, curves and a recording can be taken along', async () => {
  const figure = await ready();
  await figure.click('play');
  await figure.reaches(300);
  await open_(figure, 'take');
  const take = async (/** @type {string} */ name) => {
    const [download] = await Promise.all([figure.page.waitForEvent('download'), figure.page.locator(`gen-lab [data-take=${name}]`).click()]);
    return readFile(/** @type {string} */ (await download.path()));
  };
  assert.equal((await take('png')).subarray(1, 4).toString(), 'PNG');
  const svg = (await take('svg')).toString();
  assert.ok(svg.startsWith('<svg') && svg.includes('<path') && svg.includes('<image'), svg.slice(0, 200));
  const [head, first] = (await take('csv')).toString().split('\n');
  assert.match(head, /^step,loss_d,loss_g,modes,modes_ema,high_quality/);
  assert.match(first, /^\d+,/);
  await figure.page.locator('gen-lab [data-take=record]').click();
  await figure.page.waitForTimeout(1500);
  const gif = await take('record');
  assert.equal(gif.subarray(0, 6).toString(), 'GIF89a');
  assert.ok(gif.length > 20_000, `${gif.length} bytes`);
  assert.match(await figure.text('.take .command'), /train -- ring8 --steps \d+ --set .*width_g=16/);
  figure.quiet();
  await figure.close();
});

test('two runs stand side by side, from the same start, and keep pace', async () => {
  const figure = await ready('&seed=3');
  await figure.click('compare');
  const twin = figure.page.locator('gen-lab gen-lab');
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')?.shadowRoot?.querySelector('gen-lab'))?.settings);
  await figure.reads('.differs', /The same run twice/);
  await twin.evaluate((element) => /** @type {any} */ (element).change({ lr_d: '0.004' }));
  await figure.reads('.differs', /Learning rate of D: 0\.003 in the first run, 0\.004 in the second/);
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).play());
  await figure.reaches(300);
  const steps = await figure.page.evaluate(() => {
    const read = (/** @type {any} */ root) => Number(root.querySelector('.status').textContent.replace(/\D*([\d,]+).*/, '$1').replace(',', ''));
    const host = document.querySelector('gen-lab')?.shadowRoot;
    return [read(host), read(host?.querySelector('gen-lab')?.shadowRoot)];
  });
  assert.ok(Math.abs(steps[0] - steps[1]) < 160, `${steps}`);
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).pause());
  await figure.page.locator('gen-lab [data-action=compare]').first().click();
  assert.equal(await twin.count(), 0);
  figure.quiet();
  await figure.close();
});

test('every layer draws', async () => {
  const figure = await ready();
  await figure.click('play');
  await figure.reaches(200);
  for (const layer of ['optimal', 'manifold', 'trails', 'generated_ema', 'slope']) {
    const before = await figure.colors();
    await figure.page.locator(`gen-lab [data-layer=${layer}]`).check();
    await figure.page.waitForTimeout(400);
    assert.ok((await figure.colors()) > 50 && before > 50, layer);
    await figure.page.locator(`gen-lab [data-layer=${layer}]`).uncheck();
  }
  await figure.page.locator('gen-lab canvas.plane').hover({ position: { x: 200, y: 150 } });
  await figure.reads('.pointer', /x = \(-?[\d.]+, -?[\d.]+\) · D = -?[\d.]+ · \|∇D\| = [\d.]+/);
  await open_(figure, 'networks');
  await figure.page.locator('gen-lab .network-graph svg').waitFor();
  figure.quiet();
  await figure.close();
});

test('the Dirac-GAN converges at the rate that its eigenvalues predict, and a click sets the start', async () => {
  const figure = await (await chrome.figure('/#preset=dirac_r1&device=flex')).ready();
  await figure.reads('[data-rate=eigenvalues]', /-0\.15 \+ 0\.477 i/);
  await figure.reads('[data-rate=measured]', /after one turn/);
  await figure.page.locator('gen-lab .speed input').fill('7');
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 300));
  await figure.reaches(300);
  await figure.reads('[data-rate=predicted]', /0\.9747, a turn in 64\.1 steps/);
  await figure.reads('[data-rate=measured]', /0\.9747/);
  await figure.reads('.says', /Converged/);
  for (const away of ['[data-action=step_line]', '[data-drawer=own]', '.readings-table']) {
    assert.equal(await figure.page.locator(`gen-lab ${away}`).first().isVisible(), false, away);
  }
  const box = await figure.page.locator('gen-lab canvas.plane').boundingBox();
  await figure.page.locator('gen-lab canvas.plane').click({ position: { x: 0.9 * (box?.width ?? 0), y: 0.5 * (box?.height ?? 0) } });
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.theta > 1.9);
  // Back to a GAN on points: everything it has is there again, and nothing of the other.
  await figure.page.locator('gen-lab .preset select').selectOption('ring8');
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.model === 'gan');
  await figure.click('step_line');
  await figure.reads('.listing .lit', /sample/);
  assert.equal(await figure.page.locator('gen-lab .rates').isVisible(), false);
  figure.quiet();
  await figure.close();
});
