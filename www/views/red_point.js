// The hand on the red point: dragged with mouse, pen or finger, moved with arrow keys, put elsewhere with a click. The
// handle is a button over the picture, so that a finger beside it still scrolls the page.
import { ARROWS } from './hand.js';

/** @typedef {import('./window.js').Pair} Pair */
/** @typedef {import('../frame.js').Frame} Frame */

/** One arrow key, and with shift, as shares of the picture's half width. */
const [STEP, LEAP] = [0.02, 0.1];

export const HANDLE = '<button type="button" class="red-point" data-for="density classes" data-hint="asked_hint"></button>';

export class RedPoint {
  /** In data units; null before it has been put anywhere. @type {Pair | null} */ at = null;
  /** The next frame's callback. */ #frame = 0;

  /** @param {HTMLElement} handle @param {Frame} frame @param {() => boolean} takes may a click put it elsewhere? @param {(at: Pair) => void} onMove at most once a frame */
  constructor(handle, frame, takes, onMove) {
    this.handle = handle;
    this.frame = frame;
    this.onMove = onMove;
    handle.addEventListener('pointerdown', (event) => event.button === 0 && handle.setPointerCapture(event.pointerId));
    handle.addEventListener('pointermove', (event) => handle.hasPointerCapture(event.pointerId) && this.#move(this.#under(event)));
    handle.addEventListener('keydown', (event) => this.#walk(event));
    frame.canvas.addEventListener('click', (event) => takes() && this.#move(this.#under(event)));
  }

  /** Puts the handle where the point is. @param {string} label @param {boolean} hidden */
  show(label, hidden) {
    const { frame, handle, at } = this;
    handle.hidden = hidden || !at;
    if (!at) return;
    handle.style.left = `${50 + (50 * at[0]) / frame.halfWidth}%`;
    handle.style.top = `${50 - (50 * at[1]) / frame.halfWidth}%`;
    handle.setAttribute('aria-label', label);
  }

  /** Where an event is, in data units. @param {MouseEvent} event @returns {Pair} */
  #under({ clientX, clientY }) {
    const { canvas, halfWidth } = this.frame;
    const { left, top, width } = canvas.getBoundingClientRect(); // also under a slide's CSS transform
    const at = (/** @type {number} */ px) => ((2 * px) / (width || 1) - 1) * halfWidth;
    return [at(clientX - left), -at(clientY - top)];
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const arrow = ARROWS[event.key];
    if (!arrow || !this.at || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = (event.shiftKey ? LEAP : STEP) * this.frame.halfWidth;
    this.#move([this.at[0] + far * arrow[0], this.at[1] + far * arrow[1]]);
  }

  /** @param {Pair} to */
  #move(to) {
    const { halfWidth } = this.frame;
    this.at = /** @type {Pair} */ (to.map((v) => Math.max(-halfWidth, Math.min(halfWidth, v))));
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.at) this.onMove(this.at);
    });
  }
}
