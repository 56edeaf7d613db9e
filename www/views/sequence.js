// Sentences that a model of sequences writes, beside those it learns from and those held back.
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { drawSentences, fontOf, lay } from './sentence_picture.js';
import { SentenceList } from './sentence_list.js';
import { countsOf, kindOf, sentencesOf, vocabularyOf } from './sentences.js';
import { ROOM, footOf, sheetOf } from './sheet.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */
/** @typedef {import('./sentences.js').Sentence} Sentence */
/** What is on show. @typedef {{ step: number, words: any, kind: import('./sentences.js').Kind, lists: Map<string, Sentence[]> }} Shown */

/** Each list, and the probes of what is known of its sentences. @type {Record<string, { valid?: string, chances?: string }>} */
const LISTS = { written: { valid: 'written_valid', chances: 'written_chances' }, examples: {}, held_out: {} };
/** While training, text changes no faster than it can be glanced at. Milliseconds. */
const INTERVAL = 200;

const list = (/** @type {string} */ probe) => `<section data-sentences="${probe}"><p class="title" data-hint="sentences_${probe}_hint"></p><ol class="sentences"></ol></section>`;

export const WRITTEN = `<figure data-for="autoregressive sequence_gan">
  ${list('written')}
  <figcaption>
    <span class="quiet" data-text="sentence_marks"></span>
    <span class="scale chances"><span data-text="chances"></span> <span class="scale-ends">0 <i aria-hidden="true"></i> 1</span></span>
  </figcaption>
</figure>`;

export const MARKUP = `<div class="galleries" data-for="autoregressive sequence_gan">${['examples', 'held_out'].map(list).join('')}</div>`;

export class Sequence {
  /** @type {Map<string, SentenceList>} */ #lists = new Map();
  /** @type {Shown | null} */ #shown = null;
  #drawnAt = -Infinity;

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, laboratory, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.host = host;
    for (const probe of Object.keys(LISTS)) this.#lists.set(probe, new SentenceList(part(`[data-sentences=${probe}] ol`)));
  }

  /** The probes that are drawn. @param {Set<string>} shown */
  needs(shown) {
    const inView = Object.entries(LISTS).filter(([probe]) => shown.has(probe === 'written' ? 'picture' : 'galleries'));
    return ['letters', ...inView.flatMap(([probe, known]) => [probe, ...Object.values(known)])];
  }

  restyle() {
    this.#drawnAt = -Infinity;
  }

  /** @param {Snapshot} snapshot @param {any} words @param {Intl.NumberFormat} number */
  draw(snapshot, words, number) {
    const { probes, playing, step } = snapshot;
    if (!probes.letters || (playing && performance.now() - this.#drawnAt < INTERVAL)) return;
    this.#drawnAt = performance.now();
    const vocabulary = vocabularyOf(probes.letters);
    // Of the reader's own language the law is not known here, whatever its symbols.
    const kind = this.laboratory.settings?.data === 'own' ? 'words' : kindOf(vocabulary);
    const nats = new Intl.NumberFormat(number.resolvedOptions().locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    this.#shown = { step, words, kind, lists: new Map() };
    for (const [probe, { valid, chances }] of Object.entries(LISTS)) {
      this.part(`[data-sentences=${probe}]`).hidden = !probes[probe];
      if (!probes[probe]) continue;
      const sentences = sentencesOf(probes[probe], vocabulary, kind, { valid: probes[valid ?? ''], chances: probes[chances ?? ''] });
      this.#shown.lists.set(probe, sentences);
      set(this.part(`[data-sentences=${probe}] .title`), this.#title(probe, sentences));
      this.#lists.get(probe)?.draw(sentences, { kind, words, number, nats });
    }
    this.part('.chances').hidden = !probes.written_chances?.values.some(Number.isFinite);
  }

  /** @param {string} probe @param {Sentence[]} sentences @returns {string} */
  #title(probe, sentences) {
    return this.#shown?.words[`sentences_${probe}`](countsOf(sentences));
  }

  /** What is on show, on a sheet. @param {import('../picture.js').Format} format @returns {import('../picture.js').Picture | null} */
  picture({ width }) {
    const [shown, colors, style] = [this.#shown, colorsOf(this.host), getComputedStyle(this.host)];
    if (!shown || !colors.ink) return null;
    const [warn, high] = ['warn', 'high'].map((name) => style.getPropertyValue(`--gl-${name}`).trim());
    const context = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    context.font = fontOf(shown.kind);
    const blocks = [...shown.lists].map(([probe, sentences]) => {
      const { lines, height } = lay(sentences, shown.kind, ROOM, (text) => context.measureText(text).width);
      const draw = (/** @type {CanvasRenderingContext2D} */ to) => drawSentences(to, lines, shown.kind, { ...colors, warn, high });
      return { title: this.#title(probe, sentences), drawing: { width: ROOM, height, draw } };
    });
    const language = languageOf(this.host);
    return sheetOf(blocks, footOf(this.laboratory, language, shown.words, new Intl.NumberFormat(language).format(shown.step)), colors, width);
  }
}
