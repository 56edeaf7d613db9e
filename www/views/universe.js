// Every picture there is, and what D makes of each: the map of all, the one chosen, the way of a climb from it, and
// galleries of what D is shown and of what it takes for best.
import { colorsOf, drawRamp } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { PICTURES, PIXELS, codeOf, codesOf, indexOf, pixelsOf, rangeOf, rankOf } from './cells.js';
import { Gallery } from './gallery.js';
import { MARKUP as SEARCHES, drawSearches } from './searches.js';
import { ROOM, footOf, sheetOf } from './sheet.js';
import { UniverseMap } from './universe_map.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */

/** Each gallery, and the probe of its scores where they are not those of the map: the climb answers between two snapshots. @type {Record<string, string | null>} */
const GALLERIES = { climb: 'climb_scores', top: 'top_scores', positives: null, negatives: null };
/** Pictures in a row at the most; how wide one with its caption is at the least, and the room between two; and the one chosen, where it is taken along. CSS pixels. */
const [COLUMNS, SMALLEST, BETWEEN, CHOSEN] = [10, 48, 5, 64];
/** So many negatives are shown at the most. */
const MOST = 40;

const gallery = (/** @type {string} */ probe) => `<section data-gallery="${probe}"><p class="title" data-hint="gallery_${probe}_hint"></p><canvas class="gallery chosen-from" role="img"></canvas></section>`;
const button = (/** @type {string} */ act) => `<button type="button" data-map="${act}" data-hint="map_${act}_hint"><span data-text="map_${act}"></span></button>`;

export const MAP = `<figure data-for="universe">
  <div class="cell"><canvas class="gallery" role="img"></canvas><p class="cell-says" aria-live="polite"></p></div>
  <canvas class="map"></canvas>
  <figcaption>
    <span class="scale" aria-hidden="true"><span data-text="map_scale"></span> <span data-map="low"></span> <canvas class="ramp" data-map="ramp"></canvas> <span data-map="high"></span> <span class="ringed"><i></i><span data-text="map_valid"></span></span></span>
    ${['closer', 'further', 'reset', 'climb'].map(button).join('')}
    <span class="quiet" data-text="map_hint"></span>
  </figcaption>
  ${gallery('climb')}
</figure>`;

export const MARKUP = `<div class="galleries" data-for="universe">${['top', 'positives', 'negatives'].map(gallery).join('')}${SEARCHES}</div>`;

export class Universe {
  /** @type {import('../colormap.js').Colors | null} */ #colors = null;
  /** Set once something has been drawn. @type {{ snapshot: Snapshot, words: any, number: Intl.NumberFormat }} */ #last = /** @type {any} */ (null);
  /** Codes of the valid pictures. */ #valid = /** @type {Set<number>} */ (new Set());
  /** @type {Map<string, Gallery>} */ #galleries = new Map();

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, laboratory, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.host = host;
    const canvas = (/** @type {string} */ selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.ramp = canvas('canvas[data-map=ramp]');
    this.chosen = new Gallery(canvas('.cell canvas'), { columns: 1, label: '' });
    this.map = new UniverseMap(canvas('.map'), () => this.#drawChosen(), () => this.#climb());
    const acts = { closer: () => this.map.hand.zoom(true), further: () => this.map.hand.zoom(false), reset: () => this.map.reset(), climb: () => this.#climb() };
    for (const [name, act] of Object.entries(acts)) part(`button[data-map=${name}]`).addEventListener('click', act);
    for (const probe of Object.keys(GALLERIES)) {
      const made = new Gallery(canvas(`[data-gallery=${probe}] canvas`), { columns: (width) => Math.max(1, Math.min(COLUMNS, Math.floor(width / SMALLEST))), label: '', between: BETWEEN });
      this.#galleries.set(probe, made);
      made.canvas.addEventListener('click', (event) => this.#find(probe, made.at(event)));
    }
  }

  /** The probes that are drawn. */
  needs() {
    const scores = Object.values(GALLERIES).filter((probe) => probe !== null);
    return ['scores', 'valid', 'searches', ...Object.keys(GALLERIES), ...scores];
  }

  restyle() {
    this.#colors = null;
  }

  /** Has the picture chosen climbed from. */
  #climb() {
    if (this.map.code !== null) this.laboratory.place(pixelsOf(this.map.code));
  }

  /** A picture of a gallery, found on the map. @param {string} probe @param {number | null} i */
  #find(probe, i) {
    const pictures = this.#last.snapshot.probes[probe];
    if (i !== null) this.map.choose(codeOf(pictures.values, PIXELS * i));
  }

  /** @param {Snapshot} snapshot @param {any} words @param {Intl.NumberFormat} number */
  draw(snapshot, words, number) {
    this.#colors ??= colorsOf(this.host);
    if (!this.#colors.ink) {
      this.#colors = null;
      return;
    }
    this.#last = { snapshot, words, number };
    const { probes } = snapshot;
    if (probes.valid) this.#valid = new Set(probes.valid.values);
    if (probes.scores) this.#drawMap(probes.scores, probes.climb, this.#colors);
    this.#drawChosen();
    for (const [probe, made] of this.#galleries) this.#drawGallery(probe, made, this.#colors);
    drawSearches(this.part('.searches'), probes.searches, languageOf(this.host), number);
  }

  /** @param {Matrix} scores @param {Matrix | undefined} climb @param {import('../colormap.js').Colors} colors */
  #drawMap(scores, climb, colors) {
    const { words, number } = this.#last;
    const range = rangeOf(scores.values);
    this.map.label = words.map;
    this.map.draw({ scores, range, valid: this.#valid, climb: climb ? codesOf(climb) : [] }, colors);
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
    set(says, code === null ? words.cell_hint : words.cell(this.#reading(code)));
    this.part('.cell canvas').hidden = code === null;
    /** @type {HTMLButtonElement} */ (this.part('button[data-map=climb]')).disabled = code === null;
    if (code === null) return;
    this.chosen.label = words.cell_alt(code);
    this.chosen.draw({ shape: [1, PIXELS], values: Float32Array.from(pixelsOf(code)) }, this.#colors, {});
  }

  /** What there is to say of a picture. @param {number} code */
  #reading(code) {
    const { snapshot: { probes: { scores } }, number } = this.#last;
    const score = scores?.values[indexOf(code)] ?? NaN;
    const whole = new Intl.NumberFormat(languageOf(this.host));
    const rank = scores ? whole.format(rankOf(scores.values, score)) : '–';
    return { code, score: number.format(score), rank, of: whole.format(PICTURES), valid: this.#valid.has(code) };
  }

  /** @param {string} probe @param {Gallery} made @param {import('../colormap.js').Colors} colors */
  #drawGallery(probe, made, colors) {
    const { snapshot: { probes }, number } = this.#last;
    const pictures = probes[probe];
    const section = this.part(`[data-gallery=${probe}]`);
    section.hidden = !pictures;
    if (!pictures) return;
    const [codes, scores] = [codesOf(pictures), this.#scores(probe, pictures)];
    const valid = codes.map((code) => this.#valid.has(code));
    const title = this.#title(probe);
    made.label = title;
    set(/** @type {HTMLElement} */ (section.querySelector('.title')), title);
    const captions = scores.map((score, i) => `${valid[i] ? '✓' : '✗'} ${number.format(score)}`);
    made.draw(first(pictures, MOST), colors, { captions, outline: (i) => (valid[i] ? colors.real : colors.generated) });
  }

  /** What D says of each picture of a gallery. @param {string} probe @param {Matrix} pictures @returns {number[]} */
  #scores(probe, pictures) {
    const { probes } = this.#last.snapshot;
    const own = probes[GALLERIES[probe] ?? ''];
    return own ? Array.from(own.values) : codesOf(pictures).map((code) => probes.scores?.values[indexOf(code)] ?? NaN);
  }

  /** @param {string} probe @returns {string} */
  #title(probe) {
    const { snapshot: { probes }, words } = this.#last;
    const codes = codesOf(probes[probe]);
    const valid = codes.filter((code) => this.#valid.has(code)).length;
    if (probe === 'climb') return words.gallery_climb({ flips: codes.length - 1, ...this.#reading(codes[codes.length - 1]) });
    return words[`gallery_${probe}`]({ n: codes.length, shown: Math.min(MOST, codes.length), valid });
  }

  /** What is on show, on a sheet. @param {import('../picture.js').Format} format @returns {import('../picture.js').Picture | null} */
  picture({ width, density }) {
    if (!this.#last || !this.#colors) return null;
    const { snapshot: { probes, step }, words, number } = this.#last;
    const map = probes.scores && this.map.drawing(ROOM);
    const { code } = this.map;
    const blocks = [
      ...(map ? [{ title: words.map_title(...rangeOf(probes.scores.values).map((end) => number.format(end))), drawing: map }] : []),
      ...(map && code !== null ? [{ title: words.cell(this.#reading(code)), drawing: this.chosen.drawing(CHOSEN, density) }] : []),
      ...[...this.#galleries].filter(([probe]) => probes[probe]).map(([probe, made]) => ({ title: this.#title(probe), drawing: made.drawing(ROOM, density) })),
    ];
    return sheetOf(blocks, footOf(this.laboratory, languageOf(this.host), words, number.format(step)), this.#colors, width);
  }
}

/** The first rows, as many as there are up to `most`. @param {Matrix} matrix @param {number} most @returns {Matrix} */
function first({ shape: [n, width], values }, most) {
  const rows = Math.min(n, most);
  return { shape: [rows, width], values: values.subarray(0, rows * width) };
}
