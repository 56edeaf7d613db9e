// A second run beside the first: same seed, same data, and whatever setting the reader changes in it.
import { languageOf } from './i18n/index.js';
import { PARTS } from './parts.js';
import { set } from './readout.js';

/** @typedef {import('./lab.js').GenLab} GenLab */

/** What both figures share stands in the first. */
const SHARED = ['preset', 'look-at', 'transport', 'pace'];
/** How far one run may be ahead of the other, in steps. */
const LEAD = 40;

export class Comparison {
  /** The second figure. @type {GenLab | null} */ twin = null;
  /** The preset on show, and whether the second figure came with it. */ #preset = '';
  #came = false;

  /** @param {HTMLElement} place where the second figure goes @param {HTMLElement} says what differs @param {GenLab} host */
  constructor(place, says, host) {
    this.place = place;
    this.says = says;
    this.host = host;
    host.addEventListener('genlab:snapshot', (event) => this.twin?.limit(/** @type {CustomEvent} */ (event).detail.step + LEAD));
    host.addEventListener('genlab:asked', (event) => this.twin?.ask(/** @type {CustomEvent} */ (event).detail));
  }

  toggle() {
    if (this.twin) this.#end();
    else this.#begin({});
  }

  /** A preset may bring a second run; it goes with the preset. @param {import('./protocol.js').Preset | undefined} preset */
  follow(preset) {
    if (!preset || preset.id === this.#preset || this.host.hasAttribute('compact')) return;
    this.#preset = preset.id;
    if (this.twin && this.#came) this.#end();
    this.#came = !this.twin && Object.keys(preset.beside).length > 0;
    if (this.#came) this.#begin(preset.beside);
  }

  /** @param {import('./protocol.js').Settings} changes */
  #begin(changes) {
    const { host } = this;
    host.pause();
    const twin = /** @type {GenLab} */ (document.createElement('gen-lab'));
    const link = new URLSearchParams(host.link.slice(1));
    // Its settings stand open where the reader is to choose what differs.
    twin.setAttribute('compact', Object.keys(changes).length ? '' : 'settings');
    twin.setAttribute('preset', link.get('preset') ?? '');
    link.delete('preset');
    for (const [id, value] of Object.entries(changes)) link.set(id, String(value));
    twin.setAttribute('settings', link.toString());
    twin.addEventListener('genlab:snapshot', (event) => host.limit(/** @type {CustomEvent} */ (event).detail.step + LEAD));
    twin.addEventListener('genlab:asked', (event) => host.ask(/** @type {CustomEvent} */ (event).detail));
    twin.points = host.points;
    twin.first = host;
    this.twin = twin;
    this.#match(twin);
    this.place.hidden = this.says.hidden = false;
    this.place.append(twin);
    host.reset(); // both from the same start
  }

  #end() {
    this.twin?.remove();
    this.twin = null;
    this.place.hidden = this.says.hidden = true;
    this.host.limit(null);
  }

  /** The second figure looks as the first does. @param {GenLab} twin */
  #match(twin) {
    const hide = PARTS.filter((part) => SHARED.includes(part) || !this.host.parts.includes(part)).join(' ');
    for (const [name, value] of Object.entries({ lang: languageOf(this.host), theme: this.host.getAttribute('theme'), hide })) {
      if (value && twin.getAttribute(name) !== value) twin.setAttribute(name, value);
    }
  }

  /** @param {any} words */
  draw(words) {
    if (!this.twin) return;
    this.#match(this.twin);
    const language = languageOf(this.host);
    this.twin.setAttribute('aria-label', words.second_run);
    const [mine, other] = [this.host.settings ?? {}, this.twin.settings ?? {}];
    const knob = (/** @type {string} */ id) => this.host.knob(id);
    const label = (/** @type {string} */ id) => knob(id)?.label[language] ?? id;
    const value = (/** @type {string} */ id, /** @type {import('./protocol.js').Settings} */ of) =>
      knob(id)?.options?.find((option) => option.id === of[id])?.label[language] ?? String(of[id]);
    const changed = Object.keys(other).filter((id) => String(mine[id]) !== String(other[id]));
    set(this.says, changed.length ? changed.map((id) => words.differs(label(id), value(id, mine), value(id, other))).join(' \u00b7 ') : words.no_difference);
  }
}
