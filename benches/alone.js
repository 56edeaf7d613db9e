// Training alone in Chromium: nothing is drawn and no metric is read. The same GAN as `benches/plain` beside it, both in windows
// that take turns; and the nets whose share of the arithmetic is asked for.
import { emptyPage } from './limit.js';
import { median } from './summary.js';

/** @typedef {import('./native.js').Beside} Beside */
/** @typedef {import('./limit.js').Chrome} Chrome */
/** @typedef {{ operations: number, share: number }} Arithmetic operations of a step, and the share of the limit that was reached */
/** @typedef {Arithmetic & { net: string, rates: number[] }} Alone steps a second */
/** @typedef {{ warmup: number, windows: number, length: number }} Times in milliseconds */
/** @typedef {{ operations: number, rates: number[][], limits: number[] }} Turns everyone's steps a second, and the limit's operations, window by window */

/** Many short windows: a machine that is shared can change its speed twofold from one second to the next. */
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

/** With the settings that the native comparison had. @param {Chrome} chrome @param {Beside[]} native @param {boolean} check @returns {Promise<(Beside & Arithmetic)[]>} */
export async function compareInChromium(chrome, native, check) {
  const all = [];
  for (const { width, settings } of native) {
    const { rates: [ours, plain], ...arithmetic } = await inTurn(chrome, { preset: 'ring8', ...settings }, width, check);
    all.push({ width, settings, ours, plain, ...arithmetic });
  }
  return all;
}

/** @param {Chrome} chrome @param {boolean} check @returns {Promise<Alone[]>} */
export async function trainAlone(chrome, check) {
  /** @type {Alone[]} */ const all = [];
  for (const [net, settings] of Object.entries(NETS)) {
    const { rates: [rates], ...arithmetic } = await inTurn(chrome, settings, null, check);
    all.push({ net, rates, ...arithmetic });
  }
  return all;
}

/**
 * A laboratory, and where a width is given burn alone, on a page of the laboratory's origin on which nothing else happens.
 * @param {Chrome} chrome @param {Record<string, string>} settings @param {number | null} width @param {boolean} check
 */
async function inTurn(chrome, settings, width, check) {
  const figure = await emptyPage(chrome);
  const plan = { url: chrome.url, settings, width, ...(check ? SHORT : FULL) };
  const { operations, rates, limits } = await figure.page.evaluate(turns, plan);
  await figure.close();
  return { rates, operations, share: median(limits.map((most, i) => (operations * rates[0][i]) / most)) };
}

/** Runs in the page. @param {Times & { url: string, settings: Record<string, string>, width: number | null }} plan @returns {Promise<Turns>} */
async function turns({ url, settings, width, warmup, windows, length }) {
  const { openDevice, provide } = await import(`${url}/www/devices.js`);
  const { lab } = await openDevice('flex');
  await provide(lab, settings, () => {});
  for (const command of [{ type: 'start', run: 1, settings }, { type: 'play' }]) {
    const event = lab.apply(command);
    if (event.type === 'failed') throw new Error(event.message);
  }
  /** @type {{ advance(n: number): void }[]} */ const trainings = [lab];
  if (width) {
    const { default: load, Plain } = await import(`${url}/benches/plain.js`);
    await load();
    trainings.push(new Plain(width));
  }
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/benches/limit.wasm'));
  const loops = /** @type {any} */ (instance.exports);

  /** How much a second is done of what `work` does each time. @param {() => number} work @param {number} length */
  const rate = (work, length) => {
    const begun = performance.now();
    let done = 0;
    do done += work(); while (performance.now() - begun < length);
    return (done * 1000) / (performance.now() - begun);
  };
  const steps = trainings.map((training) => () => (training.advance(4), 4));
  const most = () => Math.max(...[() => loops.multiply_add(20_000), () => loops.product(1)].map((loop) => rate(loop, length / 3)));

  for (const work of steps) rate(work, warmup);
  for (let i = 0; i < 10; i++) most(); // compiled at its best
  const before = lab.operations;
  lab.advance(20);
  const measured = { operations: (lab.operations - before) / 20, rates: trainings.map(() => /** @type {number[]} */ ([])), limits: /** @type {number[]} */ ([]) };
  for (let i = 0; i < windows; i++) {
    measured.limits.push(most());
    steps.forEach((work, k) => measured.rates[k].push(rate(work, length)));
  }
  return measured;
}
