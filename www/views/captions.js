// The captioner: faces and what it writes of each, and the reader's own face with what could stand at each place.
import { colorsOf } from '../colormap.js';
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { captionOf, choicesOf, said, verdictsOf } from './caption.js';
import { drawCaption, drawChoices, drawVerdicts } from './caption_lines.js';
import { Gallery } from './gallery.js';
import { ROOM, footOf, sheetOf } from './sheet.js';
import { vocabularyOf } from './sentences.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('../laboratory.js').Laboratory} Laboratory */
/** A test face, its caption, and what that says of each attribute. @typedef {{ face: Gallery, button: HTMLButtonElement, caption: HTMLElement, verdicts: HTMLElement }} Line */

/** While training, text changes no faster than it can be glanced at. Milliseconds. */
const INTERVAL = 200;
const WRITTEN = ['letters', 'originals', 'written', 'written_chances', 'written_right'];
const OWN = ['letters', 'drawn', 'drawn_written', 'drawn_next'];
/** A face that is taken along, and a line of its caption. CSS pixels. */
const [FACE, TEXT] = [44, 13];

export const FIGURE = `<figure data-for="captioner">
  <p class="title" data-text="captions" data-hint="captions_hint"></p>
  <table class="captions"><tbody></tbody></table>
  <figcaption>
    <span class="quiet" data-text="caption_marks"></span>
    <span class="scale chances"><span data-text="caption_chances"></span> <span class="scale-ends">0 <i aria-hidden="true"></i> 1</span></span>
  </figcaption>
</figure>`;

export const MARKUP = `<div class="galleries own-caption" data-for="captioner">
  <section><p class="title" data-text="caption_own"></p><p class="quiet" data-text="caption_own_hint"></p>
    <div class="captioned" hidden><canvas class="gallery" role="img"></canvas><p class="caption"></p></div>
  </section>
  <section class="caption-choices" hidden><p class="title" data-text="caption_choices" data-hint="caption_choices_hint"></p>
    <div class="wide"><table class="metrics choices"><thead><tr><th scope="col" data-text="caption_place"></th><th scope="colgroup" colspan="4" data-text="caption_most"></th></tr></thead><tbody></tbody></table></div>
  </section>
</div>`;

export class Captions {
  /** @type {Line[]} */ #lines = [];
  #drawnAt = -Infinity;
  /** @type {{ step: number, words: any, originals: Matrix, texts: string[] } | null} */ #shown = null;

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, laboratory, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.host = host;
    this.own = new Gallery(/** @type {HTMLCanvasElement} */ (part('.captioned canvas')), { columns: 1, label: '' });
  }

  /** The probes that are drawn. @param {Set<string>} shown */
  needs(shown) {
    return [...new Set([...(shown.has('picture') ? WRITTEN : []), ...(shown.has('galleries') ? OWN : [])])];
  }

  restyle() {
    this.#drawnAt = -Infinity;
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw({ probes, playing, step }, words) {
    const colors = colorsOf(this.host);
    if (!probes.letters || !colors.ink || (playing && performance.now() - this.#drawnAt < INTERVAL)) return;
    this.#drawnAt = performance.now();
    const vocabulary = vocabularyOf(probes.letters);
    const percent = new Intl.NumberFormat(languageOf(this.host), { style: 'percent', maximumFractionDigits: 0 });
    const { originals, written } = probes;
    if (originals && written) {
      const captions = Array.from({ length: written.shape[0] }, (_, i) => captionOf(written, i, vocabulary, (place) => probes.written_chances?.values[i * written.shape[1] + place] ?? NaN));
      this.#shown = { step, words, originals, texts: captions.map(said) };
      this.#drawCaptions(captions, probes, words, percent, colors);
    }
    this.#drawOwn(probes, vocabulary, words, percent, colors);
  }

  /** @param {import('./sentences.js').Token[][]} captions @param {Record<string, Matrix>} probes @param {any} words @param {Intl.NumberFormat} percent @param {import('../colormap.js').Colors} colors */
  #drawCaptions(captions, { originals, written_right: right }, words, percent, colors) {
    const names = this.laboratory.catalog?.attributes.map(({ label }) => label[languageOf(this.host)]) ?? [];
    while (this.#lines.length < captions.length) this.#lines.push(this.#line(this.#lines.length));
    captions.forEach((caption, i) => {
      const { face, button, caption: line, verdicts } = this.#lines[i];
      button.setAttribute('aria-label', words.caption_take(i + 1));
      button.title = words.caption_take(i + 1);
      face.label = words.caption_face(i + 1);
      face.draw(rowOf(originals, i), colors, {});
      drawCaption(line, caption, words, percent);
      if (right) drawVerdicts(verdicts, verdictsOf(right, i), names, words);
    });
  }

  /** @param {number} i @returns {Line} */
  #line(i) {
    const row = /** @type {HTMLTableElement} */ (this.part('.captions')).tBodies[0].insertRow();
    row.innerHTML = '<th scope="row"><button type="button" class="face"><canvas class="gallery"></canvas></button></th><td><p class="caption"></p><p class="verdicts"></p></td>';
    const [button, canvas, caption, verdicts] = ['button', 'canvas', '.caption', '.verdicts'].map((selector) => /** @type {any} */ (row.querySelector(selector)));
    button.addEventListener('click', () => this.#shown && this.laboratory.draw(Array.from(rowOf(this.#shown.originals, i).values)));
    return { face: new Gallery(canvas, { columns: 1, label: '' }), button, caption, verdicts };
  }

  /** @param {Record<string, Matrix>} probes @param {string[]} vocabulary @param {any} words @param {Intl.NumberFormat} percent @param {import('../colormap.js').Colors} colors */
  #drawOwn({ drawn, drawn_written: written, drawn_next: next }, vocabulary, words, percent, colors) {
    const known = Boolean(drawn?.shape[0] && written?.shape[0] && next);
    for (const selector of ['.captioned', '.caption-choices']) this.part(selector).hidden = !known;
    if (!known) return;
    this.own.label = words.caption_own;
    this.own.draw(rowOf(drawn, drawn.shape[0] - 1), colors, {});
    const caption = captionOf(written, 0, vocabulary, (place) => next.values[place * next.shape[1] + written.values[place]]);
    drawCaption(this.part('.captioned .caption'), caption, words, percent);
    drawChoices(/** @type {HTMLTableElement} */ (this.part('.choices')), choicesOf(next, written, vocabulary), words, percent);
  }

  /** The faces with their captions, on a sheet. @param {import('../picture.js').Format} format @returns {import('../picture.js').Picture | null} */
  picture({ width, density }) {
    const [shown, colors, language] = [this.#shown, colorsOf(this.host), languageOf(this.host)];
    if (!shown || !colors.ink) return null;
    const blocks = shown.texts.map((text, i) => ({ drawing: captioned(this.#lines[i].face.drawing(FACE, density), text, colors.ink) }));
    return sheetOf(blocks, footOf(this.laboratory, language, shown.words, new Intl.NumberFormat(language).format(shown.step)), colors, width);
  }
}

/** A face with its caption beside it. @param {import('../picture.js').Drawing} face @param {string} text @param {string} ink @returns {import('../picture.js').Drawing} */
function captioned(face, text, ink) {
  const draw = (/** @type {CanvasRenderingContext2D} */ context) => {
    face.draw(context);
    context.font = `${TEXT}px system-ui, sans-serif`;
    context.fillStyle = ink;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(text, face.width + TEXT, face.height / 2, ROOM - face.width - TEXT);
  };
  return { width: ROOM, height: face.height, draw };
}

/** @param {Matrix} matrix @param {number} i @returns {Matrix} */
const rowOf = ({ shape: [, d], values }, i) => ({ shape: [1, d], values: values.subarray(i * d, (i + 1) * d) });
