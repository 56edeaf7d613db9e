// The training thread's end of looker.js. Where there is none to be had, or it is lost, whoever trains looks as well.
import { curvesOf, start } from './protocol.js';
import { startWorker } from './start_worker.js';

/** @typedef {import('./protocol.js').Command} Command */
/** @typedef {import('./protocol.js').Event} Event */
/** @typedef {import('./protocol.js').Snapshot} Snapshot */

/** Who has not answered by then is lost. Milliseconds. */
const PATIENCE = 5000;

export class Onlooker {
  /** What the thread begins with. */ #opening;
  /** Models that another thread can look at. @type {Set<string>} */ #visible;
  /** Is there a core for it, and has nothing gone wrong? */ #possible;
  /** @type {Worker | null} */ #looker = null;
  #ready = false;
  /** The run, as it stands; null where it cannot be looked at from elsewhere. @type {Command | null} */ #run = null;
  /** @type {Command | null} */ #watch = null;
  /** What the looker is waited for with. @type {((event: Event | null) => void) | null} */ #answered = null;

  /** @param {import('./devices.js').Opened} opened */
  constructor({ catalog, device, compiled }) {
    this.#opening = { type: 'open', kind: device.kind, compiled };
    this.#visible = new Set(catalog.models.filter((model) => model.looks_apart).map(({ id }) => id));
    this.#possible = device.kind !== 'webgpu' && typeof Worker !== 'undefined' && navigator.hardwareConcurrency > 1;
  }

  /** Takes note of a command that was carried out. @param {Command} command @param {Event} event what came of it */
  follow(command, event) {
    if (event.type === 'started') {
      const { run, settings } = event;
      const { points } = /** @type {import('./protocol.js').Luggage} */ (command);
      this.#run = this.#visible.has(String(settings.model)) ? start(run, settings, { points }) : null;
      this.#tell(this.#run);
    } else if (command.type === 'tune' && event.type === 'tuned' && this.#run) {
      this.#run = { ...this.#run, settings: event.settings };
      this.#tell(command);
    } else if (command.type === 'watch') this.#tell((this.#watch = command));
  }

  /** Can it be shown a checkpoint of this run? It is sent for when this is first asked. */
  isReady() {
    if (this.#run && this.#possible && !this.#looker) this.#send();
    return this.#ready && Boolean(this.#run);
  }

  /** What is to be seen there; null where nobody else can tell. @param {import('./protocol.js').Checkpoint} checkpoint */
  async look(checkpoint) {
    const event = this.#answer();
    this.#looker?.postMessage({ type: 'look', checkpoint }, [/** @type {ArrayBuffer} */ (checkpoint.values.buffer)]);
    const silence = setTimeout(() => this.#lose(), PATIENCE);
    const answer = await event;
    clearTimeout(silence);
    return answer?.type === 'glance' ? answer.probes : null;
  }

  /** Sends for it, and tells it where things stand. */
  async #send() {
    try {
      this.#looker = startWorker(new URL('./looker.js', import.meta.url));
    } catch {
      return this.#lose();
    }
    this.#looker.onmessage = ({ data }) => (data.type === 'crashed' ? this.#lose() : this.#answered?.(data));
    this.#looker.onerror = (event) => {
      event.preventDefault(); // or the page would take it for an error of ours
      this.#lose();
    };
    const opened = this.#answer();
    for (const command of [this.#opening, this.#run, this.#watch]) this.#tell(command);
    this.#ready = Boolean(await opened);
  }

  #answer() {
    return new Promise((/** @type {(event: Event | null) => void} */ resolve) => (this.#answered = resolve));
  }

  /** @param {object | null} command */
  #tell(command) {
    if (command) this.#looker?.postMessage(command);
  }

  #lose() {
    this.#looker?.terminate();
    this.#looker = null;
    this.#possible = false;
    this.#ready = false;
    this.#answered?.(null);
  }
}

/** What a report told that nobody has looked at, and the snapshot after it, in one. @param {Snapshot} report @param {Snapshot} snapshot @returns {Snapshot} */
export function joined(report, snapshot) {
  const later = curvesOf(snapshot);
  const curves = Object.entries(curvesOf(report)).map(([id, values]) => [id, Float32Array.of(...values, ...later[id])]);
  return {
    ...snapshot,
    curves: { first: report.curves.first, ...Object.fromEntries(curves) },
    metrics: snapshot.metrics.length ? snapshot.metrics : report.metrics,
    judgement: snapshot.judgement ?? report.judgement,
  };
}
