// A second run beside the first: same seed, same data, and whatever setting the reader changes in it.
import { languageOf } from './i18n/index.js';
import { set } from './readout.js';

/** @typedef {import('./lab.js').GenLab} GenLab */

/** How far one run may be ahead of the other, in steps. */
const LEAD = 40;

export class Comparison {
  /** The second figure. @type {GenLab | null} */ twin = null;

  /** @param {HTMLElement} place where the second figure goes @param {HTMLElement} says what differs @param {GenLab} host */
  constructor(place, says, host) {
    this.place = place;
    this.says = says;
    this.host = host;
    host.addEventListener('genlab:snapshot', (event) => this.twin?.limit(/** @type {CustomEvent} */ (event).detail.step + LEAD));
  }

  toggle() {
    if (this.twin) this.#end();
    else this.#begin();
  }

  #begin() {
    const { host } = this;
    host.pause();
    const twin = /** @type {GenLab} */ (document.createElement('gen-lab'));
    const link = new URLSearchParams(host.link.slice(1));
    twin.setAttribute('compact', '');
    twin.setAttribute('preset', link.get('preset') ?? '');
    link.delete('preset');
    twin.setAttribute('settings', link.toString());
    twin.addEventListener('genlab:snapshot', (event) => host.limit(/** @type {CustomEvent} */ (event).detail.step + LEAD));
    this.twin = twin;
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

  /** @param {any} words */
  draw(words) {
    if (!this.twin) return;
    const language = languageOf(this.host);
    for (const name of ['lang', 'theme']) {
      const value = name === 'lang' ? language : this.host.getAttribute('theme');
      if (value && this.twin.getAttribute(name) !== value) this.twin.setAttribute(name, value);
    }
    const [mine, other] = [this.host.settings ?? {}, this.twin.settings ?? {}];
    const knob = (/** @type {string} */ id) => this.host.knob(id);
    const label = (/** @type {string} */ id) => knob(id)?.label[language] ?? id;
    const value = (/** @type {string} */ id, /** @type {import('./protocol.js').Settings} */ of) =>
      knob(id)?.options?.find((option) => option.id === of[id])?.label[language] ?? String(of[id]);
    const changed = Object.keys(other).filter((id) => String(mine[id]) !== String(other[id]));
    set(this.says, changed.length ? changed.map((id) => words.differs(label(id), value(id, mine), value(id, other))).join(' \u00b7 ') : words.no_difference);
  }
}
