// <gen-lab>: one live figure. Attributes and the address become wishes, snapshots become pictures.
// Training happens in a worker behind laboratory.js; this thread only draws.
//
//   <script type="module" src="www/lab.js"></script>
//   <gen-lab figure="ring8" seed="3" settings="lr_d=0.002" show="picture transport" lang="zh" theme="dark"></gen-lab>
//
// `figure` is a preset's id (`preset` is its older name); `show` and `hide` name parts (parts.js). `hash` ties the figure to
// the page's address (one figure a page). Every snapshot is also dispatched as a `genlab:snapshot` event, for notes that want
// to do more; `genlab:stopped` says that it cannot go on.
import { Laboratory } from './laboratory.js';
import { buildControls } from './controls.js';
import { Asking } from './views/asking.js';
import { Captions } from './views/captions.js';
import { Lessons } from './views/lessons.js';
import { Line } from './views/line.js';
import { Passage } from './views/passage.js';
import { Pictures } from './views/pictures.js';
import { Plane } from './views/plane.js';
import { PlaneScale } from './views/plane_scale.js';
import { Sequence } from './views/sequence.js';
import { Universe } from './views/universe.js';
import { Network } from './views/network.js';
import { Listing, ofGan, ofLone } from './views/listing.js';
import { Charts } from './charts.js';
import { Pace } from './pace.js';
import { Claims } from './claims.js';
import { Comparison } from './comparison.js';
import { Grammar } from './grammar.js';
import { crew } from './crew.js';
import { raster } from './picture.js';
import { OwnData } from './own_data.js';
import { Painter } from './painter.js';
import { Scoreboard } from './scoreboard.js';
import { Structure } from './structure.js';
import { TakeAlong } from './take_along.js';
import { UseFigure } from './use_figure.js';
import { drawRates } from './rates.js';
import { Readout, set } from './readout.js';
import { connectTabs } from './tabs.js';
import { fillWords, markup } from './markup.js';
import { messages, languageOf } from './i18n/index.js';
import { choose, mark } from './parts.js';
import * as links from './settings.js';
import { unsupported } from './support.js';

/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./protocol.js').Stride} Stride */
/**
 * What shows a model.
 * @typedef {object} View
 * @property {(shown: Set<string>) => string[]} needs the probes that are drawn where these parts are shown
 * @property {(snapshot: Snapshot, words: any, number: Intl.NumberFormat) => void} draw
 * @property {import('./picture.js').View['picture']} picture
 * @property {() => void} restyle
 * @property {() => void} [start] another run begins
 * @property {(what: any) => void} [ask] what the run beside this one is asked
 * @property {(probes: Record<string, import('./protocol.js').Matrix>, words: any) => void} [answer] what the reader placed has been answered: what can be drawn at once
 */

/** Between two updates of the numbers and curves while training. Milliseconds. */
const READING_INTERVAL = 100;
/** Before a changed link is written to the address: browsers limit how often that may happen. */
const LINK_DELAY = 300;
/** The model whose parts are shown before it is known which one it is. */
const UNTIL_KNOWN = 'gan';
const KEYS = { ' ': 'play', l: 'step_line', p: 'step_phase', d: 'step_d', g: 'step_g', b: 'step_both', s: 'step_one', r: 'reset', n: 'new_seed' };

/** Attributes that say what is trained, and which parts are shown. */
const ASKS = ['figure', 'preset', 'seed', 'settings'];
const CHOICES = ['show', 'hide'];

/** A module may be imported where there is no page, by whoever renders notes ahead of time. */
const Element = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? Object);

class GenLab extends Element {
  static observedAttributes = ['lang', 'theme', ...ASKS, ...CHOICES];

  #laboratory = new Laboratory({
    changed: () => {
      this.#dirty = true;
      if (this.#laboratory.notice.kind === 'stopped') this.dispatchEvent(new CustomEvent('genlab:stopped'));
    },
    started: (step, sought) => {
      this.#charts?.start(step, sought);
      this.#begins ||= !sought;
    },
    took: () => this.#onTaken(),
    stepped: (snapshot) => {
      this.#charts?.add(snapshot);
      this.#structure?.add(snapshot);
      this.dispatchEvent(new CustomEvent('genlab:snapshot', { detail: snapshot }));
    },
    glanced: (probes) => this.#view?.answer?.(probes, this.#words()),
    read: (table) => this.#ownData?.take(table),
    weighed: (bytes) => this.#takeAlong?.saveWeights(bytes),
  });
  #dirty = true;
  /** The snapshot that the plane shows. @type {Snapshot | null | undefined} */ #planeShows;
  #readAt = 0;
  /** What is missing for the figure to run; a message's name. */
  #missing = unsupported();
  /** The model and language that the controls were made from. */
  #controlsOf = /** @type {unknown[]} */ ([]);
  /** The model that the figure's parts were chosen for. */ #suits = '';
  /** The parts that are shown. */ #shown = choose({}).shown;
  /** Parts that the link chose, before those of the attributes. @type {import('./parts.js').Choice} */ #linked = {};
  /** Attributes have changed that say what is trained. */ #asks = false;
  /** A run has begun whose settings are on their way. */ #begins = false;
  /** Does the reader see it? Those who do not give up their workers first (crew.js). */ inView = true;
  /** The figure that this one is the second run of. @type {GenLab | null} */ first = null;
  /** @type {AbortController | null} */ #listeners = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #linkTimer;
  /** @type {Plane | null} */ #plane = null;
  /** @type {PlaneScale | null} */ #scale = null;
  /** Each model's. @type {Record<string, View>} */ #views = {};
  /** @type {Passage | null} */ #passage = null;
  /** @type {Scoreboard | null} */ #scoreboard = null;
  /** @type {Structure | null} */ #structure = null;
  /** @type {Painter | null} */ #painter = null;
  /** @type {Network | null} */ #network = null;
  /** @type {Listing | null} */ #listing = null;
  /** @type {Charts | null} */ #charts = null;
  /** @type {Lessons | null} */ #lessons = null;
  /** @type {Pace | null} */ #pace = null;
  /** @type {Readout | null} */ #readout = null;
  /** @type {Claims | null} */ #claims = null;
  /** @type {Grammar | null} */ #grammar = null;
  /** @type {OwnData | null} */ #ownData = null;
  /** @type {TakeAlong | null} */ #takeAlong = null;
  /** @type {UseFigure | null} */ #useFigure = null;
  /** @type {Comparison | null} */ #comparison = null;
  /** @type {ReturnType<typeof buildControls> | null} */ #controls = null;

  connectedCallback() {
    const returning = Boolean(this.shadowRoot);
    if (!returning) this.#build();
    if (this.#missing) return this.#showPoster(this.#missing);
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const tied = this.hasAttribute('hash');
    // The event's own address: the one of the page may have been rewritten since.
    if (tied) addEventListener('hashchange', ({ newURL }) => this.#open(new URL(newURL).hash), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.pause(), { signal });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#restyle(), { signal });
    this.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    if (!returning) this.#open(tied && location.hash.length > 1 ? location.hash : this.#attributeLink());
    this.wake();
    const frame = () => {
      if (signal.aborted) return;
      if (this.#dirty || this.#plane?.moving) this.#draw();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  disconnectedCallback() {
    this.#listeners?.abort();
    clearTimeout(this.#linkTimer);
    crew.leave(this);
    this.#laboratory.close();
    this.#scoreboard?.stop();
    this.#charts?.restyle(); // frees the plots
    this.#lessons?.restyle();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (!this.shadowRoot) return;
    if (ASKS.includes(name)) this.#ask();
    else if (CHOICES.includes(name)) {
      this.#linked = { ...this.#linked, [name]: null }; // said later than the link
      this.#choose();
    } else this.#restyle();
  }

  // ---- what a page may call ------------------------------------------------------------------

  play() {
    this.#awake(() => {
      this.#laboratory.play();
      this.#comparison?.twin?.play();
    });
  }

  pause() {
    this.#laboratory.pause();
    this.#comparison?.twin?.pause();
  }

  /** @param {Stride} what */
  step(what, count = 1) {
    this.#awake(() => {
      this.#laboratory.step(what, count);
      this.#comparison?.twin?.step(what, count);
    });
  }

  /** Back to the same initial weights. */
  reset() {
    this.#laboratory.reset();
    this.#comparison?.twin?.reset();
  }

  /** Gives up its worker once the run is kept; the picture stays. */
  async rest() {
    crew.leave(this);
    await Promise.all([this.#laboratory.rest(), this.#comparison?.twin?.rest()]);
  }

  /** Has a worker again, where there is room for one, and goes on; so has the run beside. */
  async wake() {
    if (this.resting && !this.#missing && (await crew.join(this.first ?? this))) {
      if (!this.isConnected) return crew.leave(this);
      if (this.resting) this.#laboratory.resume();
    }
    if (!this.resting) await this.#comparison?.twin?.wake();
  }

  /** How many it takes, with the run beside. */
  get workers() {
    return this.#comparison?.twin ? 2 : 1;
  }

  /** At once, or as soon as there is a worker for it. @param {() => void} act */
  async #awake(act) {
    if (this.resting) await this.wake();
    act();
  }

  /** Has it no worker? */
  get resting() {
    return this.#laboratory.resting;
  }

  /** Is it training? */
  get playing() {
    return this.#laboratory.playing;
  }

  /** What is on show, as a canvas; null before there is anything. @param {import('./picture.js').Format} format */
  picture(format) {
    const picture = this.#view?.picture(format);
    return picture ? raster(picture, format.density) : null;
  }

  /** Back to the last moment kept at or before a step. @param {number} step */
  seek(step) {
    this.#laboratory.seek(step);
    this.#comparison?.twin?.seek(step);
  }

  /** No playing beyond this step, until another is named. @param {number | null} step */
  limit(step) {
    this.#laboratory.setLimit(step);
  }

  /** The reader's own points, for data that are their own. */
  get points() {
    return this.#laboratory.points;
  }

  set points(points) {
    this.#laboratory.points = points;
  }

  /** Trains on points of the reader's own; a second run does so too. @param {import('./protocol.js').Points} points */
  usePoints(points) {
    this.#laboratory.usePoints(points);
    this.#comparison?.twin?.usePoints(points);
  }

  /** Asks the model about a place of the plane, or for a picture of what is given. @param {number[]} what */
  ask(what) {
    this.#view?.ask?.(what);
  }

  /** Changes settings: at once where they are live, else by starting anew. @param {Settings} changes */
  change(changes) {
    this.#laboratory.change(changes);
  }

  /** @param {string} id */
  choosePreset(id) {
    this.#laboratory.choosePreset(id);
  }

  /** Says in the figure's notice what its author asked for in vain. @param {import('./options.js').Refusal} refusal */
  refuse(refusal) {
    this.#laboratory.refuse(refusal, { lasts: true });
  }

  /** The link that repeats this run. */
  get link() {
    return this.#laboratory.link;
  }

  /** What the laboratory offers. */
  get catalog() {
    return this.#laboratory.catalog;
  }

  /** What is trained. */
  get model() {
    return this.#laboratory.model;
  }

  /** A setting of the model. @param {string} id */
  knob(id) {
    return this.#laboratory.knob(id);
  }

  /** The names of the parts that are shown. */
  get parts() {
    return [...this.#shown];
  }

  /** The settings of the run on show, in full. */
  get settings() {
    return this.#laboratory.settings;
  }

  // ---- wishes --------------------------------------------------------------------------------

  /** The link that the attributes stand for; where they repeat a setting, the narrower one holds. */
  #attributeLink() {
    const link = new URLSearchParams(this.getAttribute('settings') ?? '');
    const figure = this.getAttribute('figure') ?? this.getAttribute('preset');
    if (figure !== null) link.set('figure', figure);
    const seed = this.getAttribute('seed');
    if (seed !== null) link.set('seed', seed);
    return `#${link}`;
  }

  /** Several attributes may change at once: they are one wish. */
  #ask() {
    if (this.#asks) return;
    this.#asks = true;
    queueMicrotask(() => {
      this.#asks = false;
      if (this.isConnected && !this.#missing) this.#open(this.#attributeLink());
    });
  }

  /** @param {string} link */
  #open(link) {
    const { choice, rest } = links.split(link);
    this.#linked = choice;
    this.#choose();
    this.#laboratory.open(rest);
  }

  /** What the link and the attributes say of the parts. @returns {import('./parts.js').Choice} */
  get #choice() {
    return { show: this.#linked.show ?? this.getAttribute('show'), hide: this.#linked.hide ?? this.getAttribute('hide') };
  }

  /** Shows the parts that were chosen; what nobody sees is not computed. */
  #choose() {
    const { shown, refusals } = choose(this.#choice);
    if (refusals.length) this.refuse(refusals[0]);
    this.#shown = shown;
    mark(/** @type {ShadowRoot} */ (this.shadowRoot), this.#shown);
    this.#watch();
    this.#redraw();
  }

  /** What shows the model; the plane before one is known. */
  get #view() {
    return this.#views[this.#laboratory.model?.id ?? ''] ?? this.#plane;
  }

  /** What is switched on. */
  #watch() {
    const networks = this.#isOpen('networks') ? ['weights_g', 'weights_d', 'generated', 'real', 'landscape'] : [];
    const structure = this.#isOpen('structure') ? (this.#structure?.needs() ?? []) : [];
    const painter = this.#isOpen('painter') ? (this.#painter?.needs() ?? []) : [];
    const passage = this.#isOpen('passage') ? (this.#passage?.needs() ?? []) : [];
    this.#laboratory.watch([...new Set([...(this.#view?.needs(this.#shown) ?? []), ...networks, ...structure, ...painter, ...passage, ...(this.#lessons?.needs(this.#shown) ?? [])])]);
  }

  /** A panel was opened or closed. */
  #onToggle() {
    this.#watch();
    this.#redraw();
  }

  /** Does this model have it, and is it in sight? @param {string} drawer */
  #isOpen(drawer) {
    const details = /** @type {HTMLDetailsElement} */ (this.#part(`[data-drawer=${drawer}]`));
    return this.#shown.has('panels') && details.open && !details.hasAttribute('data-away');
  }

  #onTaken() {
    const { settings, preset, catalog } = this.#laboratory;
    if (!settings || !catalog) return;
    this.#buildControls();
    this.#controls?.update(settings, preset);
    const { distribution, model } = this.#laboratory;
    const unit = catalog.objectives.find((o) => o.id === settings.objective)?.unit ?? 'score';
    const other = this.#suit(model);
    this.#comparison?.follow(catalog.presets.find(({ id }) => id === preset));
    this.#plane?.setUp(model?.id ?? '', model?.ground ? { ...model.ground, label: model.label } : distribution, unit);
    if (this.#begins) this.#view?.start?.();
    if (this.#begins || other) this.#watch(); // other pictures, other parts
    this.#begins = false;
    if (distribution) this.#network?.setHalfWidth(distribution.half_width);
    /** @type {HTMLInputElement} */ (this.#part('[data-layer=optimal]')).disabled = !distribution?.has_density;
    if (!this.hasAttribute('hash')) return;
    clearTimeout(this.#linkTimer);
    this.#linkTimer = setTimeout(() => {
      const link = links.join(this.link, this.#linked);
      if (link !== location.hash) history.replaceState(history.state, '', link);
    }, LINK_DELAY);
  }

  /** Shows what this model has, and nothing else; was it another one before? @param {import('./protocol.js').Model | null} model */
  #suit(model) {
    if (!model) return false;
    this.#showOnly(model.id);
    if (this.#suits === model.id) return false;
    this.#suits = model.id;
    this.#part('[data-tab=measures]').click();
    this.#pace?.suit(model.id);
    return true;
  }

  /** Hides what belongs to other models, or to pictures of something else. @param {string} id */
  #showOnly(id) {
    const { subject } = this.#laboratory;
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (/** @type {ShadowRoot} */ (this.shadowRoot).querySelectorAll('[data-for]'))) {
      const { for: models, of } = element.dataset;
      element.toggleAttribute('data-away', !models?.split(' ').includes(id) || (of !== undefined && of !== subject));
    }
  }

  /** @type {Record<string, () => void>} */
  #actions = {
    play: () => (this.#laboratory.playing ? this.pause() : this.play()),
    step_line: () => this.#byLine('line'),
    step_phase: () => this.#byLine('phase'),
    step_d: () => this.step('d'),
    step_g: () => this.step('g'),
    step_both: () => this.step('both'),
    step_one: () => this.step('both'),
    reset: () => this.reset(),
    new_seed: () => {
      const seed = 1 + Math.floor(Math.random() * 9999);
      for (const figure of [this, this.#comparison?.twin]) figure?.change({ seed });
    },
    compare: () => this.#comparison?.toggle(),
    rewind: () => this.seek((this.#laboratory.snapshot?.health.diverged_at ?? 1) - 1),
    restart: () => this.#laboratory.restart(),
    dismiss: () => this.#laboratory.dismiss(),
  };

  /** Whatever the reader does with it wakes it. @param {string} action */
  #act(action) {
    return this.#awake(this.#actions[action]);
  }

  /** The listing comes into view with the first line. @param {Stride} what */
  #byLine(what) {
    this.#part('[data-tab=algorithm]').click();
    this.step(what);
  }

  /** Keys work while the figure, and no field in it, has the focus. @param {KeyboardEvent} event */
  #onKey(event) {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, select, summary, textarea')) return;
    const action = KEYS[event.key.toLowerCase()];
    if (!action || (event.key === ' ' && target.closest('button'))) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (this.#part(`[data-action=${action}]`));
    if (button.disabled || button.hasAttribute('data-away') || (event.repeat && !action.startsWith('step'))) return;
    this.#act(action);
  }

  // ---- figure --------------------------------------------------------------------------------

  #words() {
    return messages(languageOf(this));
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (/** @type {ShadowRoot} */ (this.shadowRoot).querySelector(selector));
  }

  #build() {
    const root = this.attachShadow({ mode: 'open' });
    root.append(markup(this.#words()));
    this.#showOnly(UNTIL_KNOWN);
    this.#part('.plane').setAttribute('aria-label', this.#words().loading);
    for (const sheet of root.querySelectorAll('link')) sheet.addEventListener('load', () => this.#restyle());
    if (!this.hasAttribute('tabindex')) this.tabIndex = 0;
    if (!this.hasAttribute('role')) this.setAttribute('role', 'region');
    if (!this.hasAttribute('aria-label')) this.setAttribute('aria-label', 'GenLab');
    const part = (/** @type {string} */ selector) => this.#part(selector);
    const canvas = (/** @type {string} */ selector) => /** @type {HTMLCanvasElement} */ (part(selector));
    this.#plane = new Plane(canvas('.plane'), this, () => this.#watch());
    this.#scale = new PlaneScale(part, this.#plane);
    const asking = new Asking(part, this.#plane, this.#laboratory, this);
    const needsOther = () => {
      this.#watch();
      this.#redraw();
    };
    const pictures = new Pictures(part, this.#laboratory, this, needsOther);
    const sequence = new Sequence(part, this.#laboratory, this);
    this.#views = {
      gan: this.#plane,
      line_gan: new Line(part, this.#laboratory, this, needsOther),
      dirac: this.#plane,
      density: asking,
      classes: asking,
      autoencoder: pictures,
      picture_gan: pictures,
      universe: new Universe(part, this.#laboratory, this),
      autoregressive: sequence,
      sequence_gan: sequence,
      captioner: new Captions(part, this.#laboratory, this),
    };
    this.#passage = new Passage(part, this.#laboratory, pictures, this);
    this.#scoreboard = new Scoreboard(part, this, () => (this.#dirty = true));
    this.#claims = new Claims(part, this.#laboratory, this, () => (this.#dirty = true));
    this.#structure = new Structure(part, this.#laboratory, this);
    this.#painter = new Painter(part, this.#laboratory, this);
    this.#network = new Network(part('.networks'), this);
    this.#listing = new Listing(part('.listing'));
    this.#charts = new Charts(part, this, () => this.#redraw());
    this.#lessons = new Lessons(part, this.#laboratory, this.#charts, this);
    this.#pace = new Pace(part, this.#laboratory, (step) => this.seek(step));
    this.#readout = new Readout(part, this.#laboratory, this);
    this.#grammar = new Grammar(part, this.#laboratory);
    this.#ownData = new OwnData(part, this.#laboratory, this.#plane, this.#grammar, this, () => this.#redraw());
    this.#takeAlong = new TakeAlong(part, this.#laboratory, () => this.#view, this.#charts, () => this.#words());
    this.#useFigure = new UseFigure(part, this.#laboratory, () => this.#words());
    this.#comparison = new Comparison(part('.twin'), part('.differs'), this);
    connectTabs(part('.side'), () => this.#redraw());
    for (const element of root.querySelectorAll('button[data-action]')) {
      const button = /** @type {HTMLButtonElement} */ (element);
      button.addEventListener('click', () => this.#act(button.dataset.action ?? ''));
    }
    for (const element of root.querySelectorAll('input[data-layer]')) this.#connectLayer(/** @type {HTMLInputElement} */ (element));
    /** @type {HTMLDetailsElement} */ (part('[data-drawer=settings]')).open = this.getAttribute('compact') === 'settings';
    part('.plane').addEventListener('click', (event) => this.#onPlace(/** @type {MouseEvent} */ (event)));
    for (const drawer of ['networks', 'passage', 'structure', 'painter', 'scoreboard', 'claims', 'use']) part(`[data-drawer=${drawer}]`).addEventListener('toggle', () => this.#onToggle());
  }

  /** A place in the Dirac-GAN's plane is a place to start from. @param {MouseEvent} event */
  #onPlace({ clientX, clientY }) {
    if (this.#suits !== 'dirac' || !this.#plane) return;
    const { canvas, halfWidth } = this.#plane.frame;
    const { left, top, width } = canvas.getBoundingClientRect();
    const at = (/** @type {number} */ px) => Number((((2 * px) / width - 1) * halfWidth).toFixed(2));
    this.change({ theta: at(clientX - left), psi: -at(clientY - top) });
  }

  /** @param {HTMLInputElement} box */
  #connectLayer(box) {
    const id = box.dataset.layer ?? '';
    box.checked = this.#plane?.isOn(id) ?? false;
    box.addEventListener('change', () => {
      this.#plane?.toggle(id, box.checked);
      this.#watch();
      this.#redraw();
    });
  }

  /** Once a model and language: rebuilding would take the focus from whoever is using them. */
  #buildControls() {
    const { catalog, model, settings, preset } = this.#laboratory;
    const language = languageOf(this);
    if (!catalog || !model || (this.#controlsOf[0] === model.id && this.#controlsOf[1] === language)) return;
    this.#controlsOf = [model.id, language];
    const onChange = (id, value) => this.#awake(() => (id === 'preset' ? this.choosePreset(value) : this.change({ [id]: value })));
    this.#controls = buildControls(catalog, model, this.#words(), language, onChange);
    this.#part('.preset').replaceChildren(this.#controls.preset);
    this.#part('.settings').replaceChildren(...this.#controls.groups);
    this.#charts?.offer(model, language);
    if (settings) this.#controls.update(settings, preset);
  }

  /** Language or theme changed: the words and colours anew, the run as it is. */
  #restyle() {
    if (this.#missing) return this.#showPoster(this.#missing);
    fillWords(/** @type {ShadowRoot} */ (this.shadowRoot), this.#words());
    this.#buildControls();
    this.#charts?.restyle();
    for (const view of Object.values(this.#views)) view.restyle();
    this.#structure?.restyle();
    this.#lessons?.restyle();
    this.#network?.restyle();
    this.#redraw();
  }

  /** Everything anew, the plane included. */
  #redraw() {
    this.#planeShows = undefined;
    this.#readAt = 0;
    this.#dirty = true;
  }

  /** The plane moves with every snapshot; numbers and curves at a pace that can be read. */
  #draw() {
    const [words, { snapshot, playing, settings, speed }] = [this.#words(), this.#laboratory];
    // Between two runs the last picture stays.
    const drawsPicture = snapshot && (this.#planeShows !== snapshot || this.#plane?.moving);
    if (drawsPicture) {
      this.#view?.draw(snapshot, words, new Intl.NumberFormat(languageOf(this), { maximumFractionDigits: 2, signDisplay: 'negative' }));
      this.#takeAlong?.frame();
    }
    this.#planeShows = snapshot;
    this.#listing?.light(snapshot?.cursor ?? null);
    if (snapshot && settings && this.#isOpen('networks')) {
      const phase = snapshot.cursor;
      if (this.#network && this.#plane) this.#network.range = this.#plane.range;
      this.#network?.draw(snapshot, settings, words, { playing: playing && speed.by === 'both', phase });
    }
    const now = performance.now();
    // Still dirty: their turn comes, if it can be in a frame without a picture.
    const waits = drawsPicture ? 3 * READING_INTERVAL : READING_INTERVAL;
    if (playing && now - this.#readAt < waits) return;
    this.#readAt = now;
    this.#dirty = false;
    if (this.#shown.has('measures')) this.#charts?.draw(words, this.#laboratory);
    if (snapshot && this.#shown.has('galleries')) this.#lessons?.draw(snapshot, words);
    if (this.#isOpen('scoreboard')) this.#scoreboard?.draw(words, this.#laboratory.catalog);
    if (this.#isOpen('claims')) this.#claims?.draw(words);
    if (snapshot && this.#isOpen('structure')) this.#structure?.draw(snapshot, words);
    if (snapshot && this.#isOpen('painter')) this.#painter?.draw(snapshot, words);
    if (snapshot && this.#isOpen('passage')) this.#passage?.draw(snapshot, words);
    this.#drawTransport(words);
    this.#pace?.draw(words, languageOf(this));
    this.#readout?.draw(words);
    drawRates((selector) => this.#part(selector), snapshot?.probes.rates, words, this);
    this.#scale?.draw(words, languageOf(this));
    this.#drawPointer(words);
    this.#ownData?.draw(words, new Intl.NumberFormat(languageOf(this), { maximumSignificantDigits: 3 }));
    this.#grammar?.draw(words);
    this.#takeAlong?.draw();
    if (settings && this.#isOpen('use')) this.#useFigure?.draw(this.parts);
    this.#comparison?.draw(words);
    const objective = this.#laboratory.catalog?.objectives.find((o) => o.id === settings?.objective);
    if (this.#laboratory.isGan && settings && objective) this.#listing?.fill(ofGan(words, settings, objective.formula));
    if (this.#suits === 'universe' && settings) this.#listing?.fill(ofLone(words, settings, this.#laboratory.knob('negatives')?.options?.find(({ id }) => id === settings.negatives)?.label[languageOf(this)] ?? ''));
  }

  #drawTransport(words) {
    const { playing, settings, notice } = this.#laboratory;
    const action = playing ? 'pause' : 'play';
    const play = this.#part('[data-action=play]');
    play.dataset.state = action;
    set(this.#part('[data-action=play] span'), words[action]);
    this.#part('[data-action=compare]').setAttribute('aria-pressed', String(Boolean(this.#comparison?.twin)));
    const ready = Boolean(settings) && notice.kind !== 'stopped';
    for (const button of this.#part('.transport').querySelectorAll('button')) button.disabled = !ready;
  }

  /** What is under the pointer. @param {any} words */
  #drawPointer(words) {
    const reading = this.#plane?.reading();
    const fixed = new Intl.NumberFormat(languageOf(this), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const [x, y, d, slope] = reading ? [...reading.at, reading.d, Math.hypot(...reading.slope)].map((v) => fixed.format(v)) : [];
    set(this.#part('.pointer'), reading ? words.pointer({ x, y, d, slope }) : '');
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
    this.dispatchEvent(new CustomEvent('genlab:stopped'));
  }
}

if (globalThis.customElements && !customElements.get('gen-lab')) customElements.define('gen-lab', GenLab);
export { GenLab };
