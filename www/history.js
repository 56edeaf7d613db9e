// The run's past: checkpoints to go back to, within a bound of memory.

/** @typedef {import('./protocol.js').Checkpoint} Checkpoint */
/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {{ step: number, checkpoint: Checkpoint, settings: Settings }} Moment settings as they were then */

/** Bytes of checkpoints kept. */
export const BOUND = 64 * 2 ** 20;

export class History {
  /** By step, earliest first. @type {Moment[]} */ moments = [];
  #bytes = 0;
  /** Moments are kept at least so many steps apart. */ #gap = 0;

  /** @param {number} [bound] */
  constructor(bound = BOUND) {
    this.bound = bound;
  }

  /** @param {Moment} moment the latest so far; what lay after it is forgotten */
  add(moment) {
    this.truncate(moment.step - 1);
    const { moments } = this;
    // The last one stays whatever its distance, until a later one takes its place.
    if (moments.length > 1 && moments[moments.length - 1].step - moments[moments.length - 2].step < this.#gap) moments.pop();
    moments.push(moment);
    this.#bytes = total(moments);
    while (this.#bytes > this.bound && this.moments.length > 2) this.#thin();
  }

  /** The last moment at or before a step. @param {number} step @returns {Moment | null} */
  at(step) {
    return this.moments.findLast((moment) => moment.step <= step) ?? null;
  }

  /** Forgets what lies after a step. @param {number} step */
  truncate(step) {
    this.#keep((moment) => moment.step <= step);
  }

  clear() {
    this.#gap = 0;
    this.truncate(-Infinity);
  }

  /** Keeps moments twice as far apart; the first and the last stay. */
  #thin() {
    const { moments } = this;
    const [first, last] = [moments[0], moments[moments.length - 1]];
    this.#gap = (2 * (last.step - first.step)) / (moments.length - 1);
    let kept = -Infinity;
    this.#keep(({ step }) => {
      const wanted = step - kept >= this.#gap || step === last.step;
      if (wanted) kept = step;
      return wanted;
    });
  }

  /** @param {(moment: Moment) => boolean} wanted */
  #keep(wanted) {
    this.moments = this.moments.filter(wanted);
    this.#bytes = total(this.moments);
  }
}

/** Bytes of all these. @param {Moment[]} moments */
const total = (moments) => moments.reduce((sum, { checkpoint }) => sum + checkpoint.values.byteLength, 0);
