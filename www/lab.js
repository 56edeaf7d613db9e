// <gen-lab>: one live figure. Attributes and the address become wishes, snapshots become pictures.
// Training happens in a worker behind laboratory.js; this thread only draws.
//
//   <script type="module" src="www/lab.js"></script>
//   <gen-lab preset="ring8" settings="seed=3&lr_d=0.002" lang="zh" theme="dark"></gen-lab>
//
// `hash` ties the figure to the page's address (one figure a page). Every snapshot is also dispatched
// as a `genlab:snapshot` event, for notes that want to do more.
import { DEFAULT_PRESET, Laboratory } from './laboratory.js';
import { buildControls } from './controls.js';
import { Plane } from './views/plane.js';
import { Curves } from './views/curves.js';
import { fillWords, markup } from './markup.js';
import { messages, languageOf } from './i18n/index.js';
import { unsupported } from './support.js';

/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./protocol.js').Reason} Reason */

/** Between two updates of the numbers and curves while training. Milliseconds. */
const READING_INTERVAL = 100;
/** Before a changed link is written to the address: browsers limit how often that may happen. */
const LINK_DELAY = 300;
const KEYS = { ' ': 'play', d: 'step_d', g: 'step_g', b: 'step_both', r: 'reset', n: 'new_seed' };

class GenLab extends HTMLElement {
  static observedAttributes = ['lang', 'theme'];

  #laboratory = new Laboratory({
    changed: () => (this.#dirty = true),
    started: (step) => (step === 0 ? this.#curves?.clear() : this.#curves?.truncate(step)),
    took: () => this.#onTaken(),
    stepped: (snapshot) => {
      this.#curves?.add(snapshot.losses);
      this.dispatchEvent(new CustomEvent('genlab:snapshot', { detail: snapshot }));
    },
  });
  #dirty = true;
  /** The snapshot that the plane shows. @type {Snapshot | null | undefined} */ #planeShows;
  #readAt = 0;
  /** What is missing for the figure to run; a message's name. */
  #missing = unsupported();
  /** The catalog and language that the controls were made from. */
  #controlsOf = /** @type {unknown[]} */ ([]);
  /** @type {AbortController | null} */ #listeners = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #linkTimer;
  /** @type {Plane | null} */ #plane = null;
  /** @type {Curves | null} */ #curves = null;
  /** @type {ReturnType<typeof buildControls> | null} */ #controls = null;

  connectedCallback() {
    const returning = Boolean(this.shadowRoot);
    if (!returning) this.#build();
    if (this.#missing) return this.#showPoster(this.#missing);
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const tied = this.hasAttribute('hash');
    // The event's own address: the one of the page may have been rewritten since.
    if (tied) addEventListener('hashchange', ({ newURL }) => this.#laboratory.open(new URL(newURL).hash), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.pause(), { signal });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#restyle(), { signal });
    this.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    this.#laboratory.watch(this.#needs());
    if (returning) this.#laboratory.resume();
    else this.#laboratory.open(tied && location.hash.length > 1 ? location.hash : this.#attributeLink());
    const frame = () => {
      if (signal.aborted) return;
      if (this.#dirty) this.#draw();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  disconnectedCallback() {
    this.#listeners?.abort();
    clearTimeout(this.#linkTimer);
    this.#laboratory.close();
    this.#curves?.restyle(); // frees the plot
  }

  attributeChangedCallback() {
    if (this.shadowRoot) this.#restyle();
  }

  // ---- what a page may call ------------------------------------------------------------------

  play() {
    this.#laboratory.play();
  }

  pause() {
    this.#laboratory.pause();
  }

  /** @param {'d' | 'g' | 'both'} what */
  step(what, count = 1) {
    this.#laboratory.step(what, count);
  }

  /** Back to the same initial weights. */
  reset() {
    this.#laboratory.reset();
  }

  /** Changes settings: at once where they are live, else by starting anew. @param {Settings} changes */
  change(changes) {
    this.#laboratory.change(changes);
  }

  /** @param {string} id */
  choosePreset(id) {
    this.#laboratory.choosePreset(id);
  }

  /** The link that repeats this run. */
  get link() {
    return this.#laboratory.link;
  }

  /** The settings of the run on show, in full. */
  get settings() {
    return this.#laboratory.settings;
  }

  // ---- wishes --------------------------------------------------------------------------------

  #attributeLink() {
    const preset = new URLSearchParams([['preset', this.getAttribute('preset') ?? DEFAULT_PRESET]]);
    return `${preset}&${this.getAttribute('settings') ?? ''}`;
  }

  /** What is switched on, and the points that tell whether the run has diverged. */
  #needs() {
    return [...new Set([...(this.#plane?.needs() ?? []), 'generated'])];
  }

  #onTaken() {
    const { settings, preset, catalog } = this.#laboratory;
    if (!settings || !catalog) return;
    this.#buildControls();
    this.#controls?.update(settings, preset);
    this.#plane?.setDistribution(catalog.distributions.find((d) => d.id === settings.data) ?? null);
    if (!this.hasAttribute('hash')) return;
    clearTimeout(this.#linkTimer);
    this.#linkTimer = setTimeout(() => {
      if (this.link !== location.hash) history.replaceState(history.state, '', this.link);
    }, LINK_DELAY);
  }

  /** @type {Record<string, () => void>} */
  #actions = {
    play: () => (this.#laboratory.playing ? this.pause() : this.play()),
    step_d: () => this.step('d'),
    step_g: () => this.step('g'),
    step_both: () => this.step('both'),
    reset: () => this.reset(),
    new_seed: () => this.change({ seed: 1 + Math.floor(Math.random() * 9999) }),
    restart: () => this.#laboratory.restart(),
    dismiss: () => this.#laboratory.dismiss(),
  };

  /** Keys work while the figure, and no field in it, has the focus. @param {KeyboardEvent} event */
  #onKey(event) {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, summary')) return;
    const action = KEYS[event.key.toLowerCase()];
    if (!action || (event.key === ' ' && target.closest('button'))) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (this.#part(`[data-action=${action}]`));
    if (button.disabled || (event.repeat && !action.startsWith('step'))) return;
    this.#actions[action]();
  }

  // ---- figure --------------------------------------------------------------------------------

  #words() {
    return messages(languageOf(this));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (this.shadowRoot).querySelector(selector));
  }

  /** @param {string} selector */
  #canvas(selector) {
    return /** @type {HTMLCanvasElement} */ (this.#part(selector));
  }

  #build() {
    const root = this.attachShadow({ mode: 'open' });
    root.append(markup(this.#words()));
    for (const sheet of root.querySelectorAll('link')) sheet.addEventListener('load', () => this.#restyle());
    if (!this.hasAttribute('tabindex')) this.tabIndex = 0;
    this.setAttribute('role', 'region');
    if (!this.hasAttribute('aria-label')) this.setAttribute('aria-label', 'GenLab');
    this.#plane = new Plane(this.#canvas('.plane'), this.#canvas('.ramp'), this);
    this.#curves = new Curves(this.#part('.curves'), this);
    for (const element of root.querySelectorAll('button[data-action]')) {
      const button = /** @type {HTMLButtonElement} */ (element);
      button.addEventListener('click', () => this.#actions[button.dataset.action ?? '']());
    }
    for (const element of root.querySelectorAll('input[data-layer]')) {
      const box = /** @type {HTMLInputElement} */ (element);
      box.addEventListener('change', () => {
        this.#plane?.toggle(box.dataset.layer ?? '', box.checked);
        this.#laboratory.watch(this.#needs());
        this.#redraw();
      });
    }
  }

  /** Once a catalog and language: rebuilding would take the focus from whoever is using them. */
  #buildControls() {
    const { catalog, settings, preset } = this.#laboratory;
    const language = languageOf(this);
    if (!catalog || (this.#controlsOf[0] === catalog.knobs.length && this.#controlsOf[1] === language)) return;
    this.#controlsOf = [catalog.knobs.length, language];
    const onChange = (id, value) => (id === 'preset' ? this.choosePreset(value) : this.change({ [id]: value }));
    this.#controls = buildControls(catalog, this.#words(), language, onChange);
    this.#part('.preset').replaceChildren(this.#controls.preset);
    this.#part('.settings').replaceChildren(...this.#controls.groups);
    if (settings) this.#controls.update(settings, preset);
  }

  /** Language or theme changed: the words and colours anew, the run as it is. */
  #restyle() {
    if (this.#missing) return this.#showPoster(this.#missing);
    fillWords(/** @type {ShadowRoot} */ (this.shadowRoot), this.#words());
    this.#buildControls();
    this.#curves?.restyle();
    this.#plane?.restyle();
    this.#redraw();
  }

  /** Everything anew, the plane included. */
  #redraw() {
    this.#planeShows = undefined;
    this.#dirty = true;
  }

  /** The plane moves with every snapshot; numbers and curves at a pace that can be read. */
  #draw() {
    const [words, { snapshot, playing }] = [this.#words(), this.#laboratory];
    // Between two runs the last picture stays.
    if (snapshot && this.#planeShows !== snapshot) this.#plane?.draw(snapshot, words);
    this.#planeShows = snapshot;
    const now = performance.now();
    if (playing && now - this.#readAt < READING_INTERVAL) return; // still dirty: its turn comes
    this.#readAt = now;
    this.#dirty = false;
    this.#curves?.draw(words);
    this.#drawTransport(words);
    this.#drawStatus(words, snapshot);
    this.#drawMetrics();
    this.#drawNotice(words);
  }

  #drawTransport(words) {
    const { playing, settings, notice } = this.#laboratory;
    const action = playing ? 'pause' : 'play';
    const play = this.#part('[data-action=play]');
    play.dataset.state = action;
    set(this.#part('[data-action=play] span'), words[action]);
    const ready = Boolean(settings) && notice.kind !== 'stopped';
    for (const button of this.#part('.transport').querySelectorAll('button')) button.disabled = !ready;
  }

  #drawStatus(words, snapshot) {
    const { busy, device, rescue, parameters, playing, preset, catalog, settings } = this.#laboratory;
    const language = languageOf(this);
    const number = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    const rate = snapshot?.steps_per_second;
    const state = words.status(number.format(snapshot?.step ?? 0), rate ? number.format(rate) : '');
    set(this.#part('.status'), busy ? (words[`progress_${busy}`] ?? words.loading) : state);
    this.#part('.progress').hidden = !busy;
    const adapter = device?.adapter ? ` · ${device.adapter}` : '';
    set(this.#part('.device'), device ? this.#deviceName(device.kind) + adapter : '');
    const reasons = [...(device?.reasons ?? []), ...(rescue ? [rescue] : [])];
    set(this.#part('.reasons'), reasons.map((reason) => this.#describe(words, reason)).join(' '));
    const weights = parameters ? words.parameters(number.format(parameters.g), number.format(parameters.d)) : '';
    const updates = snapshot ? words.updates(number.format(snapshot.updates.g), number.format(snapshot.updates.d)) : '';
    set(this.#part('.parameters'), `${weights} ${updates}`);
    const objective = catalog?.objectives.find((o) => o.id === settings?.objective);
    set(this.#part('.formula'), objective ? words.objective(objective.formula, objective.reference) : '');
    set(this.#part('.look-at'), catalog?.presets.find((p) => p.id === preset)?.look_at[language] ?? '');
    set(this.#part('.says'), this.#says(words, snapshot));
    // Read aloud when the run stands still: while it trains the numbers change ten times a second.
    if (!playing) set(this.#part('.announce'), `${state}. ${this.#says(words, snapshot)}`);
    const { diverged_at = null, collapsed_at = null } = snapshot?.health ?? {};
    this.#part('.says').classList.toggle('warning', diverged_at !== null || collapsed_at !== null);
  }

  /** As the device setting calls it. @param {unknown} kind */
  #deviceName(kind) {
    const knob = this.#laboratory.catalog?.knobs.find((k) => k.id === 'device');
    return knob?.options?.find((option) => option.id === kind)?.label[languageOf(this)] ?? '';
  }

  /** @param {any} words @param {Reason} reason */
  #describe(words, reason) {
    const number = new Intl.NumberFormat(languageOf(this), { maximumSignificantDigits: 2 });
    const times = typeof reason.times === 'number' ? number.format(reason.times) : '';
    const say = words[`reason_${reason.code}`];
    return typeof say === 'function' ? say({ ...reason, device: this.#deviceName(reason.device), times }) : (say ?? '');
  }

  /** What is to be seen, in words. */
  #says(words, snapshot) {
    if (!snapshot) return '';
    const { diverged_at, collapsed_at } = snapshot.health;
    if (diverged_at !== null) return words.diverged(diverged_at);
    if (collapsed_at !== null) return words.collapsed(collapsed_at);
    const [modes, quality] = ['modes', 'high_quality'].map((id) => this.#laboratory.metrics.find((m) => m.id === id));
    if (!modes || !quality) return snapshot.step === 0 ? '' : words.no_metrics;
    const percent = new Intl.NumberFormat(languageOf(this), { style: 'percent', maximumFractionDigits: 0 });
    return `${words.modes_found(modes.live, modes.max)} · ${words.quality(percent.format(quality.live))}`;
  }

  #drawMetrics() {
    const { metrics, catalog } = this.#laboratory;
    const language = languageOf(this);
    const table = /** @type {HTMLTableElement} */ (this.#part('.metrics'));
    table.hidden = !metrics.length;
    const percent = new Intl.NumberFormat(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const show = (reading, value) => (reading.id === 'modes' ? `${value} / ${reading.max}` : percent.format(value));
    const body = table.tBodies[0];
    while (body.rows.length < metrics.length) {
      const line = body.insertRow();
      line.append(Object.assign(document.createElement('th'), { scope: 'row' }));
      for (let i = 0; i < 3; i += 1) line.insertCell();
    }
    while (body.rows.length > metrics.length) body.deleteRow(-1);
    metrics.forEach((reading, i) => {
      const label = catalog?.metrics.find((m) => m.id === reading.id)?.label[language] ?? reading.id;
      const values = [reading.live, reading.ema, reading.floor].map((value) => show(reading, value));
      [label, ...values].forEach((text, j) => set(body.rows[i].cells[j], text));
    });
  }

  #drawNotice(words) {
    const { notice, catalog } = this.#laboratory;
    this.#part('.notice').hidden = notice.kind === 'none';
    this.#part('[data-action=restart]').hidden = notice.kind !== 'stopped';
    this.#part('[data-action=dismiss]').hidden = notice.kind !== 'refused';
    if (notice.kind === 'refused') {
      const knob = catalog?.knobs.find((k) => k.id === notice.refusal.field);
      set(this.#part('.notice p'), words.refused(notice.refusal, knob));
    } else if (notice.kind === 'stopped') {
      set(this.#part('.notice p'), notice.message ? words.crashed(notice.message) : words.silent);
    }
  }

  /** @param {string} reason */
  #showPoster(reason) {
    const words = this.#words();
    const image = new Image();
    image.src = new URL('./poster.png', import.meta.url).href;
    image.alt = words.poster;
    const text = Object.assign(document.createElement('p'), { textContent: words[reason] });
    this.#part('.lab').replaceChildren(text, image);
    this.#part('.lab').classList.add('poster');
  }
}

/** Writes only what changed: layout costs frames, and live regions are read aloud. */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

if (!customElements.get('gen-lab')) customElements.define('gen-lab', GenLab);
export { GenLab };
