// Steps a second in headless Chromium, on the built page with everything drawn, as a reader has it.
/** @typedef {import('../tests/browser/chrome.js').Figure} Figure */
/** @typedef {import('./limit.js').Chrome} Chrome */
/** @typedef {{ warmup: number, windows: number, length: number }} Plan times in milliseconds */

/** WebAssembly is compiled again, and better, while it runs: speed grows for the first four seconds. */
const FULL = { warmup: 4000, windows: 5, length: 1000 };
const SHORT = { warmup: 0, windows: 1, length: 100 };

/** Of the families besides the GAN on points. */
const OTHERS = [
  'line_gan', 'density_vae', 'classes_network', 'codes_vae', 'digits14', 'digits14_best', 'digits14_conv', 'digits28', 'digits14_vae', 'faces16',
  'faces_vae', 'bars_gan', 'bars_d_generator', 'sentences_en', 'sentences_gan', 'faces_caption',
];

/**
 * What is measured here: both CPU devices on every preset of the GAN on points, flex on some others.
 * @param {string[]} points presets of the GAN on points @param {boolean} check
 */
export function places(points, check) {
  const few = check ? 1 : Infinity;
  const both = points.slice(0, few).flatMap((preset) => ['flex', 'ndarray'].map((device) => ({ preset, device })));
  return [...both, ...OTHERS.slice(0, few).map((preset) => ({ preset, device: 'flex' }))];
}

/**
 * @param {Chrome} chrome @param {{ preset: string, device: string }[]} places
 * @param {boolean} check for a moment only
 * @param {(row: import('./bench.js').Measured) => void} report
 */
export async function measureInChromium(chrome, places, check, report) {
  for (const { preset, device } of places) {
    const software = device === 'webgpu';
    const row = { where: 'chromium', preset, device, ...(software && { software }) };
    const figure = await chrome.figure(`/#preset=${preset}&device=${device}`);
    try {
      report({ ...row, rates: await measure(figure, software ? 'swiftshader' : device, check ? SHORT : FULL) });
    } catch (/** @type {any} */ error) {
      report({ ...row, rates: [], failure: error.message.split('\n')[0] });
    }
    await figure.close();
  }
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
