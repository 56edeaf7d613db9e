// Every picture there is, and what D makes of each: the map of all, the one chosen in words, galleries, and how well D's
// best is found by searching.
import { colorsOf, drawRamp } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { PIXELS, codesOf, pixelsOf } from './cells.js';
import { Gallery } from './gallery.js';
import { MARKUP as NEAR_MISSES, NearMisses } from './near_misses.js';
import { MARKUP as SEARCHES, drawSearches } from './searches.js';
import { ROOM, footOf, sheetOf } from './sheet.js';
import { UniverseGalleries, gallery } from './universe_galleries.js';
import { UniverseMap } from './universe_map.js';
import { Verdicts } from './verdicts.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */

/** The picture chosen, where it is taken along. CSS pixels. */
const CHOSEN = 64;
/** How a score is written. @type {Intl.NumberFormatOptions} */
const SCORE = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' };
const ACTS = ['closer', 'further', 'reset', 'climb'];

const button = (/** @type {string} */ act) => `<button type="button" data-map="${act}" data-hint="map_${act}_hint"><span data-text="map_${act}"></span></button>`;

export const MAP = `<figure data-for="universe">
  <div class="cell"><canvas class="gallery" role="img"></canvas><p class="cell-says" aria-live="polite"></p></div>
  <canvas class="map"></canvas>
  <figcaption>
    <span class="scale" aria-hidden="true"><span data-text="map_scale"></span> <span data-map="low"></span> <canvas class="ramp" data-map="ramp"></canvas> <span data-map="high"></span> <span class="ringed"><i></i><span data-text="map_valid"></span></span></span>
    ${ACTS.map(button).join('')}
    <span class="quiet" data-text="map_hint"></span>
  </figcaption>
  ${gallery('climb')}
</figure>`;

export const MARKUP = `<div class="galleries" data-for="universe">${['top', 'positives', 'negatives'].map(gallery).join('')}${NEAR_MISSES}${SEARCHES}</div>`;

export class Universe {
  /** Set once the style sheet has come. @type {Colors | null} */ #colors = null;
  /** With what scores are written. @type {{ snapshot: Snapshot, words: any, number: Intl.NumberFormat } | null} */ #last = null;
  #verdicts = new Verdicts();

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, laboratory, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.host = host;
    const canvas = (/** @type {string} */ selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.ramp = canvas('canvas[data-map=ramp]');
    this.chosen = new Gallery(canvas('.cell canvas'), { columns: 1, label: '' });
    this.map = new UniverseMap(canvas('.map'), () => this.#drawChosen(), () => this.#climb());
    this.galleries = new UniverseGalleries(part, this.#verdicts, (code) => this.map.choose(code));
    this.nearMisses = new NearMisses(part, this.#verdicts, (code) => this.map.choose(code));
    const acts = { closer: () => this.map.hand.zoom(true), further: () => this.map.hand.zoom(false), reset: () => this.map.reset(), climb: () => this.#climb() };
    for (const act of ACTS) part(`button[data-map=${act}]`).addEventListener('click', acts[act]);
  }

  /** The probes that are drawn. @param {Set<string>} shown */
  needs(shown) {
    const [picture, galleries] = [shown.has('picture'), shown.has('galleries')];
    const beside = galleries ? ['searches', ...this.nearMisses.needs()] : [];
    return [...new Set([...(picture || galleries ? ['scores', 'valid'] : []), ...beside, ...this.galleries.needs(picture, galleries)])];
  }

  restyle() {
    this.#colors = null;
  }

  /** Has the picture chosen climbed from. */
  #climb() {
    if (this.map.code !== null) this.laboratory.place(pixelsOf(this.map.code));
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw(snapshot, words) {
    const colors = (this.#colors ??= colorsOf(this.host));
    if (!colors.ink) {
      this.#colors = null;
      return;
    }
    const [{ probes }, language] = [snapshot, languageOf(this.host)];
    const number = new Intl.NumberFormat(language, SCORE);
    this.#last = { snapshot, words, number };
    this.#verdicts.take(probes);
    if (probes.scores) this.#drawMap(probes.scores, probes.climb, colors, number);
    this.map.label = words.map;
    this.#drawChosen();
    this.galleries.draw({ probes, words, number, language }, colors);
    this.nearMisses.draw(probes, words, number, colors);
    drawSearches(this.part('.searches'), probes.searches, language, number);
  }

  /** @param {Matrix} scores @param {Matrix | undefined} climb @param {Colors} colors @param {Intl.NumberFormat} number */
  #drawMap(scores, climb, colors, number) {
    const { valid, range } = this.#verdicts;
    this.map.draw({ scores, range, valid, climb: climb ? codesOf(climb) : [] }, colors);
    drawRamp(this.ramp, colors);
    set(this.part('[data-map=low]'), number.format(range[0]));
    set(this.part('[data-map=high]'), number.format(range[1]));
  }

  /** The picture chosen, large, and what there is to say of it; aloud only while the run stands still. */
  #drawChosen() {
    if (!this.#last || !this.#colors) return;
    const { words } = this.#last;
    const { code } = this.map;
    const says = this.part('.cell-says');
    says.setAttribute('aria-live', this.laboratory.playing ? 'off' : 'polite');
    set(says, code === null ? words.cell_hint : this.#describe(code));
    this.part('.cell canvas').hidden = code === null;
    /** @type {HTMLButtonElement} */ (this.part('button[data-map=climb]')).disabled = code === null;
    if (code === null) return;
    this.chosen.label = words.cell_alt(code);
    this.chosen.draw({ shape: [1, PIXELS], values: Float32Array.from(pixelsOf(code)) }, this.#colors);
  }

  /** @param {number} code @returns {string} */
  #describe(code) {
    return this.#last?.words.cell(this.#verdicts.reading(code, this.#last.number, languageOf(this.host)));
  }

  /** What is on show, on a sheet. @param {import('../picture.js').Format} format @returns {import('../picture.js').Picture | null} */
  picture({ width, density }) {
    if (!this.#last || !this.#colors) return null;
    const { snapshot, words, number } = this.#last;
    const [map, { code }] = [this.map.drawing(ROOM), this.map];
    const ends = this.#verdicts.range.map((end) => number.format(end));
    const blocks = [
      ...(map ? [{ title: words.map_title(...ends), drawing: map }] : []),
      ...(code !== null ? [{ title: this.#describe(code), drawing: this.chosen.drawing(CHOSEN, density) }] : []),
      ...this.galleries.blocks(density),
      ...this.nearMisses.blocks(density),
    ];
    const language = languageOf(this.host);
    return sheetOf(blocks, footOf(this.laboratory, language, words, new Intl.NumberFormat(language).format(snapshot.step)), this.#colors, width);
  }
}
