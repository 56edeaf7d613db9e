// Where searches for D's best picture get to: hill climbing, gradient ascent, and trying all.
import { set } from '../readout.js';

const KINDS = ['climbing', 'ascent', 'enumeration'];
const COLUMNS = ['reach', 'mean', 'evaluations'];

const head = (/** @type {string} */ name, scope = 'col') => `<th scope="${scope}" data-text="searches_${name}" data-hint="searches_${name}_hint"></th>`;

export const MARKUP = `<section class="searches"><p class="title" data-text="searches"></p><div class="wide"><table class="metrics">
  <thead><tr>${['search', ...COLUMNS].map((name) => head(name)).join('')}</tr></thead>
  <tbody>${KINDS.map((kind) => `<tr>${head(kind, 'row')}${'<td></td>'.repeat(COLUMNS.length)}</tr>`).join('')}</tbody>
</table></div></section>`;

/** @param {HTMLElement} section @param {import('../protocol.js').Matrix | undefined} searches @param {'en' | 'zh'} language @param {Intl.NumberFormat} number for scores */
export function drawSearches(section, searches, language, number) {
  section.hidden = !searches;
  if (!searches) return;
  const formats = [new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }), number, new Intl.NumberFormat(language, { maximumFractionDigits: 0 })];
  section.querySelectorAll('td').forEach((cell, i) => {
    const value = searches.values[i];
    set(cell, Number.isFinite(value) ? formats[i % COLUMNS.length].format(value) : '–');
  });
}
