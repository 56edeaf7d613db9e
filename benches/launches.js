// How often a step on WebGPU starts a compute shader, and how often it hands commands over to the GPU.
import { emptyPage } from './limit.js';

/** @typedef {{ preset: string, dispatches: number, submissions: number }} Launches of one step */

/** Few, for a software GPU's sake. */
const STEPS = 8;

/**
 * Counts calls of the browser's own interface. A run of many steps less one of few leaves out what begins and ends both:
 * reading the picture off the GPU.
 * @param {import('./limit.js').Chrome} chrome with a GPU @param {string} preset
 * @returns {Promise<Launches>}
 */
export async function launchesAStep(chrome, preset) {
  const figure = await emptyPage(chrome);
  const counts = await figure.page.evaluate(async ({ url, preset, steps }) => {
    const count = { dispatches: 0, submissions: 0 };
    /** @param {any} prototype @param {string} method @param {keyof typeof count} what */
    const watch = (prototype, method, what) => {
      const own = prototype[method];
      prototype[method] = function (...words) {
        count[what] += 1;
        return own.apply(this, words);
      };
    };
    const { GPUComputePassEncoder, GPUQueue } = /** @type {any} */ (globalThis);
    watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', 'dispatches');
    watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', 'dispatches');
    watch(GPUQueue.prototype, 'submit', 'submissions');

    const { default: init, Lab } = await import(`${url}/genlab-webgpu.js`);
    await init();
    const lab = await Lab.open('webgpu');
    lab.apply({ type: 'start', run: 1, settings: { preset } });
    lab.apply({ type: 'play' });
    const counted = async (/** @type {number} */ n) => {
      const before = { ...count };
      lab.advance(n);
      await lab.snapshot();
      return [count.dispatches - before.dispatches, count.submissions - before.submissions];
    };
    await counted(2);
    const few = await counted(steps);
    const many = await counted(2 * steps);
    return many.map((n, i) => (n - few[i]) / steps);
  }, { url: chrome.url, preset, steps: STEPS });
  await figure.close();
  return { preset, dispatches: counts[0], submissions: counts[1] };
}
