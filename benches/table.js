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
    const arithmetic = (/** @type {string} */ where) => {
      const done = operations > 0 ? operations * (find(where, preset, 'flex')?.steps_per_second ?? NaN) : NaN;
      return [rate(where, preset, 'flex'), show(done / 1e9, 2), percent(done / limitOf(record, where).most)];
    };
    const ndarray = ['native', 'chromium'].map((where) => rate(where, preset, 'ndarray'));
    return line([`\`${preset}\``, ...arithmetic('native'), show(allocations, 4), ...arithmetic('chromium'), ...ndarray]);
  });
  return [
    ...heads(['preset', 'native, steps/s', 'GFLOP/s', 'of the limit', 'allocations a step', 'Chromium, steps/s', 'GFLOP/s', 'of the limit', 'ndarray, native, steps/s', 'ndarray, Chromium, steps/s']),
    ...rows,
  ];
}

/** @param {Record} record */
function ratios({ ratios = [] }) {
  const rows = ratios.map((r) => line([r.where === 'native' ? 'native' : 'WebAssembly, Node', r.width, show(r.ours), show(r.plain), `${show(r.ratio, 2)} ×`]));
  return [...heads(['engine', 'width', 'GenLab, steps/s', 'burn alone, steps/s', 'ratio']), ...rows];
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
  const limits = ['native', 'chromium'].map((where) => {
    const { most, loop } = limitOf(record, where);
    return `${show(most / 1e9)} GFLOP/s ${where === 'native' ? 'native' : 'in Chromium'} (${loop})`;
  });
  const spread = Math.round(100 * Math.max(...record.rows.map((row) => row.spread)));
  const launches = (record.launches ?? []).map(({ preset, dispatches, submissions }) =>
    `A step of \`${preset}\` on WebGPU starts ${show(dispatches)} compute shaders, handed over in ${show(submissions, 2)} submissions.`);
  const software = record.rows.filter((row) => row.software).map(({ preset, steps_per_second }) =>
    `SwiftShader, a software GPU, takes ${show(steps_per_second)} steps of \`${preset}\` a second.`);
  return [
    ...speeds(record),
    '',
    `On flex where nothing else is said. Medians of five on ${record.when.slice(0, 10)}, commit ${record.commit}, spread up to ${spread} %: ${cpu}, ${cores} cores,`,
    `${rustc}, ${browser} (headless, everything drawn), Node ${node}. The limit: ${limits.join(', ')}.`,
    ...launches,
    ...software,
    '',
    ...ratios(record),
    '',
    ...learned(record),
  ].join('\n');
}
