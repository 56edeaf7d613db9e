// What was measured, commit by commit: one JSON file each in benches/history.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** @typedef {{ where: string, preset: string, device: string, software?: boolean }} Place */
/** @typedef {Place & { steps_per_second: number, spread: number, operations?: number, allocations?: number }} Row a median, (greatest − least) / median, and what one step takes */
/** @typedef {{ where: string, width: number, ours: number, plain: number, ratio: number, operations?: number, share?: number }} Ratio medians of steps a second and of what they are to each other, window by window; operations of a step, and the share of the limit in the windows between */
/** @typedef {{ net: string, steps_per_second: number, spread: number, operations: number, share?: number }} Alone a median, in Chromium with nothing drawn */
/** @typedef {{ cpu: string, cores: number, browser: string, rustc: string, node?: string }} Machine */
/**
 * @typedef {object} Record
 * @property {string} when ISO 8601
 * @property {string} commit
 * @property {Machine} machine
 * @property {Row[]} rows
 * @property {{ [where: string]: import('./native.js').Limit }} [limits]
 * @property {Ratio[]} [ratios]
 * @property {Alone[]} [alone]
 * @property {import('./looks.js').Look[]} [looks]
 * @property {import('./bars.js').Learned[]} [learned]
 * @property {import('./launches.js').Launches[]} [launches]
 */

const FOLDER = 'benches/history';

/** The oldest first. @returns {Record[]} */
export function records() {
  const all = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return all.map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))).sort((a, b) => (a.when < b.when ? -1 : 1));
}

/** @param {Record} record */
export function keep(record) {
  writeFileSync(`${FOLDER}/${record.when.slice(0, 10)}-${record.commit}.json`, json(record));
}

/** One line for each thing measured, so that two files can be compared line by line. @param {Record} record */
function json(record) {
  const entries = Object.entries(record).map(([key, value]) => {
    if (!Array.isArray(value)) return `  "${key}": ${JSON.stringify(value)}`;
    return `  "${key}": [\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
}
