// A grammar of the reader's own: written or pasted, or a file. What it means, and what is wrong with it, the core says.
import { set } from './readout.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */

/** A larger file is no grammar that anyone wrote. Bytes. */
const MAX_SIZE = 2 ** 20;
/** Of a refusal that is about it. */
const FIELDS = ['grammar', 'data'];

export const MARKUP = `<div class="grammar">
  <label><span data-text="grammar_help"></span><textarea rows="9" spellcheck="false" autocomplete="off" data-text="grammar_example"></textarea></label>
  <div class="buttons">
    <button type="button" data-grammar="use"><span data-text="grammar_use"></span></button>
    <label class="file"><span data-text="choose_file"></span><input type="file" accept=".txt,.grammar,.bnf,text/*"></label>
  </div>
  <p class="quiet grammar-says"></p>
</div>`;

export class Grammar {
  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory */
  constructor(part, laboratory) {
    this.part = part;
    this.laboratory = laboratory;
    this.area = /** @type {HTMLTextAreaElement} */ (part('.grammar textarea'));
    part('[data-grammar=use]').addEventListener('click', () => this.#use());
    const input = /** @type {HTMLInputElement} */ (part('.grammar input[type=file]'));
    input.addEventListener('change', () => {
      if (input.files?.[0]) this.read(input.files[0]);
      input.value = '';
    });
  }

  /** Takes a file for what the reader has written. @param {File} file */
  async read(file) {
    if (file.size > MAX_SIZE) return this.laboratory.refuse({ field: 'grammar', value: file.name, bound: `a file of at most ${MAX_SIZE / 2 ** 20} MB` });
    this.area.value = await file.text();
    this.#use();
  }

  #use() {
    this.laboratory.useGrammar(new TextEncoder().encode(this.area.value));
  }

  /** What was refused stands here too, beside what is to be put right. @param {any} words */
  draw(words) {
    const { notice } = this.laboratory;
    const refused = notice.kind === 'refused' && FIELDS.includes(notice.refusal.field);
    set(this.part('.grammar-says'), refused ? words.refused(notice.refusal, this.laboratory.knob(notice.refusal.field)) : '');
  }
}
