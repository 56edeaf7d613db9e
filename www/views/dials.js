// One slider for each number of z, and the picture that the averaged G makes of them.
import { set } from '../readout.js';
import { Gallery } from './gallery.js';

/** @typedef {import('../laboratory.js').Laboratory} Laboratory */

/** How far a dial turns either way: 98.8 % of a normal number's mass. */
const REACH = 2.5;

export const MARKUP = `<figure data-for="picture_gan">
  <div class="dials-body"><canvas class="gallery dialled" role="img"></canvas><div class="dials"></div></div>
  <figcaption><button type="button" data-dials="zero"><span data-text="dials_zero"></span></button><button type="button" data-dials="random"><span data-text="dials_random"></span></button><span class="quiet" data-text="dials_hint"></span></figcaption>
</figure>`;

export class Dials {
  /** @type {HTMLInputElement[]} */ #sliders = [];
  /** The z that was sent last. @type {number[]} */ #at = [];

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {(place: number[]) => void} turned the reader has turned a dial */
  constructor(part, laboratory, turned) {
    this.part = part;
    this.laboratory = laboratory;
    this.turned = turned;
    this.picture = new Gallery(/** @type {HTMLCanvasElement} */ (part('.dialled')), { columns: 1, label: '' });
    part('[data-dials=zero]').addEventListener('click', () => this.#turn(() => 0));
    part('[data-dials=random]').addEventListener('click', () => this.#turn(normal));
  }

  /** As many as z has numbers, at a draw of z. @param {number} n */
  start(n) {
    const container = this.part('.dials');
    if (this.#sliders.length !== n) {
      this.#sliders = Array.from({ length: n }, () => Object.assign(document.createElement('input'), { type: 'range', min: String(-REACH), max: String(REACH), step: '0.05' }));
      container.replaceChildren(...this.#sliders.map((slider, i) => {
        const label = document.createElement('label');
        label.append(Object.assign(document.createElement('span'), { textContent: `z${subscript(i + 1)}` }), slider);
        slider.addEventListener('input', () => this.#place());
        return label;
      }));
    }
    if (n) this.#turn(normal);
  }

  /** @param {import('../protocol.js').Matrix | undefined} placed @param {any} words @param {any} colors */
  draw(placed, words, colors) {
    if (!placed) return;
    this.picture.label = words.placed_alt;
    this.picture.draw(placed, colors, {});
  }

  /** @param {() => number} to */
  #turn(to) {
    for (const slider of this.#sliders) slider.value = to().toFixed(2);
    this.#place();
  }

  /** To a place that was found without the dials. @param {number[]} place */
  go(place) {
    this.#sliders.forEach((slider, i) => (slider.value = place[i].toFixed(2)));
    this.#send(place);
  }

  /** Stays where it is, and G is given something else beside z. @param {number[]} given */
  give(given) {
    this.laboratory.place([...this.#at, ...given]);
  }

  #place() {
    const place = this.#sliders.map((slider) => Number(slider.value));
    this.#send(place);
    this.turned(place);
  }

  /** @param {number[]} place */
  #send(place) {
    this.#at = place;
    this.laboratory.place(place);
  }
}

/** A normal number (Box and Muller, 1958): any draw will do, for it is not part of the run. */
export const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

/** @param {number} n */
const subscript = (n) => [...String(n)].map((digit) => String.fromCodePoint(0x2080 + Number(digit))).join('');

/**
 * What each D says of each G, on average: old D's above, new G's to the right.
 * @param {HTMLTableElement} table @param {import('../protocol.js').Matrix} cross @param {import('../protocol.js').Matrix} steps @param {any} words @param {Intl.NumberFormat} number
 */
export function drawCross(table, { shape: [n], values }, steps, words, number) {
  const heads = Array.from(steps.values, (step) => number.format(step));
  const text = [[words.cross_corner, ...heads.map((step) => `G ${step}`)], ...heads.map((step, i) => [`D ${step}`, ...Array.from({ length: n }, (_, j) => number.format(values[i * n + j]))])];
  while (table.rows.length < text.length) table.insertRow();
  while (table.rows.length > text.length) table.deleteRow(-1);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  text.forEach((line, i) => {
    const row = table.rows[i];
    while (row.cells.length < line.length) row.append(document.createElement(i === 0 || row.cells.length === 0 ? 'th' : 'td'));
    while (row.cells.length > line.length) row.deleteCell(-1);
    line.forEach((words_, j) => {
      set(row.cells[j], words_);
      const share = i && j ? (values[(i - 1) * n + j - 1] - low) / (high - low || 1) : 0;
      row.cells[j].style.background = i && j ? `color-mix(in srgb, var(--gl-high) ${Math.round(100 * share)}%, var(--gl-low))` : '';
    });
  });
}
