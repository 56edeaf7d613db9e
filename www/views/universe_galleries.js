// What D is shown, what it takes for best, and the way of a climb, as galleries: framed by whether a picture is valid, and
// below each whether it is, and D.
import { set } from '../readout.js';
import { PIXELS, codeOf, codesOf } from './cells.js';
import { Gallery } from './gallery.js';
import { ROOM } from './sheet.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */
/** @typedef {import('./verdicts.js').Verdicts} Verdicts */
/** @typedef {{ probes: Record<string, Matrix | undefined>, words: any, number: Intl.NumberFormat, language: 'en' | 'zh' }} Scene */

/** Each gallery, and the probe of its scores where they are not those of the map: a climb answers between two snapshots. @type {Record<string, string | null>} */
const GALLERIES = { climb: 'climb_scores', top: 'top_scores', positives: null, negatives: null };
/** Pictures in a row at the most; how wide one with its caption is at the least, and the room between two. CSS pixels. */
const [COLUMNS, SMALLEST, BETWEEN] = [10, 46, 5];
/** So many pictures are shown at the most. */
const MOST = 40;

export const gallery = (/** @type {string} */ probe) => `<section data-gallery="${probe}"><p class="title" data-hint="gallery_${probe}_hint"></p><canvas class="gallery chosen-from" role="img"></canvas></section>`;

export class UniverseGalleries {
  /** Those in sight, with their titles. @type {Map<string, string>} */ #titles = new Map();
  /** @type {Record<string, Matrix | undefined>} */ #probes = {};
  /** @type {Map<string, Gallery>} */ #galleries = new Map();

  /** @param {(selector: string) => HTMLElement} part @param {Verdicts} verdicts @param {(code: number) => void} onChoose */
  constructor(part, verdicts, onChoose) {
    this.part = part;
    this.verdicts = verdicts;
    for (const probe of Object.keys(GALLERIES)) {
      const canvas = /** @type {HTMLCanvasElement} */ (part(`[data-gallery=${probe}] canvas`));
      const made = new Gallery(canvas, { columns: (width) => Math.max(1, Math.min(COLUMNS, Math.floor(width / SMALLEST))), label: '', between: BETWEEN });
      this.#galleries.set(probe, made);
      canvas.addEventListener('click', (event) => {
        const [i, pictures] = [made.at(event), this.#probes[probe]];
        if (pictures && i !== null) onChoose(codeOf(pictures.values, PIXELS * i));
      });
    }
  }

  /** The probes that are drawn; the way up the map stands with the map. @param {boolean} picture @param {boolean} galleries */
  needs(picture, galleries) {
    const drawn = Object.entries(GALLERIES).filter(([probe]) => (probe === 'climb' ? picture : galleries));
    return drawn.flatMap(([probe, scores]) => (scores ? [probe, scores] : [probe]));
  }

  /** @param {Scene} scene @param {Colors} colors */
  draw(scene, colors) {
    this.#probes = scene.probes;
    this.#titles.clear();
    for (const [probe, made] of this.#galleries) {
      const pictures = scene.probes[probe];
      const section = this.part(`[data-gallery=${probe}]`);
      section.hidden = !pictures;
      if (!pictures) continue;
      const codes = codesOf(pictures);
      const title = (made.label = this.#title(probe, codes, scene));
      this.#titles.set(probe, title);
      set(/** @type {HTMLElement} */ (section.querySelector('.title')), title);
      made.draw(first(pictures, MOST), colors, this.#options(codes, scene.probes[GALLERIES[probe] ?? ''], scene.number, colors));
    }
  }

  /** @param {number[]} codes @param {Matrix | undefined} scores @param {Intl.NumberFormat} number @param {Colors} colors @returns {import('./gallery.js').Options} */
  #options(codes, scores, number, { real, generated }) {
    const valid = codes.map((code) => this.verdicts.valid.has(code));
    const captions = codes.map((code, i) => `${valid[i] ? '✓' : '✗'} ${number.format(scores ? scores.values[i] : this.verdicts.score(code))}`);
    return { captions, outline: (i) => (valid[i] ? real : generated) };
  }

  /** @param {string} probe @param {number[]} codes @param {Scene} scene @returns {string} */
  #title(probe, codes, { words, number, language }) {
    if (probe === 'climb') return words.gallery_climb({ flips: codes.length - 1, ...this.verdicts.reading(codes[codes.length - 1], number, language) });
    const valid = codes.filter((code) => this.verdicts.valid.has(code)).length;
    return words[`gallery_${probe}`]({ n: codes.length, shown: Math.min(MOST, codes.length), valid });
  }

  /** For a sheet. @param {number} density @returns {import('./sheet.js').Block[]} */
  blocks(density) {
    return [...this.#titles].map(([probe, title]) => ({ title, drawing: /** @type {Gallery} */ (this.#galleries.get(probe)).drawing(ROOM, density) }));
  }
}

/** The first rows, as many as there are up to `most`. @param {Matrix} matrix @param {number} most @returns {Matrix} */
function first({ shape: [n, width], values }, most) {
  const rows = Math.min(n, most);
  return { shape: [rows, width], values: values.subarray(0, rows * width) };
}
