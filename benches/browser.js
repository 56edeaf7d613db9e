// Steps a second in headless Chromium, on the built page with everything drawn, as a reader has it.
import { open } from '../tests/browser/chrome.js';

/** @typedef {import('../tests/browser/chrome.js').Figure} Figure */
/** @typedef {{ warmup: number, windows: number, length: number }} Plan times in milliseconds */

/** WebAssembly is compiled again, and better, while it runs: speed grows for the first four seconds. */
const FULL = { warmup: 4000, windows: 5, length: 1000 };
const SHORT = { warmup: 0, windows: 1, length: 100 };

/**
 * The CPU devices on every preset; WebGPU, by a software GPU that compiles shaders for 20 s, on the first alone.
 * @param {string[]} presets
 * @param {boolean} check for a moment only
 * @param {(row: import('./bench.js').Measured) => void} report
 * @returns {Promise<string>} the browser's version
 */
export async function measureInChromium(presets, check, report) {
  let version = '';
  for (const gpu of [false, true]) {
    const chrome = await open({ gpu });
    for (const preset of gpu ? presets.slice(0, 1) : presets) {
      for (const device of gpu ? ['webgpu'] : ['flex', 'ndarray']) {
        const figure = await chrome.figure(`/#preset=${preset}&device=${device}`);
        version = figure.page.context().browser()?.version() ?? '';
        const row = { where: 'chromium', preset, device, ...(gpu && { software: true }) };
        try {
          report({ ...row, rates: await measure(figure, gpu ? 'swiftshader' : device, check ? SHORT : FULL) });
        } catch (/** @type {any} */ error) {
          report({ ...row, rates: [], failure: error.message.split('\n')[0] });
        }
        await figure.close();
      }
    }
    await chrome.close();
  }
  return version;
}

/**
 * Steps a second in each window.
 * @param {Figure} figure @param {string} device how the page calls the device that is to train @param {Plan} plan
 */
async function measure(figure, device, plan) {
  await figure.ready();
  await figure.click('play');
  const rates = await figure.page.evaluate(countSteps, plan);
  // At the end, because a GPU that fails on the way hands over to the CPU.
  const used = await figure.text('.device');
  if (!used.toLowerCase().includes(device)) throw new Error(`${used} trained instead. ${await figure.text('.reasons')}`);
  return rates;
}

/** Runs in the page. A window lasts from one snapshot to another. @param {Plan} plan @returns {Promise<number[]>} */
async function countSteps({ warmup, windows, length }) {
  /** @typedef {{ step: number, time: number }} Moment */
  /** @returns {Promise<Moment>} */
  const next = () => new Promise((resolve, reject) => {
    const silence = setTimeout(() => reject(new Error('no snapshot for a minute')), 60_000);
    addEventListener('genlab:snapshot', (event) => {
      clearTimeout(silence);
      const { step, health } = /** @type {any} */ (event).detail;
      if (health.diverged_at !== null) reject(new Error(`diverged at step ${health.diverged_at}`));
      resolve({ step, time: event.timeStamp });
    }, { capture: true, once: true });
  });
  /** The first snapshot so many milliseconds later. @param {Moment} since */
  const later = async (since, time) => {
    let now = await next();
    while (now.time - since.time < time) now = await next();
    return now;
  };
  let start = await later(await next(), warmup);
  const rates = /** @type {number[]} */ ([]);
  while (rates.length < windows) {
    const end = await later(start, length);
    rates.push(((end.step - start.step) * 1000) / (end.time - start.time));
    start = end;
  }
  return rates;
}
