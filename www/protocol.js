// The page's half of src/protocol.rs: what goes to the worker and what comes back, as types.
// tests/golden/protocol.json keeps both halves equal.

/**
 * @typedef {Record<string, string | number>} Settings
 * @typedef {{ en: string, zh: string }} Text
 * @typedef {{ d: number, g: number }} Players
 * @typedef {{ shape: [number, number], values: Float32Array }} Matrix
 * @typedef {{ id: string, live: number, ema: number, floor: number, chance: number, max: number | null }} Reading
 * @typedef {{ step: number, progress: object, values: Float32Array }} Checkpoint
 *
 * @typedef {object} Snapshot
 * @property {'snapshot'} type
 * @property {number} run
 * @property {number} step
 * @property {boolean} playing
 * @property {Players} updates
 * @property {{ first: number, d: Float32Array, g: Float32Array }} losses
 * @property {Reading[]} metrics
 * @property {{ diverged_at: number | null, collapsed_at: number | null }} health
 * @property {Record<string, Matrix>} probes
 * @property {number} [steps_per_second] measured by the worker while playing
 *
 * @typedef {object} Knob
 * @property {string} id
 * @property {Text} label
 * @property {Text} help
 * @property {'run' | 'game' | 'generator' | 'discriminator' | 'optimizer'} group
 * @property {'integer' | 'number' | 'choice'} kind
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean} [log]
 * @property {{ id: string, label: Text }[]} [options]
 * @property {string} default
 * @property {boolean} live
 *
 * @typedef {{ id: string, label: Text, look_at: Text, settings: Record<string, string> }} Preset
 * @typedef {{ id: string, label: Text, formula: string, reference: string }} Card
 * @typedef {{ label: Text, unit: Text, mean: number, scale: number }} Axis
 * @typedef {Card & { half_width: number, axes: [Axis, Axis] | null }} DistributionCard
 * @typedef {{ kind: 'count', of: Text } | { kind: 'share' | 'nats' | 'distance' }} Scale how to print a metric's values
 * @typedef {Card & { scale: Scale, better: 'higher' | 'lower' }} MetricCard
 * @typedef {{ presets: Preset[], knobs: Knob[], distributions: DistributionCard[], objectives: Card[], metrics: MetricCard[] }} Catalog
 *
 * @typedef {{ code: string, [detail: string]: string | number }} Reason why a device was not taken
 * @typedef {{ kind: 'webgpu' | 'flex' | 'ndarray', adapter: string, reasons: Reason[] }} Device
 *
 * @typedef {{ type: 'started', run: number, step: number, settings: Settings, n_parameters: Players }} Started
 * @typedef {{ type: 'idle' }} Idle
 * @typedef {{ type: 'tuned', run: number, settings: Settings }} Tuned
 * @typedef {{ type: 'checkpoint', run: number, checkpoint: Checkpoint }} CheckpointEvent
 * @typedef {{ type: 'failed', run: number, field: string, value: string, bound: string, message: string }} Failed
 * @typedef {{ type: 'ready', catalog: Catalog, device: Device }} Ready
 * @typedef {{ type: 'progress', code: string }} Progress what the worker is busy with before it is ready
 * @typedef {{ type: 'crashed', message: string }} Crashed
 * @typedef {Snapshot | Started | Idle | Tuned | CheckpointEvent | Failed | Ready | Progress | Crashed} Event
 */

/** @typedef {{ type: string, [field: string]: unknown }} Command */

/** @type {(run: number, settings: Settings, checkpoint?: Checkpoint | null) => Command} */
export const start = (run, settings, checkpoint) =>
  checkpoint ? { type: 'start', run, settings, checkpoint } : { type: 'start', run, settings };
/** @type {() => Command} */
export const play = () => ({ type: 'play' });
/** @type {() => Command} */
export const pause = () => ({ type: 'pause' });
/** @type {(what: 'd' | 'g' | 'both', count: number) => Command} */
export const step = (what, count) => ({ type: 'step', what, count });
/** @type {(settings: Settings) => Command} */
export const tune = (settings) => ({ type: 'tune', settings });
/** @type {(probes: string[]) => Command} */
export const watch = (probes) => ({ type: 'watch', probes });

/**
 * The buffers to hand over, not copy, when an event is posted.
 * @param {Event} event
 * @returns {ArrayBuffer[]}
 */
export function transferables(event) {
  if (event.type === 'checkpoint') return [/** @type {ArrayBuffer} */ (event.checkpoint.values.buffer)];
  if (event.type !== 'snapshot') return [];
  const matrices = Object.values(event.probes).map((m) => m.values);
  return [event.losses.d, event.losses.g, ...matrices].map((values) => /** @type {ArrayBuffer} */ (values.buffer));
}
