// Training alone in WebAssembly, under Node: nothing is drawn and no metric is read. The same GAN as `benches/plain` beside it,
// both in windows that take turns; and the nets whose share of the arithmetic is asked for.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BENCHES } from './programs.js';
import { DIST } from '../tests/browser/chrome.js';
import { SETS, unpack } from '../www/picture_sets.js';

/** @typedef {import('./native.js').Beside} Beside */
/** @typedef {{ net: string, rates: number[], operations: number }} Alone steps a second, and operations of a step */

/** Milliseconds. */
const FULL = { warmup: 1500, windows: 7, length: 400 };
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

/** With the settings that the native comparison had. @param {Beside[]} native @param {boolean} check @returns {Promise<(Beside & { operations: number })[]>} */
export async function compareInWebAssembly(native, check) {
  const { warmup, windows, length } = check ? SHORT : FULL;
  const [{ Lab }, { Plain }] = [await load(DIST, 'genlab'), await load(BENCHES, 'plain')];
  const all = [];
  for (const { width, settings } of native) {
    const lab = await playing(Lab, { preset: 'ring8', ...settings });
    const pair = [lab, new Plain(width)];
    pair.forEach((training) => rate(training, warmup));
    const rates = Array.from({ length: windows }, () => pair.map((training) => rate(training, length)));
    const [ours, plain] = [0, 1].map((i) => rates.map((pair) => pair[i]));
    all.push({ width, settings, ours, plain, operations: operationsOf(lab) });
    pair.forEach((training) => training.free());
  }
  return all;
}

/** @param {boolean} check @returns {Promise<Alone[]>} */
export async function trainAlone(check) {
  const { warmup, windows, length } = check ? SHORT : FULL;
  const { Lab } = await load(DIST, 'genlab');
  /** @type {Alone[]} */ const all = [];
  for (const [net, settings] of Object.entries(NETS)) {
    const lab = await playing(Lab, settings);
    rate(lab, warmup);
    all.push({ net, rates: Array.from({ length: windows }, () => rate(lab, length)), operations: operationsOf(lab) });
    lab.free();
  }
  return all;
}
