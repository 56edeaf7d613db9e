// What D taught G, and when: how far each factor of the faces lies from the real ones over the run, and of each version
// of G a face with what D objects to in it, so that the next version beside it shows what came of that.
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { paletteOf } from './codes.js';
import { Curves } from './curves.js';
import { Gallery } from './gallery.js';
import { leaning } from './pictures.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */
/** When a factor was learned first; whether it has been forgotten since, and whether it was near all along. @typedef {{ factor: number, step: number | null, lost: boolean, given: boolean }} Lesson */

/** A factor is learned when so much of its distribution is misplaced, or less. */
export const LEARNED = 0.2;
/** Colour alone does not tell ten lines apart. @type {(number[] | undefined)[]} */
const DASHES = [undefined, [7, 3], [2, 2]];
/** CSS pixels of a version's picture, at the least and at the most. */
const [SMALLEST, LARGEST] = [44, 96];

export const MARKUP = `<div class="lessons" data-for="picture_gan">
  <section class="lessons-factors" data-for="picture_gan" data-of="faces">
    <p class="title" data-text="lessons" data-hint="lessons_hint"></p>
    <p class="lessons-order"></p>
    <div class="curves"></div>
  </section>
  <section class="lessons-versions" hidden><p class="title" data-text="lessons_versions" data-hint="lessons_versions_hint"></p><canvas class="gallery" role="img"></canvas></section>
</div>`;

export class Lessons {
  /** How many versions are on show. */ #versions = 0;

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {import('../charts.js').Charts} charts @param {HTMLElement} host */
  constructor(part, laboratory, charts, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.charts = charts;
    this.host = host;
    this.curves = new Curves(part('.lessons .curves'), host);
    this.gallery = new Gallery(/** @type {HTMLCanvasElement} */ (part('.lessons-versions canvas')), { columns: (width) => 2 * this.#across(width), label: '' });
  }

  /** How many versions stand side by side. @param {number} width */
  #across(width) {
    const [most, least] = [SMALLEST, LARGEST].map((size) => Math.max(1, Math.floor(width / size / 2)));
    return Math.max(least, Math.min(most, this.#versions));
  }

  /** @param {Set<string>} shown */
  needs(shown) {
    return shown.has('galleries') && this.laboratory.model?.id === 'picture_gan' ? ['versions', 'version_steps', 'version_objections'] : [];
  }

  restyle() {
    this.curves.clear();
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw({ step, probes }, words) {
    const colors = colorsOf(this.host);
    if (!colors.ink || this.laboratory.model?.id !== 'picture_gan') return;
    if (this.laboratory.subject === 'faces') this.#drawFactors(step, words);
    const { versions, version_steps: steps, version_objections: objections } = probes;
    const known = versions && steps && objections && objections.shape[0] > 0;
    this.part('.lessons-versions').hidden = !known;
    if (!known) return;
    this.#versions = steps.shape[0];
    const number = new Intl.NumberFormat(languageOf(this.host));
    const said = Array.from(steps.values, (at) => number.format(at));
    this.gallery.label = words.lessons_versions_alt(said);
    this.gallery.draw(pairsOf(versions, leaning(objections)), colors, { captions: said.flatMap((at) => [words.lessons_version(at), '∇D']) });
  }

  /** @param {number} now the step on show @param {any} words */
  #drawFactors(now, words) {
    const factors = this.laboratory.catalog?.factors ?? [];
    const names = factors.map(({ label }) => label[languageOf(this.host)]);
    const { steps, columns } = this.charts.averaged(factors.map(({ id }) => `tv_${id}`));
    const until = steps.filter((step) => step <= now).length;
    set(this.part('.lessons-order'), this.#order(steps.slice(0, until), columns, names, words));
    const lines = (/** @type {import('../colormap.js').Colors} */ colors) => names.map((label, i) => ({ label, color: paletteOf(colors)[i], dash: DASHES[i % DASHES.length] }));
    this.curves.draw([steps, ...columns], lines, { x: words.step, mark: until < steps.length ? now : null });
  }

  /** In words. @param {number[]} steps @param {(number | null)[][]} columns @param {string[]} names @param {any} words @returns {string} */
  #order(steps, columns, names, words) {
    if (!columns.some((column) => steps.some((_, k) => column[k] !== null))) return '';
    const language = languageOf(this.host);
    const [number, percent] = [{}, { style: 'percent', maximumFractionDigits: 0 }].map((options) => new Intl.NumberFormat(language, /** @type {Intl.NumberFormatOptions} */ (options)));
    const lessons = lessonsOf(steps, columns).map(({ factor, step, ...rest }) => ({ name: names[factor], at: step === null ? null : number.format(step), ...rest }));
    const share = this.laboratory.metrics.find(({ id }) => id === 'faces')?.ema ?? NaN;
    return [words.lessons_order(lessons), Number.isFinite(share) ? words.lessons_faces(percent.format(share)) : ''].join(' ');
  }
}

/**
 * The factors in the order in which they were learned: those that were near from the start, by no merit of D, at the
 * beginning; those that are not yet near at the end.
 * @param {number[]} steps @param {(number | null)[][]} columns each factor's distance at these steps
 * @returns {Lesson[]}
 */
export function lessonsOf(steps, columns) {
  const lessons = columns.map((column, factor) => {
    const readings = steps.map((step, k) => ({ step, distance: column[k] })).filter(({ distance }) => distance !== null);
    const near = (/** @type {{ distance: number | null | undefined } | undefined} */ reading) => typeof reading?.distance === 'number' && reading.distance < LEARNED;
    const away = readings.findIndex((reading) => !near(reading));
    const first = readings[away < 0 ? 0 : readings.findIndex((reading, k) => k > away && near(reading))];
    return { factor, step: first?.step ?? null, lost: first !== undefined && !near(readings.at(-1)), given: first !== undefined && away < 0 };
  });
  const place = (/** @type {Lesson} */ { step, given }) => (given ? -1 : step ?? Infinity);
  return lessons.sort((a, b) => place(a) - place(b) || a.factor - b.factor);
}

/** Each version's first picture, and the objections to it beside it. @param {Matrix} versions @param {Matrix} objections @returns {Matrix} */
export function pairsOf(versions, objections) {
  const [n, d] = objections.shape;
  const [block, values] = [versions.shape[0] / n, new Float32Array(2 * n * d)];
  for (let k = 0; k < n; k += 1) {
    values.set(versions.values.subarray(k * block * d, (k * block + 1) * d), 2 * k * d);
    values.set(objections.values.subarray(k * d, (k + 1) * d), (2 * k + 1) * d);
  }
  return { shape: [2 * n, d], values };
}
