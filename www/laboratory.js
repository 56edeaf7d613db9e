// The page's end of the laboratory: one worker, the run in it, and what to do when either fails.
// It draws nothing; <gen-lab> does.
//
// A request is settings with their `preset`. It stays a wish until the laboratory confirms its number;
// until then the run before it stays on show.
import * as protocol from './protocol.js';
import * as links from './settings.js';
import { History } from './history.js';
import { GANS, WRITERS } from './models.js';
import { startWorker } from './start_worker.js';

/** @typedef {import('./protocol.js').Settings} Settings */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./protocol.js').Checkpoint} Checkpoint */
/** @typedef {import('./protocol.js').Points} Points */
/** @typedef {import('./protocol.js').Reason} Reason */
/** @typedef {{ kind: 'none' } | { kind: 'refused', refusal: any, lasts: boolean } | { kind: 'stopped', message: string | null }} Notice */

export const DEFAULT_PRESET = 'ring8';
/** What is loaded for data of the reader's own, by the setting that means them: pictures, or a grammar. @type {Record<string, string>} */
const OWN_SETS = { own14: 'own', own28: 'own', own: 'grammar' };
/** Without any answer for so long, a busy worker counts as dead. Milliseconds. */
const PATIENCE = 30_000;
/** How long a worker that is to go is waited for, to hand over where it stands. Milliseconds. */
const FAREWELL = 1000;

export class Laboratory {
  /** @type {import('./protocol.js').Catalog | null} */ catalog = null;
  /** @type {import('./protocol.js').Device | null} */ device = null;
  /** Why the CPU took over from a GPU in the middle of a run. @type {Reason | null} */ rescue = null;
  /** The confirmed run: its preset, its settings in full, its newest snapshot. */
  preset = DEFAULT_PRESET;
  /** @type {Settings | null} */ settings = null;
  /** Of each network. @type {Record<string, number> | null} */ parameters = null;
  /** @type {Snapshot | null} */ snapshot = null;
  /** The newest metrics; most snapshots carry none. @type {Snapshot['metrics']} */ metrics = [];
  /** Likewise. @type {Snapshot['judgement']} */ judgement = null;
  /** Without a worker until {@link resume}: what is wished meanwhile waits. */ resting = true;
  playing = false;
  /** What one stride of playing is, and how many a second; null is as fast as it goes. */
  speed = { by: /** @type {'line' | 'both'} */ ('both'), perSecond: /** @type {number | null} */ (null) };
  /** Moments of this run to go back to. */
  history = new History();
  /** The reader's own points, for runs whose data are `own`. @type {Points | null} */ points = null;
  /** The factors of the reader's own picture, where they had it painted. @type {number[] | null} */ painted = null;
  /** Sets of the reader's own as a file has them, by the name under which the core takes them. @type {Map<string, Uint8Array>} */ #sets = new Map();
  /** Those that the worker has. @type {Set<string>} */ #brought = new Set();
  /** @type {Notice} */ notice = { kind: 'none' };
  /** What the worker is busy with before it is ready; empty once it is. */
  busy = 'loading';
  /** How much of what is being loaded has arrived, 0 to 1; null where that is not known. @type {number | null} */ arrived = null;

  /** @type {Worker | null} */ #worker = null;
  /** The device setting that the worker was started with. */
  #wish = '';
  /** Has this worker confirmed a run? */
  #alive = false;
  #run = -1;
  #asked = 0;
  /** Requests on their way, by number. @type {Map<number, Settings>} */ #pending = new Map();
  /** What the reader wants, confirmed or not. @type {Settings} */ #wanted = { preset: DEFAULT_PRESET };
  #refusedStarts = 0;
  /** Where a new worker would go on. @type {Checkpoint | null} */ #checkpoint = null;
  /** The run on its way continues a moment of the past. */ #seeking = false;
  /** @type {string[]} */ #probes = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #watchdog;
  /** Waits for the run to stand still and be kept. @type {(() => void) | null} */ #standing = null;

  /**
   * @typedef {object} Page
   * @property {() => void} changed something to be drawn
   * @property {(step: number, sought: boolean) => void} started a run began or went on at a step; sought from the past
   * @property {() => void} took settings were confirmed
   * @property {(snapshot: Snapshot) => void} stepped
   * @property {(probes: Record<string, import('./protocol.js').Matrix>) => void} glanced what the reader placed or drew has been answered
   * @property {(table: import('./protocol.js').Table) => void} read a table of points was read
   * @property {(bytes: Uint8Array) => void} weighed weights were asked for
   */
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  // ---- wishes --------------------------------------------------------------------------------

  /** A link: what follows `#` in an address. @param {string} link */
  open(link) {
    if (this.#worker && this.settings && link === this.link) return;
    const parsed = links.parse(link);
    if ('settings' in parsed) {
      this.rescue = null;
      return this.#start({ preset: DEFAULT_PRESET, ...parsed.settings });
    }
    this.refuse(parsed);
    if (!this.#worker) this.#boot(this.#wanted);
  }

  /** Goes on where {@link close} left off. */
  resume() {
    this.resting = false;
    this.#seeking = Boolean(this.#checkpoint);
    this.#boot(this.#wanted, this.#checkpoint);
  }

  close() {
    this.resting = true;
    this.playing = false;
    this.#stopWorker();
  }

  /** Closes once the run stands still and is kept. */
  async rest() {
    if (this.resting) return;
    this.resting = true;
    const worker = this.#worker;
    this.playing = false;
    this.#send(protocol.pause());
    if (!this.#isKept) {
      const standing = new Promise((resolve) => (this.#standing = () => resolve(null)));
      await Promise.race([standing, new Promise((resolve) => setTimeout(resolve, FAREWELL))]);
      this.#standing = null;
    }
    if (this.#worker === worker) this.close(); // nobody has resumed it meanwhile
  }

  /** Is there nothing that a new worker would have to train again? What has diverged is not kept. */
  get #isKept() {
    const { snapshot } = this;
    return !this.#alive || !snapshot || snapshot.health.diverged_at != null || (!snapshot.playing && this.#checkpoint?.step === snapshot.step);
  }

  play() {
    if (!this.#worker || this.snapshot?.health.diverged_at != null) return;
    this.#leavePast();
    this.playing = true;
    this.#send(protocol.play(this.speed.by));
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.#send(protocol.pause());
  }

  /** @param {protocol.Stride} what @param {number} count */
  step(what, count) {
    this.#leavePast();
    this.playing = false;
    this.#send(protocol.step(what, count));
  }

  /** @param {'line' | 'both'} by @param {number | null} perSecond */
  setSpeed(by, perSecond) {
    const changes = this.speed.by !== by;
    this.speed = { by, perSecond };
    this.#send(protocol.pace(perSecond));
    if (this.playing && changes) this.#send(protocol.play(by));
  }

  /** No playing beyond this step, until another is named. @param {number | null} step */
  setLimit(step) {
    this.#send(protocol.limit(step));
  }

  /** Goes back, or forward again, to the last moment kept at or before a step. @param {number} step */
  seek(step) {
    const moment = this.history.at(step);
    if (!moment || !this.#worker) return;
    this.playing = false;
    this.#seeking = true;
    this.#start({ ...moment.settings, preset: this.preset }, { checkpoint: moment.checkpoint });
  }

  /** Going on from the past makes another future. */
  #leavePast() {
    if (this.snapshot) this.history.truncate(this.snapshot.step);
  }

  /** The reader's own code. @param {number[]} values */
  place(values) {
    if (this.#alive) this.#send(protocol.place(values));
  }

  /** The reader's own pictures. @param {number[]} values */
  draw(values) {
    this.painted = null;
    if (this.#alive) this.#send(protocol.draw(values));
  }

  /** The reader's own picture: a face of these factors. @param {number[]} values */
  paint(values) {
    this.painted = values;
    if (this.#alive) this.#send(protocol.paint(values));
  }

  /** Has a table of points read; `page.read` brings them, or a notice says what is wrong. @param {string} text */
  read(text) {
    this.#send(protocol.read(text));
  }

  /** Trains on the reader's own points. @param {Points} points */
  usePoints(points) {
    this.points = points;
    this.playing = false;
    this.#start({ ...this.#wanted, data: 'own' });
  }

  /** Asks for the weights; `page.weighed` brings them. */
  weigh() {
    this.#send(protocol.weights());
  }

  /** Trains on the reader's own pictures: an idx file, plain or packed. @param {Uint8Array} bytes */
  usePictures(bytes) {
    this.#useSet(String(this.#wanted.data ?? '').endsWith('28') ? 'own28' : 'own14', bytes);
  }

  /** Trains on sentences of the reader's own grammar. @param {Uint8Array} bytes */
  useGrammar(bytes) {
    this.#useSet('own', bytes);
  }

  /** @param {string} data the setting that means it @param {Uint8Array} bytes */
  #useSet(data, bytes) {
    this.#sets.set(OWN_SETS[data], bytes);
    this.#brought.delete(OWN_SETS[data]);
    this.playing = false;
    this.#start({ ...this.#wanted, data });
  }

  /** Begins a run with weights from a file. @param {Uint8Array} weights */
  useWeights(weights) {
    this.playing = false;
    this.#start(this.#wanted, { weights });
  }

  /** Back to the same initial weights. */
  reset() {
    this.playing = false;
    this.#start(this.#wanted);
  }

  /** @param {string} preset */
  choosePreset(preset) {
    const model = links.modelOf(this.catalog, this.catalog?.presets.find((p) => p.id === preset)?.model);
    const kept = ['seed', 'device'].filter((id) => this.#wanted[id] !== undefined && model?.knobs.some((knob) => knob.id === id));
    this.playing = false;
    this.#start({ preset, ...Object.fromEntries(kept.map((id) => [id, this.#wanted[id]])) });
  }

  /** Changes settings: at once where they are live, else by starting anew. @param {Settings} changes */
  change(changes) {
    const next = { ...this.#wanted, ...changes };
    if (this.#alive && this.#asked === this.#run && Object.keys(changes).every((id) => this.knob(id)?.live)) {
      this.#wanted = next;
      return this.#send(protocol.tune(changes));
    }
    if ('device' in changes && this.knob('device')?.options?.some((option) => option.id === changes.device)) {
      this.rescue = null;
      const onlyDevice = Object.keys(changes).length === 1;
      return this.#boot(next, onlyDevice ? this.#checkpoint : null);
    }
    this.#start(next);
  }

  /** Which probes to compute. @param {string[]} probes */
  watch(probes) {
    this.#probes = probes;
    this.#send(protocol.watch(probes));
  }

  restart() {
    this.#boot(this.#wanted, this.#checkpoint);
  }

  dismiss() {
    this.notice = { kind: 'none' };
    this.page.changed();
  }

  /** What is trained. */
  get model() {
    return links.modelOf(this.catalog, this.settings?.model);
  }

  /** Does it learn from a set of pictures, which may be the reader's own? */
  get ofPictures() {
    return ['autoencoder', 'picture_gan'].includes(this.model?.id ?? '');
  }

  /** Does it learn to write, perhaps by a grammar of the reader's own? */
  get ofSentences() {
    return WRITERS.includes(this.model?.id ?? '');
  }

  /** What its pictures show, where it learns pictures. */
  get subject() {
    return /^faces/.test(String(this.settings?.data)) ? 'faces' : 'ink';
  }

  /** What the classes of its pictures are called, where they are no digits: of faces the colours of hair. @param {'en' | 'zh'} language @returns {string[] | undefined} */
  classNames(language) {
    if (this.subject !== 'faces') return undefined;
    return this.catalog?.factors[0].choice?.map((option) => option[language]);
  }

  /** Is it a game of two networks? */
  get isGan() {
    return GANS.includes(this.model?.id ?? '');
  }

  /** A setting of this model. @param {string} id */
  knob(id) {
    return this.model?.knobs.find((knob) => knob.id === id);
  }

  /** Where the real points of the run come from. @returns {import('./protocol.js').DistributionCard | null} */
  get distribution() {
    const id = this.settings?.data;
    const registered = this.catalog?.distributions.find((d) => d.id === id);
    if (registered || id !== 'own' || !this.points) return registered ?? null;
    const label = this.knob('data')?.options?.find((o) => o.id === id)?.label ?? { en: '', zh: '' };
    const { half_width, axes } = this.points;
    return { id, label, formula: '', reference: '', half_width: half_width ?? 1, axes, has_density: true };
  }

  /** The link that repeats this run. */
  get link() {
    return this.catalog && this.settings ? links.format(this.catalog, this.preset, this.settings) : '';
  }

  // ---- worker --------------------------------------------------------------------------------

  /** A new worker, and a run in it. @param {Settings} request @param {Checkpoint | null} [checkpoint] */
  #boot(request, checkpoint = null) {
    if (this.resting) {
      this.#wanted = request;
      this.#checkpoint = checkpoint;
      return;
    }
    this.#stopWorker();
    if (this.notice.kind === 'stopped') this.notice = { kind: 'none' };
    this.busy = 'loading';
    this.#refusedStarts = 0;
    this.#wish = String(request.device ?? 'auto');
    try {
      const worker = startWorker(new URL('./worker.js', import.meta.url));
      worker.onmessage = ({ data }) => this.#worker === worker && this.#onEvent(data);
      worker.onerror = (event) => {
        event.preventDefault();
        if (this.#worker === worker) this.#onCrash(event.message ?? null);
      };
      this.#worker = worker;
    } catch (/** @type {any} */ error) {
      // The page's own policy may forbid it; an iframe has ours.
      return this.#onCrash(String(error?.message ?? error));
    }
    this.#start(request, { checkpoint });
    this.#send(protocol.pace(this.speed.perSecond));
  }

  #stopWorker() {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    this.#brought.clear();
    this.device = null;
    this.#alive = false;
    this.#pending.clear();
  }

  /** @param {Settings} request @param {protocol.Luggage} [luggage] */
  #start(request, luggage = {}) {
    if (!this.#worker) return this.#boot(request);
    this.#wanted = request;
    this.#checkpoint = luggage.checkpoint ?? null; // the old one belongs to other weights
    this.#asked += 1;
    this.#pending.set(this.#asked, request);
    const settings = this.rescue ? { ...request, device: 'flex' } : request;
    const points = request.data === 'own' ? this.points : null;
    this.#send(protocol.start(this.#asked, settings, { ...luggage, points, set: this.#setFor(request) }));
    this.#send(protocol.watch(this.#probes));
    if (this.playing) this.#send(protocol.play(this.speed.by));
    this.page.changed();
  }

  /** What of the reader's own a run needs that the worker does not have yet. @param {Settings} request */
  #setFor({ data }) {
    const name = OWN_SETS[data ?? ''];
    const bytes = this.#sets.get(name);
    if (!bytes || this.#brought.has(name)) return null;
    this.#brought.add(name);
    return { name, bytes };
  }

  /** @param {protocol.Command} command */
  #send(command) {
    if (!this.#worker) return;
    this.#worker.postMessage(command);
    this.#expectAnswer();
    this.page.changed();
  }

  #expectAnswer() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#onCrash(null), PATIENCE);
  }

  /** @param {protocol.Event} event */
  #onEvent(event) {
    clearTimeout(this.#watchdog);
    // Whatever arrives is what was waited for.
    if (this.#alive) this.#arrive();
    switch (event.type) {
      case 'progress':
        this.busy = event.code;
        this.arrived = event.fraction ?? null;
        break;
      case 'ready':
        this.catalog = event.catalog;
        this.device = event.device;
        this.#arrive();
        break;
      case 'started':
        this.#onStarted(event);
        break;
      case 'tuned':
        if (this.#alive && event.run === this.#run) this.#take(event.settings);
        break;
      case 'failed':
        this.#onFailed(event);
        break;
      case 'checkpoint':
        this.#onCheckpoint(event);
        break;
      case 'table':
        this.page.read(event);
        break;
      case 'weights':
        if (event.run === this.#run) this.page.weighed(event.bytes);
        break;
      case 'glance':
        if (event.run !== this.#run || !this.snapshot) break;
        this.snapshot = { ...this.snapshot, probes: { ...this.snapshot.probes, ...event.probes } };
        this.page.glanced(event.probes);
        break;
      case 'snapshot':
        this.#onSnapshot(event);
        break;
      case 'crashed':
        this.#onCrash(event.message);
        break;
    }
    if (this.#worker && (this.playing || this.busy || this.#pending.size)) this.#expectAnswer();
    this.page.changed();
  }

  #arrive() {
    this.busy = '';
    this.arrived = null;
  }

  /** @param {import('./protocol.js').Started} started */
  #onStarted({ run, step, settings, n_parameters }) {
    const request = this.#pending.get(run);
    if (!request) return;
    for (const number of this.#pending.keys()) if (number <= run) this.#pending.delete(number);
    this.#run = run;
    this.#alive = true;
    this.#arrive();
    this.preset = String(request.preset ?? this.preset);
    this.parameters = n_parameters;
    this.snapshot = null;
    this.metrics = [];
    this.judgement = null;
    const sought = this.#seeking;
    this.#seeking = false;
    if (!sought && step === 0) this.history.clear();
    this.page.started(step, sought);
    this.#take(settings);
    // The settings are good, but another device shall carry them out.
    if (!this.rescue && this.#asked === run && settings.device !== this.#wish) this.#boot(this.#wanted);
  }

  /** Settings that the laboratory confirmed. @param {Settings} settings */
  #take(settings) {
    const taken = this.rescue ? { ...settings, device: this.#wish } : settings;
    const changed = this.settings && JSON.stringify(taken) !== JSON.stringify(this.settings);
    if (changed && this.notice.kind === 'refused' && !this.notice.lasts) this.notice = { kind: 'none' };
    this.settings = taken;
    if (this.#asked === this.#run) this.#wanted = { ...taken, preset: this.preset };
    this.page.took();
  }

  /** @param {import('./protocol.js').Failed} failed */
  #onFailed(failed) {
    this.#seeking = false;
    const request = this.#pending.get(failed.run);
    this.#pending.delete(failed.run);
    this.refuse(failed);
    const good = this.settings ? { ...this.settings, preset: this.preset } : null;
    if (this.#alive) {
      // A refused command changed nothing.
      if (good && this.#pending.size === 0) {
        this.#wanted = good;
        this.#asked = this.#run;
      }
      return this.page.took();
    }
    // A new worker has no run to go on with: fall back to what is good, at last to the default.
    this.#refusedStarts += 1;
    if (this.#refusedStarts > 2) return this.#start({ preset: DEFAULT_PRESET });
    const preset = failed.field === 'preset' ? DEFAULT_PRESET : String(request?.preset ?? DEFAULT_PRESET);
    this.#start(good ?? (failed.field === 'device' ? { preset } : { preset, device: this.#wish }));
  }

  /** Says what was not taken; where it lasts, other settings do not settle it. @param {{ field: string, value: string, bound: string, options?: { id: string }[] }} refusal */
  refuse(refusal, { lasts = false } = {}) {
    this.notice = { kind: 'refused', refusal, lasts };
    this.page.changed();
  }

  /** @param {Snapshot} snapshot */
  #onSnapshot(snapshot) {
    if (!this.#alive || snapshot.run !== this.#run) return;
    if (snapshot.metrics.length) this.metrics = snapshot.metrics;
    this.judgement = snapshot.judgement ?? this.judgement;
    const rate = snapshot.playing ? (snapshot.steps_per_second ?? this.snapshot?.steps_per_second) : undefined;
    const diverged = snapshot.health.diverged_at != null;
    // After divergence the numbers are not numbers: keep the last picture that shows something.
    const probes = diverged && this.snapshot ? this.snapshot.probes : snapshot.probes;
    this.snapshot = { ...snapshot, probes, steps_per_second: rate };
    if (snapshot.stopped) this.playing = false;
    this.page.stepped(snapshot);
  }

  /** @param {import('./protocol.js').CheckpointEvent} event */
  #onCheckpoint({ run, checkpoint }) {
    if (run !== this.#run || this.#asked !== this.#run || !this.settings) return;
    this.#checkpoint = checkpoint;
    if (this.#isKept) this.#standing?.();
    // Standing at a moment of the past keeps what came after it.
    const { moments } = this.history;
    if (moments.some((moment) => moment.step === checkpoint.step)) return;
    this.history.add({ step: checkpoint.step, checkpoint, settings: this.settings });
  }

  /** @param {string | null} message null when the worker fell silent */
  #onCrash(message) {
    const wasGpu = this.device ? this.device.kind === 'webgpu' : ['loading_webgpu', 'timing'].includes(this.busy);
    this.#stopWorker();
    this.busy = '';
    if (wasGpu && !this.rescue) {
      this.rescue = { code: 'crashed', message: message ?? '' };
      this.#boot(this.#wanted, this.#checkpoint);
    } else {
      this.notice = { kind: 'stopped', message };
      this.playing = false;
    }
    this.page.changed();
  }
}
