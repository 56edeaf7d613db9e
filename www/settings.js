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
 * The settings that a preset stands for.
 * @param {Catalog} catalog
 * @param {string} id
 * @returns {Settings}
 */
function ofPreset(catalog, id) {
  const defaults = Object.fromEntries(catalog.knobs.map((knob) => [knob.id, knob.default]));
  return { ...defaults, ...catalog.presets.find((preset) => preset.id === id)?.settings };
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
