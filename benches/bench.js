// Measures how fast training is, natively and in Chromium: keeps one JSON file a commit in benches/history, draws
// benches/history.svg and writes the README's section. `--check` measures for a moment only, writes nothing, and fails
// where something cannot be measured. `cargo xtask bench` builds what this needs.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { open } from '../tests/browser/chrome.js';
import { compareInChromium, trainAlone } from './alone.js';
import { timeToBars } from './bars.js';
import { measureInChromium, places } from './browser.js';
import { keep, records } from './history.js';
import { launchesAStep } from './launches.js';
import { limitInChromium, operationsInChromium } from './limit.js';
import { look } from './looks.js';
import { compareNatively, measureNatively } from './native.js';
import { plot } from './plot.js';
import { median, rounded, timed } from './summary.js';
import { section } from './table.js';

/** @typedef {import('./history.js').Place} Place */
/** @typedef {Place & { rates: number[], operations?: number, allocations?: number, failure?: string }} Measured one rate for each repetition */

const check = process.argv.includes('--check');
/** @type {import('./history.js').Row[]} */ const rows = [];
let missing = 0;

/** @param {Measured} measured */
function report({ rates, failure, ...place }) {
  const name = `${place.where} ${place.preset} ${place.device}`;
  if (failure) {
    if (!place.software) missing += 1; // a software GPU may be too slow to start at all
    return console.error(`✗ ${name}: not measured: ${failure}`);
  }
  const row = { ...place, ...timed(rates) };
  rows.push(row);
  console.error(`  ${name}: ${row.steps_per_second} steps a second, spread ${row.spread}`);
}

/** @param {string} where @param {(import('./native.js').Beside & { operations: number, share?: number })[]} all */
function ratiosOf(where, all) {
  return all.map(({ width, operations, share, ...rates }) => {
    const [ours, plain] = [rounded(median(rates.ours)), rounded(median(rates.plain))];
    console.error(`  ${where}, width ${width}: ${ours} steps a second, ${plain} by burn alone`);
    const ratio = rounded(median(rates.ours.map((rate, i) => rate / rates.plain[i])), 3);
    return { where, width, ours, plain, ratio, operations, ...(share && { share: rounded(share, 3) }) };
  });
}

/** @param {import('./alone.js').Alone} measured */
function aloneOf({ net, rates, operations, share }) {
  const row = { net, ...timed(rates), operations, share: rounded(share, 3) };
  console.error(`  alone, ${net}: ${row.steps_per_second} steps a second, spread ${row.spread}`);
  return row;
}

/** What the CPU does in Chromium. @param {string[]} points presets of the GAN on points @param {import('./native.js').Beside[]} twins */
async function inChromium(points, twins) {
  const chrome = await open();
  const limit = await limitInChromium(chrome, check);
  const [preset] = points;
  const [here, native] = [await operationsInChromium(chrome, preset), rows.find((row) => row.preset === preset)?.operations];
  if (here !== native) throw new Error(`a step of ${preset} has ${here} operations in WebAssembly and ${native} natively`);
  const beside = await compareInChromium(chrome, twins, check);
  const alone = (await trainAlone(chrome, check)).map(aloneOf);
  await measureInChromium(chrome, places(points, check), check, report);
  const learned = check ? [] : await timeToBars(chrome);
  await chrome.close();
  return { limit, beside, alone, learned, browser: `Chromium ${chrome.version}` };
}

/** WebGPU by a software GPU, which compiles shaders for 20 s: one preset. @param {string} preset */
async function onSoftwareGpu(preset) {
  const chrome = await open({ gpu: true });
  await measureInChromium(chrome, [{ preset, device: 'webgpu' }], check, report);
  const launches = [await launchesAStep(chrome, preset)];
  await chrome.close();
  return launches;
}

const says = (/** @type {string[]} */ ...[program, ...words]) => execFileSync(program, words, { encoding: 'utf8' }).trim();

const when = new Date().toISOString();
const commit = says('git', 'describe', '--always', '--dirty', '--exclude=*', '--abbrev=7');
const nativeLimit = await measureNatively(check, (row) => report({ where: 'native', ...row }));
const native = await compareNatively(check);
const looks = [await look(check)];
// Those of the GAN on points, which ndarray trains as well.
const points = rows.filter((row) => row.device === 'ndarray').map((row) => row.preset);
const { limit, beside, alone, learned, browser } = await inChromium(points, native);
// A step has as many operations on either engine.
const counted = native.map((twin, i) => ({ ...twin, operations: beside[i].operations }));
const ratios = [...ratiosOf('native', counted), ...ratiosOf('chromium', beside)];
const launches = check ? [] : await onSoftwareGpu(points[0]);

if (check) {
  process.exitCode = missing ? 1 : 0;
} else {
  const rustc = says('rustc', '--version').split(' ').slice(0, 2).join(' ');
  const machine = { cpu: os.cpus()[0].model.trim(), cores: os.cpus().length, browser, rustc, node: process.versions.node };
  keep({ when, commit, machine, limits: { native: nativeLimit, chromium: limit }, rows, ratios, alone, looks, learned, launches });
  const all = records();
  writeFileSync('benches/history.svg', plot(all));
  const readme = readFileSync('README.md', 'utf8');
  const between = /(?<=<!-- bench -->)[^]*(?=<!-- \/bench -->)/;
  writeFileSync('README.md', readme.replace(between, () => `\n\n${section(all[all.length - 1])}\n\n`));
}
