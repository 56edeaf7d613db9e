// Steps a second for each preset on each device, natively and in Chromium. Writes benches/latest.json and
// the README's table. `--check` measures for a moment only, writes nothing, and fails where a row of a CPU device
// is missing. `cargo xtask bench` builds what this needs.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { createInterface } from 'node:readline';
import { measureInChromium } from './browser.js';

/** @typedef {{ where: string, preset: string, device: string, software?: boolean }} Place */
/** @typedef {Place & { rates: number[], failure?: string }} Measured one rate for each repetition */
/** @typedef {Place & { steps_per_second: number, spread: number }} Row median, and (greatest − least) / median */
/** @typedef {{ cpu: string, cores: number, browser: string, rustc: string }} Machine */

const check = process.argv.includes('--check');
/** @type {Row[]} */ const rows = [];
let missing = 0;

/** @param {Measured} measured */
function report({ rates, failure, ...place }) {
  const name = `${place.where} ${place.preset} ${place.device}`;
  if (failure) {
    if (!place.software) missing += 1; // a software GPU may be too slow to start at all
    return console.error(`✗ ${name}: not measured: ${failure}`);
  }
  const sorted = rates.toSorted((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  const spread = (sorted[sorted.length - 1] - sorted[0]) / median;
  const row = { ...place, steps_per_second: Number(median.toPrecision(4)), spread: Number(spread.toFixed(3)) };
  rows.push(row);
  console.error(`  ${name}: ${row.steps_per_second} steps a second, spread ${row.spread}`);
}

/** The native program decides which presets there are. */
async function measureNatively() {
  const program = ['run', '--quiet', '--release', '--example', 'speed', '--', ...(check ? ['--check'] : [])];
  const cargo = spawn('cargo', program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, reject) => cargo.on('error', reject).on('close', resolve));
  for await (const line of createInterface(cargo.stdout)) {
    const { preset, device, rates } = JSON.parse(line);
    report({ where: 'native', preset, device, rates });
  }
  if ((await ended) !== 0) throw new Error('the native program failed');
}

/** @param {Machine} machine @param {string} when */
function json(machine, when) {
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  return `{\n  "machine": ${JSON.stringify(machine)},\n  "when": "${when}",\n  "rows": [\n${lines}\n  ]\n}\n`;
}

/** @param {Machine} machine @param {string} when */
function table({ cpu, cores, browser, rustc }, when) {
  const show = (/** @type {number} */ n, digits = 3) =>
    Number.isNaN(n) ? '–' : n.toLocaleString('en', { maximumSignificantDigits: digits });
  const speed = (/** @type {string} */ where, /** @type {string} */ preset, /** @type {string} */ device) =>
    rows.find((r) => r.where === where && r.preset === preset && r.device === device)?.steps_per_second ?? NaN;
  const lines = presets().map((preset) => {
    const [flex, ndarray] = ['flex', 'ndarray'].map((device) => speed('chromium', preset, device));
    const cells = [show(speed('native', preset, 'flex')), show(flex), show(ndarray), show(flex / ndarray, 2)];
    return `| \`${preset}\` | ${cells.join(' | ')} |`;
  });
  const spread = Math.round(100 * Math.max(...rows.map((row) => row.spread)));
  const software = rows.filter((row) => row.software).map(({ preset, steps_per_second }) =>
    `SwiftShader, a software GPU, takes ${show(steps_per_second)} steps of \`${preset}\` a second.`);
  return [
    '| steps a second | flex, native | flex in Chromium | ndarray in Chromium | flex / ndarray in Chromium |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `Medians of five on ${when}, spread up to ${spread} %: ${cpu}, ${cores} cores, ${rustc},`,
    `${browser} (headless, everything drawn).`,
    ...software,
  ].join('\n');
}

/** In the page's order. */
const presets = () => [...new Set(rows.map((row) => row.preset))];

await measureNatively();
const browser = `Chromium ${await measureInChromium(presets(), check, report)}`;
if (check) {
  process.exitCode = missing ? 1 : 0;
} else {
  const rustc = execFileSync('rustc', ['--version'], { encoding: 'utf8' }).split(' ').slice(0, 2).join(' ');
  const machine = { cpu: os.cpus()[0].model.trim(), cores: os.cpus().length, browser, rustc };
  const when = new Date().toISOString().slice(0, 10);
  writeFileSync('benches/latest.json', json(machine, when));
  const readme = readFileSync('README.md', 'utf8');
  const between = /(?<=<!-- bench -->)[^]*(?=<!-- \/bench -->)/;
  writeFileSync('README.md', readme.replace(between, () => `\n\n${table(machine, when)}\n\n`));
}
