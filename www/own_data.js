// The reader's own data: points drawn on the picture, pasted, or dropped as a file; pictures as an idx file.
import { set } from './readout.js';
import { Sketch } from './views/sketch.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */
/** @typedef {import('./protocol.js').Table} Table */

/** A larger file holds more than the laboratory takes. Bytes. */
const MAX_SIZE = 20 * 2 ** 20;
const MAX_PICTURES = 64 * 2 ** 20;

export const MARKUP = `
  <div class="own">
    <div class="own-draw">
      <p class="quiet" data-text="draw_help"></p>
      <div class="buttons"><button type="button" data-own="draw" aria-pressed="false"><span data-text="draw"></span></button></div>
    </div>
    <div class="own-table">
      <label><span data-text="paste"></span><textarea rows="4" spellcheck="false" autocomplete="off" placeholder="1.2, 3.4"></textarea></label>
      <div class="buttons">
        <button type="button" data-own="read"><span data-text="paste_read"></span></button>
        <label class="file"><span data-text="choose_file"></span><input type="file" accept=".csv,.tsv,.txt,.json,text/*,application/json"></label>
      </div>
      <p class="quiet own-says"></p>
    </div>
  </div>`;

/** Lies over the picture while the reader draws. */
export const TOOLS = `
  <div class="draw-tools" hidden>
    ${['use', 'undo', 'clear', 'cancel'].map((name) => `<button type="button" data-own="${name}"><span data-text="draw_${name}"></span></button>`).join('')}
  </div>`;

export class OwnData {
  /** @type {Table | null} */ #table = null;

  /**
   * @param {(selector: string) => HTMLElement} part
   * @param {Laboratory} laboratory
   * @param {import('./views/plane.js').Plane} plane
   * @param {import('./grammar.js').Grammar} grammar
   * @param {import('./lab.js').GenLab} host where files may be dropped
   * @param {() => void} changed
   */
  constructor(part, laboratory, plane, grammar, host, changed) {
    this.part = part;
    this.laboratory = laboratory;
    this.changed = changed;
    this.plane = plane;
    this.grammar = grammar;
    this.host = host;
    this.sketch = new Sketch(plane.frame.canvas, plane.frame, () => this.#onSketch());
    plane.sketch = this.sketch;
    const on = (name, act) => part(`[data-own=${name}]`).addEventListener('click', act);
    on('draw', () => this.#beginDrawing());
    on('cancel', () => {
      this.sketch.clear();
      this.sketch.on = false;
    });
    on('undo', () => this.sketch.undo());
    on('clear', () => this.sketch.clear());
    on('use', () => this.#use());
    const area = /** @type {HTMLTextAreaElement} */ (part('.own textarea'));
    on('read', () => laboratory.read(area.value));
    for (const chooser of ['.own input[type=file]', '[data-own-pictures]']) {
      const input = /** @type {HTMLInputElement} */ (part(chooser));
      input.addEventListener('change', () => {
        if (input.files?.[0]) this.#readFile(input.files[0]);
        input.value = '';
      });
    }
    host.addEventListener('dragover', (event) => event.preventDefault());
    host.addEventListener('drop', (event) => {
      const file = event.dataTransfer?.files[0];
      event.preventDefault();
      if (file) this.#readFile(file);
    });
  }

  /** A table was read: it becomes the data of a new run. @param {Table} table */
  take(table) {
    this.#table = table;
    this.sketch.on = false;
    this.host.usePoints(table.points);
  }

  /** @param {any} words @param {Intl.NumberFormat} number */
  draw(words, number) {
    const { values, on } = this.sketch;
    this.part('[data-own=draw]').setAttribute('aria-pressed', String(on));
    this.part('.draw-tools').hidden = !on;
    for (const name of ['undo', 'clear', 'use']) {
      /** @type {HTMLButtonElement} */ (this.part(`[data-own=${name}]`)).disabled = values.length < 4;
    }
    const own = this.laboratory.settings?.data === 'own' && this.#table?.points === this.laboratory.points;
    set(this.part('.own-says'), own && this.#table ? words.table_read(number.format(this.#table.n_rows), this.#transform(number)) : '');
  }

  /** How the table's numbers were brought to the frame. @param {Intl.NumberFormat} number */
  #transform(number) {
    const axes = this.#table?.points.axes ?? [];
    return axes.map(({ label, mean, scale }, i) => `${'xy'[i]} = (${label.en || 'xy'[i]} − ${number.format(mean)}) / ${number.format(scale)}`).join(', ');
  }

  #beginDrawing() {
    this.sketch.on = true;
    this.plane.frame.canvas.scrollIntoView({ block: 'center' });
  }

  #use() {
    const { halfWidth } = this.plane.frame;
    const values = Float32Array.from(this.sketch.values);
    this.sketch.on = false;
    this.host.usePoints({ values, half_width: halfWidth, axes: null });
    this.sketch.clear();
  }

  #onSketch() {
    if (this.sketch.on) this.laboratory.pause();
    this.changed();
  }

  /** @param {File} file */
  async #readFile(file) {
    if (file.name.endsWith('.safetensors')) return this.laboratory.useWeights(new Uint8Array(await file.arrayBuffer()));
    const { ofPictures, ofSentences } = this.laboratory;
    if (ofSentences) return this.grammar.read(file);
    const most = ofPictures ? MAX_PICTURES : MAX_SIZE;
    if (file.size > most) {
      return this.laboratory.refuse({ field: 'data', value: file.name, bound: `a file of at most ${most / 2 ** 20} MB` });
    }
    if (ofPictures) return this.laboratory.usePictures(new Uint8Array(await file.arrayBuffer()));
    this.laboratory.read(await file.text());
  }
}
