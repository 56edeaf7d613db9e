// Training alone in WebAssembly, under Node: nothing is drawn and no metric is read. The same GAN as `benches/plain` beside it,
// both in windows that take turns; and the nets whose share of the arithmetic is asked for.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { limitInTurn } from './limit.js';
import { BENCHES } from './programs.js';
import { median } from './summary.js';
import { DIST } from '../tests/browser/chrome.js';
import { SETS, unpack } from '../www/picture_sets.js';

/** @typedef {import('./native.js').Beside} Beside */
/** @typedef {{ operations: number, share: number }} Arithmetic operations of a step, and the share of the limit that was reached */
/** @typedef {Arithmetic & { net: string, rates: number[] }} Alone steps a second */

/** Milliseconds. Many short windows: a machine that is shared can change its speed twofold from one second to the next. */
const FULL = { warmup: 1500, windows: 61, length: 50 };
const SHORT = { warmup: 50, windows: 1, length: 50 };

/** Named as the README names them. @type {Record<string, Record<string, string>>} */
const NETS = {
  '`ring8`': { preset: 'ring8' },
  '`grid25`': { preset: 'grid25' },
  '`digits14`': { preset: 'digits14' },
  '`digits28`, 256 wide, no penalty': { preset: 'digits28', width_g: '256', width_d: '256', r1: '0', r2: '0' },
  '`faces16`': { preset: 'faces16' },
};

/** A module that wasm-bindgen has made. @param {string} folder @param {string} name */
export async function load(folder, name) {
  const module = await import(pathToFileURL(`${folder}/${name}.js`).href);
  module.initSync({ module: readFileSync(`${folder}/${name}_bg.wasm`) });
  return module;
}

/** Steps a second. @param {{ advance(n: number): void }} training @param {number} length */
function rate(training, length) {
  const begun = performance.now();
  let steps = 0;
  for (; performance.now() - begun < length; steps += 4) training.advance(4);
  return (steps * 1000) / (performance.now() - begun);
}

/** A laboratory at play. @param {any} Lab @param {Record<string, string>} settings */
export async function playing(Lab, settings) {
  const lab = await Lab.open('flex');
  const applied = (/** @type {object} */ command) => {
    const event = lab.apply(command);
    if (event.type === 'failed') throw new Error(event.message);
  };
  for (const name of lab.needs(settings)) {
    const packed = readFileSync(`${DIST}/www/data/${basename(SETS[name].url.pathname)}`);
    applied({ type: 'load', name, bytes: await unpack(new Uint8Array(packed)) });
  }
  applied({ type: 'start', run: 1, settings });
  applied({ type: 'play' });
  return lab;
}

/** Of one step. @param {{ operations: number, advance(n: number): void }} lab */
function operationsOf(lab) {
  const before = lab.operations;
  lab.advance(20);
  return (lab.operations - before) / 20;
}

/**
 * Warmed up, then in windows that take turns with each other and with the limit: everyone's rates, and the share of the limit
 * that the first reached, a laboratory.
 * @param {any[]} trainings @param {boolean} check
 */
async function inTurn(trainings, check) {
  const { warmup, windows, length } = check ? SHORT : FULL;
  const limit = await limitInTurn(check);
  trainings.forEach((training) => rate(training, warmup));
  for (let i = 0; i < 10; i++) await limit(); // compiled at its best
  const [operations, shares] = [operationsOf(trainings[0]), /** @type {number[]} */ ([])];
  const rates = trainings.map(() => /** @type {number[]} */ ([]));
  for (let i = 0; i < windows; i++) {
    const most = await limit();
    trainings.forEach((training, k) => rates[k].push(rate(training, length)));
    shares.push((operations * rates[0][i]) / most);
  }
  trainings.forEach((training) => training.free());
  return { rates, operations, share: median(shares) };
}

/** With the settings that the native comparison had. @param {Beside[]} native @param {boolean} check @returns {Promise<(Beside & Arithmetic)[]>} */
export async function compareInWebAssembly(native, check) {
  const [{ Lab }, { Plain }] = [await load(DIST, 'genlab'), await load(BENCHES, 'plain')];
  const all = [];
  for (const { width, settings } of native) {
    const lab = await playing(Lab, { preset: 'ring8', ...settings });
    const { rates: [ours, plain], ...arithmetic } = await inTurn([lab, new Plain(width)], check);
    all.push({ width, settings, ours, plain, ...arithmetic });
  }
  return all;
}

/** @param {boolean} check @returns {Promise<Alone[]>} */
export async function trainAlone(check) {
  const { Lab } = await load(DIST, 'genlab');
  /** @type {Alone[]} */ const all = [];
  for (const [net, settings] of Object.entries(NETS)) {
    const { rates: [rates], ...arithmetic } = await inTurn([await playing(Lab, settings)], check);
    all.push({ net, rates, ...arithmetic });
  }
  return all;
}
