// Faces by description: the reader's own, those of test faces, and every hair with every pair of eyes.
import { code, compose, decode } from '../descriptions.js';
import { agreement, isStrange, optionsOf, rowsOf } from '../faces.js';
import { set } from '../readout.js';
import { Describing, MARKUP as DESCRIBING } from './describing.js';
import { Gallery } from './gallery.js';
import { ROOM } from './sheet.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../protocol.js').Catalog} Catalog */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {Record<string, Matrix>} Probes */
/** @typedef {'en' | 'zh'} Language */
/** How it is drawn. @typedef {{ words: any, language: Language, colors: Colors, catalog: Catalog }} How */

/** Pictures of each text. */
const WAYS = 5;
/** The most texts of test faces there are. */
const TEXTS = 8;
/** CSS pixels between two pictures, where some have an outline. */
const BETWEEN = 5;

const title = (/** @type {string} */ id) => `<p class="title" data-text="${id}" data-hint="${id}_hint"></p>`;

export const MARKUP = `<section data-gallery="described" data-for="picture_gan" data-of="faces" hidden>
  <div>${title('described')}${DESCRIBING}<canvas class="gallery described-asked" role="img"></canvas><p class="quiet" data-text="described_asked_help"></p></div>
  <div>${title('described_pairs')}<canvas class="gallery described-pairs" role="img"></canvas><p class="quiet described-pairs-says"></p></div>
  <div>${title('described_texts')}<ol class="described-texts">${'<li><span></span><canvas class="gallery" role="img"></canvas></li>'.repeat(TEXTS)}</ol></div>
</section>`;

export class Described {
  /** What each part was drawn from. @type {Map<string, unknown[]>} */ #drawn = new Map();
  /** The run that knows the reader's description. */ #toldRun = -1;

  /** @param {(selector: string) => HTMLElement} part @param {import('../laboratory.js').Laboratory} laboratory @param {{ give: (given: number[]) => void, asked: (given: number[]) => void }} acts give G something beside z; tell others what the reader asks for */
  constructor(part, laboratory, { give, asked }) {
    this.section = part('[data-gallery=described]');
    this.laboratory = laboratory;
    this.give = give;
    this.describing = new Describing(this.section, () => asked(this.#tell()));
    const canvas = (/** @type {string} */ selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.asked = new Gallery(canvas('.described-asked'), { columns: (width) => (width < 420 ? 4 : 8), label: '' });
    this.pairs = new Gallery(canvas('.described-pairs'), { columns: () => this.#eyes, label: '', between: BETWEEN });
    this.rows = [...part('.described-texts').children].map((row) => ({ row: /** @type {HTMLElement} */ (row), text: /** @type {HTMLElement} */ (row.firstElementChild), gallery: new Gallery(/** @type {HTMLCanvasElement} */ (row.lastElementChild), { columns: 1 + WAYS, label: '' }) }));
  }

  needs() {
    return ['descriptions', 'originals', 'variants', 'asked', 'asked_factors', 'pairs', 'pair_factors'];
  }

  get #eyes() {
    return this.laboratory.catalog?.attributes.find(({ id }) => id === 'eye')?.options.length ?? 1;
  }

  /** A run begins with the reader's description, at first that of the first test face. @param {number} run @param {Matrix} descriptions @param {Catalog} catalog */
  #begin(run, descriptions, { attributes }) {
    if (!this.describing.description) this.describing.description = decode(rowsOf(descriptions)[0], attributes);
    if (this.#toldRun === run) return;
    this.#toldRun = run;
    this.#tell();
  }

  /** A description as numbers, from elsewhere. @param {number[]} given */
  take(given) {
    const attributes = this.laboratory.catalog?.attributes;
    if (!attributes) return;
    this.describing.description = decode(given, attributes);
    this.#tell();
  }

  #tell() {
    const [attributes, { description }] = [this.laboratory.catalog?.attributes, this.describing];
    const given = attributes && description ? code(description, attributes) : [];
    if (given.length) this.give(given);
    return given;
  }

  /** @param {import('../protocol.js').Snapshot} snapshot @param {any} words @param {Language} language @param {Colors} colors */
  draw({ run, probes }, words, language, colors) {
    const { catalog } = this.laboratory;
    if (probes.descriptions && catalog) this.#begin(run, probes.descriptions, catalog);
    this.section.hidden = !catalog || this.needs().some((probe) => !probes[probe]);
    if (!catalog || this.section.hidden) return;
    const how = { words, language, colors, catalog };
    this.describing.draw(catalog.attributes, words, language);
    this.#once('asked', [probes.asked, probes.asked_factors, words, colors], () => this.#drawAsked(probes, how));
    this.#once('texts', [probes.descriptions, probes.originals, probes.variants, words, colors], () => this.#drawTexts(probes, how));
    this.#once('pairs', [probes.pairs, probes.pair_factors, words, colors], () => this.#drawPairs(probes, how));
  }

  /** Draws what has changed. @param {string} part @param {unknown[]} from @param {() => void} draw */
  #once(part, from, draw) {
    if (this.#drawn.get(part)?.every((piece, i) => piece === from[i])) return;
    this.#drawn.set(part, from);
    draw();
  }

  /** @param {Probes} probes @param {How} how */
  #drawAsked({ asked, asked_factors: readings }, { words, colors, catalog }) {
    const { description } = this.describing;
    if (!description) return;
    const captions = rowsOf(readings).map((reading) => {
      const { right, named } = agreement(description, optionsOf(reading, catalog.attributes, catalog.factors));
      const caption = named ? words.described_right(right, named) : '';
      return isStrange(reading) ? words.described_strange(caption) : caption;
    });
    this.asked.label = words.described_asked_alt(asked.shape[0], captions);
    this.asked.draw(asked, colors, { captions });
  }

  /** @param {Probes} probes @param {How} how */
  #drawTexts({ descriptions, originals, variants }, { words, language, colors, catalog }) {
    const texts = rowsOf(descriptions).map((row) => compose(decode(row, catalog.attributes), catalog.attributes, language) || words.described_nothing);
    this.rows.forEach(({ row, text, gallery }, i) => {
      row.hidden = i >= texts.length;
      if (row.hidden) return;
      set(text, texts[i]);
      gallery.label = words.described_text_alt(texts[i], WAYS);
      const outline = (/** @type {number} */ k) => (k ? null : colors.real);
      gallery.draw(besideTruth(originals, variants, i), colors, { outline });
    });
  }

  /** @param {Probes} probes @param {How} how */
  #drawPairs({ pairs, pair_factors: readings }, { words, language, colors, catalog }) {
    const [hair, eye] = ['hair', 'eye'].map((id) => /** @type {import('../protocol.js').Attribute} */ (catalog.attributes.find((each) => each.id === id)));
    const names = [hair, eye].map(({ options }) => options.map((option) => option[language]));
    const { held, seen, isHeldOut } = tally(readings, [hair, eye], catalog);
    const says = words.described_pairs_says(seen, held);
    set(/** @type {HTMLElement} */ (this.section.querySelector('.described-pairs-says')), says);
    this.pairs.label = words.described_pairs_alt(...names, says);
    const outline = (/** @type {number} */ i) => (isHeldOut(i) ? colors.generated : null);
    this.pairs.draw(pairs, colors, { heads: names[1].map((name, i) => [name, i, 1]), sides: names[0], outline, dash: [4, 3] });
  }

  /** For a sheet. @param {any} words @param {number} density @returns {import('./sheet.js').Block[]} */
  blocks(words, density) {
    if (this.section.hidden) return [];
    const rows = this.rows.filter(({ row }) => !row.hidden).map(({ text, gallery }) => ({ title: text.textContent ?? '', drawing: gallery.drawing(ROOM, density) }));
    return [{ title: this.describing.text, drawing: this.asked.drawing(ROOM, density) }, { title: words.described_pairs, drawing: this.pairs.drawing(ROOM, density) }, ...rows];
  }
}

/** Of the pairs that models are trained on, and of those that they are not, how many are shown in both colours. @param {Matrix} readings @param {import('../protocol.js').Attribute[]} pair hair and eyes @param {Catalog} catalog */
export function tally(readings, pair, { factors, held_out: heldOut }) {
  const n = pair[1].options.length;
  const of = (/** @type {number} */ i) => [Math.floor(i / n), i % n];
  const isHeldOut = (/** @type {number} */ i) => heldOut.some((both) => both.every((option, k) => option === of(i)[k]));
  const counts = { seen: { right: 0, n: 0 }, held: { right: 0, n: 0 } };
  rowsOf(readings).forEach((reading, i) => {
    const count = isHeldOut(i) ? counts.held : counts.seen;
    count.n += 1;
    count.right += Number(optionsOf(reading, pair, factors).every((option, k) => option === of(i)[k]));
  });
  return { ...counts, isHeldOut };
}

/** A test face, and the pictures of its text. @param {Matrix} originals @param {Matrix} variants @param {number} i @returns {Matrix} */
function besideTruth(originals, variants, i) {
  const d = originals.shape[1];
  const values = new Float32Array((1 + WAYS) * d);
  values.set(originals.values.subarray(i * d, (i + 1) * d));
  values.set(variants.values.subarray(i * WAYS * d, (i + 1) * WAYS * d), d);
  return { shape: [1 + WAYS, d], values };
}
