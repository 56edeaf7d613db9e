// A face in words, typed or chosen: a text field and a menu for each attribute, kept in step.
import { LONGEST, compose, parse } from '../descriptions.js';
import { set } from '../readout.js';

/** @typedef {import('../protocol.js').Attribute} Attribute */
/** @typedef {import('../descriptions.js').Description} Description */
/** @typedef {import('../descriptions.js').Reading} Reading */
/** @typedef {'en' | 'zh'} Language */

export const MARKUP = `<label class="typed"><span data-text="describing"></span><input type="text" maxlength="${LONGEST}" spellcheck="false" autocomplete="off" aria-describedby="describing-says"></label>
<div class="menus"></div>
<p class="quiet" id="describing-says" aria-live="polite"></p>`;

export class Describing {
  /** @type {Reading | null} */ #reading = null;
  /** What the words on show were made of. @type {[Attribute[], any, Language] | null} */ #told = null;

  /** @param {HTMLElement} section @param {(description: Description) => void} changed the reader has described another face */
  constructor(section, changed) {
    this.field = /** @type {HTMLInputElement} */ (section.querySelector('.typed input'));
    this.menus = /** @type {HTMLElement} */ (section.querySelector('.menus'));
    this.says = /** @type {HTMLElement} */ (section.querySelector('#describing-says'));
    this.changed = changed;
    this.field.addEventListener('change', () => this.#told && this.#take(parse(this.field.value, this.#told[0])));
    this.menus.addEventListener('change', () => this.#choose());
  }

  /** @param {Description} description */
  set description(description) {
    this.#reading = { description, unknown: [], contradictions: [] };
    if (this.#told) this.#show(true);
  }

  /** @returns {Description | null} */
  get description() {
    return this.#reading?.description ?? null;
  }

  /** What has been understood, in words. */
  get text() {
    return this.#told && this.#reading ? compose(this.#reading.description, this.#told[0], this.#told[2]) : '';
  }

  /** @param {Attribute[]} attributes @param {any} words @param {Language} language */
  draw(attributes, words, language) {
    if (this.#told?.every((part, i) => part === [attributes, words, language][i])) return;
    this.#told = [attributes, words, language];
    const options = (/** @type {Attribute} */ attribute) => [words.describing_nothing, ...attribute.options.map((option) => option[language])].map((text, i) => new Option(text, i ? String(i - 1) : ''));
    this.menus.replaceChildren(...attributes.map((attribute) => {
      const [label, select] = [document.createElement('label'), document.createElement('select')];
      select.append(...options(attribute));
      label.append(Object.assign(document.createElement('span'), { textContent: attribute.label[language] }), select);
      return label;
    }));
    // A text that was not all understood stays as it was typed.
    const { unknown = [], contradictions = [] } = this.#reading ?? {};
    this.#show(!unknown.length && !contradictions.length);
  }

  get #selects() {
    return [...this.menus.querySelectorAll('select')];
  }

  #choose() {
    const description = this.#selects.map(({ value }) => (value === '' ? null : Number(value)));
    this.#take({ description, unknown: [], contradictions: [] }, true);
  }

  /** @param {Reading} reading @param {boolean} [anew] the text too */
  #take(reading, anew = false) {
    this.#reading = reading;
    this.#show(anew);
    this.changed(reading.description);
  }

  /** @param {boolean} anew */
  #show(anew) {
    if (!this.#told || !this.#reading) return;
    const [attributes, words, language] = this.#told;
    const { description, unknown, contradictions } = this.#reading;
    if (anew) this.field.value = this.text;
    this.#selects.forEach((select, i) => (select.value = String(description[i] ?? '')));
    const twice = contradictions.map(({ attribute, options }) => {
      const { label, options: names } = attributes[attribute];
      return words.describing_twice(label[language], options.map((option) => names[option][language]));
    });
    const strange = unknown.length ? [words.describing_unknown(unknown, attributes.map(({ label }) => label[language]))] : [];
    const empty = description.every((option) => option === null) ? [words.describing_empty] : [];
    set(this.says, [...strange, ...twice, ...empty].join(' '));
  }
}
