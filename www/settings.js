// Settings as a link carries them: `#preset=ring8&seed=3&lr_d=0.002`. Only what differs from the preset
// is written. Bounds are not checked here: the laboratory refuses what is wrong, by name.

/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {import('./protocol.js').Catalog} Catalog */

/** A longer link is junk, whatever is in it. */
export const MAX_LENGTH = 4096;

/**
 * @param {string} hash with or without its `#`
 * @returns {{ settings: Settings } | { field: string, value: string, bound: string }}
 */
export function parse(hash) {
  const text = hash.replace(/^#/, '');
  if (text.length > MAX_LENGTH) {
    return { field: 'link', value: `${text.slice(0, 40)}…`, bound: `at most ${MAX_LENGTH} characters long` };
  }
  /** @type {Settings} */
  const settings = Object.fromEntries(new URLSearchParams(text)); // defines even `__proto__` as a plain field
  return { settings };
}

/**
 * A link may also choose the figure's parts, which the laboratory knows nothing of; and call the preset a figure.
 * @param {string} link
 * @returns {{ choice: import('./parts.js').Choice, rest: string }}
 */
export function split(link) {
  if (link.length > MAX_LENGTH) return { choice: {}, rest: link };
  const fields = new URLSearchParams(link.replace(/^#/, ''));
  const choice = { show: fields.get('show'), hide: fields.get('hide') };
  const figure = fields.get('figure');
  if (figure !== null) fields.set('preset', figure);
  for (const name of ['show', 'hide', 'figure']) fields.delete(name);
  return { choice, rest: `#${fields}` };
}

/** The other way round. @param {string} rest @param {import('./parts.js').Choice} choice */
export function join(rest, choice) {
  const chosen = Object.entries(choice).filter(([, names]) => names);
  return chosen.length ? `${rest}&${new URLSearchParams(/** @type {[string, string][]} */ (chosen))}` : rest;
}

/**
 * The model that settings belong to.
 * @param {Catalog | null} catalog
 * @param {unknown} id
 */
export function modelOf(catalog, id) {
  return catalog?.models.find((model) => model.id === id) ?? catalog?.models[0] ?? null;
}

/**
 * The settings that a preset stands for.
 * @param {Catalog} catalog
 * @param {string} id
 * @returns {Settings}
 */
function ofPreset(catalog, id) {
  const preset = catalog.presets.find((preset) => preset.id === id);
  const model = /** @type {import('./protocol.js').Model} */ (modelOf(catalog, preset?.model));
  const defaults = Object.fromEntries(model.knobs.map((knob) => [knob.id, knob.default]));
  return { model: model.id, ...defaults, ...preset?.settings };
}

/**
 * The shortest link that gives these settings.
 * @param {Catalog} catalog
 * @param {string} preset
 * @param {Settings} settings
 */
export function format(catalog, preset, settings) {
  const base = ofPreset(catalog, preset);
  const changed = Object.entries(settings).filter(([key, value]) => !same(value, base[key]));
  return `#${new URLSearchParams([['preset', preset], ...changed.map(([k, v]) => [k, String(v)])])}`;
}

/** `0.001` and `1e-3` are the same setting. */
function same(a, b) {
  return String(a) === String(b) || (a !== '' && b !== '' && Number(a) === Number(b));
}
