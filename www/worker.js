// The laboratory's thread: an inbox, a clock, and the loop that trains. Everything it knows of
// learning is in WebAssembly; everything it knows of time is here.
import { openLab } from './devices.js';
import { transferables } from './protocol.js';

/** @typedef {import('./protocol.js').Event} Event */
/** @typedef {import('./protocol.js').Command} Command */

/** Milliseconds of work between two snapshots. A GPU answers late, so it gets longer turns. */
const TURN = { flex: 20, ndarray: 20, webgpu: 40 };
const CHECKPOINT_INTERVAL = 2000;
const RATE_WINDOW = 1000;

/** @type {Command[]} */
const inbox = [];
let busy = false;
/** @type {Awaited<ReturnType<typeof openLab>> | null} */
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
      if (!opened?.lab.playing) break;
      await turn(opened);
      await macrotask();
    }
    if (opened) await checkpoint(opened);
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
    const settings = /** @type {import('./protocol.js').Settings} */ (command.settings);
    opened = await openLab(String(settings.device ?? 'auto'), settings, (code) => post({ type: 'progress', code }));
    post({ type: 'ready', catalog: opened.catalog, device: opened.device });
  }
  const event = opened.lab.apply(command);
  post(event);
  if (event.type === 'failed') return;
  pace = [];
  if (command.type === 'start') stepsPerTurn = 1;
  const snapshot = await opened.lab.snapshot();
  if (snapshot) post(snapshot);
}

/** Trains for one turn and reports. The number of steps follows the time the last turn took. */
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
