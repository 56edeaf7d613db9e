// How long a reader waits in Chromium, from the press on play, until a model has learned what tests/learning.rs asks for. Play is
// pressed a moment after the figure shows its first readings.

/** @typedef {{ id: string, ema: number, floor: number }} Reading of the averaged G */
/** @typedef {{ seed: number, milliseconds: number, step: number }} Passed */
/** @typedef {{ preset: string, bar: string, runs: Passed[] }} Learned */
/** @typedef {{ id: string, least?: number, below?: number, of?: 'floor' }} Condition on a reading, or on its multiple of the floor */

/** @type {{ preset: string, bar: string, conditions: Condition[] }[]} */
export const BARS = [
  {
    preset: 'ring8',
    bar: '8 of 8 modes, high-quality share at least 0.90',
    conditions: [{ id: 'modes', least: 8 }, { id: 'high_quality', least: 0.9 }],
  },
  {
    preset: 'digits14',
    bar: 'Fréchet distance below 4.4 times the floor, recall above 0.65',
    conditions: [{ id: 'frechet', below: 4.4, of: 'floor' }, { id: 'recall', least: 0.65 }],
  },
];
const SEEDS = [1, 2, 3];
/** Nobody presses at once. Milliseconds. */
const MOMENT = 1500;
/** Whoever has not passed by then has not learned. */
const PATIENCE = 300_000;

/** @param {import('./limit.js').Chrome} chrome @returns {Promise<Learned[]>} */
export async function timeToBars(chrome) {
  /** @type {Learned[]} */ const all = [];
  for (const { preset, bar, conditions } of BARS) {
    /** @type {Passed[]} */ const runs = [];
    for (const seed of SEEDS) {
      const figure = await (await chrome.figure(`/#preset=${preset}&seed=${seed}&device=flex`)).ready();
      await figure.reads('.readings-table', /\d/);
      await figure.page.waitForTimeout(MOMENT);
      const passed = await figure.page.evaluate(untilPassed, { conditions, patience: PATIENCE });
      runs.push({ seed, ...passed });
      console.error(`  ${preset}, seed ${seed}: ${bar} after ${passed.milliseconds} ms, step ${passed.step}`);
      await figure.close();
    }
    all.push({ preset, bar, runs });
  }
  return all;
}

/** Runs in the page, and presses play there. @param {{ conditions: Condition[], patience: number }} wish @returns {Promise<{ milliseconds: number, step: number }>} */
function untilPassed({ conditions, patience }) {
  return new Promise((resolve, reject) => {
    let begun = Infinity;
    let last = '';
    setTimeout(() => reject(new Error(`not learned in ${patience / 1000} s: ${last}`)), patience);
    addEventListener('genlab:snapshot', (event) => {
      /** @type {{ step: number, metrics: Reading[] }} */ const { step, metrics } = /** @type {any} */ (event).detail;
      const passes = (/** @type {Condition} */ { id, least = -Infinity, below = Infinity, of }) => {
        const reading = metrics.find((metric) => metric.id === id);
        const value = reading ? reading.ema / (of ? reading[of] : 1) : NaN;
        return value >= least && value < below;
      };
      if (metrics.length) last = `step ${step}, ${JSON.stringify(metrics)}`;
      if (event.timeStamp > begun && conditions.every(passes)) resolve({ milliseconds: Math.round(event.timeStamp - begun), step });
    }, { capture: true });
    const play = document.querySelector('gen-lab')?.shadowRoot?.querySelector('[data-action=play]');
    begun = performance.now();
    /** @type {HTMLElement} */ (play).click();
  });
}
