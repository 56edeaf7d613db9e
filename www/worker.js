// The laboratory's thread: an inbox, a clock, and the loop that trains. Everything it knows of
// learning is in WebAssembly; everything it knows of time is here.
import { openLab, provide } from './devices.js';
import { Onlooker, joined } from './onlooker.js';
import { unpack } from './picture_sets.js';
import { load, transferables } from './protocol.js';

/** @typedef {import('./protocol.js').Event} Event */
/** @typedef {import('./protocol.js').Command} Command */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */
/** @typedef {import('./devices.js').Opened} Opened */

/** Milliseconds from one snapshot to the next. A GPU answers late, so it gets longer turns. */
const TURN = { flex: 20, ndarray: 20, webgpu: 40 };
/** The same where another thread looks: a frame of the screen, or two where training, looking and drawing share two cores. */
const FRAME = navigator.hardwareConcurrency > 2 ? 16 : 33;
/** Training gets at least this share of a turn, however much there is to be looked at. */
const TRAINING_SHARE = 0.9;
/** While a run plays, reading its metrics takes about this share of the time, or they are read this often. Milliseconds. */
const MEASURING_SHARE = 0.07;
const LONGEST_UNMEASURED = 500;
/** Each is a place in the run's past to go back to. */
const CHECKPOINT_INTERVAL = 500;
/** While the reader turns a dial, steps are taken one by one, so that it is heard between them, and the whole picture is looked at so often. Milliseconds. */
const ATTENTION = { lasts: 500, interval: 400 };
/** Milliseconds of all rehearsals of a family. */
const REHEARSAL = 1000;
/** A slow pace is waited for in naps, so that commands are heard. */
const NAP = 40;
const RATE_WINDOW = 1000;
/** While a device is opened, and while a GPU compiles its programs, nothing else is heard of this thread. */
const HEARTBEAT = 5000;
/** A GPU that has not answered by then is lost, whatever its driver says. */
const GPU_PATIENCE = 240_000;

/** @type {Command[]} */
const inbox = [];
let busy = false;
/** @type {Opened | null} */
let opened = null;
/** Looks while this thread trains. @type {Onlooker | null} */
let onlooker = null;
/** It is looking; then what it was shown is told. @type {Promise<void> | null} */
let looking = null;
/** What nobody has looked at is told with the next snapshot. @type {Snapshot | null} */
let untold = null;
/** Nothing of the run has been shown. Its first picture does not wait for readings, which take long while little is compiled. */
let unseen = false;
/** The family of models that the run is of, and for how long those that were here have rehearsed. */
let family = '';
/** @type {Map<string, number>} */
const rehearsed = new Map();
let stepsPerTurn = 1;
let lastCheckpoint = 0;
let mayMeasure = 0;
/** @type {{ time: number, step: number }[]} */
let recent = [];
/** Strides a second while playing; null is as fast as it goes. @type {number | null} */
let pace = null;
/** Plays, as opposed to steps by hand, which are never waited for; in whole steps, as opposed to line by line. */
let playing = false;
let whole = false;
let lastStride = 0;
/** Where the run stands, and how far it may play: a run beside it keeps pace. */
let step = 0;
let limit = Infinity;
/** When the reader last moved a dial or a pixel, and when the last whole picture was taken. */
let touched = -Infinity;
let looked = -Infinity;
/** When playing last began or ended, milliseconds of playing before that, and how many there may be (0: no end). */
let turned = 0;
let played = 0;
let mayPlay = 0;

/** @param {Event} event */
const post = (event) => self.postMessage(event, { transfer: transferables(event) });

self.onmessage = ({ data }) => {
  inbox.push(data);
  pump();
};
self.addEventListener('unhandledrejection', (event) => crash(event.reason));

/** Runs until nothing is left to do. Commands that arrive meanwhile wait in the inbox. */
async function pump() {
  if (busy) return;
  busy = true;
  try {
    for (;;) {
      for (let command = inbox.shift(); command; command = inbox.shift()) await handle(command);
      if (!opened) break;
      if (opened.lab.busy) {
        const strides = allowance();
        if (strides > 0 && attends() && performance.now() - looked < ATTENTION.interval) {
          lastStride = performance.now();
          opened.lab.advance(1);
        } else if (strides > 0) await turn(opened, attends() ? 1 : strides);
        await (strides > 0 ? macrotask() : nap());
        continue;
      }
      play(false); // if it did, it has come to an end
      for (const unmeasured of unseen ? [true, false] : [false]) {
        const snapshot = await look(opened, unmeasured);
        if (snapshot) {
          step = snapshot.step;
          post(snapshot);
        }
      }
      await checkpoint(opened);
      await rehearse(opened);
      if (!inbox.length) break; // reading a GPU takes its time, and so do rehearsals: something may have come in
    }
  } catch (error) {
    crash(error);
  } finally {
    busy = false;
  }
}

/** @param {Command} command */
async function handle(command) {
  if (!opened) {
    if (command.type !== 'start') return;
    opened = await openForSettings(/** @type {import('./protocol.js').Settings} */ (command.settings));
    onlooker = new Onlooker(opened);
    post({ type: 'ready', catalog: opened.catalog, device: opened.device });
  }
  if (command.type === 'pace') {
    pace = /** @type {number | null} */ (command.per_second);
    return;
  }
  if (command.type === 'limit') {
    limit = /** @type {number | null} */ (command.step) ?? Infinity;
    return;
  }
  await looking; // so everything is told in its order
  if (command.type === 'weights') {
    const event = await read(opened.lab.weights());
    if (event) post(event);
    return;
  }
  if (command.type === 'start') {
    const { lab } = opened;
    const settings = /** @type {import('./protocol.js').Settings} */ (command.settings);
    const own = /** @type {import('./protocol.js').Luggage} */ (command).set;
    delete command.set;
    const progress = (/** @type {string} */ code, /** @type {number} */ fraction) => post({ type: 'progress', code, fraction });
    try {
      if (own) {
        const event = lab.apply(load(own.name, await unpack(own.bytes)));
        if (event.type === 'failed') return post({ ...event, run: Number(command.run) });
      }
      await provide(lab, settings, progress);
    } catch (/** @type {any} */ error) {
      // The run before it goes on.
      const bound = `one that can be read (${String(error.message).replace(/\.$/, '')})`;
      return post({ type: 'failed', run: Number(command.run), field: 'data', value: String(settings.data ?? settings.preset), bound, message: bound });
    }
  }
  const touches = ['place', 'draw', 'paint'].includes(command.type);
  if (!touches) recent = [];
  const { points } = /** @type {import('./protocol.js').Luggage} */ (command);
  const kept = points ? { ...command, points: { ...points } } : { ...command }; // the core takes the numbers out
  const event = opened.lab.apply(command);
  if (event.type !== 'failed') onlooker?.follow(kept, event);
  if (touches && event.type !== 'failed') {
    touched = performance.now();
    const glance = await read(opened.lab.glance());
    if (glance) post(glance);
    if (opened.lab.busy) return; // the settings are as they were
  }
  // A refused command changes nothing here either.
  if (event.type !== 'failed' && ['start', 'pause', 'step', 'play'].includes(command.type)) {
    play(command.type === 'play');
    whole = command.by !== 'line';
  }
  if (event.type === 'started') {
    stepsPerTurn = 1;
    played = 0;
    step = event.step;
    untold = null;
    unseen = true;
    family = String(event.settings.model);
  }
  const { settings } = /** @type {{ settings?: import('./protocol.js').Settings }} */ (event);
  if (settings) mayPlay = 1000 * Number(settings.stop_seconds ?? 0);
  post(event);
}

/** From here on it plays, or does not. @param {boolean} whether */
function play(whether) {
  const now = performance.now();
  if (playing) played += now - turned;
  turned = now;
  playing = whether;
  if (playing) rehearsed.set(family, REHEARSAL); // that is better than any rehearsal
}

/** Is the reader to be answered between any two steps? A GPU is never waited for step by step. */
function attends() {
  return playing && opened?.device.kind !== 'webgpu' && performance.now() - touched < ATTENTION.lasts;
}

/** How many strides may be taken now. */
function allowance() {
  if (!playing) return stepsPerTurn;
  return Math.max(0, Math.min(stepsPerTurn, paced(), limit - step));
}

/** How many strides the pace asks for by now: one when playing begins, however long the run stood before. */
function paced() {
  if (pace === null) return Infinity;
  const since = Math.max(lastStride, turned - 1000 / pace);
  return Math.floor(((performance.now() - since) * pace) / 1000);
}

/** @param {import('./protocol.js').Settings} settings */
async function openForSettings(settings) {
  let code = 'loading_cpu';
  const progress = (/** @type {string} */ now) => post({ type: 'progress', code: (code = now) });
  return heard(openLab(String(settings.device ?? 'auto'), settings, progress), () => code);
}

/** Says again and again what is being waited for. @template T @param {Promise<T>} work @param {() => string} code @param {number} [patience] milliseconds of saying so */
async function heard(work, code, patience = Infinity) {
  const begun = performance.now();
  const heartbeat = setInterval(() => {
    if (performance.now() - begun < patience) post({ type: 'progress', code: code() });
  }, HEARTBEAT);
  try {
    return await work;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Steps that nobody sees, while the reader has asked for nothing: engines begin with code that takes several times as long, and
 * compile it again, and better, while it runs.
 * @param {Opened} opened
 */
async function rehearse({ lab, device }) {
  const until = performance.now() + REHEARSAL - (rehearsed.get(family) ?? 0);
  const left = () => until - performance.now();
  if (device.kind === 'webgpu' || inbox.length || left() <= 0) return;
  const rehearsal = lab.rehearsal();
  for (; rehearsal && !inbox.length && left() > 0; await macrotask()) rehearsal.advance(1);
  rehearsed.set(family, rehearsal ? REHEARSAL - left() : REHEARSAL);
  rehearsal?.free();
}

/** What the laboratory reads off its device. @template T @param {Promise<T>} reading */
const read = (reading) => heard(reading, () => 'waiting_gpu', GPU_PATIENCE);

/** Looks in this thread, once whatever the other looks at has been told. @param {Opened} opened @param {boolean} [unmeasured] metrics have to wait @returns {Promise<Snapshot>} */
async function look({ lab }, unmeasured = false) {
  await looking;
  unseen = false;
  const snapshot = await read(lab.report(false, unmeasured));
  const report = untold;
  untold = null;
  return report ? joined(report, snapshot) : snapshot;
}

/** Is there another thread to look at what is trained here? What it makes nothing of is looked at here. @param {Opened} opened */
function looksApart({ lab }) {
  return playing && whole && lab.busy && !attends() && !untold && onlooker?.isReady();
}

/** Tells a report once the other thread has seen the rest. @param {Snapshot} report @param {import('./protocol.js').Checkpoint} checkpoint */
function show(report, checkpoint) {
  looking = /** @type {Onlooker} */ (onlooker).look(checkpoint).then((probes) => {
    looking = null;
    if (probes) post({ ...report, probes });
    else untold = report;
  });
}

/** Trains for one turn and reports. The number of steps follows the time the last turn took. @param {Opened} opened @param {number} strides */
async function turn(opened, strides) {
  const { lab, device } = opened;
  const before = performance.now();
  lastStride = before;
  lab.advance(strides);
  const trained = performance.now() - before;
  step = lab.step;
  const over = playing && mayPlay > 0 && played + performance.now() - turned >= mayPlay;
  if (over) lab.time_is_up();
  // It may have answered meanwhile. Where there is time, it is waited for: every step is told before a run waits.
  if (looking) await (allowance() > 0 ? macrotask() : looking);
  const apart = looksApart(opened);
  const unmeasured = playing && performance.now() < mayMeasure;
  // While the other thread is busy, this one goes on training.
  const snapshot = !apart ? await look(opened, unmeasured) : looking ? null : await lab.report(true, unmeasured);
  const moment = apart && snapshot ? await lab.checkpoint() : null;
  const now = performance.now();
  const measured = snapshot?.metrics.length > 0;
  if (measured) mayMeasure = now + Math.min((now - before - trained) / MEASURING_SHARE, LONGEST_UNMEASURED);
  looked = now;
  if (over) [turned, played] = [now, 0];
  // On a GPU nearly all of the time is spent waiting for the snapshot, whatever it is spent on.
  const spent = device.kind === 'webgpu' ? 0 : now - before - trained;
  const share = Math.max((apart ? FRAME : TURN[device.kind]) - spent, (spent * TRAINING_SHARE) / (1 - TRAINING_SHARE));
  const factor = share / Math.max(now - before - spent, 0.1);
  // A turn cut short says nothing of how long a whole one would be, and one with a reading nothing of the others.
  if (strides === stepsPerTurn && !measured) stepsPerTurn = Math.max(1, Math.min(2000, Math.round(stepsPerTurn * Math.min(2, Math.max(0.5, factor)))));

  if (snapshot) {
    recent.push({ time: now, step });
    while (recent.length > 2 && now - recent[0].time > RATE_WINDOW) recent.shift();
    const [first] = recent;
    if (now > first.time) snapshot.steps_per_second = ((step - first.step) * 1000) / (now - first.time);
    if (!apart) post(snapshot);
    else if (moment) show(snapshot, moment.checkpoint);
    else untold = snapshot; // it has diverged
  }
  if (now - lastCheckpoint > CHECKPOINT_INTERVAL) await checkpoint({ lab });
}

/** @param {{ lab: any }} opened */
async function checkpoint({ lab }) {
  lastCheckpoint = performance.now();
  const event = await read(lab.checkpoint());
  if (event) post(event);
}

/** A panic leaves its text in `genlabPanic`; the trap that follows says only "unreachable". */
function crash(error) {
  const panic = /** @type {{ genlabPanic?: string }} */ (globalThis).genlabPanic;
  post({ type: 'crashed', message: panic ?? String(error?.message ?? error) });
}

const channel = new MessageChannel();
/** Lets waiting messages in. A promise alone would not: microtasks run before them. */
const macrotask = () =>
  new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
  });

/** Sleeps a little. */
const nap = () => new Promise((resolve) => setTimeout(resolve, NAP));
