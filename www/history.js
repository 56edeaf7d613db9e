// The run's past: checkpoints to go back to, within a bound of memory.

/** @typedef {import('./protocol.js').Checkpoint} Checkpoint */
/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {{ step: number, checkpoint: Checkpoint, settings: Settings }} Moment settings as they were then */

/** Bytes of checkpoints kept. */
export const BOUND = 64 * 2 ** 20;

export class History {
  /** By step, earliest first. @type {Moment[]} */ moments = [];
  #bytes = 0;

  /** @param {number} [bound] */
  constructor(bound = BOUND) {
    this.bound = bound;
  }

  /** @param {Moment} moment the latest so far; what lay after it is forgotten */
  add(moment) {
    this.truncate(moment.step - 1);
    this.moments.push(moment);
    this.#bytes += size(moment);
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
    this.#keep(() => false);
  }

  /** Every second moment goes; the first and the last stay. */
  #thin() {
    const last = this.moments.length - 1;
    this.#keep((_, i) => i % 2 === 0 || i === last);
  }

  /** @param {(moment: Moment, i: number) => boolean} wanted */
  #keep(wanted) {
    this.moments = this.moments.filter(wanted);
    this.#bytes = this.moments.reduce((sum, moment) => sum + size(moment), 0);
  }
}

/** @param {Moment} moment */
const size = ({ checkpoint }) => checkpoint.values.byteLength;
