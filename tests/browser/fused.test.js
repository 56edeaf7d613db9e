// Tiles with fused multiply-adds, where the engine has the instruction: the same sums, and the same training, within a bound.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** A page of the origin on which nothing else happens. */
const EMPTY = '/www/icon.svg';
/** Of the sum of all terms' sizes, as natively (kernel/src/matmul/tests.rs). */
const OF_A_SUM = 2e-6;
/** Of a loss. */
const OF_A_LOSS = 1e-5;
/** Of the length of all that a step leaves: weights, averages and moments. Adam divides a gradient by its own size, so where that is
 * next to nothing the rounding is all there is to see. */
const OF_A_STATE = 1e-4;
const STEPS = 100;

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

test('every kind of tile is the sum in double precision', async () => {
  const figure = await chrome.figure(EMPTY);
  const errors = await figure.page.evaluate(async (url) => {
    const memory = new WebAssembly.Memory({ initial: 4 });
    const bytes = await (await fetch(`${url}/genlab_fused.wasm`)).arrayBuffer();
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    const kinds = Object.entries(instance.exports).filter(([name]) => name.startsWith('tiles_'));
    const [values, words] = [new Float32Array(memory.buffer), new Uint32Array(memory.buffer)];
    let state = 1;
    const noise = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0) / 2 ** 31;
    // Where things stand, in numbers: the arguments, and A, B, and C, whose rows are 9 apart.
    const [FACTORS, SUMS, STEP, A, B, C, ROW] = [16, 24, 32, 1024, 20_000, 40_000, 9];
    const errors = /** @type {Record<string, number>} */ ({});
    for (const [name, tiles] of kinds) {
      const [height, turned, packed] = [Number(name[6]), name.includes('turned'), name.includes('packed')];
      errors[name] = 0;
      for (const k of [0, 1, 2, 3, 4, 5, 7, 8, 9, 100]) {
        for (const n of [1, 3]) {
          const rows = height * n;
          const [a_step, b_step] = [turned ? rows + 2 : k + 3, packed ? 8 : 11];
          for (let i = A; i < C + 200; i++) values[i] = noise();
          const before = values.slice(C, C + 200);
          words.set([4 * A, a_step, 4 * B, b_step, k], FACTORS);
          words.set([4 * C, ROW, 4 * C, ROW, n], SUMS);
          words[STEP] = 16; // the bytes of four terms
          /** @type {Function} */ (tiles)(4 * FACTORS, 4 * SUMS, 4 * STEP);
          for (let i = 0; i < 200; i++) {
            const [r, j] = [Math.floor(i / ROW), i % ROW];
            let [sum, size] = [before[i], Math.abs(before[i])];
            for (let p = 0; p < k && r < rows && j < 8; p++) {
              const term = values[A + (turned ? p * a_step + r : r * a_step + p)] * values[B + p * b_step + j];
              [sum, size] = [sum + term, size + Math.abs(term)];
            }
            errors[name] = Math.max(errors[name], Math.abs(values[C + i] - sum) / size);
          }
        }
      }
    }
    return errors;
  }, chrome.url);
  assert.equal(Object.keys(errors).length, 16);
  for (const [name, error] of Object.entries(errors)) assert.ok(error <= OF_A_SUM, `${name}: ${error}`);
  await figure.close();
});

for (const preset of ['ring8', 'density_vae', 'sentences_gan']) {
  test(`a step of ${preset} from the same state is the same with them`, async () => {
    const figure = await chrome.figure(EMPTY);
    const { losses, states, different } = await figure.page.evaluate(async ({ url, preset, steps }) => {
      /** A module of its own: its tiles are all its laboratories'. @param {boolean} fused */
      const open = async (fused) => {
        const { default: load, Lab } = await import(`${url}/genlab.js?fused=${fused}`);
        await load({ module_or_path: `${url}/genlab_bg.wasm` });
        if (fused) Lab.fuse(await WebAssembly.compileStreaming(fetch(`${url}/genlab_fused.wasm`)));
        return Lab.open('flex');
      };
      const labs = [await open(false), await open(true)];
      const begin = (/** @type {any} */ lab, /** @type {any} */ checkpoint) => {
        const event = lab.apply({ type: 'start', run: 1, settings: { preset }, ...(checkpoint && { checkpoint }) });
        if (event.type === 'failed') throw new Error(event.message);
        lab.apply({ type: 'play' });
      };
      const length = (/** @type {ArrayLike<number>} */ values) => Math.hypot(...Array.from(values));
      labs.forEach((lab) => begin(lab, null));
      let [losses, states, different] = [0, 0, false];
      for (let i = 0; i < steps; i++) {
        const [plain, fused] = await Promise.all(labs.map(async (lab) => {
          lab.advance(1);
          const { curves: { first, ...curves } } = await lab.report(true, true);
          return { curves, ...(await lab.checkpoint()) };
        }));
        for (const [name, values] of Object.entries(plain.curves)) {
          const [loss, other] = [/** @type {any} */ (values).at(-1), fused.curves[name].at(-1)];
          losses = Math.max(losses, Math.abs(loss - other) / Math.max(1, Math.abs(loss)));
        }
        const values = plain.checkpoint.values;
        const apart = values.map((/** @type {number} */ value, /** @type {number} */ i) => value - fused.checkpoint.values[i]);
        states = Math.max(states, length(apart) / length(values));
        different ||= apart.some((/** @type {number} */ value) => value !== 0);
        begin(labs[1], plain.checkpoint);
      }
      return { losses, states, different };
    }, { url: chrome.url, preset, steps: STEPS });
    console.log(`${preset}: losses differ by at most ${losses.toExponential(1)}, states by ${states.toExponential(1)}`);
    assert.ok(losses <= OF_A_LOSS && states <= OF_A_STATE, `${losses}, ${states}`);
    assert.ok(different, 'this engine rounds once, so some number should have been another');
    await figure.close();
  });
}

/** The losses of a run's first steps. @param {(page: import('playwright-core').Page) => unknown} [prepare] */
async function lossesOf(prepare) {
  const figure = await (await chrome.figure('/#preset=ring8&seed=1&device=flex', { prepare })).ready();
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 50));
  await figure.reaches(50);
  const losses = await figure.losses(50);
  await figure.close();
  return losses;
}

test('a page takes them where it can, and trains without them where it cannot', async () => {
  const [fused, again] = [await lossesOf(), await lossesOf()];
  assert.deepEqual(fused, again, 'the same device gives the same numbers');
  // What an engine without the instructions says to the file is what any says to one that is none.
  const without = await lossesOf((page) => page.route('**/genlab_fused.wasm', (route) => route.fulfill({ body: 'not read' })));
  assert.notDeepEqual(fused, without);
  for (const [i, loss] of without.d.slice(0, 5).entries()) assert.ok(Math.abs(loss - fused.d[i]) < 1e-4, `step ${i + 1}: ${loss}, ${fused.d[i]}`);
});
