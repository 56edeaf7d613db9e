// WebGPU through SwiftShader, a software GPU. One page at a time: it is slow.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open, rewrite } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open({ gpu: true })));
after(() => chrome.close());

const TINY = 'width_g=16&width_d=16&batch=64';

test('static constructors run once, not at every call', async () => {
  const figure = await chrome.figure('/www/icon.svg');
  const runs = await figure.page.evaluate(async (url) => {
    const { default: init, Lab, constructor_runs } = await import(`${url}/genlab-webgpu.js`);
    await init();
    Lab.catalog();
    Lab.catalog();
    return constructor_runs();
  }, chrome.url);
  assert.equal(runs, 1);
  await figure.close();
});

test('trains on WebGPU with the CPU’s losses, and a lost GPU loses nothing', async () => {
  const gpu = await (await chrome.figure(`/#device=webgpu&${TINY}`)).ready();
  await gpu.reads('.device', /WebGPU · .*swiftshader/i);
  await gpu.click('play');
  await gpu.reaches(30);
  const cpu = await (await chrome.figure(`/#device=flex&${TINY}`)).ready();
  await cpu.click('play');
  await cpu.reaches(30);
  const [a, b] = [await gpu.losses(20), await cpu.losses(20)];
  for (const player of /** @type {('d' | 'g')[]} */ (['d', 'g'])) {
    a[player].forEach((loss, i) => assert.ok(Math.abs(loss - b[player][i]) < 2e-3, `${player} at step ${i + 1}: ${loss} on the GPU, ${b[player][i]} on the CPU`));
  }
  assert.ok((await gpu.colors()) > 100);
  await cpu.close();
  gpu.quiet();

  await gpu.click('play'); // pausing leaves a checkpoint
  await gpu.reads('[data-action=play]', /Play/);
  await gpu.page.waitForTimeout(1500);
  const step = await gpu.step();
  await gpu.click('play');
  const before = await gpu.snapshots();
  await gpu.page.workers()[0].evaluate(() => void setTimeout(() => { throw new Error('device lost by a test'); }));
  await gpu.reads('.device', /CPU \(flex\)/);
  await gpu.reads('.reasons', /WebGPU stopped \(.*device lost by a test\); the run went on from its last checkpoint/);
  await gpu.reaches(step + 100);
  const steps = await gpu.page.evaluate((n) => /** @type {any} */ (globalThis).seen.steps.slice(n), before);
  assert.ok(Math.min(...steps) >= step, `went back to step ${Math.min(...steps)} from ${step}`);
  assert.equal((await gpu.settings()).device, 'webgpu', 'the link still says what was asked for');
  await gpu.close();
});

/** Every curve of the first steps. @param {string} link @param {number} n */
async function curves(link, n) {
  const figure = await (await chrome.figure(link)).ready();
  const values = await figure.page.evaluate((count) => new Promise((resolve) => {
    /** @type {Record<string, number[]>} */ const all = {};
    addEventListener('genlab:snapshot', (event) => {
      const { step, curves: { first, ...lists } } = /** @type {any} */ (event).detail;
      for (const [id, list] of Object.entries(lists)) all[id] = [...(all[id] ?? []), .../** @type {number[]} */ (list)];
      if (step >= count) resolve(all);
    }, { capture: true });
    /** @type {any} */ (document.querySelector('gen-lab')).step('both', count);
  }), n);
  await figure.close();
  return values;
}

const SMALL = { digits14: 'width_g=16&width_d=16', digits14_conv: 'width_g=4&width_d=4', digits14_vae: 'width=16', digits14_ae: 'width=16' };
for (const [preset, small] of Object.entries(SMALL)) {
  test(`${preset} takes its first steps on WebGPU as on the CPU`, async () => {
    const link = `/#preset=${preset}&${small}&batch=16`;
    const [gpu, cpu] = [await curves(`${link}&device=webgpu`, 5), await curves(`${link}&device=flex`, 5)];
    for (const [id, losses] of Object.entries(cpu)) {
      losses.forEach((loss, i) => assert.ok(Number.isNaN(loss) ? Number.isNaN(gpu[id][i]) : Math.abs(gpu[id][i] / loss - 1) < 1e-3, `${id} at step ${i + 1}: ${gpu[id][i]} on the GPU, ${loss} on the CPU`));
    }
  });
}

test('automatic refuses a software adapter with its reason', async () => {
  const figure = await (await chrome.figure(`/#${TINY}`)).ready();
  await figure.reads('.device', /CPU \(flex\)/);
  await figure.reads('.reasons', /software one/);
  figure.quiet();
  await figure.close();
});

/** SwiftShader stands in for a real GPU. */
const notSoftware = rewrite('devices.js', (text) => text.replace('(isFallbackAdapter ||', '(false && isFallbackAdapter ||'));

test('automatic times WebGPU against the CPU and takes the faster', async () => {
  const figure = await (await chrome.figure(`/#${TINY}`, { prepare: notSoftware })).ready();
  await figure.reads('.device', /CPU \(flex\)/);
  await figure.reads('.reasons', /WebGPU was timed too: [\d.,]+ times slower on this experiment\./);
  await figure.click('play');
  await figure.reaches(50);
  figure.quiet();
  await figure.close();
});

test('automatic keeps the CPU where the GPU fails while it is tried', async () => {
  const broken = rewrite('genlab-webgpu.js', (text) => `${text}\nLab.prototype.advance = () => {
    globalThis.genlabPanic = 'panicked in a shader'; throw new WebAssembly.RuntimeError('unreachable'); };`);
  const figure = await (await chrome.figure(`/#${TINY}`, {
    prepare: async (page) => (await notSoftware(page), await broken(page)),
  })).ready();
  await figure.reads('.device', /CPU \(flex\)/);
  await figure.reads('.reasons', /WebGPU: panicked in a shader/);
  await figure.click('play');
  await figure.reaches(50);
  await figure.close();
});
