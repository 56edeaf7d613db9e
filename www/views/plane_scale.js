// The colour scale under the plane: what is coloured, both ends in numbers, and where contours are.
import { drawRamp } from '../colormap.js';
import { set } from '../readout.js';
import { levelsOf } from './landscape.js';

export const MARKUP = `<span class="scale" data-for="gan density classes" aria-hidden="true"><span class="unit"></span> <span class="scale-ends"><span class="low"></span> <canvas class="ramp"></canvas> <span class="high"></span></span> <span class="levels"></span></span>`;

export class PlaneScale {
  /** The colours on show. @type {unknown} */ #drawn = null;

  /** @param {(selector: string) => HTMLElement} part @param {import('./plane.js').Plane} plane */
  constructor(part, plane) {
    this.part = part;
    this.plane = plane;
  }

  /** @param {any} words @param {'en' | 'zh'} language */
  draw(words, language) {
    const { unit, range, ramp, scaled } = this.plane;
    this.part('.scale').hidden = unit === 'density' && !scaled; // a GAN has none
    if (ramp && this.#drawn !== ramp) drawRamp(/** @type {HTMLCanvasElement} */ (this.part('.ramp')), { ramp });
    this.#drawn = ramp;
    const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
    const [low, high] = range.map((end) => number.format(end));
    set(this.part('.unit'), words[`scale_${unit}`]);
    set(this.part('.scale .low'), { probability: `${words.fake} 0`, class: '● A 0' }[unit] ?? low);
    set(this.part('.scale .high'), { probability: `1 ${words.real}`, class: '1 B ▲' }[unit] ?? high);
    set(this.part('.levels'), unit === 'density' && this.plane.isOn('density_lines') ? words.scale_levels(levelsOf(unit, range).map((level) => number.format(level))) : '');
  }
}
