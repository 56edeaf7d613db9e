// Numbers over steps, kept within a bound: when more arrive, neighbours are averaged in pairs.

/** Points kept a curve. */
const CAPACITY = 1200;

export class Record {
  /** Steps per point. */ #stride = 1;
  /** The step of each closed point. @type {number[]} */ #steps = [];
  /** One list a curve; null where there is no number. @type {(number | null)[][]} */ #columns;
  /** The point being filled: entries, and per curve a sum and a count. */ #open;

  /** @param {number} n curves */
  constructor(n) {
    this.#columns = Array.from({ length: n }, () => []);
    this.#open = fresh(n);
  }

  get length() {
    return this.#steps.length;
  }

  /** @param {number} step @param {ArrayLike<number>} values one a curve; not finite where there is none */
  add(step, values) {
    const open = this.#open;
    open.entries += 1;
    this.#columns.forEach((_, i) => {
      if (!Number.isFinite(values[i])) return;
      open.sums[i] += values[i];
      open.counts[i] += 1;
    });
    if (open.entries >= this.#stride) this.#close(step);
  }

  clear() {
    this.#stride = 1;
    this.#steps = [];
    this.#columns = this.#columns.map(() => []);
    this.#open = fresh(this.#columns.length);
  }

  /** Forgets what lies after a step. @param {number} step */
  truncate(step) {
    const n = this.#steps.filter((s) => s <= step).length;
    this.#steps.length = n;
    for (const column of this.#columns) column.length = n;
    this.#open = fresh(this.#columns.length);
  }

  /** Steps, then the curves. @returns {[number[], ...(number | null)[][]]} */
  data() {
    return [this.#steps, ...this.#columns];
  }

  /** @param {number} step */
  #close(step) {
    const { sums, counts } = this.#open;
    this.#steps.push(step);
    this.#columns.forEach((column, i) => column.push(counts[i] ? sums[i] / counts[i] : null));
    this.#open = fresh(this.#columns.length);
    if (this.#steps.length < CAPACITY) return;
    this.#stride *= 2;
    this.#steps = this.#steps.filter((_, i) => i % 2 === 1);
    const mean = (/** @type {number | null} */ a, /** @type {number | null} */ b) => (a === null ? b : b === null ? a : (a + b) / 2);
    this.#columns = this.#columns.map((column) => Array.from({ length: CAPACITY / 2 }, (_, i) => mean(column[2 * i], column[2 * i + 1])));
  }
}

/** @param {number} n */
const fresh = (n) => ({ entries: 0, sums: new Float64Array(n), counts: new Uint32Array(n) });
