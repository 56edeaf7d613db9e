// Where each generated point has come from: its places in the last pictures.

/** @typedef {import('../frame.js').Frame} Frame */

/** Pictures remembered. */
const LENGTH = 40;
/** Points followed. */
const N_TRAILS = 96;

export class Trails {
  /** Earliest first. @type {Float32Array[]} */ #places = [];

  clear() {
    this.#places = [];
  }

  /** @param {Float32Array} values the points, flat */
  add(values) {
    this.#places.push(values.slice(0, 2 * N_TRAILS));
    if (this.#places.length > LENGTH) this.#places.shift();
  }

  /** Fainter towards the past, in four strokes. @param {Frame} frame @param {string} color */
  draw(frame, color) {
    const { context } = frame;
    context.strokeStyle = color;
    context.lineWidth = 1;
    const n = this.#places.length;
    for (let part = 0; part < 4; part += 1) {
      const [from, to] = [Math.floor((part * (n - 1)) / 4), Math.floor(((part + 1) * (n - 1)) / 4)];
      context.globalAlpha = 0.15 + 0.2 * part;
      context.beginPath();
      for (let i = 0; i < 2 * N_TRAILS && to > from; i += 2) {
        context.moveTo(frame.x(this.#places[from][i]), frame.y(this.#places[from][i + 1]));
        for (let k = from + 1; k <= to; k += 1) context.lineTo(frame.x(this.#places[k][i]), frame.y(this.#places[k][i + 1]));
      }
      context.stroke();
    }
    context.globalAlpha = 1;
  }
}
