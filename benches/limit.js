// What one thread of WebAssembly could do, and how many operations a step has there.
import { basename } from 'node:path';
import { BENCHES } from './programs.js';

/** @typedef {Awaited<ReturnType<typeof import('../tests/browser/chrome.js').open>>} Chrome */

/** Milliseconds of a window, and how many there are. The first ones are before WebAssembly is compiled at its best. */
const FULL = { length: 300, windows: 8 };
const SHORT = { length: 30, windows: 1 };

/** @param {Chrome} chrome @param {boolean} check @returns {Promise<import('./native.js').Limit>} */
export async function limitInChromium(chrome, check) {
  const figure = await emptyPage(chrome);
  const limit = await figure.page.evaluate(limitOf, check ? SHORT : FULL);
  await figure.close();
  return limit;
}

/** A page of the built one's origin on which nothing else happens. What `programs.js` names is to be had under /benches. @param {Chrome} chrome */
export function emptyPage(chrome) {
  const prepare = (/** @type {import('playwright-core').Page} */ page) =>
    page.route('**/benches/*', (route) => route.fulfill({ path: `${BENCHES}/${basename(route.request().url())}` }));
  return chrome.figure('/www/icon.svg', { prepare });
}

/** The best window of either loop. Runs in the page. @param {{ length: number, windows: number }} plan */
async function limitOf({ length, windows }) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/benches/limit.wasm'));
  const loops = /** @type {Record<'multiply_add' | 'product', (times: number) => number>} */ (/** @type {unknown} */ (instance.exports));
  const best = (/** @type {() => number} */ loop) => {
    let most = 0;
    for (let i = 0; i < windows; i++) {
      const begun = performance.now();
      let operations = 0;
      while (performance.now() - begun < length) operations += loop();
      most = Math.max(most, (operations * 1000) / (performance.now() - begun));
    }
    return most;
  };
  return { multiply_add: best(() => loops.multiply_add(100_000)), product: best(() => loops.product(4)) };
}

/** Of a step of a preset on flex, counted in WebAssembly itself. @param {Chrome} chrome @param {string} preset */
export async function operationsInChromium(chrome, preset) {
  const figure = await emptyPage(chrome);
  const operations = await figure.page.evaluate(async ({ url, preset }) => {
    const { default: init, Lab } = await import(`${url}/genlab.js`);
    await init();
    const lab = await Lab.open('flex');
    lab.apply({ type: 'start', run: 1, settings: { preset } });
    lab.apply({ type: 'play' });
    lab.advance(1);
    const before = lab.operations;
    lab.advance(20);
    return (lab.operations - before) / 20;
  }, { url: chrome.url, preset });
  await figure.close();
  return operations;
}
