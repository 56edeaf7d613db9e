// "Use this figure": what to copy into other notes, with the present settings, the parts that are wanted, theme and language.
import { copy } from './clipboard.js';
import { OPTIONS } from './options.js';
import { PARTS } from './parts.js';
import { set } from './readout.js';
import { SNIPPETS } from './snippets.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */

/** Where this laboratory lies. */
const BASE = new URL('..', import.meta.url).href;
const LOOKS = ['theme', 'lang'];

const part = (/** @type {string} */ name) => `<label class="layer" data-hint="part_${name}"><input type="checkbox" data-use-part="${name}" checked><code>${name}</code></label>`;
const look = (/** @type {string} */ name) =>
  `<label class="field"><span data-text="use_${name}"></span><select data-use="${name}"><option value="" data-text="use_follow"></option>${(OPTIONS[name].values ?? []).filter((value) => value !== 'auto').map((value) => `<option value="${value}" data-text="use_${name}_${value}"></option>`).join('')}</select></label>`;
const snippet = (/** @type {string} */ way) =>
  `<section><p class="title" data-text="use_${way}"></p><p class="quiet" data-text="use_${way}_help"></p><pre tabindex="0" data-snippet="${way}"></pre><button type="button" data-use-copy="${way}"><span data-text="take_copy_link"></span></button></section>`;

export const MARKUP = `
  <div class="use">
    <fieldset><legend data-text="use_parts"></legend><div class="buttons">${PARTS.map(part).join('')}</div></fieldset>
    <div class="buttons">${LOOKS.map(look).join('')}</div>
    ${Object.keys(SNIPPETS).map(snippet).join('')}
    <p class="quiet use-says" aria-live="polite"></p>
  </div>`;

export class UseFigure {
  /** The switches are the reader's from the first look on. */ #begun = false;

  /**
   * @param {(selector: string) => HTMLElement} part
   * @param {Laboratory} laboratory
   * @param {() => any} words
   */
  constructor(part, laboratory, words) {
    this.part = part;
    this.laboratory = laboratory;
    part('.use').addEventListener('change', () => this.#write());
    for (const way of Object.keys(SNIPPETS)) {
      part(`[data-use-copy=${way}]`).addEventListener('click', async () => {
        const copied = await copy(part(`[data-snippet=${way}]`).textContent ?? '');
        set(part('.use-says'), copied ? words().take_copied : words().take_not_copied);
      });
    }
  }

  /** @param {string[]} shown the parts of this figure */
  draw(shown) {
    if (!this.#begun) for (const name of PARTS) this.#switch(name).checked = shown.includes(name);
    this.#begun = true;
    this.#write();
  }

  /** @param {string} part */
  #switch(part) {
    return /** @type {HTMLInputElement} */ (this.part(`[data-use-part=${part}]`));
  }

  #write() {
    const wish = this.#wish();
    for (const [way, write] of Object.entries(SNIPPETS)) set(this.part(`[data-snippet=${way}]`), write(BASE, wish));
  }

  /** @returns {import('./snippets.js').Wish} */
  #wish() {
    const link = new URLSearchParams(this.laboratory.link.slice(1));
    const { preset: figure = this.laboratory.preset, ...settings } = Object.fromEntries(link);
    const [theme, lang] = LOOKS.map((name) => /** @type {HTMLSelectElement} */ (this.part(`[data-use=${name}]`)).value);
    return { figure, settings: Object.entries(settings), ...this.#choice(), theme, lang };
  }

  /** The shorter of what is to be shown and what is to be hidden. @returns {{ show?: string, hide?: string }} */
  #choice() {
    const [on, off] = [true, false].map((state) => PARTS.filter((name) => this.#switch(name).checked === state));
    return off.length && on.length && on.length < off.length ? { show: on.join(' ') } : { hide: off.join(' ') };
  }
}
