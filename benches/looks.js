// What it costs training to be looked at, under Node: by whoever trains, and by another thread that is handed checkpoints, as
// `www/onlooker.js` does it.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { median, rounded } from './summary.js';
import { DIST } from '../tests/browser/chrome.js';

/** @typedef {'nobody' | 'same' | 'other'} Who looks: the thread that trains, or another one */
/** @typedef {{ preset: string, probes: string[], milliseconds: number, rates?: Record<Who, number> }} Look what a look takes, and steps a second while there are 60 */

const SETTINGS = { preset: 'ring8', stop_steps: '1000000' };
/** What the plane draws, and where generated points would have to go. */
const PROBES = ['landscape', 'real', 'generated', 'slope_generated'];
const PER_SECOND = 60;
/** Steps from one glance at the clock to the next. */
const STRIDE = 2;

/** A laboratory at play that is watched. */
async function watched() {
  const { Lab, initSync } = await import(pathToFileURL(`${DIST}/genlab.js`).href);
  initSync({ module: readFileSync(`${DIST}/genlab_bg.wasm`) });
  const lab = await Lab.open('flex');
  for (const command of [{ type: 'start', run: 1, settings: SETTINGS }, { type: 'play' }, { type: 'watch', probes: PROBES }]) {
    const event = lab.apply(command);
    if (event.type === 'failed') throw new Error(event.message);
  }
  return lab;
}

if (!isMainThread) {
  const lab = await watched();
  parentPort?.on('message', async (checkpoint) => {
    const begun = performance.now();
    await lab.look(checkpoint);
    parentPort?.postMessage(performance.now() - begun);
  });
  parentPort?.postMessage(0);
}

/** @param {boolean} check @returns {Promise<Look>} */
export async function look(check) {
  const [windows, length] = check ? [1, 100] : [7, 1000];
  const lab = await watched();
  const other = new Worker(new URL(import.meta.url));
  /** @type {number[]} */ const times = [];
  await new Promise((resolve) => other.once('message', resolve));
  let free = true;
  other.on('message', (took) => (free = times.push(took) > 0));

  const looks = {
    async same() {
      await lab.report(false, true);
    },
    async other() {
      free = false;
      await lab.report(true, true);
      const { checkpoint } = await lab.checkpoint();
      other.postMessage(checkpoint, [checkpoint.values.buffer]);
    },
  };
  /** @param {Who} who */
  const rate = async (who) => {
    const begun = performance.now();
    let [steps, next] = [0, begun];
    for (let now = begun; now - begun < length; now = performance.now()) {
      lab.advance(STRIDE);
      steps += STRIDE;
      await new Promise(setImmediate); // messages come in
      if (who === 'nobody' || performance.now() < next || (who === 'other' && !free)) continue;
      next = Math.max(next + 1000 / PER_SECOND, performance.now() - 100);
      await looks[who]();
    }
    return (steps * 1000) / (performance.now() - begun);
  };

  /** @type {Record<Who, number[]>} */ const rates = { nobody: [], same: [], other: [] };
  const who = /** @type {Who[]} */ (Object.keys(rates));
  for (const each of who) await rate(each);
  for (let i = 0; i < windows; i++) for (const each of who) rates[each].push(await rate(each));
  await other.terminate();
  lab.free();
  const medians = who.map((each) => [each, rounded(median(rates[each]), 4)]);
  return { preset: SETTINGS.preset, probes: PROBES, milliseconds: rounded(median(times), 3), rates: Object.fromEntries(medians) };
}
