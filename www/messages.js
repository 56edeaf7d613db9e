// What the page around an iframe may say to the figure in it, and what the figure makes of anything else.
//
//   { type: 'genlab:play' }   { type: 'genlab:pause' }
//   { type: 'genlab:settings', settings: { lr_d: 0.002 }, show, hide, theme, lang }   each field may be left out
//   'slide:start'   'slide:stop'                                                      as reveal.js says it
//
// What is not addressed to the figure is none of its business: null. What is, and cannot be taken, is refused in a sentence.
import { refusalOf, refusalOfSettings, refuse } from './options.js';

/** @typedef {import('./options.js').Refusal} Refusal */
/** @typedef {{ type: 'play' | 'pause' | 'slide:start' | 'slide:stop' } | { type: 'settings', settings: Record<string, string>, options: Record<string, string> } | { type: 'refused', refusal: Refusal }} Message */

const TYPES = ['genlab:play', 'genlab:pause', 'genlab:settings'];
const FIELDS = ['settings', 'show', 'hide', 'theme', 'lang'];
/** Said by figures, not to them. */
const OURS = ['genlab:height'];

/** @param {unknown} data @returns {Message | null} */
export function understand(data) {
  if (data === 'slide:start' || data === 'slide:stop') return { type: data };
  const { type, ...fields } = /** @type {any} */ (typeof data === 'object' ? (data ?? {}) : {});
  if (typeof type !== 'string' || !type.startsWith('genlab:') || OURS.includes(type)) return null;
  if (!TYPES.includes(type)) return refused(refuse('type', type, `one of ${TYPES.join(', ')}`, TYPES));
  const known = type === 'genlab:settings' ? FIELDS : [];
  const strange = Object.keys(fields).find((name) => !known.includes(name));
  if (strange !== undefined) return refused(refuse('message', strange, known.length ? `made of ${known.join(', ')}` : 'without other fields'));
  return type === 'genlab:settings' ? ofSettings(fields) : { type: type === 'genlab:play' ? 'play' : 'pause' };
}

/** @param {Record<string, unknown>} fields @returns {Message} */
function ofSettings({ settings = {}, ...options }) {
  const refusal = refusalOfSettings(settings) ?? Object.entries(options).map(([name, value]) => refusalOf(name, value)).find(Boolean);
  return refusal ? refused(refusal) : { type: 'settings', settings: texts(/** @type {object} */ (settings)), options: texts(options) };
}

/** @param {Refusal} refusal @returns {Message} */
const refused = (refusal) => ({ type: 'refused', refusal });

/** @param {object} values @returns {Record<string, string>} */
const texts = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
