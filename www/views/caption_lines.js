// A caption as a line of tokens on a ground of their probability, the number below each while the line is pointed at or
// has the focus; what it says of each attribute; and a table of what could stand at each place.
import { set } from '../readout.js';
import { said } from './caption.js';
import { between } from './sentences.js';

/** @typedef {import('./sentences.js').Token} Token */
/** @typedef {import('./caption.js').Choice} Choice */
/** @typedef {import('./caption.js').Verdict} Verdict */

const MARKS = { none: '–', right: '✓', wrong: '✗' };

/** @param {HTMLElement} line @param {Token[]} caption @param {any} words @param {Intl.NumberFormat} percent */
export function drawCaption(line, caption, words, percent) {
  const made = JSON.stringify([words.caption_end, caption.map(({ text, chance }) => [text, percent.format(chance)])]);
  if (line.dataset.made === made) return; // the pointer or the reader's selection may be on it
  line.dataset.made = made;
  line.tabIndex = 0;
  line.setAttribute('role', 'group');
  line.setAttribute('aria-label', words.caption_alt(said(caption)));
  line.replaceChildren(...caption.flatMap(({ text, chance }, i) => {
    const token = span(text ? 'token' : 'token end', text || words.caption_end);
    token.style.setProperty('--chance', percent.format(chance).replace(/\s/g, ''));
    token.append(span('p', ` ${percent.format(chance)} `));
    return [i && text ? between(caption[i - 1].text, text, 'words') : '', token];
  }));
}

/** @param {HTMLElement} line @param {Verdict[]} verdicts @param {string[]} names @param {any} words */
export function drawVerdicts(line, verdicts, names, words) {
  verdicts.forEach((verdict, k) => {
    const item = /** @type {HTMLElement} */ (line.children[k] ?? line.appendChild(span('', '')));
    item.className = `attribute ${verdict}`;
    item.title = words[`caption_${verdict}`];
    item.setAttribute('role', 'img');
    item.setAttribute('aria-label', `${names[k]}: ${words[`caption_${verdict}`]}`);
    set(item, `${MARKS[verdict]} ${names[k] ?? ''}`);
  });
}

/** A row for each place. @param {HTMLTableElement} table @param {Choice[][]} places @param {any} words @param {Intl.NumberFormat} percent */
export function drawChoices(table, places, words, percent) {
  const body = table.tBodies[0];
  while (body.rows.length > places.length) body.deleteRow(-1);
  places.forEach((choices, place) => {
    const row = body.rows[place] ?? body.insertRow();
    while (row.cells.length < 1 + choices.length) row.append(document.createElement(row.cells.length ? 'td' : 'th'));
    while (row.cells.length > 1 + choices.length) row.deleteCell(-1);
    set(row.cells[0], String(place + 1));
    choices.forEach(({ text, chance, written }, k) => {
      const cell = row.cells[k + 1];
      set(cell, `${written ? '▸ ' : ''}${text || words.caption_end} ${percent.format(chance)}`);
      cell.classList.toggle('written', written);
      cell.setAttribute('aria-label', `${text || words.caption_end} ${percent.format(chance)}${written ? `, ${words.caption_written}` : ''}`);
      cell.style.setProperty('--chance', `${100 * chance}%`);
    });
  });
}

/** @param {string} className @param {string} textContent */
const span = (className, textContent) => Object.assign(document.createElement('span'), { className, textContent });
