// The plane of points with a red point on it: what does the model say of this place? Wherever the reader puts the point,
// one sentence beneath the picture answers.
import { languageOf } from '../i18n/index.js';
import { set } from '../readout.js';
import { outside } from './asked.js';
import { placeIn, sayClasses, sayDensity } from './asked_words.js';
import { LAYERS } from './layers.js';
import { RedPoint } from './red_point.js';

/** @typedef {import('../protocol.js').Snapshot} Snapshot */
/** @typedef {import('./window.js').Pair} Pair */

/** Of each model: the probes that have the points it learns from, and what puts its answer into words. @type {Record<string, { learned: string[], say: typeof sayDensity }>} */
const SUBJECTS = {
  density: { learned: ['real'], say: sayDensity },
  classes: { learned: ['class_a', 'class_b'], say: sayClasses },
};

export const SAYS = '<p class="asked-says" data-for="density classes" aria-live="polite"></p>';

export class Asking {
  /** The run that knows the point; another has to be told. */ #toldRun = -1;
  /** What the point was put beside: other data get it a place of their own. @type {unknown[]} */ #beside = [];

  /** @param {(selector: string) => HTMLElement} part @param {import('./plane.js').Plane} plane @param {import('../laboratory.js').Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, plane, laboratory, host) {
    this.plane = plane;
    this.laboratory = laboratory;
    this.host = host;
    this.says = part('.asked-says');
    this.part = part;
    const takes = () => Boolean(this.#subject) && !plane.sketch?.on;
    this.point = new RedPoint(part('.red-point'), plane.frame, takes, (at) => {
      laboratory.place(at);
      host.dispatchEvent(new CustomEvent('genlab:asked', { detail: at }));
    });
  }

  get #subject() {
    return SUBJECTS[this.laboratory.model?.id ?? ''];
  }

  /** @param {Set<string>} shown */
  needs(shown) {
    return this.plane.needs(shown);
  }

  /** @param {import('../picture.js').Format} format */
  picture(format) {
    return this.plane.picture(format);
  }

  restyle() {
    this.plane.restyle();
  }

  /** Another run keeps the point, unless it learns from other data. */
  start() {
    const { model, settings, points } = this.laboratory;
    const beside = [model?.id, settings?.data, settings?.data === 'own' && points];
    if (beside.some((part, i) => part !== this.#beside[i])) this.point.at = null;
    this.#beside = beside;
  }

  /** Puts the point somewhere, as if the reader had. @param {Pair} at */
  ask(at) {
    if (!this.#subject) return;
    this.point.at = at;
    this.laboratory.place(at);
  }

  /** @param {Snapshot} snapshot @param {any} words */
  draw(snapshot, words) {
    this.plane.draw(snapshot, words);
    const [subject, language, { halfWidth }] = [this.#subject, languageOf(this.host), this.plane.frame];
    if (!subject) return;
    const clouds = subject.learned.map((probe) => snapshot.probes[probe]?.values);
    if (!this.point.at && clouds.every(Boolean)) this.point.at = outside(clouds, halfWidth);
    if (this.point.at && this.#toldRun !== snapshot.run) {
      this.#toldRun = snapshot.run;
      this.laboratory.place(this.point.at);
    }
    const site = { halfWidth, measured: (/** @type {Pair} */ at) => this.plane.measured(at) };
    this.point.show(this.point.at ? words.red_point(placeIn(site, this.point.at, language)) : '', Boolean(this.plane.sketch?.on));
    const missing = this.plane.missing(snapshot.probes);
    for (const { id } of LAYERS) this.part(`.layer.${id}`).toggleAttribute('data-missing', missing.includes(id));
    this.says.setAttribute('aria-live', this.laboratory.playing ? 'off' : 'polite');
    set(this.says, snapshot.probes.asked ? subject.say(snapshot.probes, words, language, site) : words.asked_hint);
  }
}
