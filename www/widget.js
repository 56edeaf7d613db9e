// The figure as an anywidget module: Jupyter, VS Code, Colab, marimo and MyST call `render` with a model, whose traits are
// the options, and an element to draw into. Traits that are not there are as if they were empty.
import './lab.js';
import { OPTIONS, refusalOf, refusalOfSettings } from './options.js';

/** @typedef {{ get: (name: string) => unknown, on: (event: string, act: () => void) => void, off: (event: string, act: () => void) => void }} Model */

/** @param {{ model: Model, el: HTMLElement }} place @returns {() => void} takes the figure away */
function render({ model, el }) {
  const figure = /** @type {import('./lab.js').GenLab} */ (document.createElement('gen-lab'));
  // Keys belong to the figure while it has the focus: in a notebook "d d" would delete the cell.
  figure.dataset.lmSuppressShortcuts = 'true';
  const listeners = Object.keys(OPTIONS).map((name) => ({ event: `change:${name}`, act: () => put(figure, name, model.get(name)) }));
  for (const { event, act } of listeners) {
    act();
    model.on(event, act);
  }
  el.append(figure);
  return () => {
    for (const { event, act } of listeners) model.off(event, act);
    figure.remove();
  };
}

/** A trait becomes an attribute, or a sentence. Settings may also be an object of names and values. @param {import('./lab.js').GenLab} figure @param {string} name @param {unknown} value */
function put(figure, name, value) {
  const named = name === 'settings' && typeof value === 'object' && value !== null;
  if (value === undefined || value === null || value === '' || value === 'auto') return figure.removeAttribute(name);
  const refusal = named ? refusalOfSettings(value) : refusalOf(name, value);
  if (refusal) return figure.refuse(refusal);
  const text = named ? new URLSearchParams(Object.entries(/** @type {object} */ (value)).map(([id, of]) => [id, String(of)])) : value;
  figure.setAttribute(name, String(text));
}

export default { render };
