// What an autoencoder does, as pictures: the plane of codes, copies beside originals, the way between two codes, and
// inventions.
import { colorsOf } from '../colormap.js';
import { set } from '../readout.js';
import { Codes } from './codes.js';
import { Gallery } from './gallery.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */

/** Each gallery and how wide it is at the most, in pictures. @type {[probe: string, columns: number][]} */
const GALLERIES = [
  ['originals', 16],
  ['reconstructions', 16],
  ['line', 9],
  ['plane', 12],
  ['samples', 16],
  ['samples_fitted', 16],
];
/** CSS pixels of a gallery's picture, at the least. */
const SMALLEST = 22;

/** @param {[string, number]} made */
const gallery = ([probe]) =>
  `<section data-gallery="${probe}"><h3 data-text="gallery_${probe}" data-hint="gallery_${probe}_hint"></h3><canvas class="gallery" role="img"></canvas></section>`;

export const PLANE = `<figure data-for="autoencoder">
  <canvas class="codes"></canvas>
  <figcaption>
    <span class="placed"><canvas class="gallery" role="img"></canvas></span><span class="quiet placed-says"></span>
    <label class="layer"><input type="checkbox" data-codes="spreads" checked><span data-text="codes_spreads"></span></label>
    <button type="button" data-codes="reset"><span data-text="codes_reset"></span></button>
    <span class="quiet" data-text="codes_hint"></span>
  </figcaption>
</figure>`;

export const MARKUP = `<div class="galleries" data-for="autoencoder">${GALLERIES.map(gallery).join('')}</div>`;

export class Pictures {
  /** @type {[number, number] | null} */ #place = null;
  /** @type {any} */ #colors = null;
  /** @type {Map<string, Gallery>} */ #galleries = new Map();

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host @param {() => void} onChange something else is needed */
  constructor(part, laboratory, host, onChange) {
    this.part = part;
    this.host = host;
    const canvas = (/** @type {string} */ selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.codes = new Codes(canvas('.codes'), host, (place) => {
      this.#place = place;
      const d = Number(laboratory.settings?.latent_dim ?? 2);
      // Of a longer code the rest is held at 0.
      laboratory.place(Array.from({ length: d }, (_, i) => place[i] ?? 0));
    });
    this.placed = new Gallery(canvas('.placed canvas'), { columns: 1, label: '' });
    for (const [probe, columns] of GALLERIES) {
      const made = new Gallery(canvas(`[data-gallery=${probe}] canvas`), { columns: (width) => Math.max(1, Math.min(columns, Math.floor(width / SMALLEST))), label: '' });
      this.#galleries.set(probe, made);
    }
    this.spreads = /** @type {HTMLInputElement} */ (part('[data-codes=spreads]'));
    this.spreads.addEventListener('change', onChange);
    part('[data-codes=reset]').addEventListener('click', () => this.codes.reset());
  }

  /** The probes that are drawn. */
  needs() {
    return [...GALLERIES.map(([probe]) => probe), 'codes', 'labels', 'thumbnails', 'line_codes', 'placed', ...(this.spreads.checked ? ['spreads'] : [])];
  }

  restyle() {
    this.#colors = null;
    this.codes.restyle();
  }

  /** Another run: the reader's place belongs to other codes. */
  start() {
    this.#place = null;
  }

  /** @param {Snapshot} snapshot @param {any} words @param {Intl.NumberFormat} number */
  draw(snapshot, words, number) {
    this.#colors ??= colorsOf(this.host);
    if (!this.#colors.ink) {
      this.#colors = null;
      return;
    }
    const { probes } = snapshot;
    if (probes.codes && probes.labels) {
      const line = probes.line_codes?.values;
      const ends = line && /** @type {[[number, number], [number, number]]} */ ([[line[0], line[1]], [line[line.length - 2], line[line.length - 1]]]);
      const place = this.#place ?? undefined;
      this.codes.draw({ codes: probes.codes, labels: probes.labels, spreads: this.spreads.checked ? probes.spreads : undefined, pictures: probes.thumbnails, line: ends, place }, words, this.#colors);
    }
    for (const [probe, made] of this.#galleries) {
      this.part(`[data-gallery=${probe}]`).hidden = !probes[probe];
      if (!probes[probe]) continue;
      made.label = words[`gallery_${probe}`];
      made.draw(probes[probe], this.#colors, {});
    }
    this.part('.placed').hidden = !probes.placed || !this.#place;
    if (probes.placed && this.#place) {
      this.placed.label = words.placed_alt;
      this.placed.draw(probes.placed, this.#colors, {});
    }
    set(this.part('.placed-says'), this.#place && probes.placed ? words.placed(number.format(this.#place[0]), number.format(this.#place[1])) : words.place_hint);
  }
}
