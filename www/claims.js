// Bottom-up, top-down, and both: what is claimed of G alone, of D alone and of the two together, beside what has been
// measured here. Every number leads to the run that gave it.
import { languageOf } from './i18n/index.js';
import { formatMetric } from './readout.js';
import { modelOf } from './settings.js';

/** @typedef {import('./protocol.js').Catalog} Catalog */
/** @typedef {import('./laboratory.js').Laboratory} Laboratory */
/**
 * An entry of measured.json: one metric of one preset, with other settings where it has any, after so many steps, for seeds
 * 1, 2, 3. `max` is what a count is out of; `label` names words for what is measured, instead of the preset's own.
 * @typedef {{ claim: string, label?: string, preset: string, settings?: Record<string, string | number>, metric: string, values: number[], max?: number, step: number }} Measured
 */
/** @typedef {{ what: string, metric: string, numbers: { text: string, link: string }[], step: string }} Row */

/** Of each, what speaks for it and what against it. @type {Record<string, string[]>} */
export const CLAIMS = {
  g: ['g_generates', 'g_imitates'],
  d: ['d_sees_whole', 'd_generates_hardly'],
  both: ['both_negatives', 'both_taught'],
};

const column = (/** @type {string} */ name) => `<th scope="col" data-text="claims_${name}"></th>`;

export const MARKUP = `<div class="claims"><p class="quiet" data-text="claims_help"></p><div class="wide"><table class="metrics"><thead><tr>${['claim', 'measured', 'values', 'step'].map(column).join('')}</tr></thead></table></div><p class="quiet claims-says"></p></div>`;

/** @param {Measured[]} measured @param {string} claim @param {Catalog} catalog @param {any} words @param {'en' | 'zh'} language @returns {Row[]} */
export function rowsOf(measured, claim, catalog, words, language) {
  return measured.filter((entry) => entry.claim === claim).map(({ label = '', preset: id, settings, metric, values, max = null, step }) => {
    const preset = catalog.presets.find((one) => one.id === id);
    const card = modelOf(catalog, preset?.model)?.metrics.find((one) => one.id === metric);
    const numbers = values.map((value, i) => ({ text: formatMetric(value, { kind: card?.scale.kind, max }, language), link: linkOf(id, { ...settings, seed: i + 1 }) }));
    return { what: words[label] ?? preset?.label[language] ?? id, metric: card?.label[language] ?? metric, numbers, step: new Intl.NumberFormat(language).format(step) };
  });
}

/** @param {string} preset @param {Record<string, string | number>} settings */
function linkOf(preset, settings) {
  return `#${new URLSearchParams([['preset', preset], ...Object.entries(settings).map(([id, value]) => [id, String(value)])])}`;
}

export class Claims {
  /** Once asked for. @type {Measured[] | null} */ #measured = null;
  /** What went wrong with it. */ #missing = '';
  #asked = false;
  /** In which words, and of which catalog, the table is. @type {unknown[]} */ #made = [];

  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host @param {() => void} onChange */
  constructor(part, laboratory, host, onChange) {
    this.laboratory = laboratory;
    this.host = host;
    this.onChange = onChange;
    this.table = /** @type {HTMLTableElement} */ (part('.claims table'));
    this.says = part('.claims-says');
    this.table.addEventListener('click', (event) => this.#follow(event));
  }

  /** @param {any} words */
  draw(words) {
    if (!this.#asked) this.#ask();
    const { catalog } = this.laboratory;
    this.says.textContent = this.#missing && words.claims_missing(this.#missing);
    const from = [this.#measured, catalog, words];
    if (!this.#measured || !catalog || from.every((part, i) => part === this.#made[i])) return;
    this.#made = from;
    for (const body of [...this.table.tBodies]) body.remove();
    for (const player of Object.keys(CLAIMS)) this.table.append(this.#body(player, this.#measured, catalog, words));
  }

  async #ask() {
    this.#asked = true;
    try {
      const response = await fetch(new URL('./measured.json', import.meta.url));
      if (!response.ok) throw new Error(`the server answers ${response.status}`);
      this.#measured = await response.json();
    } catch (error) {
      this.#missing = /** @type {Error} */ (error).message;
    }
    this.onChange();
  }

  /** @param {string} player @param {Measured[]} measured @param {Catalog} catalog @param {any} words */
  #body(player, measured, catalog, words) {
    const body = document.createElement('tbody');
    const head = body.insertRow();
    head.append(Object.assign(document.createElement('th'), { scope: 'rowgroup', colSpan: 4, textContent: words[`claims_${player}`] }));
    for (const claim of CLAIMS[player]) {
      const rows = rowsOf(measured, claim, catalog, words, languageOf(this.host));
      const label = Object.assign(document.createElement('th'), { scope: 'row', rowSpan: Math.max(1, rows.length), textContent: words[`claim_${claim}`] });
      for (const [i, row] of (rows.length ? rows : [null]).entries()) {
        const line = body.insertRow();
        if (i === 0) line.append(label);
        if (!row) line.append(Object.assign(document.createElement('td'), { colSpan: 3, textContent: '–' }));
        else fill(line, row);
      }
    }
    return body;
  }

  /** A number opens its run in this very figure, wherever that stands. @param {MouseEvent} event */
  #follow(event) {
    const link = /** @type {Element} */ (event.target).closest('a')?.getAttribute('href');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.laboratory.open(link);
    this.host.scrollIntoView();
  }
}

/** @param {HTMLTableRowElement} line @param {Row} row */
function fill(line, { what, metric, numbers, step }) {
  line.insertCell().textContent = `${what}: ${metric}`;
  const cell = line.insertCell();
  numbers.forEach(({ text, link }, i) => cell.append(i ? ' · ' : '', Object.assign(document.createElement('a'), { href: link, textContent: text })));
  line.insertCell().textContent = step;
}
