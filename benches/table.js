// The README's benchmark section, from one record.

/** @typedef {import('./history.js').Record} Record */

/** @param {number} value */
const show = (value, digits = 3) =>
  Number.isFinite(value) ? value.toLocaleString('en', { maximumSignificantDigits: digits }) : '–';
const percent = (/** @type {number} */ share) => (Number.isFinite(share) ? `${show(100 * share, 2)} %` : '–');
const line = (/** @type {(string | number)[]} */ cells) => `| ${cells.join(' | ')} |`;
const heads = (/** @type {string[]} */ names) => [line(names), line(names.map(() => '---'))];

/** Operations a second that an engine could do, and which loop did them. @param {Record} record @param {string} where */
function limitOf(record, where) {
  const loops = Object.entries(record.limits?.[where] ?? {});
  const [loop, most] = loops.sort((a, b) => b[1] - a[1])[0] ?? ['', NaN];
  return { most, loop: loop === 'product' ? 'product of 256 × 256 × 256' : 'multiply-adds on registers' };
}

/** @param {Record} record */
function speeds(record) {
  const find = (where, preset, device) => record.rows.find((r) => r.where === where && r.preset === preset && r.device === device);
  const rate = (where, preset, device) => show(find(where, preset, device)?.steps_per_second ?? NaN);
  const presets = [...new Set(record.rows.map((row) => row.preset))];
  const rows = presets.map((preset) => {
    const { operations = NaN, allocations = NaN } = find('native', preset, 'flex') ?? {};
    const here = (/** @type {string} */ where) => {
      const steps = find(where, preset, 'flex')?.steps_per_second ?? NaN;
      return [show(steps), ...arithmetic(record, where, steps, operations)];
    };
    const ndarray = ['native', 'chromium'].map((where) => rate(where, preset, 'ndarray'));
    return line([`\`${preset}\``, ...here('native'), show(allocations, 4), ...here('chromium'), ...ndarray]);
  });
  return [
    ...heads(['preset', 'native, steps/s', 'GFLOP/s', 'of the limit', 'allocations a step', 'Chromium, steps/s', 'GFLOP/s', 'of the limit', 'ndarray, native, steps/s', 'ndarray, Chromium, steps/s']),
    ...rows,
  ];
}

/** GFLOP/s, and their share of the limit. @param {Record} record @param {string} where @param {number} rate @param {number} [operations] of a step */
function arithmetic(record, where, rate, operations = NaN) {
  const done = operations > 0 ? operations * rate : NaN;
  return [show(done / 1e9, 2), percent(done / limitOf(record, where).most)];
}

const IN_TURN = 'Training alone, nothing drawn. Ratios, and in Chromium the shares of the limit, are medians over windows that took turns: whatever else the machine does slows both.';

/** Training alone. @param {Record} record */
function ratios(record) {
  const engine = (/** @type {string} */ where) => (where === 'native' ? 'native' : 'Chromium');
  const reached = (/** @type {string} */ where, /** @type {number} */ rate, /** @type {{ operations?: number, share?: number }} */ { operations, share }) => {
    const [done, ofTheBest] = arithmetic(record, where, rate, operations);
    return [done, share ? percent(share) : ofTheBest];
  };
  const pairs = (record.ratios ?? []).map(({ where, width, ours, plain, ratio, ...counted }) =>
    line([engine(where), `2-${width}-${width}`, show(ours), ...reached(where, ours, counted), show(plain), `${show(ratio, 2)} ×`]));
  const others = (record.alone ?? []).map(({ net, steps_per_second, ...counted }) =>
    line([engine('chromium'), net, show(steps_per_second), ...reached('chromium', steps_per_second, counted), '–', '–']));
  return [...heads(['engine', 'net', 'GenLab, steps/s', 'GFLOP/s', 'of the limit', 'burn alone, steps/s', 'ratio']), ...pairs, ...others];
}

/** @param {Record} record */
function learned({ learned = [] }) {
  const seconds = (/** @type {number} */ ms) => `${show(ms / 1000, 2)} s`;
  const rows = learned.map(({ preset, bar, runs }) =>
    line([`\`${preset}\``, bar, runs.map((r) => seconds(r.milliseconds)).join(', '), runs.map((r) => show(r.step, 4)).join(', ')]));
  return [...heads(['preset', 'bar', 'from the press on play, seeds 1, 2, 3', 'at step']), ...rows];
}

/** @param {Record} record */
export function section(record) {
  const { machine: { cpu, cores, browser, rustc, node } } = record;
  const engines = { native: 'native', chromium: 'in Chromium' };
  const limits = Object.entries(engines).map(([where, words]) => {
    const { most, loop } = limitOf(record, where);
    return `${show(most / 1e9)} GFLOP/s ${words} (${loop})`;
  });
  const spread = Math.round(100 * Math.max(...record.rows.map((row) => row.spread)));
  const launches = (record.launches ?? []).map(({ preset, dispatches, submissions }) =>
    `A step of \`${preset}\` on WebGPU starts ${show(dispatches)} compute shaders, handed over in ${show(submissions, 2)} submissions.`);
  const software = record.rows.filter((row) => row.software).map(({ preset, steps_per_second }) =>
    `SwiftShader, a software GPU, takes ${show(steps_per_second)} steps of \`${preset}\` a second.`);
  const looks = (record.looks ?? []).map(({ preset, probes, milliseconds, rates }) => {
    const takes = `Looking at \`${preset}\` (${probes.join(', ')}) takes ${show(milliseconds, 2)} ms.`;
    if (!rates) return takes;
    const [same, other] = [rates.same, rates.other].map((rate) => percent(1 - rate / rates.nobody));
    return `${takes} Sixty looks a second cost ${same} of the steps in the thread that trains, and ${other} in a thread of their own.`;
  });
  return [
    ...speeds(record),
    '',
    `On flex where nothing else is said. Medians of five on ${record.when.slice(0, 10)}, commit ${record.commit}, spread up to ${spread} %: ${cpu}, ${cores} cores,`,
    `${rustc}, ${browser} (headless, everything drawn), Node ${node}. The limit: ${limits.join(', ')}.`,
    ...launches,
    ...software,
    ...looks,
    '',
    ...(record.alone?.some(({ share }) => share) ? [IN_TURN, ''] : []),
    ...ratios(record),
    '',
    ...learned(record),
  ].join('\n');
}
