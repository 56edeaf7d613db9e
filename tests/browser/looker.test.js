// A second thread looks while the first one trains.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open, rewrite } from './chrome.js';
import { test } from './timed.js';

const RING = '/#preset=ring8&device=flex';
/** What the plane of the ring always shows. */
const DRAWN = ['generated', 'landscape', 'real'];

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** Keeps some of the snapshots: each with its bits of what is seen. @param {import('playwright-core').Page} page */
const keep = (page) =>
  page.addInitScript(() => {
    const kept = /** @type {{ run: number, step: number, first: number, n: number, playing: boolean, probes: Record<string, string> }[]} */ ([]);
    Object.assign(globalThis, { kept });
    const sum = async (/** @type {Float32Array<ArrayBuffer>} */ values) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', values))].join();
    addEventListener('genlab:snapshot', async (event) => {
      const { run, step, curves, playing, probes } = /** @type {any} */ (event).detail;
      const row = { run, step, first: curves.first, n: curves.loss_d.length, playing, probes: /** @type {Record<string, string>} */ ({}) };
      kept.push(row);
      for (const [id, matrix] of Object.entries(probes)) row.probes[id] = await sum(/** @type {any} */ (matrix).values);
    }, { capture: true });
  });

/** @param {import('./chrome.js').Figure} figure @returns {Promise<{ run: number, step: number, first: number, n: number, playing: boolean, probes: Record<string, string> }[]>} */
const kept = (figure) => figure.page.evaluate(() => /** @type {any} */ (globalThis).kept);

/** The second thread. @param {import('./chrome.js').Figure} figure */
const looker = (figure) => figure.page.workers().find((worker) => worker.url().endsWith('/looker.js'));

/** Until snapshots have come from steps beyond those so far. @param {import('./chrome.js').Figure} figure */
const goesOn = async (figure, steps = 300) => figure.reaches((await figure.step()) + steps);

/** Every step is told once, in its order. @param {Awaited<ReturnType<typeof kept>>} rows */
function assertOrder(rows) {
  let told = 0;
  for (const { step, first, n } of rows) {
    assert.equal(first, told + 1);
    assert.equal(step, told + n);
    told = step;
  }
}

test('while the ring plays another thread looks, at what whoever trains would have seen', async () => {
  const figure = await (await chrome.figure(RING, { prepare: keep })).ready();
  const [trainer] = figure.page.workers();
  await trainer.evaluate(() => {
    const { postMessage } = Worker.prototype;
    Object.assign(globalThis, { looks: 0 });
    Worker.prototype.postMessage = function (/** @type {any} */ message, /** @type {any[]} */ ...rest) {
      /** @type {any} */ (globalThis).looks += Number(message.type === 'look');
      return postMessage.call(this, message, ...rest);
    };
  });
  await figure.click('play');
  await goesOn(figure, 1500);
  await figure.click('play');
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).kept.at(-1).playing === false);
  const rows = await kept(figure);
  const looks = await trainer.evaluate(() => /** @type {any} */ (globalThis).looks);
  console.log(`${looks} of ${rows.length} snapshots were looked at by the other thread`);
  assert.ok(looks > 0.5 * rows.length);
  assertOrder(rows);
  for (const { step, probes } of rows) assert.deepEqual(Object.keys(probes).filter((id) => DRAWN.includes(id)).sort(), DRAWN, `at step ${step}`);

  // The same steps by hand, which whoever trains looks at.
  const alone = await (await chrome.figure(RING, { prepare: keep })).ready();
  const [middle, last] = [rows.filter(({ playing }) => playing).at(-1), rows.at(-1)];
  assert.ok(middle && last);
  for (const row of [middle, last]) {
    await alone.page.evaluate((n) => n > 0 && /** @type {any} */ (document.querySelector('gen-lab')).step('both', n), row.step - (await alone.step()));
    await alone.page.waitForFunction((n) => { const row = /** @type {any} */ (globalThis).kept.at(-1); return row?.step === n && row.probes.generated; }, row.step);
    const same = (await kept(alone)).at(-1);
    assert.deepEqual(same?.probes, row.probes, `at step ${row.step}`);
  }
  assert.equal(looker(alone), undefined, 'who does not play needs no other thread');
  alone.quiet();
  await alone.close();

  // Nothing of the run before it comes after another has begun.
  await figure.click('play');
  await goesOn(figure, 100);
  await figure.click('reset');
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).kept.at(-1).step === 0);
  await figure.click('play');
  await goesOn(figure, 100);
  const all = await kept(figure);
  assert.deepEqual(all.map(({ run }) => run), all.map(({ run }) => run).sort((a, b) => a - b));
  assertOrder(all.filter(({ run }) => run === all.at(-1)?.run));
  figure.quiet();
  await figure.close();
});

test('without a second thread, and without one any more, whoever trains looks as well', async () => {
  const without = [
    "Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 });",
    'delete globalThis.Worker;',
    "globalThis.Worker = class { constructor() { throw new Error('refused by a test'); } };",
  ];
  for (const script of without) {
    const prepare = async (/** @type {import('playwright-core').Page} */ page) => {
      await keep(page);
      await rewrite('worker.js', (text) => `${text}\n${script}`)(page);
    };
    const figure = await (await chrome.figure(RING, { prepare })).ready();
    await figure.click('play');
    await goesOn(figure);
    assert.equal(looker(figure), undefined, script);
    assertOrder(await kept(figure));
    figure.quiet();
    await figure.close();
  }
  const figure = await (await chrome.figure(RING, { prepare: keep })).ready();
  await figure.click('play');
  await goesOn(figure);
  await looker(figure)?.evaluate(() => void setTimeout(() => { throw new Error('killed by a test'); }));
  await goesOn(figure);
  await figure.page.waitForFunction(() => true);
  assert.equal(looker(figure), undefined);
  await figure.click('play');
  await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).kept.at(-1).playing === false);
  const rows = await kept(figure);
  assertOrder(rows);
  for (const { step, probes } of rows) assert.ok(probes.generated && probes.landscape, `at step ${step}`);
  assert.equal(await figure.page.locator('gen-lab .notice').isVisible(), false);
  await figure.close();
});

test('a run stops after the time that was set, at any pace, says so, and plays as long again', async () => {
  const figure = await (await chrome.figure(`${RING}&stop_seconds=2`, { prepare: keep })).ready();
  const speed = figure.page.locator('gen-lab .speed input');
  const fastest = Number(await speed.getAttribute('max'));
  for (const [slower, least, most] of [[0, 100, Infinity], [0, 100, Infinity], [3, 10, 30]]) {
    await speed.fill(String(fastest - slower)); // 3 below is ten steps a second
    const before = await figure.step();
    const begun = performance.now();
    await figure.click('play');
    await goesOn(figure, 10);
    await figure.page.waitForFunction(() => /** @type {any} */ (globalThis).kept.at(-1).playing === false);
    const took = performance.now() - begun;
    assert.ok(took > 1900, `${took} ms`);
    await figure.reads('[data-action=play]', /Play/);
    const n = (await figure.step()) - before;
    assert.ok(n >= least && n <= most, `${n} steps`);
    if (slower) assert.equal((await kept(figure)).find(({ step }) => step > before)?.n, 1, 'nothing is made up for');
    await figure.page.waitForTimeout(1000);
    assert.match(await figure.text('.says'), /Stopped after the time that was set/);
  }
  const rows = await kept(figure);
  assertOrder(rows);
  assert.ok(rows.at(-1)?.probes.generated && rows.at(-1)?.probes.landscape);
  figure.quiet();
  await figure.close();
});

test('what only the other thread sees is found out: a generator that leaves the numbers stops', async () => {
  const figure = await (await chrome.figure('/#device=flex&optimizer_g=sgd&optimizer_d=sgd&lr_d=1&r1=100&momentum=0.9')).ready();
  await figure.click('play');
  await figure.reads('.says', /Diverged/);
  figure.quiet();
  await figure.close();
});
