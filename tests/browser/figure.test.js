// The built page in a real browser, on the CPU.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open, rewrite } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** Small networks: these tests are about the page. */
const SMALL = 'width_g=16&width_d=16';
/** Breaks a function of the laboratory. @param {string} code */
const patch = (code) => rewrite('genlab.js', (text) => `${text}\n${code}`);

for (const device of ['flex', 'ndarray']) {
  test(`trains on ${device}`, async () => {
    const figure = await (await chrome.figure(`/#device=${device}&${SMALL}`)).ready();
    assert.equal(await figure.step(), 0, 'nothing trains before it is asked to');
    await figure.click('play');
    await figure.reaches(300);
    await figure.reads('.status', /step [\d,]+ · [\d,]+ steps\/s/);
    await figure.reads('.device', new RegExp(device));
    await figure.reads('.says', /\d of 8 modes found/);
    assert.ok((await figure.colors()) > 100, 'the plane is blank');
    for (const curve of ['--gl-real', '--gl-generated']) assert.ok((await figure.pixels(curve)) > 50, `no curve in ${curve}`);
    const { d, g } = await figure.losses(300);
    assert.ok([...d, ...g].every(Number.isFinite));
    figure.quiet();
    await figure.close();
  });
}

test('one click updates one network, once', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  for (const [action, step] of /** @type {[string, number][]} */ ([['step_d', 1], ['step_g', 2], ['step_both', 3]])) {
    await figure.click(action);
    await figure.reaches(step);
  }
  const { d, g } = await figure.losses(3);
  assert.deepEqual([d, g].map((losses) => losses.map(Number.isFinite)), [[true, false, true], [false, true, true]]);
  await figure.close();
});

test('keys do what the buttons do', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.page.locator('gen-lab').focus();
  for (const key of ['d', 'g', 'b']) await figure.page.keyboard.press(key);
  await figure.reaches(3);
  await figure.page.keyboard.press('Space');
  await figure.reaches(50);
  await figure.page.keyboard.press('Space');
  await figure.reads('[data-action=play]', /Play/);
  await figure.page.keyboard.press('r');
  await figure.reads('.status', /step 0/);
  await figure.close();
});

test('a link repeats the run: settings made by hand come back, and the first 50 losses are equal', async () => {
  const first = await (await chrome.figure(`/#device=flex&${SMALL}&seed=5`)).ready();
  await first.page.locator('gen-lab [data-drawer=settings] summary').click();
  const box = first.page.locator('gen-lab .field', { hasText: 'Learning rate of D' }).locator('input[type=text]');
  await box.fill('0.002');
  await box.press('Enter');
  await first.page.waitForFunction(() => location.hash.includes('lr_d=0.002'));
  await first.click('play');
  await first.reaches(50);
  const link = new URL(first.page.url());
  assert.match(link.hash, /^#preset=ring8&/);

  const second = await (await chrome.figure(`/${link.hash}`)).ready();
  assert.deepEqual(await second.settings(), await first.settings());
  await second.click('play');
  await second.reaches(50);
  assert.deepEqual(await second.losses(50), await first.losses(50));
  await first.close();
  await second.close();
});

test('reset goes back to the same initial weights, a new seed does not', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.click('step_both');
  await figure.reaches(1);
  await figure.click('reset');
  await figure.reads('.status', /step 0/);
  await figure.click('step_both');
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).seen.d.length === 2);
  await figure.click('new_seed');
  await figure.page.waitForFunction(() => location.hash.includes('seed='));
  await figure.click('step_both');
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).seen.d.length === 3);
  const { d } = await figure.losses(3);
  assert.equal(d[0], d[1]);
  assert.notEqual(d[0], d[2]);
  await figure.close();
});

test('bad links get one sentence and cost nothing', async () => {
  const bad = [
    ['#lr_d=fast', 'lr_d = fast was not taken: it must be a number from 0.000001 to 1.'],
    ['#preset=ring9', 'experiments, such as ring8, ring8_strict_pac2, '],
    ['#batch=1e9', 'batch = 1e9 was not taken: it must be a whole number from 1 to 1024.'],
    ['#r1=NaN', 'r1 = NaN was not taken: it must be a number from 0 to 100.'],
    ['#<img src=x onerror=alert(1)>=1', 'was not taken: it must be a known setting'],
    [`#${'x'.repeat(1_000_000)}`, 'it must be at most 4096 characters long.'],
  ];
  const figure = await (await chrome.figure(`/#device=flex&seed=-3`)).ready();
  await figure.reads('.notice', /seed = -3 was not taken: it must be a whole number from 0 to 4294967295\./);
  await figure.click('play');
  await figure.reaches(20);
  for (const [hash, sentence] of bad) {
    const before = await figure.settings();
    await figure.page.evaluate((h) => (location.hash = h), hash);
    await figure.page.waitForFunction((s) => document.querySelector('gen-lab')?.shadowRoot?.querySelector('.notice p')?.textContent?.includes(s), sentence);
    assert.ok((await figure.text('.notice p')).length < 700);
    assert.deepEqual(await figure.settings(), before, hash.slice(0, 40));
    const step = await figure.step();
    await figure.page.waitForFunction((s) => /** @type {any} */ (globalThis).seen.steps.at(-1) !== s, step, { timeout: 20_000 });
  }
  assert.equal(await figure.page.locator('gen-lab img').count(), 0);
  // The address may be rewritten before the event about it arrives.
  await figure.page.evaluate(() => {
    location.hash = '#ema=2';
    history.replaceState(null, '', /** @type {any} */ (document.querySelector('gen-lab')).link);
  });
  await figure.reads('.notice', /ema = 2 was not taken/);
  figure.quiet();
  await figure.close();
});

test('a bad value in a box is refused, and the box shows the good one again', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.page.locator('gen-lab [data-drawer=settings] summary').click();
  const box = figure.page.locator('gen-lab .field', { hasText: 'Batch size' }).locator('input[type=text]');
  await box.fill('0');
  await box.press('Enter');
  await figure.reads('.notice', /batch = 0 was not taken: it must be a whole number from 1 to 1024\./);
  assert.equal(await box.inputValue(), '128');
  await figure.click('dismiss');
  await figure.page.locator('gen-lab .notice').waitFor({ state: 'hidden' });
  await figure.close();
});

test('what is being written in a box stays, whatever is told meanwhile', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.page.locator('gen-lab [data-drawer=settings] summary').click();
  const box = figure.page.locator('gen-lab .field', { hasText: 'Learning rate of D' }).locator('input[type=text]');
  await box.fill('0.002');
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).change({ r1: '0.5' }));
  await figure.page.waitForFunction(() => location.hash.includes('r1=0.5'));
  assert.equal(await box.inputValue(), '0.002');
  await box.press('Enter');
  await figure.page.waitForFunction(() => location.hash.includes('lr_d=0.002'));
  figure.quiet();
  await figure.close();
});

test('divergence is said in words with its step', async () => {
  const figure = await (await chrome.figure('/#device=flex&optimizer_g=sgd&optimizer_d=sgd&lr_d=1&r1=100&momentum=0.9')).ready();
  await figure.click('play');
  await figure.reads('.says', /Diverged at step \d+/);
  assert.ok((await figure.colors()) > 100, 'the last good picture stays');
  await figure.click('reset');
  await figure.reads('.status', /step 0/);
  figure.quiet();
  await figure.close();
});

test('a panic shows its text, and Restart goes on from the last checkpoint', async () => {
  const panic = `const { advance, apply } = Lab.prototype; let plays = 0, n = 0;
    Lab.prototype.apply = function (command) { if (command.type === 'play') plays += 1; return apply.call(this, command); };
    Lab.prototype.advance = function (k) {
      if (plays === 2 && (n += k) > 20) { globalThis.genlabPanic = 'panicked at src/test.rs: on purpose'; throw new WebAssembly.RuntimeError('unreachable'); }
      return advance.call(this, k); };`;
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`, { prepare: patch(panic) })).ready();
  await figure.click('play');
  await figure.reaches(20);
  await figure.click('play');
  await figure.reads('[data-action=play]', /Play/);
  await figure.page.waitForTimeout(300); // pausing leaves a checkpoint
  const paused = await figure.step();
  await figure.click('play');
  await figure.reads('.notice', /The laboratory stopped: panicked at src\/test\.rs: on purpose/);
  await figure.page.unroute('**/genlab.js');
  const before = await figure.snapshots();
  await figure.click('restart');
  await figure.page.waitForFunction((n) => /** @type {any} */ (globalThis).seen.steps.length > n, before);
  const first = await figure.page.evaluate((n) => /** @type {any} */ (globalThis).seen.steps[n], before);
  assert.ok(first >= paused, `went on from step ${first}, paused at ${paused}`);
  await figure.page.locator('gen-lab .notice').waitFor({ state: 'hidden' });
  await figure.click('step_both');
  await figure.reaches(first + 1);
  await figure.close();
});

test('where flex fails its check, ndarray takes over and says why', async () => {
  const broken = `const open = Lab.open; Lab.open = (kind) => kind === 'flex' ? Promise.reject('flex failed its check: on purpose') : open.call(Lab, kind);`;
  const figure = await (await chrome.figure(`/#${SMALL}`, { prepare: patch(broken) })).ready();
  await figure.reads('.device', /ndarray/);
  await figure.reads('.reasons', /flex failed its check: on purpose/);
  await figure.click('play');
  await figure.reaches(20);
  figure.quiet();
  await figure.close();
});

test('a killed worker is noticed, and Restart works', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.click('step_both');
  await figure.reaches(1);
  await figure.page.workers()[0].evaluate(() => void setTimeout(() => { throw new Error('killed by a test'); }));
  await figure.reads('.notice', /The laboratory stopped: .*killed by a test/);
  await figure.click('restart');
  await figure.click('play');
  await figure.reaches(40);
  await figure.page.locator('gen-lab .notice').waitFor({ state: 'hidden' });
  await figure.close();
});

test('browsers that cannot run it get a sentence and a picture', async () => {
  for (const [script, sentence] of /** @type {[() => void, RegExp][]} */ ([
    [() => void delete (/** @type {any} */ (globalThis).Worker), /no web workers/],
    [() => void (WebAssembly.validate = () => false), /no WebAssembly SIMD/],
  ])) {
    const figure = await chrome.figure('/', { prepare: (page) => page.addInitScript(script) });
    await figure.reads('.lab p', sentence);
    const image = figure.page.locator('gen-lab img');
    await image.evaluate((element) => /** @type {HTMLImageElement} */ (element).decode());
    assert.ok(await image.evaluate((element) => /** @type {HTMLImageElement} */ (element).naturalWidth > 300));
    figure.quiet();
    await figure.close();
  }
});

test('speaks Chinese, and changes language without losing the run', async () => {
  const figure = await (await chrome.figure(`/?lang=zh#device=flex&${SMALL}`)).ready();
  assert.equal(await figure.page.evaluate(() => document.documentElement.lang), 'zh-CN');
  assert.equal(await figure.text('[data-action=play] span'), '播放');
  await figure.click('play');
  await figure.reaches(30);
  await figure.page.getByRole('button', { name: 'English' }).click();
  await figure.reads('[data-action=play]', /Pause/);
  const step = await figure.step();
  await figure.reaches(step + 30);
  figure.quiet();
  await figure.close();
});

test('fits a phone and an iframe', async () => {
  const figure = await (await chrome.figure(`/www/embed.html#preset=moons&device=flex&${SMALL}`, { viewport: { width: 360, height: 640 } })).ready();
  await figure.click('play');
  await figure.reaches(20);
  const { width, client } = await figure.page.evaluate(() => ({ width: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
  assert.ok(width <= client, `the page is ${width} wide in a window of ${client}`);
  figure.quiet();
  await figure.close();
});

test('divergence is not mistaken for a dead worker, and a dead worker is noticed', async () => {
  const clocked = { prepare: (page) => page.clock.install() };
  const diverged = await (await chrome.figure('/#device=flex&optimizer_g=sgd&optimizer_d=sgd&lr_d=1&r1=100&momentum=0.9', clocked)).ready();
  await diverged.click('play');
  await diverged.page.clock.runFor(500);
  await diverged.page.waitForFunction(() => document.querySelector('gen-lab')?.shadowRoot?.querySelector('.says')?.textContent?.includes('Diverged'));
  await diverged.page.clock.fastForward(60_000);
  assert.equal(await diverged.page.locator('gen-lab .notice').isVisible(), false);
  await diverged.close();

  const hung = await (await chrome.figure(`/#device=flex&${SMALL}`, clocked)).ready();
  await hung.page.workers()[0].evaluate(() => void setTimeout(() => { for (;;); }));
  await hung.click('play');
  await hung.page.clock.fastForward(60_000);
  await hung.page.clock.resume();
  await hung.reads('.notice', /The laboratory does not answer/);
  await hung.click('restart');
  await hung.click('play');
  await hung.reaches(20);
  await hung.close();
});

test('settings changed after a crash belong to a new run, and a chosen device revives it', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.click('step_both');
  await figure.reaches(1);
  await figure.page.workers()[0].evaluate(() => void setTimeout(() => { throw new Error('killed'); }));
  await figure.reads('.notice', /killed/);
  const before = await figure.snapshots();
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).change({ device: 'ndarray', seed: 7 }));
  await figure.reads('.device', /ndarray/);
  await figure.page.waitForFunction((n) => /** @type {any} */ (globalThis).seen.steps.length > n, before);
  assert.equal(await figure.step(), 0, 'another seed starts anew');
  assert.equal((await figure.settings()).seed, 7);
  await figure.page.locator('gen-lab .notice').waitFor({ state: 'hidden' });
  await figure.close();
});

test('quick changes add up, and a refused one loses none of them', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.page.evaluate(() => {
    const lab = /** @type {any} */ (document.querySelector('gen-lab'));
    lab.change({ seed: 5 });
    lab.change({ batch: 64 });
    lab.change({ batch: 0 });
  });
  await figure.reads('.notice', /batch = 0 was not taken/);
  const { seed, batch } = await figure.settings();
  assert.deepEqual([seed, batch], [5, 64]);
  await figure.click('play');
  await figure.reaches(20);
  await figure.page.waitForFunction(() => location.hash.includes('seed=5') && location.hash.includes('batch=64'));
  await figure.close();
});

test('two figures live on one page, and one survives being moved', async () => {
  const figure = await (await chrome.figure(`/#device=flex&${SMALL}`)).ready();
  await figure.page.evaluate(() => {
    const second = document.createElement('gen-lab');
    second.setAttribute('preset', 'moons');
    second.setAttribute('settings', 'device=flex&width_g=8&width_d=8&seed=\ud800');
    document.querySelector('section')?.append(second);
  });
  const second = figure.page.locator('section gen-lab');
  await second.locator('.notice').filter({ hasText: /seed = .* was not taken/ }).waitFor();
  await second.locator('[data-action=play]').click();
  await second.locator('.status').filter({ hasText: /step [1-9]/ }).waitFor();
  await figure.page.evaluate(() => document.querySelector('h1')?.after(/** @type {Node} */ (document.querySelector('section gen-lab'))));
  const moved = figure.page.locator('h1 + gen-lab');
  await moved.locator('.device').filter({ hasText: /flex/ }).waitFor();
  await moved.locator('[data-action=play]').click();
  await moved.locator('.status').filter({ hasText: /steps\/s/ }).waitFor();
  assert.ok(!figure.page.url().includes('moons'), 'only the figure with `hash` owns the address');
  figure.quiet();
  await figure.close();
});

test('the page draws on while the worker trains', async () => {
  const figure = await (await chrome.figure('/#device=flex')).ready();
  const frames = () => figure.page.evaluate(() => new Promise((resolve) => {
    let n = 0;
    const until = performance.now() + 2000;
    const count = () => (performance.now() < until ? (n += 1, requestAnimationFrame(count)) : resolve(n));
    requestAnimationFrame(count);
  }));
  const idle = await frames();
  // What this machine can draw while another thread of the page is as busy as it can be.
  await figure.page.evaluate(() => {
    const source = URL.createObjectURL(new Blob(['for (;;);'], { type: 'text/javascript' }));
    Object.assign(globalThis, { spin: new Worker(source) });
  });
  const spinning = await frames();
  await figure.page.evaluate(() => /** @type {any} */ (globalThis).spin.terminate());
  await figure.click('play');
  await figure.reaches(500); // by then the browser has compiled WebAssembly for speed, on the same cores
  const training = await frames();
  console.log(`frames in 2 s: ${idle} idle, ${spinning} beside a spinning worker, ${training} while training`);
  assert.ok(training > 0.5 * spinning, `${training} frames while training, ${spinning} beside a spinning worker`);
  await figure.close();
});
