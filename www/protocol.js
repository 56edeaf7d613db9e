// The page's half of src/protocol.rs: what goes to the worker and what comes back, as types.
// tests/golden/protocol.json keeps both halves equal.

/**
 * @typedef {Record<string, string | number>} Settings
 * @typedef {{ en: string, zh: string }} Text
 * @typedef {{ shape: [number, number], values: Float32Array }} Matrix
 * @typedef {{ id: string, live: number, ema: number, floor: number, chance: number, max: number | null }} Reading
 * @typedef {{ step: number, progress: object, values: Float32Array }} Checkpoint
 * @typedef {{ values: Float32Array, half_width: number | null, axes: [Axis, Axis] | null }} Points the reader's own, flat
 * @typedef {{ checkpoint?: Checkpoint | null, points?: Points | null, weights?: Uint8Array | null, set?: { name: string, bytes: Uint8Array } | null }} Luggage what a run may begin with; a set of the reader's own is for worker.js, which unpacks it and has it loaded
 * @typedef {'line' | 'phase' | 'd' | 'g' | 'both'} Stride
 * @typedef {{ player: 'd' | 'g', line: 'real' | 'noise' | 'generate' | 'score' | 'loss' | 'update' }} Cursor
 * @typedef {{ real: number, generated: number, slope: number }} Judgement
 * @typedef {{ diverged_at: number | null, collapsed_at: number | null, won_at: number | null, converged_at: number | null }} Health
 *
 * @typedef {object} Snapshot
 * @property {'snapshot'} type
 * @property {number} run
 * @property {number} step
 * @property {boolean} playing
 * @property {Cursor | null} cursor the line of the algorithm carried out last
 * @property {Record<string, number>} updates of each network
 * @property {{ first: number, [curve: string]: any }} curves a Float32Array for each of the model's curves, from step `first` on
 * @property {Reading[]} metrics
 * @property {Judgement | null} judgement what D makes of the points on show; null where no metrics were due
 * @property {Health} health
 * @property {'steps' | 'seconds' | 'converged' | 'diverged' | null} stopped why the run stopped by itself
 * @property {Record<string, Matrix>} probes
 * @property {number} [steps_per_second] measured by the worker while playing
 *
 * @typedef {object} Knob
 * @property {string} id
 * @property {Text} label
 * @property {Text} help
 * @property {'run' | 'game' | 'generator' | 'discriminator' | 'regularizer' | 'code' | 'network' | 'optimizer'} group
 * @property {'integer' | 'number' | 'choice' | 'switch'} kind
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean} [log]
 * @property {{ id: string, label: Text }[]} [options]
 * @property {string} default
 * @property {boolean} live
 *
 * @typedef {{ id: string, model: string, label: Text, look_at: Text, settings: Record<string, string>, beside: Record<string, string> }} Preset what `beside` changes makes a second run beside it
 * @typedef {{ id: string, label: Text, ground: { half_width: number, axes: [Axis, Axis] } | null, knobs: Knob[], curves: { id: string, label: Text }[], columns: [Text, Text], levels: [Text, Text], metrics: MetricCard[], looks_apart: boolean }} Model what looks apart may be looked at by another thread than trains it
 * @typedef {{ id: string, label: Text, formula: string, reference: string }} Card
 * @typedef {{ label: Text, unit: Text, mean: number, scale: number }} Axis
 * @typedef {Card & { half_width: number, axes: [Axis, Axis] | null, has_density: boolean }} DistributionCard
 * @typedef {Card & { unit: 'probability' | 'label' | 'score' }} ObjectiveCard
 * @typedef {{ kind: 'count', of: Text } | { kind: 'share' | 'nats' | 'distance' }} Scale how to print a metric's values
 * @typedef {Card & { scale: Scale, better: 'higher' | 'lower' }} MetricCard
 * @typedef {{ id: string, label: Text, choice?: Text[], range?: { low: number, ends: [Text, Text] } }} Factor of a face: one of some options, or a number from `low` to 1
 * @typedef {{ id: string, factor: number, label: Text, options: Text[] }} Attribute of a face: what can be said of it in words, and the place of its factor
 * @typedef {{ models: Model[], presets: Preset[], distributions: DistributionCard[], objectives: ObjectiveCard[], factors: Factor[], attributes: Attribute[], held_out: [number, number][] }} Catalog pairs of hair and eyes are held out that no model is trained on; the first model is meant where nothing says otherwise
 *
 * @typedef {{ code: string, [detail: string]: string | number }} Reason why a device was not taken
 * @typedef {{ kind: 'webgpu' | 'flex' | 'ndarray', adapter: string, reasons: Reason[] }} Device
 *
 * @typedef {{ type: 'started', run: number, step: number, settings: Settings, n_parameters: Record<string, number> }} Started
 * @typedef {{ type: 'idle' }} Idle
 * @typedef {{ type: 'tuned', run: number, settings: Settings }} Tuned
 * @typedef {{ type: 'glance', run: number, probes: Record<string, Matrix> }} Glance what answers to the reader's own codes and pictures, between two snapshots
 * @typedef {{ type: 'checkpoint', run: number, checkpoint: Checkpoint }} CheckpointEvent
 * @typedef {{ type: 'table', run: number, points: Points, n_rows: number }} Table
 * @typedef {{ type: 'weights', run: number, bytes: Uint8Array }} Weights
 * @typedef {{ type: 'failed', run: number, field: string, value: string, bound: string, message: string }} Failed
 * @typedef {{ type: 'ready', catalog: Catalog, device: Device }} Ready
 * @typedef {{ type: 'progress', code: string, fraction?: number }} Progress what the worker is busy with before it is ready
 * @typedef {{ type: 'crashed', message: string }} Crashed
 * @typedef {Snapshot | Glance | Started | Idle | Tuned | CheckpointEvent | Table | Weights | Failed | Ready | Progress | Crashed} Event
 */

/** @typedef {{ type: string, [field: string]: unknown }} Command */

/** @type {(run: number, settings: Settings, luggage?: Luggage) => Command} */
export const start = (run, settings, luggage = {}) => {
  const carried = Object.entries(luggage).filter(([, piece]) => piece);
  return { type: 'start', run, settings, ...Object.fromEntries(carried) };
};
/** @type {(by?: 'line' | 'both') => Command} */
export const play = (by = 'both') => ({ type: 'play', by });
/** @type {() => Command} */
export const pause = () => ({ type: 'pause' });
/** @type {(what: Stride, count: number) => Command} */
export const step = (what, count) => ({ type: 'step', what, count });
/** @type {(settings: Settings) => Command} */
export const tune = (settings) => ({ type: 'tune', settings });
/** @type {(probes: string[]) => Command} */
export const watch = (probes) => ({ type: 'watch', probes });

/** @type {(values: number[]) => Command} the reader's own codes, flat */
export const place = (values) => ({ type: 'place', values });
/** @type {(values: number[]) => Command} the reader's own pictures, ink from 0 to 1, flat */
export const draw = (values) => ({ type: 'draw', values });
/** @type {(values: number[]) => Command} the factors of a face that the core paints as the reader's own picture */
export const paint = (values) => ({ type: 'paint', values });
/** @type {(name: string, bytes: Uint8Array) => Command} a set that a model asks for */
export const load = (name, bytes) => ({ type: 'load', name, bytes });
/** @type {(text: string) => Command} a table of points, to be read */
export const read = (text) => ({ type: 'read', text });

// Three commands are for worker.js alone, which has the clock and the device's ear.
/** @type {(perSecond: number | null) => Command} strides a second while playing; null is as fast as it goes */
export const pace = (perSecond) => ({ type: 'pace', per_second: perSecond });
/** @type {(step: number | null) => Command} no playing beyond this step, for now */
export const limit = (step) => ({ type: 'limit', step });
/** @type {() => Command} asks for a weights event */
export const weights = () => ({ type: 'weights' });

/** The values of each curve. @param {Snapshot} snapshot @returns {Record<string, Float32Array>} */
export function curvesOf({ curves: { first, ...curves } }) {
  return curves;
}

/**
 * The buffers to hand over, not copy, when an event is posted.
 * @param {Event} event
 * @returns {ArrayBuffer[]}
 */
export function transferables(event) {
  if (event.type === 'checkpoint') return [/** @type {ArrayBuffer} */ (event.checkpoint.values.buffer)];
  if (event.type === 'table') return [/** @type {ArrayBuffer} */ (event.points.values.buffer)];
  if (event.type === 'weights') return [/** @type {ArrayBuffer} */ (event.bytes.buffer)];
  if (event.type === 'glance') return Object.values(event.probes).map((m) => /** @type {ArrayBuffer} */ (m.values.buffer));
  if (event.type !== 'snapshot') return [];
  const matrices = Object.values(event.probes).map((m) => m.values);
  return [...Object.values(curvesOf(event)), ...matrices].map((values) => /** @type {ArrayBuffer} */ (values.buffer));
}
