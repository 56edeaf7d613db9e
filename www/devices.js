// Which device trains: loads the WebAssembly artefact it needs, and says why the others were refused.
//
// `auto` takes WebGPU only where a real adapter exists and a few steps of this very experiment run
// faster on it than on the CPU: small networks usually train faster on the CPU.

import * as protocol from './protocol.js';
import { load } from './picture_sets.js';

/** @typedef {import('./protocol.js').Reason} Reason */
/** @typedef {import('./protocol.js').Settings} Settings */
/** What a thread has compiled: an artefact, and tiles for its products, where the engine can read them. @typedef {{ module: WebAssembly.Module, tiles: WebAssembly.Module | null }} Compiled */
/** @typedef {{ lab: any, catalog: import('./protocol.js').Catalog, device: import('./protocol.js').Device, compiled: Compiled }} Opened */

/** flex alone is for everybody; who asks for another device waits for more. */
const ARTEFACTS = { flex: '../genlab.js', ndarray: '../genlab-webgpu.js', webgpu: '../genlab-webgpu.js' };
/** Tiles with fused multiply-adds, instructions that not every engine knows. */
const FUSED = new URL('../genlab_fused.wasm', import.meta.url);
/** How long a device may show its speed, in milliseconds. */
const TRIAL = 120;

/**
 * @param {string} wish `auto`, `webgpu`, `flex` or `ndarray`
 * @param {Settings} settings what a speed trial runs
 * @param {(code: string) => void} progress
 * @returns {Promise<Opened>}
 */
export async function openLab(wish, settings, progress) {
  /** Shared by every device that is tried. @type {Reason[]} */
  const reasons = [];
  const wants = (kind) => wish === kind || !['webgpu', 'flex', 'ndarray'].includes(wish);

  /** @type {Opened | null} */ let gpu = null;
  if (wants('webgpu')) {
    const adapter = await findAdapter(wish === 'webgpu', reasons);
    if (adapter) gpu = await tryOpen('webgpu', adapter, reasons, progress);
    if (gpu && wish === 'webgpu') return gpu;
  }
  /** @type {Opened | null} */ let cpu = null;
  if (wish !== 'ndarray') cpu = await tryOpen('flex', '', reasons, progress);
  cpu ??= await tryOpen('ndarray', '', reasons, progress);
  if (!cpu) throw new Error(reasons.map((r) => r.message ?? r.code).join('; '));
  if (!gpu) return cpu;

  progress('timing');
  const onCpu = await timeStep(cpu.lab, settings);
  const onGpu = await timeStep(gpu.lab, settings).catch((error) => {
    reasons.push({ code: 'failed', device: 'webgpu', message: panicOr(error) });
    return null;
  });
  if (onGpu === null) return cpu;
  const [winner, loser] = onGpu < onCpu ? [gpu, cpu] : [cpu, gpu];
  const times = Math.max(onGpu, onCpu) / Math.min(onGpu, onCpu);
  reasons.push({ code: 'slower', device: loser.device.kind, times });
  loser.lab.free();
  return winner;
}

/**
 * The adapter's name, or null with the reason noted. A software adapter is taken only on demand. Asks as
 * cubecl will: on a machine with two GPUs the answer depends on the question.
 */
async function findAdapter(onDemand, reasons) {
  const gpu = /** @type {any} */ (navigator).gpu;
  const refuse = (code) => (reasons.push({ code }), null);
  if (!gpu) return refuse('no_webgpu');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return refuse('no_adapter');
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info ?? {};
  if ((isFallbackAdapter || adapter.isFallbackAdapter) && !onDemand) return refuse('software_adapter');
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU';
}

/** Loads an artefact and opens one device of it; null with the reason noted. @returns {Promise<Opened | null>} */
async function tryOpen(kind, adapter, reasons, progress) {
  progress(kind === 'webgpu' ? 'loading_webgpu' : 'loading_cpu');
  try {
    const { lab, Lab, tiles } = await openDevice(kind);
    return { lab, catalog: Lab.catalog(), device: { kind, adapter, reasons }, compiled: { module: Lab.module(), tiles } };
  } catch (/** @type {any} */ error) {
    reasons.push({ code: 'failed', device: kind, message: panicOr(error) });
    return null;
  }
}

/** Opens a device of its artefact. @param {string} kind @param {Compiled} [compiled] by another thread; else it is fetched */
export async function openDevice(kind, compiled) {
  const asked = compiled ? compiled.tiles : fusedTiles();
  const { default: load, Lab } = await import(new URL(ARTEFACTS[kind], import.meta.url).href);
  await load(compiled && { module_or_path: compiled.module });
  return { lab: await Lab.open(kind), Lab, tiles: fuse(Lab, await asked) };
}

/** Null where they are of another build. @param {any} Lab @param {WebAssembly.Module | null} tiles */
function fuse(Lab, tiles) {
  try {
    if (tiles) Lab.fuse(tiles);
    return tiles;
  } catch {
    return null;
  }
}

/** Null where the engine cannot read them, or nobody has them: products are then made as everywhere. @returns {Promise<WebAssembly.Module | null>} */
async function fusedTiles() {
  try {
    const response = await fetch(FUSED);
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch {
    return null;
  }
}

/** A panic's text, once, or the error's own. @param {any} error */
function panicOr(error) {
  const scope = /** @type {{ genlabPanic?: string }} */ (globalThis);
  const message = scope.genlabPanic ?? String(error?.message ?? error);
  delete scope.genlabPanic;
  return message;
}

/** Gives a laboratory the sets that a run with these settings needs. @param {any} lab @param {Settings} settings @param {(code: string, fraction: number) => void} progress */
export async function provide(lab, settings, progress) {
  for (const name of lab.needs(settings)) {
    const bytes = await load(name, (fraction) => progress('loading_pictures', fraction));
    const event = lab.apply(protocol.load(name, bytes));
    if (event.type === 'failed') throw new Error(event.message);
  }
}

/** Seconds a step, after warming up. Reading a snapshot is the only way to know that a GPU is done. */
async function timeStep(lab, settings) {
  await provide(lab, settings, () => {});
  if (lab.apply({ type: 'start', run: 0, settings }).type === 'failed') lab.apply({ type: 'start', run: 0, settings: {} });
  lab.apply({ type: 'play' });
  lab.advance(3);
  await lab.snapshot();
  const before = performance.now();
  let steps = 0;
  for (let n = 4; performance.now() - before < TRIAL; n *= 2) {
    lab.advance(n);
    await lab.snapshot();
    steps += n;
  }
  lab.apply({ type: 'pause' });
  return (performance.now() - before) / steps / 1000;
}
