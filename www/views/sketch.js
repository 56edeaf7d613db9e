// Points drawn on the plane with mouse, pen or finger.

/** @typedef {import('../frame.js').Frame} Frame */

/** Points that one movement leaves, and how far they scatter as a share of the picture's side. */
const SPRAY = 3;
const SCATTER = 0.012;

export class Sketch {
  /** Flat, in data units. @type {number[]} */ values = [];
  /** Where each stroke begins in `values`. @type {number[]} */ #strokes = [];
  #on = false;

  /** @param {HTMLCanvasElement} canvas @param {Frame} frame @param {() => void} changed */
  constructor(canvas, frame, changed) {
    this.canvas = canvas;
    this.frame = frame;
    this.changed = changed;
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#on && event.buttons && this.#spray(event));
  }

  get on() {
    return this.#on;
  }

  set on(on) {
    this.#on = on;
    this.canvas.classList.toggle('drawing', on); // a finger then draws instead of scrolling
    this.changed();
  }

  undo() {
    this.values.length = this.#strokes.pop() ?? 0;
    this.changed();
  }

  clear() {
    this.values = [];
    this.#strokes = [];
    this.changed();
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (!this.#on || event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.#strokes.push(this.values.length);
    this.#spray(event);
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  #spray(event) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    const { halfWidth } = this.frame;
    for (const { clientX, clientY } of event.getCoalescedEvents?.() ?? [event]) {
      const [x, y] = [(2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / width];
      for (let i = 0; i < SPRAY; i += 1) this.values.push((x + scatter()) * halfWidth, (y + scatter()) * halfWidth);
    }
    this.changed();
  }
}

/** Roughly normal: the sum of three uniform numbers. */
const scatter = () => 2 * SCATTER * (Math.random() + Math.random() + Math.random() - 1.5);
