// A small picture that the reader draws pixel by pixel: mouse, pen or finger, or the keyboard.
import { Gallery } from './gallery.js';

/** @typedef {import('../colormap.js').Colors} Colors */

export class PixelEditor {
  /** @type {Float32Array} */ #picture = new Float32Array();
  /** @type {Colors | null} */ #colors = null;
  /** What the pointer paints: ink or paper. @type {number | null} */ #paint = null;
  /** The pixel that keys flip, and where the pointer was. */ #cell = 0;

  /** @param {HTMLCanvasElement} canvas that can have the focus @param {(picture: Float32Array) => void} changed the reader has drawn */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.gallery = new Gallery(canvas, { columns: 1, label: '' });
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#paint !== null && this.#stroke(event, this.#paint));
    for (const type of ['pointerup', 'pointercancel']) canvas.addEventListener(type, () => (this.#paint = null));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    for (const type of ['focus', 'blur']) canvas.addEventListener(type, () => this.#show());
  }

  /** @param {Float32Array} picture ink from 0 to 1 @param {Colors} colors @param {string} label */
  draw(picture, colors, label) {
    this.#picture = picture;
    this.#colors = colors;
    this.gallery.label = label;
    this.#show();
  }

  #show() {
    const cursor = this.canvas.matches(':focus-visible') ? this.#cell : null;
    if (this.#colors) this.gallery.draw({ shape: [1, this.#picture.length], values: this.#picture }, this.#colors, { cursor });
  }

  get #side() {
    return Math.round(Math.sqrt(this.#picture.length));
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    const place = this.gallery.pixelAt(event);
    if (place === null) return;
    event.preventDefault();
    this.canvas.focus();
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // A pointer that is gone already paints one pixel.
    }
    this.#paint = this.#picture[place] >= 0.5 ? 0 : 1;
    this.#fill([place], this.#paint);
  }

  /** All pixels from where the pointer was: it may be faster than its events. @param {PointerEvent} event @param {number} ink */
  #stroke(event, ink) {
    const [from, to, side] = [this.#cell, this.gallery.pixelAt(event), this.#side];
    if (to === null) return;
    const [dx, dy] = [(to % side) - (from % side), Math.floor(to / side) - Math.floor(from / side)];
    const n = Math.max(Math.abs(dx), Math.abs(dy), 1);
    const along = (/** @type {number} */ i) => from + Math.round((i * dx) / n) + side * Math.round((i * dy) / n);
    this.#fill(Array.from({ length: n }, (_, i) => along(i + 1)), ink);
  }

  /** Arrow keys go from pixel to pixel, Enter and space flip one. @param {KeyboardEvent} event */
  #key(event) {
    const side = this.#side;
    const steps = /** @type {{ [key: string]: number }} */ ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -side, ArrowDown: side });
    if (event.key === 'Enter' || event.key === ' ') this.#fill([this.#cell], this.#picture[this.#cell] >= 0.5 ? 0 : 1);
    else if (event.key in steps) this.#cell = (this.#cell + steps[event.key] + side * side) % (side * side);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#show();
  }

  /** @param {number[]} places @param {number} ink */
  #fill(places, ink) {
    this.#cell = places[places.length - 1];
    if (places.every((place) => this.#picture[place] === ink)) return;
    this.#picture = this.#picture.slice();
    for (const place of places) this.#picture[place] = ink;
    this.changed(this.#picture);
    this.#show();
  }
}
