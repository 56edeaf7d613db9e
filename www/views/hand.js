// The reader's hand on a canvas with a window. A mouse points by hovering, a finger by dragging, the arrow keys by steps;
// a click, a tap and Enter press. Wheel, two fingers, double click, + and − zoom; shift or the middle button drags the
// window; 0 shows all again.

/** @typedef {import('./window.js').Pair} Pair */
/**
 * Places are in pixels of the window.
 * @typedef {object} Grasp
 * @property {number} head CSS pixels of the canvas above the window
 * @property {(at: Pair) => void} point
 * @property {(at: Pair | null) => void} [press] null where the keyboard did
 * @property {(arrow: Pair, leaps: boolean) => void} walk an arrow key, upwards positive
 * @property {() => Pair | null} place what + and − zoom about, if it is in sight
 * @property {(act: () => unknown) => boolean} go moves the window, and says whether it could be
 * @property {() => void} reset
 */

/** One press of + or −, one notch of a wheel (a touchpad's pinch is finer). */
const [ZOOM, NOTCH, PINCH] = [1.5, 0.002, 0.01];
/** A wheel's turn that began on the page belongs to the page until it pauses for so long. Milliseconds. */
const PAUSE = 250;

export const ARROWS = /** @type {Record<string, Pair>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

export class Hand {
  /** Fingers on the canvas, by pointer. @type {Map<number, Pair>} */ #fingers = new Map();
  /** There were two fingers; the last one up is no tap. */ #pinched = false;
  /** Where a mouse drags the window from. @type {Pair | null} */ #grip = null;
  /** When a wheel last turned for the page. */ #passing = -Infinity;

  /** @param {HTMLCanvasElement} canvas @param {import('./window.js').CodeWindow} window @param {Grasp} grasp */
  constructor(canvas, window, grasp) {
    this.canvas = canvas;
    this.window = window;
    this.grasp = grasp;
    canvas.tabIndex = 0;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event, true));
    canvas.addEventListener('pointercancel', (event) => this.#up(event, false));
    canvas.addEventListener('pointerenter', ({ timeStamp }) => (this.#passing = timeStamp)); // perhaps as the page scrolls by
    canvas.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault()); // no scrolling by itself
    canvas.addEventListener('wheel', (event) => this.#turn(event), { passive: false });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('dblclick', (event) => {
      event.preventDefault();
      grasp.go(() => window.zoom(event.shiftKey ? 1 / 2 : 2, ...this.#under(event)));
    });
  }

  /** One step closer, or further out, about the place if it is in sight. @param {boolean} closer */
  zoom(closer) {
    const { width, height } = this.window;
    const factor = closer ? ZOOM : 1 / ZOOM;
    const [px, py] = this.grasp.place() ?? [NaN, NaN];
    const seen = px >= 0 && px <= width && py >= 0 && py <= height;
    return this.grasp.go(() => (seen ? this.window.zoom(factor, px, py) : this.window.zoom(factor)));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const at = this.#under(event);
    const grip = event.button === 1 || (event.button === 0 && event.shiftKey);
    if (event.pointerType === 'touch' || grip) this.canvas.setPointerCapture(event.pointerId);
    if (event.pointerType === 'touch') {
      this.#fingers.set(event.pointerId, at);
      this.#pinched = this.#fingers.size > 1;
    } else if (grip) {
      this.#grip = at;
      this.canvas.classList.add('panning');
    } else {
      this.grasp.point(at);
      if (event.button === 0) this.grasp.press?.(at);
    }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const at = this.#under(event);
    if (event.movementX || event.movementY) this.#passing = -Infinity; // the reader has come here
    if (event.pointerType === 'touch') return this.#finger(event.pointerId, at);
    const from = this.#grip;
    if (!from) return event.shiftKey || this.grasp.point(at);
    this.#grip = at;
    this.grasp.go(() => this.window.pan(at[0] - from[0], at[1] - from[1]));
  }

  /** @param {number} id @param {Pair} at */
  #finger(id, at) {
    if (!this.#fingers.has(id)) return;
    const before = [...this.#fingers.values()];
    this.#fingers.set(id, at);
    const after = [...this.#fingers.values()];
    if (before.length === 2) this.grasp.go(() => this.window.pinch([before[0], before[1]], [after[0], after[1]]));
    else if (!this.#pinched) this.grasp.point(at);
  }

  /** @param {PointerEvent} event @param {boolean} meant */
  #up(event, meant) {
    if (this.#fingers.delete(event.pointerId) && meant && !this.#pinched) {
      this.grasp.point(this.#under(event));
      this.grasp.press?.(this.#under(event));
    }
    if (!this.#fingers.size) this.#pinched = false;
    this.#grip = null;
    this.canvas.classList.remove('panning');
  }

  /** @param {WheelEvent} event */
  #turn(event) {
    if (event.timeStamp - this.#passing < PAUSE && !event.ctrlKey) {
      this.#passing = event.timeStamp;
      return;
    }
    const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 30);
    const factor = Math.exp(-Math.max(-200, Math.min(200, turned)) * (event.ctrlKey ? PINCH : NOTCH));
    // At its bounds the wheel is the page's again.
    if (this.grasp.go(() => this.window.zoom(factor, ...this.#under(event)))) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) this.grasp.walk(arrow, event.shiftKey);
    else if (event.key === '+' || event.key === '=') this.zoom(true);
    else if (event.key === '-' || event.key === '_') this.zoom(false);
    else if (event.key === '0') this.grasp.reset();
    else if (event.key === 'Enter' && this.grasp.press) this.grasp.press(null);
    else return;
    event.preventDefault();
  }

  /** Where an event is, in pixels of the window. @param {MouseEvent} event @returns {Pair} */
  #under({ clientX, clientY }) {
    const { canvas } = this;
    const { left, top, width, height } = canvas.getBoundingClientRect(); // also under a slide's CSS transform
    const x = ((clientX - left) * canvas.offsetWidth) / (width || 1) - canvas.clientLeft;
    return [x, ((clientY - top) * canvas.offsetHeight) / (height || 1) - canvas.clientTop - this.grasp.head];
  }
}
