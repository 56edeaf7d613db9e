// <gen-lab>: one live figure. Attributes and the address become settings, settings become commands,
// snapshots become pictures. Training happens in a worker; this thread only draws.
//
//   <script type="module" src="www/lab.js"></script>
//   <gen-lab preset="ring8" settings="seed=3&lr_d=0.002" lang="zh" theme="dark"></gen-lab>
//
// `hash` ties the figure's settings to the page's address. Every snapshot is also dispatched as a
// `genlab:snapshot` event, for notes that want to do more.
import * as protocol from './protocol.js';
import * as links from './settings.js';
import { buildControls } from './controls.js';
import { Plane } from './views/plane.js';
import { Curves } from './views/curves.js';
import { markup } from './markup.js';
import { messages, languageOf } from './i18n/index.js';
import { unsupported } from './support.js';

/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./protocol.js').Checkpoint} Checkpoint */
/** @typedef {import('./protocol.js').Reason} Reason */

const DEFAULT_PRESET = 'ring8';
/** Without any answer for so long, a busy worker counts as dead. Milliseconds. */
const PATIENCE = 30_000;
/** Between two updates of the numbers and curves while training. Milliseconds. */
const READING_INTERVAL = 100;

class GenLab extends HTMLElement {
  static observedAttributes = ['lang', 'theme'];

  /** @type {Worker | null} */ #worker = null;
  /** @type {import('./protocol.js').Catalog | null} */ #catalog = null;
  /** @type {import('./protocol.js').Device | null} */ #device = null;
  #preset = DEFAULT_PRESET;
  /** What the page asks for until the laboratory has confirmed it. @type {Settings} */ #wanted = {};
  /** The last settings that the laboratory took, in full. @type {Settings | null} */ #settings = null;
  /** @type {{ d: number, g: number } | null} */ #parameters = null;
  /** The run on show. */
  #run = 0;
  /** The newest run asked for; the one before stays on show until the laboratory confirms it. */
  #asked = 0;
  /** Has this worker confirmed a run? */
  #alive = false;
  /** The device setting that the worker was started with. */
  #wish = '';
  /** @type {Snapshot | null} */ #snapshot = null;
  /** The newest metrics; most snapshots carry none. @type {Snapshot['metrics']} */ #metrics = [];
  /** @type {Checkpoint | null} */ #checkpoint = null;
  #playing = false;
  #dirty = false;
  /** The snapshot that the plane shows. @type {Snapshot | null | undefined} */ #planeStep;
  #readAt = 0;
  /** Set where a GPU failed and the CPU took over. @type {Reason | null} */ #rescue = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #watchdog;
  /** What is on show besides the figure. @type {{ kind: 'none' } | { kind: 'refused', refusal: any } | { kind: 'stopped', message: string | null }} */
  #notice = { kind: 'none' };
  #busy = 'loading';
  /** @type {AbortController | null} */ #listeners = null;

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    const missing = unsupported();
    if (missing) return this.#showPoster(missing);
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    if (this.hasAttribute('hash')) addEventListener('hashchange', () => this.#openLink(location.hash), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.pause(), { signal });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#restyle(), { signal });
    this.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    this.#openLink(this.hasAttribute('hash') && location.hash.length > 1 ? location.hash : this.#attributeLink());
    const frame = () => {
      if (signal.aborted) return;
      if (this.#dirty) this.#draw();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  disconnectedCallback() {
    this.#listeners?.abort();
    this.#stopWorker();
  }

  attributeChangedCallback() {
    if (this.shadowRoot?.childNodes.length) this.#restyle();
  }

  // ---- what a page may call ------------------------------------------------------------------

  play() {
    if (this.#snapshot?.health.diverged_at) return;
    this.#playing = true;
    this.#send(protocol.play());
    this.#dirty = true;
  }

  pause() {
    this.#playing = false;
    this.#send(protocol.pause());
    this.#dirty = true;
  }

  /** @param {'d' | 'g' | 'both'} what */
  step(what, count = 1) {
    this.#playing = false;
    this.#send(protocol.step(what, count));
  }

  /** Back to the same initial weights. */
  reset() {
    this.#playing = false;
    this.#start(this.#settings ?? this.#wanted);
  }

  /** Changes settings: at once where they are live, else by starting anew. @param {Settings} changes */
  change(changes) {
    if (!this.#settings || !this.#catalog) return;
    const knobs = this.#catalog.knobs;
    const live = Object.keys(changes).every((id) => knobs.find((knob) => knob.id === id)?.live);
    if (live) return this.#send(protocol.tune(changes));
    const next = { ...this.#settings, ...changes };
    if ('device' in changes) return this.#boot(next, this.#snapshot ? this.#checkpoint : null);
    this.#start(next);
  }

  /** @param {string} id */
  choosePreset(id) {
    this.#preset = id;
    /** @type {Settings} */
    const keep = this.#settings ? { seed: this.#settings.seed, device: this.#settings.device } : {};
    this.#playing = false;
    this.#start({ preset: id, ...keep });
  }

  /** The link that repeats this run. */
  get link() {
    return this.#catalog && this.#settings ? links.format(this.#catalog, this.#preset, this.#settings) : '';
  }

  /** The last settings taken, in full. */
  get settings() {
    return this.#settings;
  }

  // ---- worker --------------------------------------------------------------------------------

  #attributeLink() {
    const preset = this.getAttribute('preset') ?? DEFAULT_PRESET;
    return `preset=${encodeURIComponent(preset)}&${this.getAttribute('settings') ?? ''}`;
  }

  /** @param {string} link */
  #openLink(link) {
    if (this.#settings && link === this.link) return;
    const parsed = links.parse(link);
    if (!('settings' in parsed)) {
      this.#refuse(parsed);
      if (!this.#worker) this.#boot({ preset: DEFAULT_PRESET });
      return;
    }
    const settings = { preset: DEFAULT_PRESET, ...parsed.settings };
    if (this.#worker) this.#start(settings);
    else this.#boot(settings);
  }

  /** A new worker, and a run in it. @param {Settings} settings @param {Checkpoint | null} [checkpoint] */
  #boot(settings, checkpoint = null) {
    this.#stopWorker();
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => this.#worker === worker && this.#onEvent(data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#onCrash(event.message ?? this.#words().unsupported_modules);
    };
    this.#worker = worker;
    this.#device = null;
    this.#alive = false;
    this.#busy = 'loading';
    this.#wish = String(settings.device ?? 'auto');
    this.#start(settings, checkpoint);
  }

  #stopWorker() {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** @param {Settings} settings @param {Checkpoint | null} [checkpoint] */
  #start(settings, checkpoint = null) {
    this.#wanted = settings;
    this.#asked += 1;
    this.#send(protocol.start(this.#asked, this.#rescue ? { ...settings, device: 'flex' } : settings, checkpoint));
    this.#watch();
    if (this.#playing) this.#send(protocol.play());
    this.#dirty = true;
  }

  /** Asks for what is switched on, no more. */
  #watch() {
    const probes = this.#plane?.needs() ?? [];
    this.#send(protocol.watch(probes.includes('generated') ? probes : [...probes, 'generated']));
  }

  /** @param {protocol.Command} command */
  #send(command) {
    this.#worker?.postMessage(command);
    this.#expectAnswer();
  }

  #expectAnswer() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#onCrash(null), PATIENCE);
  }

  /** @param {protocol.Event} event */
  #onEvent(event) {
    clearTimeout(this.#watchdog);
    if (this.#playing || event.type === 'progress') this.#expectAnswer();
    switch (event.type) {
      case 'progress':
        this.#busy = event.code;
        break;
      case 'ready':
        this.#catalog = event.catalog;
        this.#device = event.device;
        this.#busy = '';
        this.#buildPanels();
        break;
      case 'failed':
        this.#onFailed(event);
        break;
      case 'started':
        if (event.run === this.#asked) this.#onStarted(event);
        break;
      case 'tuned':
        if (event.run === this.#run) this.#take(event.settings);
        break;
      case 'checkpoint':
        if (event.run === this.#run) this.#checkpoint = event.checkpoint;
        break;
      case 'snapshot':
        this.#onSnapshot(event);
        break;
      case 'crashed':
        this.#onCrash(event.message);
        break;
    }
    this.#dirty = true;
  }

  /** @param {import('./protocol.js').Started} started */
  #onStarted({ run, step, settings, n_parameters }) {
    this.#run = run;
    this.#alive = true;
    this.#preset = String(this.#wanted.preset ?? this.#preset);
    this.#parameters = n_parameters;
    this.#snapshot = null;
    this.#metrics = [];
    if (step === 0) {
      this.#checkpoint = null;
      this.#curves?.clear();
    }
    this.#take(settings);
    // The settings are good, but another device shall carry them out.
    if (!this.#rescue && settings.device !== this.#wish) this.#boot({ ...settings, preset: this.#preset });
  }

  /** @param {Snapshot} snapshot */
  #onSnapshot(snapshot) {
    this.#dirty = true;
    if (snapshot.run !== this.#run) return;
    this.#curves?.add(snapshot.losses);
    if (snapshot.metrics.length) this.#metrics = snapshot.metrics;
    const rate = snapshot.playing ? (snapshot.steps_per_second ?? this.#snapshot?.steps_per_second) : undefined;
    const { diverged_at } = snapshot.health;
    // After divergence the numbers are not numbers: keep the last picture that shows something.
    const probes = diverged_at && this.#snapshot ? this.#snapshot.probes : snapshot.probes;
    this.#snapshot = { ...snapshot, probes, steps_per_second: rate };
    if (diverged_at) this.#playing = false;
    this.dispatchEvent(new CustomEvent('genlab:snapshot', { detail: snapshot }));
  }

  /** Settings that the laboratory confirmed. @param {Settings} settings */
  #take(settings) {
    const taken = this.#rescue ? { ...settings, device: this.#wish } : settings;
    const changed = this.#settings && JSON.stringify(taken) !== JSON.stringify(this.#settings);
    if (changed && this.#notice.kind === 'refused') this.#notice = { kind: 'none' };
    this.#settings = taken;
    this.#wanted = { ...taken, preset: this.#preset };
    if (this.hasAttribute('hash') && this.link !== location.hash) history.replaceState(history.state, '', this.link);
    this.#controls?.update(taken, this.#preset);
    this.#plane?.setDistribution(this.#catalog?.distributions.find((d) => d.id === settings.data) ?? null);
  }

  /** A refused command changed nothing. A refused start of a new worker falls back to what is good. */
  #onFailed(failed) {
    this.#refuse(failed);
    if (this.#settings) {
      this.#wanted = { ...this.#settings, preset: this.#preset };
      this.#controls?.update(this.#settings, this.#preset);
      if (!this.#alive) this.#start(this.#wanted);
      return;
    }
    const preset = failed.field === 'preset' ? DEFAULT_PRESET : String(this.#wanted.preset ?? DEFAULT_PRESET);
    this.#start(failed.field === 'device' ? { preset } : { preset, device: this.#wish });
  }

  #refuse(refusal) {
    this.#notice = { kind: 'refused', refusal };
    this.#dirty = true;
  }

  /** @param {string | null} message */
  #onCrash(message) {
    const wasGpu = this.#device?.kind === 'webgpu';
    this.#busy = '';
    this.#stopWorker();
    if (wasGpu) {
      this.#rescue = { code: 'crashed', message: message ?? this.#words().silent };
      this.#boot(this.#wanted, this.#checkpoint);
    } else {
      this.#notice = { kind: 'stopped', message };
      this.#playing = false;
    }
    this.#dirty = true;
  }

  #restart() {
    this.#notice = { kind: 'none' };
    this.#boot(this.#wanted, this.#checkpoint);
  }

  // ---- figure --------------------------------------------------------------------------------

  /** @type {Plane | null} */ #plane = null;
  /** @type {Curves | null} */ #curves = null;
  /** @type {ReturnType<typeof buildControls> | null} */ #controls = null;

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
    if (!this.hasAttribute('tabindex')) this.tabIndex = 0;
    this.setAttribute('role', 'region');
    this.setAttribute('aria-label', 'GenLab');
    this.#plane = new Plane(this.#canvas('.plane'), this.#canvas('.ramp'), this);
    this.#curves = new Curves(this.#part('.curves'), this);
    this.#actions = {
      play: () => (this.#playing ? this.pause() : this.play()),
      step_d: () => this.step('d'),
      step_g: () => this.step('g'),
      step_both: () => this.step('both'),
      reset: () => this.reset(),
      new_seed: () => this.change({ seed: 1 + Math.floor(Math.random() * 9999) }),
      restart: () => this.#restart(),
      dismiss: () => ((this.#notice = { kind: 'none' }), (this.#dirty = true)),
    };
    for (const button of root.querySelectorAll('button[data-action]')) {
      button.addEventListener('click', () => this.#actions[/** @type {HTMLElement} */ (button).dataset.action ?? '']());
    }
    for (const box of root.querySelectorAll('input[data-layer]')) {
      const input = /** @type {HTMLInputElement} */ (box);
      input.addEventListener('change', () => {
        this.#plane?.toggle(input.dataset.layer ?? '', input.checked);
        this.#watch();
        this.#redraw();
      });
    }
  }

  /** @type {Record<string, () => void>} */ #actions = {};

  /** Keys work while the figure, and no field in it, has the focus. @param {KeyboardEvent} event */
  #onKey(event) {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, summary')) return;
    const keys = { ' ': 'play', d: 'step_d', g: 'step_g', b: 'step_both', r: 'reset', n: 'new_seed' };
    const action = keys[event.key.toLowerCase()];
    if (!action || (event.key === ' ' && target.closest('button'))) return;
    event.preventDefault();
    this.#actions[action]();
  }

  #buildPanels() {
    if (!this.#catalog) return;
    const onChange = (id, value) => (id === 'preset' ? this.choosePreset(value) : this.change({ [id]: value }));
    this.#controls = buildControls(this.#catalog, this.#words(), languageOf(this), onChange);
    this.#part('.preset').replaceChildren(this.#controls.preset);
    this.#part('.settings').replaceChildren(...this.#controls.groups);
    if (this.#settings) this.#controls.update(this.#settings, this.#preset);
  }

  /** Language or theme changed: rebuild the words, keep the run. */
  #restyle() {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    const words = this.#words();
    for (const element of root.querySelectorAll('[data-text]')) {
      element.textContent = words[/** @type {HTMLElement} */ (element).dataset.text ?? ''];
    }
    for (const element of root.querySelectorAll('[data-hint]')) {
      element.setAttribute('title', words[/** @type {HTMLElement} */ (element).dataset.hint ?? '']);
    }
    this.#buildPanels();
    this.#curves?.restyle();
    this.#plane?.restyle();
    this.#redraw();
  }

  /** Everything anew, the plane included. */
  #redraw() {
    this.#planeStep = undefined;
    this.#dirty = true;
  }

  /** The plane moves with every snapshot; numbers and curves at a pace that can be read. */
  #draw() {
    const [words, snapshot] = [this.#words(), this.#snapshot];
    if (this.#planeStep !== snapshot) this.#plane?.draw(snapshot, words);
    this.#planeStep = snapshot;
    const now = performance.now();
    if (this.#playing && now - this.#readAt < READING_INTERVAL) return; // still dirty: its turn comes
    this.#readAt = now;
    this.#dirty = false;
    this.#curves?.draw(words);
    this.#drawTransport(words);
    this.#drawStatus(words, snapshot);
    this.#drawMetrics(words);
    this.#drawNotice(words);
  }

  #drawTransport(words) {
    const play = this.#part('[data-action=play]');
    const action = this.#playing ? 'pause' : 'play';
    play.dataset.state = action;
    const label = this.#part('[data-action=play] span');
    if (label.textContent !== words[action]) label.textContent = words[action];
    const ready = Boolean(this.#settings) && this.#notice.kind !== 'stopped';
    for (const button of this.#part('.transport').querySelectorAll('button')) button.disabled = !ready;
  }

  #drawStatus(words, snapshot) {
    const number = new Intl.NumberFormat(languageOf(this), { maximumFractionDigits: 0 });
    const rate = snapshot?.steps_per_second;
    set(this.#part('.status'), this.#busy ? (words[`progress_${this.#busy}`] ?? words.loading) : words.status(number.format(snapshot?.step ?? 0), rate ? number.format(rate) : ''));
    const device = this.#device;
    const name = device ? words[`device_${device.kind}`] + (device.adapter ? ` · ${device.adapter}` : '') : '';
    set(this.#part('.device'), name);
    const reasons = [...(device?.reasons ?? []), ...(this.#rescue ? [this.#rescue] : [])];
    set(this.#part('.reasons'), reasons.map((reason) => describe(words, reason, languageOf(this))).join(' '));
    this.#part('.progress').hidden = !this.#busy;
    const n = this.#parameters;
    set(this.#part('.parameters'), n ? words.parameters(number.format(n.g), number.format(n.d)) : '');
    const preset = this.#catalog?.presets.find((p) => p.id === this.#preset);
    set(this.#part('.look-at'), preset ? preset.look_at[languageOf(this)] : '');
    set(this.#part('.says'), this.#says(words, snapshot));
    this.#part('.says').classList.toggle('warning', Boolean(snapshot?.health.diverged_at || snapshot?.health.collapsed_at));
  }

  /** What is to be seen, in words. */
  #says(words, snapshot) {
    if (!snapshot) return '';
    const { diverged_at, collapsed_at } = snapshot.health;
    if (diverged_at) return words.diverged(diverged_at);
    if (collapsed_at) return words.collapsed(collapsed_at);
    const [modes, quality] = ['modes', 'high_quality'].map((id) => this.#metrics.find((m) => m.id === id));
    if (!modes || !quality) return this.#metrics.length || snapshot.step === 0 ? '' : words.no_metrics;
    const percent = new Intl.NumberFormat(languageOf(this), { style: 'percent', maximumFractionDigits: 0 });
    return `${words.modes_found(modes.live, modes.max)} · ${words.quality(percent.format(quality.live))}`;
  }

  #drawMetrics(words) {
    const table = /** @type {HTMLTableElement} */ (this.#part('.metrics'));
    table.hidden = !this.#metrics.length;
    const percent = new Intl.NumberFormat(languageOf(this), { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const show = (reading, value) => (reading.id === 'modes' ? `${value} / ${reading.max}` : percent.format(value));
    const row = (reading) => {
      const label = this.#catalog?.metrics.find((m) => m.id === reading.id)?.label[languageOf(this)] ?? reading.id;
      return [label, ...['live', 'ema', 'floor'].map((which) => show(reading, reading[which]))];
    };
    const rows = this.#metrics.map(row);
    const body = table.tBodies[0];
    while (body.rows.length < rows.length) {
      const line = body.insertRow();
      line.append(Object.assign(document.createElement('th'), { scope: 'row' }));
      for (let i = 0; i < 3; i += 1) line.insertCell();
    }
    while (body.rows.length > rows.length) body.deleteRow(-1);
    rows.forEach((cells, i) => cells.forEach((text, j) => set(body.rows[i].cells[j], text)));
  }

  #drawNotice(words) {
    const box = this.#part('.notice');
    const notice = this.#notice;
    box.hidden = notice.kind === 'none';
    if (notice.kind === 'none') return;
    const text = notice.kind === 'refused'
      ? words.refused(this.#localBound(notice.refusal))
      : notice.message ? words.crashed(notice.message) : words.silent;
    set(this.#part('.notice p'), text);
    this.#part('[data-action=restart]').hidden = notice.kind !== 'stopped';
    this.#part('[data-action=dismiss]').hidden = notice.kind !== 'refused';
  }

  /** The laboratory speaks English; a known setting's bound is said again in the reader's language. */
  #localBound(refusal) {
    if (languageOf(this) === 'en') return refusal;
    const knob = this.#catalog?.knobs.find((k) => k.id === refusal.field);
    if (!knob || refusal.field === 'g_steps') return refusal;
    const bound = knob.kind === 'choice'
      ? `只能是 ${knob.options?.map((o) => o.id).join('、')} 之一`
      : `须为 ${knob.min} 到 ${knob.max} 之间的${knob.kind === 'integer' ? '整数' : '数'}`;
    return { ...refusal, bound };
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

/** Writes only what changed: the status line is read aloud, and layout costs frames. */
function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {any} words @param {Reason} reason @param {string} language */
function describe(words, reason, language) {
  const device = reason.device ? words[`device_${reason.device}`] : '';
  const times = typeof reason.times === 'number' ? new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(reason.times) : '';
  const say = words[`reason_${reason.code}`];
  return typeof say === 'function' ? say({ ...reason, device, times }) : (say ?? '');
}

if (!customElements.get('gen-lab')) customElements.define('gen-lab', GenLab);
export { GenLab };
