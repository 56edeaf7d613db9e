// Speed through time as a drawing: a point for each commit that was measured, a line for each preset and engine.
import { extent, ticks } from 'd3-array';

/** @typedef {import('./history.js').Record} Record */

/** Colours of Okabe and Ito, told apart by colour-blind eyes too. */
const COLOURS = { ring8: '#0072b2', grid25: '#d55e00', ganlab_default: '#009e73', digits14: '#cc79a7' };
/** Engines differ in shape, not in colour. */
const ENGINES = /** @type {const} */ ([
  { where: 'native', label: 'native', dash: '', filled: true },
  { where: 'chromium', label: 'Chromium', dash: '5 4', filled: false },
]);
const [WIDTH, HEIGHT] = [760, 400];
const FRAME = { left: 76, right: WIDTH - 236, top: 46, bottom: HEIGHT - 52 };
/** Between two labels. */
const LABEL_HEIGHT = 15;
/** More dates would run into each other. */
const MOST_DATES = 6;

/** @param {Record[]} records the oldest first */
export function plot(records) {
  const all = series(records);
  const [least = 1, most = 10] = extent(all.flatMap(({ points }) => points.map((p) => p.rate)));
  const decades = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most) + 1e-9)];
  const y = (/** @type {number} */ rate) =>
    FRAME.bottom - ((Math.log10(rate) - decades[0]) / Math.max(1, decades[1] - decades[0])) * (FRAME.bottom - FRAME.top);
  const gap = (FRAME.right - FRAME.left) / records.length;
  const x = (/** @type {number} */ i) => FRAME.left + (i + 0.5) * gap;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-labelledby="title">`,
    '<title id="title">Steps a second of some presets, natively and in Chromium, for each commit measured</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#ffffff"/>`,
    text(FRAME.left, 24, 'Training steps per second (log scale), by commit', 'start', ' font-size="14" font-weight="600"'),
    ...decadeLines(decades, y),
    ...dates(records, x),
    ...all.map((one) => curve(one, x, y)),
    ...labels(all, y),
    '</svg>\n',
  ].join('\n');
}

/** @typedef {{ name: string, colour: string, engine: typeof ENGINES[number], points: { i: number, rate: number }[] }} Series */

/** Those that were measured at all. @param {Record[]} records @returns {Series[]} */
function series(records) {
  const all = Object.entries(COLOURS).flatMap(([preset, colour]) => ENGINES.map((engine) => {
    const points = records.flatMap(({ rows }, i) => {
      const row = rows.find((r) => r.where === engine.where && r.preset === preset && r.device === 'flex');
      return row ? [{ i, rate: row.steps_per_second }] : [];
    });
    return { name: `${preset}, ${engine.label}`, colour, engine, points };
  }));
  return all.filter(({ points }) => points.length);
}

/** @param {number} x @param {number} y @param {string} words */
const text = (x, y, words, anchor = 'start', more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="#222222"${more}>${words}</text>`;

/** @param {number[]} decades @param {(rate: number) => number} y */
function decadeLines([first, last], y) {
  return ticks(first, last, last - first).filter(Number.isInteger).map((power) => {
    const height = y(10 ** power).toFixed(1);
    const rule = `<line x1="${FRAME.left}" x2="${FRAME.right}" y1="${height}" y2="${height}" stroke="#dddddd"/>`;
    return rule + text(FRAME.left - 8, Number(height) + 4, `${(10 ** power).toLocaleString('en')} /s`, 'end');
  });
}

/** Under as many commits as there is room for, the newest among them. @param {Record[]} records @param {(i: number) => number} x */
function dates(records, x) {
  const every = Math.ceil(records.length / MOST_DATES);
  return records.flatMap(({ when, commit }, i) => (records.length - 1 - i) % every ? [] : [
    text(x(i), FRAME.bottom + 20, when.slice(0, 10), 'middle'),
    text(x(i), FRAME.bottom + 36, commit, 'middle', ' font-family="ui-monospace, monospace" font-size="11"'),
  ]);
}

/** @param {Series} series @param {(i: number) => number} x @param {(rate: number) => number} y */
function curve({ name, colour, engine: { dash, filled }, points }, x, y) {
  const places = points.map(({ i, rate }) => [x(i), y(rate)]);
  const way = places.map((place) => place.map((n) => n.toFixed(1)).join(',')).join(' ');
  const dots = places.map(([cx, cy], k) => dot(cx, cy, colour, filled, `${name}: ${points[k].rate.toLocaleString('en')} steps per second`));
  return `<polyline points="${way}" fill="none" stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}/>${dots.join('')}`;
}

/** @param {number} x @param {number} y @param {string} colour @param {boolean} filled */
const dot = (x, y, colour, filled, title = '') =>
  `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4" fill="${filled ? colour : '#ffffff'}" stroke="${colour}" stroke-width="2">${title && `<title>${title}</title>`}</circle>`;

/** Beside the last points, with the numbers, none on top of another. @param {Series[]} all @param {(rate: number) => number} y */
function labels(all, y) {
  const last = all.map((one) => ({ ...one, rate: one.points[one.points.length - 1].rate }));
  last.sort((a, b) => b.rate - a.rate);
  const wished = last.map(({ rate }) => y(rate));
  const heights = apart(wished, LABEL_HEIGHT, FRAME.bottom);
  return last.map(({ name, colour, rate, engine }, k) =>
    dot(FRAME.right + 12, heights[k], colour, engine.filled)
    + text(FRAME.right + 22, heights[k] + 4, `${name} ${rate.toLocaleString('en', { maximumSignificantDigits: 3 })}`));
}

/**
 * Heights at least so far apart, each as near to its wish as that allows from the top, none below the floor.
 * @param {number[]} wished in ascending order @param {number} distance @param {number} floor
 */
export function apart(wished, distance, floor) {
  const heights = wished.slice();
  for (let k = 1; k < heights.length; k++) heights[k] = Math.max(heights[k], heights[k - 1] + distance);
  for (let k = heights.length - 1, most = floor; k >= 0; k--, most -= distance) heights[k] = Math.min(heights[k], most);
  return heights;
}
