// The same GAN as `benches/plain`, in WebAssembly beside it, under Node: both in windows that take turns.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { BENCHES } from './programs.js';
import { DIST } from '../tests/browser/chrome.js';

/** @typedef {import('./native.js').Beside} Beside */

/** Milliseconds. */
const FULL = { warmup: 1500, windows: 7, length: 400 };
const SHORT = { warmup: 50, windows: 1, length: 50 };

/** A module that wasm-bindgen has made. @param {string} folder @param {string} name */
async function load(folder, name) {
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

/** With the settings that the native comparison had. @param {Beside[]} native @param {boolean} check @returns {Promise<Beside[]>} */
export async function compareInWebAssembly(native, check) {
  const { warmup, windows, length } = check ? SHORT : FULL;
  const [{ Lab }, { Plain }] = [await load(DIST, 'genlab'), await load(BENCHES, 'plain')];
  /** @type {Beside[]} */ const all = [];
  for (const { width, settings } of native) {
    const lab = await Lab.open('flex');
    const event = lab.apply({ type: 'start', run: 1, settings: { preset: 'ring8', ...settings } });
    if (event.type === 'failed') throw new Error(event.message);
    lab.apply({ type: 'play' });
    const pair = [lab, new Plain(width)];
    pair.forEach((training) => rate(training, warmup));
    const rates = Array.from({ length: windows }, () => pair.map((training) => rate(training, length)));
    all.push({ width, settings, ours: rates.map(([ours]) => ours), plain: rates.map(([, plain]) => plain) });
    pair.forEach((training) => training.free());
  }
  return all;
}
