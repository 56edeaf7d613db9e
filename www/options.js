// What an author may say of a figure besides the model's settings. One table for every way of embedding: attributes of
// <gen-lab>, the address of embed.html, fields of a message, traits of the widget, the panel "Use this figure".

/** @typedef {{ field: string, value: string, bound: string, options?: { id: string }[] }} Refusal */
/** @typedef {{ values?: string[], longest?: number }} Option one of these values, or a text of so many characters */

/** Longer texts are junk, whatever is in them. */
const LONGEST = 1024;
/** Of a model's setting: its name, its value, and how many at once. */
const SETTING = { name: 40, value: 100, count: 100 };

/** @type {Record<string, Option>} */
export const OPTIONS = {
  figure: { longest: LONGEST },
  seed: { longest: LONGEST },
  settings: { longest: 4 * LONGEST },
  show: { longest: LONGEST },
  hide: { longest: LONGEST },
  theme: { values: ['auto', 'light', 'dark'] },
  lang: { values: ['en', 'zh'] },
};

/** What is wrong with an option's value; null where nothing is. What a text says is judged by whoever reads it. @param {string} name @param {unknown} value @returns {Refusal | null} */
export function refusalOf(name, value) {
  const { values, longest = LONGEST } = OPTIONS[name];
  if (values) return values.includes(String(value)) ? null : refuse(name, value, `one of ${values.join(', ')}`, values);
  const fits = typeof value === 'number' || (typeof value === 'string' && value.length <= longest);
  return fits ? null : refuse(name, value, `a text of at most ${longest} characters`);
}

/** What is wrong with settings by name, whatever they mean: that is for the laboratory to judge. @param {unknown} settings @returns {Refusal | null} */
export function refusalOfSettings(settings) {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return refuse('settings', settings, 'an object of names and values');
  const entries = Object.entries(settings);
  if (entries.length > SETTING.count) return refuse('settings', entries.length, `at most ${SETTING.count} names and values`);
  for (const [name, value] of entries) {
    if (name.length > SETTING.name) return refuse('settings', name, `made of names of at most ${SETTING.name} characters`);
    if (typeof value !== 'number' && !(typeof value === 'string' && value.length <= SETTING.value)) return refuse(name, value, `a number, or a text of at most ${SETTING.value} characters`);
  }
  return null;
}

/** @param {string} field @param {unknown} value @param {string} bound @param {string[]} [values] @returns {Refusal} */
export function refuse(field, value, bound, values) {
  const refusal = { field: brief(field), value: brief(value), bound };
  return values ? { ...refusal, options: values.map((id) => ({ id })) } : refusal;
}

/** A value short enough for a sentence. @param {unknown} value */
export function brief(value) {
  if (typeof value === 'object' && value) return Array.isArray(value) ? 'a list' : 'an object';
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
