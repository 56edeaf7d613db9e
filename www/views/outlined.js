// Faces by their outlines: the reader draws lines, and G colours them in eight ways.
import { Gallery } from './gallery.js';
import { PixelEditor } from './pixel_editor.js';
import { ROOM } from './sheet.js';

/** @typedef {import('../protocol.js').Matrix} Matrix */
/** @typedef {import('../colormap.js').Colors} Colors */

export const MARKUP = `<section data-gallery="outlined" data-for="picture_gan" data-of="faces" hidden>
  <p class="title" data-text="outlined" data-hint="outlined_hint"></p>
  <div class="outlined">
    <div><canvas class="gallery editor" role="img" tabindex="0"></canvas>
      <div class="buttons">${['clear', 'take'].map((name) => `<button type="button" data-outlined="${name}"><span data-text="outlined_${name}"></span></button>`).join('')}</div>
      <p class="quiet" data-text="outlined_help"></p></div>
    <canvas class="gallery outlined-asked" role="img"></canvas>
  </div>
</section>`;

export class Outlined {
  /** @type {Float32Array} */ #drawing = new Float32Array();
  /** Line drawings of test faces. @type {Matrix | null} */ #given = null;
  /** Which of them was taken last. */ #taken = 0;
  /** The run that knows the drawing: at first it has that of the first test face. */ #toldRun = -1;
  /** What the colourings were drawn from. @type {unknown[]} */ #drawn = [];

  /** @param {(selector: string) => HTMLElement} part @param {import('../laboratory.js').Laboratory} laboratory @param {{ give: (given: number[]) => void, asked: (given: number[]) => void }} acts give G something beside z; tell others what the reader asks for */
  constructor(part, laboratory, { give, asked }) {
    this.section = part('[data-gallery=outlined]');
    this.laboratory = laboratory;
    this.give = give;
    const draw = (/** @type {Float32Array} */ drawing) => {
      this.take(drawing);
      asked(Array.from(drawing));
    };
    this.editor = new PixelEditor(/** @type {HTMLCanvasElement} */ (part('[data-gallery=outlined] .editor')), (drawing) => draw(drawing));
    this.asked = new Gallery(/** @type {HTMLCanvasElement} */ (part('.outlined-asked')), { columns: 4, label: '' });
    part('[data-outlined=clear]').addEventListener('click', () => draw(new Float32Array(this.#drawing.length)));
    part('[data-outlined=take]').addEventListener('click', () => {
      if (this.#given) draw(drawingOf(this.#given, (this.#taken += 1)));
    });
  }

  needs() {
    return ['given', 'asked'];
  }

  /** A drawing, the reader's or from elsewhere. @param {ArrayLike<number>} drawing */
  take(drawing) {
    this.#drawing = Float32Array.from(drawing);
    this.give(Array.from(drawing));
    this.laboratory.page.changed();
  }

  /** @param {import('../protocol.js').Snapshot} snapshot @param {any} words @param {Colors} colors */
  draw({ run, probes: { given, asked } }, words, colors) {
    this.section.hidden = !given || !asked;
    if (!given || !asked) return;
    this.#given = given;
    const fits = this.#drawing.length === given.shape[1];
    if (!fits) this.#drawing = drawingOf(given, (this.#taken = 0));
    if (this.#toldRun !== run) {
      this.#toldRun = run;
      this.give(Array.from(this.#drawing));
    }
    this.editor.draw(this.#drawing, colors, words.outlined_editor);
    const from = [asked, words, colors];
    if (from.every((part, i) => part === this.#drawn[i])) return;
    this.#drawn = from;
    this.asked.label = words.outlined_asked_alt(asked.shape[0]);
    this.asked.draw(asked, colors, {});
  }

  /** For a sheet. @param {any} words @param {number} density @returns {import('./sheet.js').Block[]} */
  blocks(words, density) {
    if (this.section.hidden) return [];
    return [{ title: words.outlined, drawing: this.editor.gallery.drawing(ROOM / 4, density) }, { drawing: this.asked.drawing(ROOM, density) }];
  }
}

/** @param {Matrix} given @param {number} number which of them, over and over */
function drawingOf({ shape: [n, d], values }, number) {
  const i = number % n;
  return values.slice(i * d, (i + 1) * d);
}
