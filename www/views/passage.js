// One picture's way through an autoencoder: picture → encoder → code → decoder → reconstruction, with the numbers of this
// picture. Taken out, the decoder is a generator: the code comes from the reader or from N(0, 1), and no picture goes in.
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { normal } from './dials.js';
import { Gallery } from './gallery.js';
import { PICTURE, arrange } from './passage_layout.js';
import { picture } from './passage_picture.js';
import { codeOf, layersOf, rowOf, vector } from './passage_reading.js';

/** @typedef {import('../laboratory.js').Laboratory} Laboratory */
/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {{ texts: Record<string, string>, pictures: Partial<Record<'input' | 'output', Matrix>>, label: string, says: string }} Reading what the drawing says now */

const ACTS = ['toggle', 'previous', 'next', 'draw'];

export const PASSAGE = `<div class="passage">
  <div class="passage-stage"><div class="passage-graph"></div><canvas class="gallery passage-input" role="img"></canvas><canvas class="gallery passage-output" role="img"></canvas></div>
  <p class="quiet passage-says" aria-live="polite"></p>
  <div class="buttons">${ACTS.map((act) => `<button type="button" data-passage="${act}"><span data-text="passage_${act}"></span></button>`).join('')}</div>
</div>`;

export class Passage {
  /** Which test picture goes in. */ #number = 0;
  /** The decoder stands alone. */ #alone = false;
  /** The code last drawn from N(0, 1). @type {number[] | null} */ #drawn = null;
  #width = 0;
  /** What the picture was made for; another key, another picture. */ #key = '';

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {import('./pictures.js').Pictures} pictures which have the code that is decoded @param {HTMLElement} host */
  constructor(part, laboratory, pictures, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.pictures = pictures;
    this.host = host;
    this.stage = part('.passage-stage');
    this.graph = part('.passage-graph');
    const gallery = (/** @type {string} */ id) => new Gallery(/** @type {HTMLCanvasElement} */ (part(`.passage-${id}`)), { columns: 1, label: '' });
    this.galleries = { input: gallery('input'), output: gallery('output') };
    const acts = { toggle: () => this.#toggle(), previous: () => this.#choose(-1), next: () => this.#choose(1), draw: () => this.#draw() };
    for (const act of ACTS) part(`[data-passage=${act}]`).addEventListener('click', acts[act]);
    this.galleries.input.canvas.addEventListener('click', () => this.#alone || this.#choose(1));
    new ResizeObserver(() => {
      this.#width = this.stage.clientWidth;
      laboratory.page.changed();
    }).observe(this.stage);
  }

  needs() {
    return ['originals', 'reconstructions', 'thumbnails', 'codes', 'spreads', 'placed'];
  }

  get #d() {
    return Number(this.laboratory.settings?.latent_dim);
  }

  /** The code comes from the plane. */
  get #own() {
    return this.pictures.code !== this.#drawn;
  }

  #toggle() {
    this.#alone = !this.#alone;
    this.laboratory.page.changed();
  }

  /** @param {number} by */
  #choose(by) {
    this.#number += by;
    this.laboratory.page.changed();
  }

  /** The decoder stands alone and has no code: there was none yet, or the run is another, or another moment of it. */
  #feed() {
    if (this.pictures.code) this.pictures.place(this.pictures.code);
    else this.#draw();
  }

  /** A code from N(0, 1). */
  #draw() {
    this.#drawn = Array.from({ length: this.#d }, normal);
    this.pictures.place(this.#drawn);
    this.laboratory.page.changed();
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw({ probes }, words) {
    const [colors, { settings }] = [colorsOf(this.host), this.laboratory];
    if (!settings || !colors.ink || !this.#width || !probes.originals) return;
    if (this.#alone && !probes.placed) this.#feed();
    const number = new Intl.NumberFormat(languageOf(this.host), { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' });
    const layers = layersOf(settings, probes.originals.shape[1]);
    const way = this.#readWay(probes, probes.originals, layers, words, number);
    this.#build(settings.variational === 'on', layers, words);
    this.#show(this.#alone ? this.#readDecoder(way, probes.placed, layers, words, number) : way, colors);
    this.#suit(words);
  }

  /** @param {boolean} variational @param {{ encoder: string, decoder: string }} layers @param {any} words */
  #build(variational, layers, words) {
    const key = [this.#width, layers.encoder, layers.decoder, words.passage_encoder].join();
    if (key === this.#key) return;
    this.#key = key;
    const layout = arrange(this.#width, variational);
    this.graph.innerHTML = picture(layout, layers, words);
    this.stage.classList.toggle('plain', !variational);
    this.stage.style.height = `${layout.height}px`;
    for (const id of /** @type {const} */ (['input', 'output'])) {
      const { x, y } = /** @type {import('./passage_layout.js').Box} */ (layout.boxes[id]);
      Object.assign(this.galleries[id].canvas.style, { left: `${x}px`, top: `${y}px`, width: `${PICTURE}px` });
    }
  }

  /** A test picture, what becomes of it, and its numbers. @param {Record<string, Matrix | undefined>} probes @param {Matrix} originals @param {{ encoder: string, decoder: string }} layers @param {any} words @param {Intl.NumberFormat} number @returns {Reading} */
  #readWay(probes, originals, layers, words, number) {
    const [n, d] = originals.shape;
    const i = ((this.#number % n) + n) % n;
    const input = rowOf(originals, i);
    const known = codeOf(probes, input);
    const [mean, spread] = [known.mean, known.spread].map((values) => vector(values, this.#d, number));
    const variational = this.laboratory.settings?.variational === 'on';
    const output = probes.reconstructions && rowOf(probes.reconstructions, i);
    return {
      texts: {
        input: words.passage_input,
        output: words.passage_reconstruction,
        code_name: variational ? words.passage_sampled : words.passage_code,
        code: mean,
        numbers: words.passage_numbers(this.#d),
        ...(variational && { mean, spread, source: 'ε ~ N(0, 1)', noise: 'ε = 0' }),
      },
      pictures: { input, output },
      label: words.passage_way({ i: i + 1, n, ...layers, mean, spread: variational ? spread : '' }),
      says: variational ? words.passage_mean_only : words.passage_bottleneck({ pixels: d, n: this.#d }),
    };
  }

  /** The decoder alone, before what has faded. @param {Reading} way @param {Matrix | undefined} placed @param {{ decoder: string }} layers @param {any} words @param {Intl.NumberFormat} number @returns {Reading} */
  #readDecoder(way, placed, { decoder }, words, number) {
    const code = vector(this.pictures.code ?? undefined, this.#d, number);
    return {
      texts: { ...way.texts, output: words.passage_generated, code_name: words.passage_code, code, source: this.#own ? words.passage_own : 'c ~ N(0, 1)', noise: '' },
      pictures: { ...way.pictures, output: placed },
      label: words.passage_alone({ code, decoder, own: this.#own }),
      says: words.passage_generator(this.#d),
    };
  }

  /** @param {Reading} reading @param {import('../colormap.js').Colors} colors */
  #show({ texts, pictures, label, says }, colors) {
    for (const [id, text] of Object.entries(texts)) set(/** @type {HTMLElement} */ (this.graph.querySelector(`[data-value=${id}]`)), text);
    for (const id of /** @type {const} */ (['input', 'output'])) {
      this.galleries[id].label = texts[id];
      const matrix = pictures[id];
      if (matrix) this.galleries[id].draw(matrix, colors, {});
    }
    this.graph.firstElementChild?.setAttribute('aria-label', label);
    set(this.part('.passage-says'), says);
  }

  /** Buttons and parts of the whole, or of the decoder alone. @param {any} words */
  #suit(words) {
    this.stage.classList.toggle('alone', this.#alone);
    this.stage.classList.toggle('own', this.#alone && this.#own);
    this.galleries.input.canvas.setAttribute('aria-hidden', String(this.#alone));
    set(this.part('[data-passage=toggle] span'), this.#alone ? words.passage_back : words.passage_toggle);
    for (const act of ['previous', 'next']) this.part(`[data-passage=${act}]`).hidden = this.#alone;
    this.part('[data-passage=draw]').hidden = !this.#alone;
  }
}
