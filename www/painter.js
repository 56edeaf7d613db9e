// Drawing by factors: the reader is the true generator of faces. The core paints what the controls say; beside it stands
// what D and the frozen reader of faces make of it.
import { colorsOf } from './colormap.js';
import { faceAtRandom, isStrange, middleFace, misread, spanOf, strangenessOf, valueOf } from './faces.js';
import { languageOf } from './i18n/index.js';
import { set } from './readout.js';
import { rank } from './structure.js';
import { Gallery } from './views/gallery.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./protocol.js').Matrix} Matrix */
/** @typedef {import('./protocol.js').Factor} Factor */
/** @typedef {import('./faces.js').Language} Language */

const BUTTONS = ['random', 'middle'];
const SENTENCES = ['score', 'read', 'strange'];

export const MARKUP = `<div class="painter">
  <p class="quiet" data-text="painter_help"></p>
  <div class="painted-face">
    <canvas class="gallery painted" role="img"></canvas>
    <div class="buttons">${BUTTONS.map((name) => `<button type="button" data-painter="${name}"><span data-text="painter_${name}"></span></button>`).join('')}</div>
  </div>
  <div class="painter-factors"></div>
  <div class="painter-says">
    <div class="said">${SENTENCES.map((name) => `<p data-painter="${name}"></p>`).join('')}</div>
    <section data-painter="nearest"><p class="title" data-text="painter_nearest"></p><canvas class="gallery neighbours" role="img"></canvas></section>
  </div>
</div>`;

export class Painter {
  /** What is chosen, factor by factor. @type {number[]} */ #values = [];
  /** The run that has been told. */ #run = -1;
  /** @type {Row[]} */ #rows = [];
  /** The catalog's factors and the language that the controls were made from. @type {unknown[]} */ #madeOf = [];

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, laboratory, host) {
    this.part = (/** @type {string} */ selector) => part(`.painter ${selector}`);
    this.laboratory = laboratory;
    this.host = host;
    const gallery = (/** @type {string} */ selector, /** @type {number} */ columns) => new Gallery(/** @type {HTMLCanvasElement} */ (this.part(selector)), { columns, label: '' });
    this.picture = gallery('.painted', 1);
    this.neighbours = gallery('.neighbours', 5);
    const faces = { random: faceAtRandom, middle: middleFace };
    for (const [name, face] of Object.entries(faces)) this.part(`[data-painter=${name}]`).addEventListener('click', () => this.#paint(face(this.#factors)));
  }

  needs() {
    return ['drawn', 'drawn_factors', ...(this.laboratory.isGan ? ['drawn_scores', 'test_scores', 'drawn_nearest'] : [])];
  }

  get #factors() {
    return this.laboratory.catalog?.factors ?? [];
  }

  /** @param {number[]} values */
  #paint(values) {
    this.#values = values;
    this.#rows.forEach((row, i) => row.show(values[i]));
    this.laboratory.paint(values);
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw({ run, probes }, words) {
    const [colors, language] = [/** @type {any} */ (colorsOf(this.host)), languageOf(this.host)];
    if (!colors.ink || !this.#factors.length) return;
    this.#build(language);
    if (run !== this.#run) {
      this.#run = run;
      this.#paint(this.#values.length ? this.#values : middleFace(this.#factors));
    }
    if (!probes.drawn) return;
    this.picture.label = words.painter_alt;
    this.picture.draw(last(probes.drawn), colors, {});
    this.#say(probes, words, language);
    this.part('.said').setAttribute('aria-live', this.laboratory.playing ? 'off' : 'polite'); // while it trains D's score never rests
    this.part('[data-painter=nearest]').hidden = !probes.drawn_nearest;
    this.neighbours.label = words.painter_nearest;
    if (probes.drawn_nearest) this.neighbours.draw(probes.drawn_nearest, colors, {});
  }

  /** Once a catalog and language: rebuilding would take the focus from whoever is painting. @param {Language} language */
  #build(language) {
    if (this.#madeOf[0] === this.#factors && this.#madeOf[1] === language) return;
    this.#madeOf = [this.#factors, language];
    this.#rows = this.#factors.map((factor, i) => new Row(factor, language, (value) => this.#paint(this.#values.map((old, k) => (k === i ? value : old)))));
    this.part('.painter-factors').replaceChildren(...this.#rows.map(({ element }) => element));
    this.#values.forEach((value, i) => this.#rows[i].show(value));
  }

  /** @param {Record<string, Matrix>} probes @param {any} words @param {Language} language */
  #say({ drawn_factors, drawn_scores, test_scores }, words, language) {
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2, signDisplay: 'negative' });
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    const score = drawn_scores?.values.at(-1);
    set(this.part('[data-painter=score]'), score === undefined || !test_scores ? '' : words.painter_score({ score: number.format(score), rank: percent.format(rank(score, test_scores.values)), of: test_scores.values.length }));
    const read = drawn_factors && last(drawn_factors).values;
    // A picture that was drawn elsewhere has no factors that were chosen.
    const chosen = this.laboratory.painted;
    const off = read && chosen ? misread(this.#factors, chosen, read) : [];
    this.#rows.forEach((row, i) => row.compare(read && valueOf(row.factor, read[i], language, number), off.includes(row.factor) && chosen ? valueOf(row.factor, chosen[i], language, number) : null, words));
    set(this.part('[data-painter=read]'), read && chosen ? words.painter_read(off.map(({ label }) => label[language])) : '');
    set(this.part('[data-painter=strange]'), read && isStrange(read) ? words.face_strange(number.format(strangenessOf(read))) : '');
  }
}

/** One factor: its control, and what the reader of faces reads. */
class Row {
  /** @param {Factor} factor @param {Language} language @param {(value: number) => void} turned */
  constructor(factor, language, turned) {
    this.factor = factor;
    const { label, range } = factor;
    const [low] = spanOf(factor);
    this.control = factor.choice ? selectOf(factor.choice.map((option) => option[language])) : Object.assign(document.createElement('input'), { type: 'range', min: String(low), max: '1', step: '0.05' });
    this.control.dataset.factor = factor.id;
    this.control.addEventListener('input', () => turned(Number(this.control.value)));
    this.read = document.createElement('output');
    this.element = document.createElement('label');
    const ends = range?.ends.map((end) => end[language]);
    this.control.setAttribute('aria-label', [label[language], ends?.join(' – ')].filter(Boolean).join(': '));
    const field = span('', 'turned');
    field.append(...(ends ? [span(ends[0], 'end'), this.control, span(ends[1], 'end')] : [this.control]));
    this.element.append(span(label[language], 'name'), field, this.read);
  }

  /** @param {number} value */
  show(value) {
    this.control.value = String(value);
  }

  /** @param {string | undefined} read @param {string | null} chosen where it is something else @param {any} words */
  compare(read, chosen, words) {
    set(this.read, read === undefined ? '' : words.painter_reads(read, chosen));
    this.read.classList.toggle('off', chosen !== null);
  }
}

/** @param {string[]} options */
function selectOf(options) {
  const select = document.createElement('select');
  select.append(...options.map((text, i) => new Option(text, String(i))));
  return select;
}

/** @param {string} textContent @param {string} className */
const span = (textContent, className) => Object.assign(document.createElement('span'), { textContent, className });

/** The last row. @param {Matrix} matrix @returns {Matrix} */
const last = ({ shape: [n, d], values }) => ({ shape: [1, d], values: values.subarray((n - 1) * d, n * d) });
