import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, plot } from '../../benches/plot.js';
import { median, rounded, spread } from '../../benches/summary.js';
import { section } from '../../benches/table.js';

/** @typedef {import('../../benches/history.js').Record} Record */

/** @param {string} day @param {number} rate @returns {Record} */
const record = (day, rate) => ({
  when: `2026-01-${day}T12:00:00.000Z`,
  commit: `abc00${day}`,
  machine: { cpu: 'a CPU', cores: 2, browser: 'Chromium 1', rustc: 'rustc 1', node: '20' },
  limits: { native: { multiply_add: 80e9, product: 40e9 }, chromium: { multiply_add: 10e9, product: 20e9 } },
  rows: [
    { where: 'native', preset: 'ring8', device: 'flex', steps_per_second: rate, spread: 0.1, operations: 2e6, allocations: 300 },
    { where: 'chromium', preset: 'ring8', device: 'flex', steps_per_second: rate / 2, spread: 0.25 },
    { where: 'native', preset: 'ring8', device: 'ndarray', steps_per_second: 70, spread: 0 },
    { where: 'native', preset: 'digits14', device: 'flex', steps_per_second: 90, spread: 0, operations: 0, allocations: 12 },
    { where: 'chromium', preset: 'ring8', device: 'webgpu', software: true, steps_per_second: 1.5, spread: 0 },
  ],
  ratios: [{ where: 'chromium', width: 16, ours: 4000, plain: 500, ratio: 8, operations: 3e6, share: 0.37 }],
  alone: [{ net: '`digits28`', steps_per_second: 150, spread: 0.1, operations: 1e8 }],
  looks: [{ preset: 'ring8', probes: ['landscape', 'real'], milliseconds: 2, rates: { nobody: 1000, same: 880, other: 985 } }],
  learned: [{ preset: 'ring8', bar: 'all modes', runs: [{ seed: 1, milliseconds: 2345, step: 1500 }] }],
  launches: [{ preset: 'ring8', dispatches: 321, submissions: 4.5 }],
});

test('a median, a spread and what is kept of a number', () => {
  assert.equal(median([9, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 9]), 3);
  assert.equal(spread([10, 8, 12]), 0.4);
  assert.equal(rounded(12345.6), 12350);
});

test('the table has operations a second, their share of the better limit, and a dash where nothing was counted', () => {
  const text = section(record('01', 2000));
  assert.match(text, /^\| `ring8` \| 2,000 \| 4 \| 5 % \| 300 \| 1,000 \| 2 \| 10 % \| 70 \| – \|$/m);
  assert.match(text, /^\| `digits14` \| 90 \| – \| – \| 12 \| – \| – \| – \| – \| – \|$/m);
  assert.match(text, /80 GFLOP\/s native \(multiply-adds on registers\), 20 GFLOP\/s in Chromium \(product of 256 × 256 × 256\)/);
  assert.match(text, /spread up to 25 %/);
  assert.match(text, /^\| Chromium \| 2-16-16 \| 4,000 \| 12 \| 37 % \| 500 \| 8 × \|$/m);
  assert.match(text, /^\| Chromium \| `digits28` \| 150 \| 15 \| 75 % \| – \| – \|$/m);
  assert.match(text, /^\| `ring8` \| all modes \| 2\.3 s \| 1,500 \|$/m);
  assert.match(text, /^Looking at `ring8` \(landscape, real\) takes 2 ms\. Sixty looks a second cost 12 % of the steps in the thread that trains, and 1\.5 % in a thread of their own\.$/m);
  assert.match(text, /starts 321 compute shaders, handed over in 4\.5 submissions/);
});

/** Every number that places something. @param {string} svg */
const places = (svg) => [...svg.matchAll(/ (?:x|y|cx|cy|x1|x2|y1|y2)="([^"]*)"/g)].map(([, value]) => Number(value));

test('one commit alone is drawn as points, in the middle, with its date', () => {
  const svg = plot([record('01', 2000)]);
  assert.equal([...svg.matchAll(/<circle/g)].length, 3 + 3, 'one each, and one beside each label');
  assert.ok(places(svg).every(Number.isFinite), svg);
  assert.match(svg, />2026-01-01</);
  assert.match(svg, />abc0001</);
  assert.match(svg, />ring8, native 2,000</);
  assert.match(svg, />1,000 \/s</);
});

test('a faster commit lies further right and higher, tenfold by as much anywhere', () => {
  const svg = plot([record('01', 20), record('02', 200), record('03', 2000)]);
  const line = svg.match(/<polyline points="([^"]*)"/)?.[1].split(' ').map((place) => place.split(',').map(Number)) ?? [];
  assert.equal(line.length, 3);
  assert.ok(line[0][0] < line[1][0] && line[1][0] < line[2][0]);
  assert.ok(line[0][1] > line[1][1]);
  assert.ok(Math.abs((line[0][1] - line[1][1]) - (line[1][1] - line[2][1])) < 0.11, `${line}`);
});

test('what was not measured in a commit leaves a gap in the line and no number', () => {
  const first = record('01', 20);
  first.rows = first.rows.filter((row) => row.preset !== 'digits14');
  const svg = plot([first, record('02', 200)]);
  assert.ok(places(svg).every(Number.isFinite));
  assert.doesNotMatch(svg, /NaN|undefined/);
});

test('many commits show few dates, the newest among them', () => {
  const svg = plot(Array.from({ length: 28 }, (_, i) => record(String(i + 1).padStart(2, '0'), 100 + i)));
  const dates = [...svg.matchAll(/>(2026-01-\d\d)</g)].map(([, date]) => date);
  assert.ok(dates.length <= 6 && dates.includes('2026-01-28'), `${dates}`);
});

test('labels keep apart and above the floor', () => {
  assert.deepEqual(apart([10, 11, 40], 15, 100), [10, 25, 40]);
  assert.deepEqual(apart([90, 95, 99], 15, 100), [70, 85, 100]);
});
