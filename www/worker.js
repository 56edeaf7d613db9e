// The laboratory's thread: an inbox, a clock, and the loop that trains. Everything it knows of
// learning is in WebAssembly; everything it knows of time is here.
import { openLab } from './devices.js';
import { transferables } from './protocol.js';

/** @typedef {import('./protocol.js').Event} Event */
/** @typedef {import('./protocol.js').Command} Command */
/** @typedef {import('./devices.js').Opened} Opened */

/** Milliseconds of work between two snapshots. A GPU answers late, so it gets longer turns. */
const TURN = { flex: 20, ndarray: 20, webgpu: 40 };
const CHECKPOINT_INTERVAL = 2000;
const RATE_WINDOW = 1000;
/** While opening a device nothing else is heard of this thread. */
const HEARTBEAT = 5000;

/** @type {Command[]} */
const inbox = [];
let busy = false;
/** @type {Opened | null} */
let opened = null;
let stepsPerTurn = 1;
let lastCheckpoint = 0;
/** @type {{ time: number, step: number }[]} */
let pace = [];

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
        await turn(opened);
        await macrotask();
        continue;
      }
      const snapshot = await opened.lab.snapshot();
      if (snapshot) post(snapshot);
      await checkpoint(opened);
      if (!inbox.length) break; // reading a GPU takes its time: something may have come in
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
    post({ type: 'ready', catalog: opened.catalog, device: opened.device });
  }
  pace = [];
  if (command.type === 'start') stepsPerTurn = 1;
  post(opened.lab.apply(command));
}

/** @param {import('./protocol.js').Settings} settings */
async function openForSettings(settings) {
  let code = 'loading_cpu';
  const progress = (/** @type {string} */ now) => post({ type: 'progress', code: (code = now) });
  const heartbeat = setInterval(() => progress(code), HEARTBEAT);
  try {
    return await openLab(String(settings.device ?? 'auto'), settings, progress);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Trains for one turn and reports. The number of steps follows the time the last turn took. @param {Opened} opened */
async function turn({ lab, device }) {
  const before = performance.now();
  lab.advance(stepsPerTurn);
  const snapshot = await lab.snapshot();
  const now = performance.now();
  const factor = TURN[device.kind] / Math.max(now - before, 0.1);
  stepsPerTurn = Math.max(1, Math.min(2000, Math.round(stepsPerTurn * Math.min(2, Math.max(0.5, factor)))));

  pace.push({ time: now, step: snapshot.step });
  while (pace.length > 2 && now - pace[0].time > RATE_WINDOW) pace.shift();
  const [first] = pace;
  if (now > first.time) snapshot.steps_per_second = ((snapshot.step - first.step) * 1000) / (now - first.time);
  post(snapshot);
  if (now - lastCheckpoint > CHECKPOINT_INTERVAL) await checkpoint({ lab });
}

/** @param {{ lab: any }} opened */
async function checkpoint({ lab }) {
  lastCheckpoint = performance.now();
  const event = await lab.checkpoint();
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
