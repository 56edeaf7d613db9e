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
/** When a factor was learned first, and whether it has been forgotten since. @typedef {{ factor: number, step: number | null, lost: boolean }} Lesson */

/** A factor is learned when so much of its distribution is misplaced, or less. */
export const LEARNED = 0.2;
/** Colour alone does not tell ten lines apart. @type {(number[] | undefined)[]} */
const DASHES = [undefined, [7, 3], [2, 2]];
/** CSS pixels of a version's picture, at the least. */
const SMALLEST = 44;

export const MARKUP = `<div class="lessons" data-for="picture_gan">
  <section class="lessons-factors" data-for="picture_gan" data-of="faces">
    <p class="title" data-text="lessons" data-hint="lessons_hint"></p>
    <p class="lessons-order"></p>
    <div class="curves"></div>
  </section>
  <section class="lessons-versions" hidden><p class="title" data-text="lessons_versions" data-hint="lessons_versions_hint"></p><canvas class="gallery" role="img"></canvas></section>
</div>`;

export class Lessons {
  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {import('../charts.js').Charts} charts @param {HTMLElement} host */
  constructor(part, laboratory, charts, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.charts = charts;
    this.host = host;
    this.curves = new Curves(part('.lessons .curves'), host);
    const columns = (/** @type {number} */ width) => 2 * Math.max(1, Math.floor(width / SMALLEST / 2));
    this.gallery = new Gallery(/** @type {HTMLCanvasElement} */ (part('.lessons-versions canvas')), { columns, label: '' });
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
    const number = new Intl.NumberFormat(languageOf(this.host));
    const said = Array.from(steps.values, (at) => number.format(at));
    this.gallery.label = words.lessons_versions_alt(said);
    this.gallery.draw(pairsOf(versions, leaning(objections)), colors, { captions: said.flatMap((at) => [words.lessons_version(at), '∇D']) });
  }

  /** @param {number} now the step on show @param {any} words */
  #drawFactors(now, words) {
    const factors = this.laboratory.catalog?.factors ?? [];
    const language = languageOf(this.host);
    const names = factors.map(({ label }) => label[language]);
    const { steps, columns } = this.charts.history(factors.map(({ id }) => `tv_${id}`));
    const until = steps.filter((step) => step <= now).length;
    const number = new Intl.NumberFormat(language);
    const said = lessonsOf(steps.slice(0, until), columns).map(({ factor, step, lost }) => ({ name: names[factor], at: step === null ? null : number.format(step), lost }));
    set(this.part('.lessons-order'), until ? words.lessons_order(said) : '');
    const lines = (/** @type {import('../colormap.js').Colors} */ colors) => names.map((label, i) => ({ label, color: paletteOf(colors)[i], dash: DASHES[i % DASHES.length] }));
    this.curves.draw([steps, ...columns], lines, { x: words.step, mark: until < steps.length ? now : null });
  }
}

/**
 * The factors in the order in which they were learned, those that are not yet at the end.
 * @param {number[]} steps @param {(number | null)[][]} columns each factor's distance at these steps
 * @returns {Lesson[]}
 */
export function lessonsOf(steps, columns) {
  const learned = (/** @type {number | null | undefined} */ distance) => typeof distance === 'number' && distance < LEARNED;
  const lessons = columns.map((column, factor) => {
    const first = steps.findIndex((_, k) => learned(column[k]));
    const lost = first >= 0 && !learned(steps.map((_, k) => column[k]).findLast((distance) => distance !== null));
    return { factor, step: first < 0 ? null : steps[first], lost };
  });
  return lessons.sort((a, b) => (a.step ?? Infinity) - (b.step ?? Infinity) || a.factor - b.factor);
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
