// Models of pictures: the plane of an autoencoder's codes, or the dials of a GAN; and galleries of what each makes.
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { Codes } from './codes.js';
import { Completions, MARKUP as COMPLETIONS } from './completions.js';
import { Described, MARKUP as DESCRIBED } from './described.js';
import { Dials, drawCross } from './dials.js';
import { Factors, MARKUP as FACTORS } from './factors.js';
import { Gallery } from './gallery.js';
import { MARKUP as OUTLINED, Outlined } from './outlined.js';
import { ROOM, footOf, sheetOf } from './sheet.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */

/** Each gallery, how wide it is at the most, in pictures, and the models that have it. @type {[probe: string, columns: number, models: string][]} */
const GALLERIES = [
  ['originals', 16, 'autoencoder picture_gan'],
  ['reconstructions', 16, 'autoencoder'],
  ['line', 9, 'autoencoder picture_gan'],
  ['plane', 12, 'autoencoder'],
  ['samples', 16, 'autoencoder picture_gan'],
  ['samples_fitted', 16, 'autoencoder'],
  ['samples_ema', 16, 'picture_gan'],
  ['objections', 16, 'picture_gan'],
  ['nearest', 16, 'picture_gan'],
  ['dials', 14, 'picture_gan'],
  ['versions', 8, 'picture_gan'],
];
/** Whose pictures are the ends of the line. @type {Record<string, string>} */
const ENDS_AMONG = { autoencoder: 'originals', picture_gan: 'samples_ema' };
/** How many of them can be. */
const N_ENDS = 16;
/** CSS pixels of a gallery's picture, at the least; and of the one at the reader's place where it is taken along. */
const [SMALLEST, PLACED] = [22, 64];

/** @param {[string, number, string]} made */
const gallery = ([probe, , models]) =>
  `<section data-gallery="${probe}" data-for="${models}"><p class="title" data-text="gallery_${probe}" data-hint="gallery_${probe}_hint"></p><canvas class="gallery" role="img"></canvas></section>`;

export const PLANE = `<figure data-for="autoencoder">
  <canvas class="codes"></canvas>
  <figcaption>
    <span class="placed"><canvas class="gallery" role="img"></canvas></span><span class="quiet placed-says"></span>
    <label class="layer"><input type="checkbox" data-codes="spreads" checked><span data-text="codes_spreads"></span></label>
    <button type="button" data-codes="reset"><span data-text="codes_reset"></span></button>
    <button type="button" data-codes="kl"><span></span></button>
    <span class="quiet kl-says"></span>
    <span class="quiet" data-text="codes_hint"></span>
  </figcaption>
</figure>`;

const CROSS = `<section data-gallery="cross" data-for="picture_gan"><p class="title" data-text="gallery_cross" data-hint="gallery_cross_hint"></p><div class="wide"><table class="metrics cross"></table></div></section>`;

export const MARKUP = `<div class="galleries" data-for="autoencoder picture_gan">${DESCRIBED}${OUTLINED}${COMPLETIONS}${FACTORS}${GALLERIES.map(gallery).join('')}${CROSS}</div>`;

export class Pictures {
  /** What is decoded: the reader's own, or drawn. @type {number[] | null} */ #code = null;
  /** The weight of the KL term before it was taken away. */ #beta = 1;
  /** @type {any} */ #colors = null;
  /** @type {[Snapshot, any, Intl.NumberFormat] | null} */ #last = null;
  /** @type {Map<string, Gallery>} */ #galleries = new Map();
  /** What each gallery was drawn from: an answer to a dial leaves most of them as they are. @type {Map<string, unknown[]>} */ #drawn = new Map();

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host @param {() => void} onChange something else is needed */
  constructor(part, laboratory, host, onChange) {
    this.part = part;
    this.host = host;
    const canvas = (/** @type {string} */ selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.codes = new Codes(canvas('.codes'), host, (place) => {
      const d = Number(laboratory.settings?.latent_dim ?? 2);
      // Of a longer code the rest is held at 0.
      this.place(Array.from({ length: d }, (_, i) => place[i] ?? 0));
    });
    this.factors = new Factors(part, laboratory, (place) => (this.#ofGan ? this.dials.go(place) : this.#decode(place)));
    this.dials = new Dials(part, laboratory, (place) => this.factors.start(place));
    const give = (/** @type {number[]} */ given) => this.dials.give(given);
    // A second run beside this one is asked for the same.
    const asked = (/** @type {number[]} */ given) => host.dispatchEvent(new CustomEvent('genlab:asked', { detail: given }));
    this.described = new Described(part, laboratory, { give, asked });
    this.outlined = new Outlined(part, laboratory, { give, asked });
    this.completions = new Completions(part);
    this.laboratory = laboratory;
    this.placed = new Gallery(canvas('.placed canvas'), { columns: 1, label: '' });
    for (const [probe, columns] of GALLERIES) {
      const made = new Gallery(canvas(`[data-gallery=${probe}] canvas`), { columns: (width) => Math.max(1, Math.min(columns, Math.floor(width / SMALLEST))), label: '' });
      this.#galleries.set(probe, made);
      made.canvas.addEventListener('click', (event) => probe === this.#endsAmong && this.#chooseEnd(made.at(event)));
    }
    this.spreads = /** @type {HTMLInputElement} */ (part('[data-codes=spreads]'));
    this.spreads.addEventListener('change', onChange);
    part('[data-codes=reset]').addEventListener('click', () => this.codes.reset());
    part('[data-codes=kl]').addEventListener('click', () => this.#toggleKl());
  }

  /** The code that is decoded apart from any picture; null before there is one. */
  get code() {
    return this.#code;
  }

  /** Has a code decoded; the plane marks its first two numbers. @param {number[]} code */
  place(code) {
    this.#decode(code);
    this.factors.start(code);
  }

  /** @param {number[]} code */
  #decode(code) {
    this.#code = code;
    this.laboratory.place(code);
  }

  /** The run beside this one has been given something: so is this one. @param {number[]} given */
  ask(given) {
    const panel = { description: this.described, outline: this.outlined }[String(this.laboratory.settings?.given)];
    panel?.take(given);
  }

  get #ofGan() {
    return this.laboratory.model?.id === 'picture_gan';
  }

  get #endsAmong() {
    return ENDS_AMONG[this.laboratory.model?.id ?? ''];
  }

  /** The line goes on from where it ended to the picture that was chosen. @param {number | null} picture */
  #chooseEnd(picture) {
    if (picture === null || picture >= N_ENDS) return;
    this.laboratory.change({ line_from: Number(this.laboratory.settings?.line_to), line_to: picture });
  }

  /** Takes the KL term away, or puts it back with the weight it had. */
  #toggleKl() {
    const beta = Number(this.laboratory.settings?.beta);
    if (beta > 0) this.#beta = beta;
    this.laboratory.change({ beta: beta > 0 ? 0 : this.#beta });
  }

  /** @param {any} words */
  #drawKl(words) {
    const { variational, beta, kl } = this.laboratory.settings ?? {};
    const button = this.part('[data-codes=kl]');
    button.hidden = variational !== 'on';
    set(/** @type {HTMLElement} */ (button.firstElementChild), Number(beta) > 0 ? words.kl_remove : words.kl_restore);
    set(this.part('.kl-says'), variational === 'on' ? words[`kl_${kl}`] : words.kl_none);
  }

  /** The probes that are drawn. @param {Set<string>} shown */
  needs(shown) {
    const model = this.laboratory.model?.id ?? '';
    const ofGan = this.#ofGan;
    const picture = ofGan ? ['placed'] : ['codes', 'labels', 'thumbnails', 'line_codes', 'placed', ...(this.spreads.checked ? ['spreads'] : [])];
    const galleries = GALLERIES.filter(([, , models]) => models.split(' ').includes(model)).map(([probe]) => probe);
    const beside = ofGan ? ['sample_scores', 'original_scores', 'version_steps', 'cross', ...this.described.needs(), ...this.outlined.needs(), ...this.completions.needs()] : [];
    return [...new Set([...(shown.has('picture') ? picture : []), ...(shown.has('galleries') ? [...galleries, ...beside, ...this.factors.needs()] : [])])];
  }

  restyle() {
    this.#colors = null;
    this.codes.restyle();
  }

  /** Another run: the reader's code belongs to other codes. */
  start() {
    this.#code = null;
    const d = Number(this.laboratory.settings?.latent_dim ?? 2);
    this.factors.start(Array(d).fill(0)); // until the reader goes elsewhere, or the dials do
    this.dials.start(this.#ofGan ? d : 0);
  }

  /** Where the code that is decoded lies in the plane. @returns {[number, number] | null} */
  #place() {
    return this.#code && [this.#code[0], this.#code[1] ?? 0];
  }

  /** @param {Snapshot} snapshot @param {any} words @param {Intl.NumberFormat} number */
  draw(snapshot, words, number) {
    this.#colors ??= colorsOf(this.host);
    if (!this.#colors.ink) {
      this.#colors = null;
      return;
    }
    this.#last = [snapshot, words, number];
    const { probes } = snapshot;
    const place = this.#place();
    if (probes.codes && probes.labels) {
      const line = probes.line_codes?.values;
      const ends = line && /** @type {[[number, number], [number, number]]} */ ([[line[0], line[1]], [line[line.length - 2], line[line.length - 1]]]);
      this.codes.draw({ codes: probes.codes, labels: probes.labels, names: this.laboratory.classNames(languageOf(this.host)), spreads: this.spreads.checked ? probes.spreads : undefined, pictures: probes.thumbnails, line: ends, place }, words, this.#colors);
    }
    for (const [probe, made] of this.#galleries) {
      this.part(`[data-gallery=${probe}]`).hidden = !probes[probe];
      if (!probes[probe]) continue;
      const title = this.#title(probe, words);
      made.label = title;
      const heading = this.part(`[data-gallery=${probe}] .title`);
      set(heading, title);
      heading.title = words[`gallery_${probe}_${this.laboratory.model?.id}_hint`] ?? words[`gallery_${probe}_hint`];
      const scores = probe === 'samples' ? probes.sample_scores : probe === 'originals' ? probes.original_scores : undefined;
      const outline = probe === this.#endsAmong ? this.#rim(this.#colors) : undefined;
      const { line_from, line_to } = this.laboratory.settings ?? {};
      const from = [probes[probe], scores, this.#colors, words, ...(outline ? [line_from, line_to] : [])];
      if (this.#drawn.get(probe)?.every((part, i) => part === from[i])) continue;
      this.#drawn.set(probe, from);
      const captions = scores && Array.from(scores.values, (score) => number.format(score));
      made.canvas.classList.toggle('chosen-from', Boolean(outline));
      made.draw(probe === 'objections' ? leaning(probes[probe]) : probes[probe], this.#colors, { captions, outline });
    }
    this.part('[data-gallery=cross]').hidden = !probes.cross;
    if (probes.cross && probes.version_steps) drawCross(/** @type {HTMLTableElement} */ (this.part('[data-gallery=cross] table')), probes.cross, probes.version_steps, words, number);
    this.dials.draw(probes.placed, words, this.#colors);
    this.factors.draw(probes, words, languageOf(this.host), number);
    this.described.draw(snapshot, words, languageOf(this.host), this.#colors);
    this.outlined.draw(snapshot, words, this.#colors);
    this.completions.draw(probes, words, this.#colors);
    this.#drawKl(words);
    const placed = probes.placed && place;
    this.part('.placed').hidden = !placed;
    if (placed) {
      this.placed.label = words.placed_alt;
      this.placed.draw(probes.placed, this.#colors, {});
    }
    set(this.part('.placed-says'), placed ? words.placed(...placed.map(number.format)) : words.place_hint);
  }

  /** The colour around the ends of the line. @param {import('../colormap.js').Colors} colors @returns {(picture: number) => string | null} */
  #rim({ generated }) {
    const { line_from: from, line_to: to } = this.laboratory.settings ?? {};
    return (picture) => ([Number(from), Number(to)].includes(picture) ? generated : null);
  }

  /** @param {string} probe @param {any} words @returns {string} */
  #title(probe, words) {
    return words[`gallery_${probe}_${this.laboratory.model?.id}`] ?? words[`gallery_${probe}`];
  }

  /** What a dial does is shown at once; everything else can wait for the next frame. @param {Record<string, import('../protocol.js').Matrix>} probes @param {any} words */
  answer(probes, words) {
    if (this.#colors) this.dials.draw(probes.placed, words, this.#colors);
    if (this.#last) this.factors.answer(probes, words, languageOf(this.host), this.#last[2]);
  }

  /** What is on show, on a sheet. @param {import('../picture.js').Format} format @returns {import('../picture.js').Picture | null} */
  picture({ width, density }) {
    if (!this.#last || !this.#colors) return null;
    const [{ probes, step }, words, number] = this.#last;
    const codes = probes.codes && this.codes.drawing(ROOM, density);
    const place = codes && probes.placed && this.#place();
    const galleries = [...this.#galleries].filter(([probe]) => probes[probe]);
    const blocks = [
      ...(codes ? [{ drawing: codes }] : []),
      ...(place ? [{ title: words.placed(...place.map(number.format)), drawing: this.placed.drawing(PLACED, density) }] : []),
      ...[this.described, this.outlined, this.completions].flatMap((panel) => panel.blocks(words, density)),
      ...galleries.map(([probe, made]) => ({ title: this.#title(probe, words), drawing: made.drawing(ROOM, density) })),
    ];
    return sheetOf(blocks, footOf(this.laboratory, languageOf(this.host), words, number.format(step)), this.#colors, width);
  }
}

/** Ink that D wants as ink, ink that it does not as paper, and no opinion half-way: scaled by the largest of each picture. @param {import('../protocol.js').Matrix} objections */
export function leaning({ shape, values }) {
  const [n, d] = shape;
  const scaled = new Float32Array(values.length);
  for (let i = 0; i < n; i += 1) {
    const picture = values.subarray(i * d, (i + 1) * d);
    const most = picture.reduce((max, v) => Math.max(max, Math.abs(v)), 1e-12);
    picture.forEach((v, k) => (scaled[i * d + k] = 0.5 + v / (2 * most)));
  }
  return { shape, values: scaled };
}
