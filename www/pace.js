// How fast to go, and where in the run to stand.
import { set } from './readout.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */

/** From slow motion, line by line, to as fast as it goes. @type {{ by: 'line' | 'both', perSecond: number | null }[]} */
const SPEEDS = [
  { by: 'line', perSecond: 1 },
  { by: 'line', perSecond: 4 },
  { by: 'both', perSecond: 1 },
  { by: 'both', perSecond: 3 },
  { by: 'both', perSecond: 10 },
  { by: 'both', perSecond: 30 },
  { by: 'both', perSecond: 100 },
  { by: 'both', perSecond: null },
];

export class Pace {
  /** The model it last suited. */ #suits = '';

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {(step: number) => void} seek */
  constructor(part, laboratory, seek) {
    this.part = part;
    this.laboratory = laboratory;
    this.speed = /** @type {HTMLInputElement} */ (part('.speed input'));
    this.time = /** @type {HTMLInputElement} */ (part('.time input'));
    this.speed.max = String(SPEEDS.length - 1);
    this.speed.value = this.speed.max;
    this.speed.addEventListener('input', () => {
      const { by, perSecond } = SPEEDS[Number(this.speed.value)];
      if (by === 'line') part('[data-tab=algorithm]').click();
      laboratory.setSpeed(by, perSecond);
    });
    this.time.addEventListener('input', () => seek(Number(this.time.value)));
  }

  /** The pace that suits a model: two weights settle before the eye has seen anything. @param {string} model */
  suit(model) {
    if (model === this.#suits) return;
    const wanted = model === 'dirac' ? SPEEDS.findIndex(({ perSecond }) => perSecond === 30) : SPEEDS.length - 1;
    if (model !== 'gan' || this.#suits) this.speed.value = String(wanted);
    this.#suits = model;
    const { by, perSecond } = SPEEDS[Number(this.speed.value)];
    this.laboratory.setSpeed(by, perSecond);
  }

  /** @param {any} words @param {'en' | 'zh'} language */
  draw(words, language) {
    const number = new Intl.NumberFormat(language);
    const { by, perSecond } = SPEEDS[Number(this.speed.value)];
    const speed = perSecond === null ? words.speed_full : words[`speed_${by}`](perSecond);
    this.speed.setAttribute('aria-valuetext', speed);
    set(this.part('.speed output'), speed);

    const { snapshot, history } = this.laboratory;
    const step = snapshot?.step ?? 0;
    const last = Math.max(step, history.moments.at(-1)?.step ?? 0);
    this.time.max = String(last);
    // While it is dragged it belongs to the reader.
    if (!this.time.matches(':active')) this.time.value = String(step);
    this.time.disabled = last === 0;
    const time = words.time_at(number.format(step), number.format(last));
    this.time.setAttribute('aria-valuetext', time);
    set(this.part('.time output'), time);
  }
}
