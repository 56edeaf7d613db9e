// The parts of a figure that an author may show or hide, by name: `show` lists all that is shown, `hide` takes away from it.
// The README and the panel "Use this figure" list the same names; what each covers is `part_…` of the messages.

import { refuse } from './options.js';

/** @typedef {{ show?: string | null, hide?: string | null }} Choice names with spaces between; what is missing is not chosen */
/** @typedef {import('./options.js').Refusal} Refusal */

/** What each covers. Of an element under several names one suffices. @type {Record<string, string[]>} */
const COVERS = {
  preset: ['.head', '.preset'],
  'look-at': ['.head', '.look-at'],
  transport: ['.transport'],
  pace: ['.pace'],
  status: ['.side', '.line', '.says', '.judgement', '.formula', '.parameters', '.reasons', '[data-action=rewind]'],
  measures: ['.side', '.tabs', '.tabpanel'],
  picture: ['.body > figure'],
  layers: ['.body > figure > figcaption'],
  galleries: ['.galleries', '.lessons'],
  panels: ['.panel'],
};

export const PARTS = Object.keys(COVERS);

/**
 * What is shown, and the names that mean nothing.
 * @param {Choice} choice
 * @returns {{ shown: Set<string>, refusals: Refusal[] }}
 */
export function choose({ show, hide }) {
  const [wanted, unwanted] = [show, hide].map((names) => (names ?? '').split(/[\s,]+/).filter(Boolean));
  const known = wanted.filter((name) => PARTS.includes(name));
  // Names that mean nothing hide nothing: a figure without any part would leave the reader before a blank box.
  const from = known.length ? known : PARTS;
  const refusals = [['show', wanted], ['hide', unwanted]].flatMap(([field, names]) => refusalsOf(String(field), /** @type {string[]} */ (names)));
  return { shown: new Set(from.filter((name) => !unwanted.includes(name))), refusals };
}

/** @param {string} field @param {string[]} names @returns {Refusal[]} */
function refusalsOf(field, names) {
  const strange = names.filter((name) => !PARTS.includes(name));
  if (!strange.length) return [];
  return [refuse(field, strange[0], `one of ${PARTS.join(', ')}`, PARTS)];
}

/** Marks every element that belongs to parts of which none is shown. @param {ParentNode} root @param {Set<string>} shown */
export function mark(root, shown) {
  /** @type {Map<Element, boolean>} */
  const seen = new Map();
  for (const [part, selectors] of Object.entries(COVERS)) {
    for (const element of root.querySelectorAll(selectors.join())) seen.set(element, seen.get(element) || shown.has(part));
  }
  for (const [element, on] of seen) element.toggleAttribute('data-unshown', !on);
}
