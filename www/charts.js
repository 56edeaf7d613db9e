// The curves of a run: losses at every step, metrics at every reading.
import { Record } from './record.js';
import { Curves } from './views/curves.js';

/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./protocol.js').MetricCard} MetricCard */
/** @typedef {import('./laboratory.js').Laboratory} Laboratory */

export class Charts {
  /** One value a step. */ steps = new Record(0);
  /** Of `steps`, in order. @type {{ id: string, label: import('./protocol.js').Text }[]} */ curves = [];
  /** Live and averaged, metric after metric. */ readings = new Record(0);
  /** Ids in the order of `readings`. @type {string[]} */ ids = [];
  #steps;
  /** @type {'en' | 'zh'} */ language = 'en';
  /** Heads of the two kinds of readings. @type {import('./protocol.js').Text[]} */ columns = [];
  /** Heads of floor and chance level. @type {import('./protocol.js').Text[]} */ levels = [];
  #readings;
  #changed = true;
  /** What was looked at, until another future is begun. */ #sought = false;

  /** @param {(selector: string) => HTMLElement} part @param {HTMLElement} host @param {() => void} onChange another metric was chosen */
  constructor(part, host, onChange) {
    this.part = part;
    this.#steps = new Curves(part('.curves.steps'), host);
    this.#readings = new Curves(part('.curves.readings'), host);
    this.select = /** @type {HTMLSelectElement} */ (part('[data-metric]'));
    this.select.addEventListener('change', () => {
      this.#changed = true;
      onChange();
    });
  }

  /** What this model has to show over time. @param {import('./protocol.js').Model} model @param {'en' | 'zh'} language */
  offer({ curves, columns, levels, metrics }, language) {
    this.columns = columns;
    this.levels = levels;
    this.language = language;
    const chosen = [this.select.value, 'sliced_wasserstein', 'frechet'].find((id) => metrics.some((m) => m.id === id)) ?? '';
    this.select.replaceChildren(...metrics.map((m) => new Option(m.label[language], m.id)));
    this.select.value = chosen;
    if (this.curves === curves) return;
    this.curves = curves;
    this.steps = new Record(curves.length);
    this.ids = metrics.map((m) => m.id);
    this.readings = new Record(2 * metrics.length);
  }

  /** A run begins, or goes on: what lies after the step is forgotten, unless it was only sought to be looked at. @param {number} step @param {boolean} sought */
  start(step, sought) {
    this.#sought = sought;
    if (!sought) for (const record of [this.steps, this.readings]) step === 0 ? record.clear() : record.truncate(step);
    this.restyle();
  }

  /** @param {Snapshot} snapshot */
  add({ step, curves, metrics }) {
    const lists = this.curves.map(({ id }) => curves[id] ?? []);
    const trained = lists[0]?.length > 0;
    const { first } = curves;
    if (this.#sought && trained) {
      for (const record of [this.steps, this.readings]) record.truncate(first - 1);
      this.#sought = false;
    }
    for (let i = 0; trained && i < lists[0].length; i += 1) this.steps.add(first + i, lists.map((list) => list[i]));
    if (metrics.length && !this.#sought) {
      const byId = new Map(metrics.map((m) => [m.id, m]));
      this.readings.add(step, this.ids.flatMap((id) => [byId.get(id)?.live ?? NaN, byId.get(id)?.ema ?? NaN]));
    }
    this.#changed = true;
  }

  /** Steps, and these metrics of the averaged network. @param {string[]} ids */
  averaged(ids) {
    const [steps, ...columns] = this.readings.data();
    return { steps, columns: ids.map((id) => columns[2 * this.ids.indexOf(id) + 1] ?? steps.map(() => null)) };
  }

  /** Colours or words changed: the plots are made anew at the next drawing. */
  restyle() {
    this.#steps.clear();
    this.#readings.clear();
    this.#changed = true;
  }

  /** @param {any} words @param {Laboratory} laboratory */
  draw(words, { metrics, snapshot }) {
    if (!this.#changed) return;
    this.#changed = false;
    const options = { x: words.step, mark: this.#sought && snapshot ? snapshot.step : null };
    this.#steps.draw(this.steps.data(), (colors) => {
      const styles = [{ color: colors.real }, { color: colors.generated, dash: [6, 3] }];
      return this.curves.map(({ label }, i) => ({ label: label[this.language], ...styles[i] }));
    }, options);
    const [steps, ...columns] = this.readings.data();
    const i = this.ids.indexOf(this.select.value);
    const reading = metrics.find((m) => m.id === this.select.value);
    if (i < 0 || !steps.length) return;
    const level = (/** @type {number | undefined} */ value) => steps.map(() => value ?? null);
    const data = [steps, columns[2 * i], columns[2 * i + 1], level(reading?.floor), level(reading?.chance)];
    this.#readings.draw(data, (colors) => [
      { label: this.columns[0][this.language], color: colors.generated },
      { label: this.columns[1][this.language], color: colors.ema },
      { label: this.levels[0][this.language], color: colors.real, dash: [6, 3] },
      { label: this.levels[1][this.language], color: colors.quiet, dash: [2, 3] },
    ], options);
  }
}
