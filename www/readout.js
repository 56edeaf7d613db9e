// What is to be read: where the run stands, what it shows in words, and the table of metrics.
import { languageOf } from './i18n/index.js';

/** @typedef {import('./laboratory.js').Laboratory} Laboratory */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./protocol.js').Reading} Reading */
/** @typedef {import('./protocol.js').Reason} Reason */

export class Readout {
  /** @param {(selector: string) => HTMLElement} part @param {Laboratory} laboratory @param {HTMLElement} host */
  constructor(part, laboratory, host) {
    this.part = part;
    this.laboratory = laboratory;
    this.host = host;
  }

  /** @param {any} words */
  draw(words) {
    this.#drawStatus(words);
    this.#drawMetrics();
    this.#drawNotice(words);
  }

  get #language() {
    return languageOf(this.host);
  }

  /** @param {Intl.NumberFormatOptions} options */
  #format(options) {
    return new Intl.NumberFormat(this.#language, options);
  }

  #drawStatus(words) {
    const { busy, device, rescue, parameters, playing, preset, catalog, settings, snapshot } = this.laboratory;
    const number = this.#format({ maximumFractionDigits: 0 });
    const rate = snapshot?.steps_per_second;
    const state = words.status(number.format(snapshot?.step ?? 0), rate ? number.format(rate) : '');
    set(this.part('.status'), busy ? (words[`progress_${busy}`] ?? words.loading) : state);
    const { arrived } = this.laboratory;
    this.part('.progress').hidden = !busy;
    this.part('.progress').classList.toggle('measured', arrived !== null);
    this.part('.progress i').style.width = arrived === null ? '' : `${100 * arrived}%`;
    const adapter = device?.adapter ? ` · ${device.adapter}` : '';
    set(this.part('.device'), device ? this.#deviceName(device.kind) + adapter : '');
    const reasons = [...(device?.reasons ?? []), ...(rescue ? [rescue] : [])];
    set(this.part('.reasons'), reasons.map((reason) => this.#describe(words, reason)).join(' '));
    const weights = this.laboratory.isGan && parameters ? words.parameters(number.format(parameters.g), number.format(parameters.d)) : '';
    const { d = NaN, g = NaN } = snapshot?.updates ?? {};
    const updates = Number.isFinite(d + g) ? words.updates(number.format(g), number.format(d)) : '';
    set(this.part('.parameters'), `${weights} ${updates}`);
    const { isGan } = this.laboratory;
    const objective = isGan && catalog?.objectives.find((o) => o.id === settings?.objective);
    set(this.part('.formula'), objective ? words.objective(objective.formula, objective.reference) : '');
    set(this.part('.look-at'), catalog?.presets.find((p) => p.id === preset)?.look_at[this.#language] ?? '');
    const says = this.#says(words, snapshot);
    set(this.part('.says'), says);
    set(this.part('.judgement'), this.#judges(words));
    // Read aloud when the run stands still: while it trains the numbers change ten times a second.
    if (!playing) set(this.part('.announce'), `${state}. ${says}`);
    const { diverged_at = null, collapsed_at = null, won_at = null } = snapshot?.health ?? {};
    this.part('.says').classList.toggle('warning', diverged_at !== null || collapsed_at !== null || won_at !== null);
    this.part('[data-action=rewind]').hidden = diverged_at === null || !this.laboratory.history.at(diverged_at - 1);
  }

  /** What is to be seen, in words. @param {any} words @param {Snapshot | null} snapshot */
  #says(words, snapshot) {
    if (!snapshot) return '';
    const { diverged_at, collapsed_at, won_at, converged_at } = snapshot.health;
    const { id: model = '' } = this.laboratory.model ?? {};
    const dirac = model === 'dirac';
    if (diverged_at !== null) return (dirac ? words.dirac_lost : words.diverged)(diverged_at);
    const sentences = [];
    if (snapshot.stopped) sentences.push(words[`stopped_${snapshot.stopped}`]);
    if (won_at !== null) sentences.push(words.won(won_at));
    if (collapsed_at !== null) sentences.push(words.collapsed(collapsed_at));
    if (converged_at !== null) sentences.push((dirac ? words.dirac_converged : words.converged)(converged_at));
    const [modes, quality] = ['modes', 'high_quality'].map((id) => this.laboratory.metrics.find((m) => m.id === id));
    const percent = this.#format({ style: 'percent', maximumFractionDigits: 0 });
    if (modes && quality) sentences.push(`${words.modes_found(modes.live, modes.max)} · ${words.quality(percent.format(quality.live))}`);
    else if (model === 'gan' && !sentences.length && snapshot.step > 0) sentences.push(words.no_metrics);
    return sentences.join(' ');
  }

  #judges(words) {
    const { judgement, catalog, settings, snapshot } = this.laboratory;
    const unit = catalog?.objectives.find((o) => o.id === settings?.objective)?.unit;
    if (!judgement || !unit || !snapshot || snapshot.health.diverged_at !== null) return '';
    const number = this.#format({ maximumSignificantDigits: 2 });
    const [real, generated, slope] = [judgement.real, judgement.generated, judgement.slope].map((v) => number.format(v));
    return words.judges({ unit: words[`unit_${unit}`], real, generated, slope });
  }

  /** As the device setting calls it. @param {unknown} kind */
  #deviceName(kind) {
    return this.laboratory.knob('device')?.options?.find((option) => option.id === kind)?.label[this.#language] ?? '';
  }

  /** @param {any} words @param {Reason} reason */
  #describe(words, reason) {
    const times = typeof reason.times === 'number' ? this.#format({ maximumSignificantDigits: 2 }).format(reason.times) : '';
    const say = words[`reason_${reason.code}`];
    return typeof say === 'function' ? say({ ...reason, device: this.#deviceName(reason.device), times }) : (say ?? '');
  }

  /** What is measured, in the table's head. */
  #drawHeads() {
    const { model } = this.laboratory;
    const heads = model ? [...model.columns, ...model.levels] : [];
    heads.forEach((text, i) => set(this.part(`[data-column="${i}"]`), text[this.#language]));
  }

  #drawMetrics() {
    this.#drawHeads();
    const { metrics, model } = this.laboratory;
    const table = /** @type {HTMLTableElement} */ (this.part('.readings-table'));
    table.hidden = !metrics.length;
    const body = table.tBodies[0];
    while (body.rows.length < metrics.length) {
      const line = body.insertRow();
      line.append(Object.assign(document.createElement('th'), { scope: 'row' }));
      for (let i = 0; i < 4; i += 1) line.insertCell();
    }
    while (body.rows.length > metrics.length) body.deleteRow(-1);
    metrics.forEach((reading, i) => {
      const card = model?.metrics.find((m) => m.id === reading.id);
      const { live, ema, floor, chance } = reading;
      const values = [live, ema, floor, chance].map((value) => this.#show(reading, value));
      const label = card ? card.label[this.#language] : reading.id;
      [label, ...values].forEach((text, j) => set(body.rows[i].cells[j], text));
      body.rows[i].cells[0].title = card ? `${card.formula} (${card.reference})` : '';
    });
  }

  /** @param {Reading} reading @param {number} value */
  #show({ id, max }, value) {
    const kind = this.laboratory.model?.metrics.find((m) => m.id === id)?.scale.kind;
    return formatMetric(value, { kind, max }, this.#language);
  }

  #drawNotice(words) {
    const { notice } = this.laboratory;
    this.part('.notice').hidden = notice.kind === 'none';
    this.part('[data-action=restart]').hidden = notice.kind !== 'stopped';
    this.part('[data-action=dismiss]').hidden = notice.kind !== 'refused';
    if (notice.kind === 'refused') {
      set(this.part('.notice p'), words.refused(notice.refusal, this.laboratory.knob(notice.refusal.field)));
    } else if (notice.kind === 'stopped') {
      set(this.part('.notice p'), notice.message ? words.crashed(notice.message) : words.silent);
    }
  }
}

/** A metric's value as its scale asks for. @param {number} value @param {{ kind?: import('./protocol.js').Scale['kind'], max: number | null }} scale @param {'en' | 'zh'} language */
export function formatMetric(value, { kind, max }, language) {
  const format = (/** @type {Intl.NumberFormatOptions} */ options) => new Intl.NumberFormat(language, options).format(value);
  if (!Number.isFinite(value)) return '–';
  if (kind === 'count') return `${format({ maximumFractionDigits: 1 })} / ${new Intl.NumberFormat(language).format(max ?? NaN)}`;
  if (kind === 'share') return format({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return format({ minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/** Writes only what changed: layout costs frames, and live regions are read aloud. @param {HTMLElement} element @param {string} text */
export function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
