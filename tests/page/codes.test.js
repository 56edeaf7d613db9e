import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PALETTES, paletteOf, spaced } from '../../www/views/codes.js';
import { formOf, gridOf, paint, pick, shades } from '../../www/views/gallery.js';
import { CodeWindow } from '../../www/views/window.js';

const near = (/** @type {number[]} */ got, /** @type {number[]} */ want, tolerance = 1e-9) =>
  got.forEach((v, i) => assert.ok(Math.abs(v - want[i]) <= tolerance * Math.max(1, Math.abs(want[i])), `${got} is not ${want}`));

/** A repeatable number from 0 to 1 (mulberry32). */
let state = 7;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

/** On some codes, settled. */
function sight(values = [-2, -1, 4, 3], width = 400, height = 300) {
  const window = new CodeWindow();
  window.resize(width, height);
  window.fit(values);
  window.settle();
  return window;
}

// ---- the window ------------------------------------------------------------------------------

test('the middle 98 % of the codes fit, on equal scales, with room around', () => {
  const window = sight();
  // 6 units of 400 pixels and 4 of 300, an eighth less on each side: min(400 / 6, 300 / 4) / 1.24.
  near([window.scale], [400 / 6 / 1.24]);
  near(window.toCode(200, 150), [1, 1]);
  // np.percentile(np.arange(1001) / 100 - 5, [1, 99]) = [-4.9, 4.9]; ten strays of a million change little.
  const line = Array.from({ length: 1001 }, (_, i) => [i / 100 - 5, 0]);
  near([sight(line.flat()).scale], [400 / 9.8 / 1.24], 1e-3);
  const stray = sight([...line, ...Array.from({ length: 9 }, () => [1e6, 0])].flat());
  assert.ok(stray.scale > 0.97 * (400 / 9.8 / 1.24));
});

test('no codes, one code, and codes that are not numbers have a window too', () => {
  near([sight([], 400, 400).scale], [400 / 6 / 1.24]);
  near([sight([NaN, Infinity], 400, 400).scale], [400 / 6 / 1.24]);
  for (const values of [[0, 0], [5, 5], [1e30, -1e30], [3, NaN], [1e-30, 1e-30]]) {
    const window = sight(values);
    assert.ok(Number.isFinite(window.scale) && window.scale > 0, `${values}`);
    if (Number.isFinite(values[1])) near([window.toX(values[0]), window.toY(values[1])], [200, 150], 1e-6);
  }
  assert.deepEqual(sight([0, 0, NaN, 1, 1, 1]).inSight([0, 0, NaN, 1, 1, 1]), [0, 2]);
});

test('pixels and codes map to each other; codes grow upwards', () => {
  const window = sight();
  for (let k = 0; k < 100; k += 1) {
    const [px, py] = [400 * random(), 300 * random()];
    const [x, y] = window.toCode(px, py);
    near([window.toX(x), window.toY(y)], [px, py]);
  }
  assert.ok(window.toY(1) < window.toY(0) && window.toX(1) > window.toX(0));
});

test('a zoom keeps the code under the pointer and is undone by its inverse', () => {
  const window = sight();
  const [before, scale] = [window.toCode(0, 0), window.scale];
  for (const factor of [1.5, 0.7, 4]) {
    const held = window.toCode(37, 222);
    assert.ok(window.zoom(factor, 37, 222));
    near(window.toCode(37, 222), held);
  }
  near([window.scale], [scale * 1.5 * 0.7 * 4]);
  window.zoom(1 / (1.5 * 0.7 * 4), 37, 222);
  near(window.toCode(0, 0), before);
});

test('a zoom has bounds, and says when it meets them', () => {
  const window = sight();
  const fits = window.scale;
  assert.ok(window.zoom(1e9));
  near([window.scale], [1000 * fits]);
  assert.equal(window.zoom(2), false);
  assert.ok(window.zoom(1e-9));
  near([window.scale], [fits / 4]);
  assert.equal(window.zoom(0.5), false);
});

test('dragging takes the plane along', () => {
  const window = sight();
  const code = window.toCode(100, 100);
  window.pan(30, -20);
  near([window.toX(code[0]), window.toY(code[1])], [130, 80]);
});

test('two fingers keep the codes they lie on, when they turn not', () => {
  const window = sight();
  const [p, q] = [window.toCode(100, 100), window.toCode(200, 150)];
  window.pinch([[100, 100], [200, 150]], [[50, 90], [250, 190]]);
  near([window.toX(p[0]), window.toY(p[1]), window.toX(q[0]), window.toY(q[1])], [50, 90, 250, 190]);
  window.pinch([[10, 10], [10, 10]], [[10, 10], [10, 10]]);
  assert.ok(Number.isFinite(window.scale));
});

test('following takes the same way in one step as in many, and arrives', () => {
  const [once, often] = [sight(), sight()];
  for (const window of [once, often]) window.fit([-1, -1, 7, 5]);
  once.follow(100);
  for (let k = 0; k < 10; k += 1) often.follow(10);
  near([...once.toCode(0, 0), once.scale], [...often.toCode(0, 0), often.scale]);
  let frames = 0;
  while (once.follow(16)) frames += 1;
  assert.ok(frames > 20 && frames < 200, `${frames}`);
  near([...once.toCode(200, 150), once.scale], [3, 2, 400 / 8 / 1.24]);
});

test('codes elsewhere altogether are shown at once', () => {
  for (const values of [[1000, 1000, 1006, 1004], [-2e3, -1e3, 4e3, 3e3], [0.99, 0.99, 1.01, 1.01]]) {
    const window = sight();
    window.fit(values);
    assert.equal(window.follow(1), false);
    near([window.toX((values[0] + values[2]) / 2)], [200]);
  }
});

test('another size shows the same part, and what fits then fits there', () => {
  const window = sight();
  window.zoom(3, 10, 20);
  const middle = window.toCode(200, 150);
  window.resize(800, 600);
  near(window.toCode(400, 300), middle);
  near([window.scale], [2 * 3 * (400 / 6 / 1.24)]);
  window.settle();
  near([window.scale], [2 * (400 / 6 / 1.24)]);
});

test('revealing moves as little as needed', () => {
  const window = sight();
  assert.equal(window.reveal(window.toCode(399, 1)), false);
  const code = window.toCode(450, 100);
  const before = window.toCode(0, 0);
  assert.equal(window.reveal(code), true);
  near([window.toX(code[0]), window.toY(code[1])], [400, 100]);
  near([window.toCode(0, 0)[1]], [before[1]]);
});

test('what is in sight is what lies between the edges', () => {
  const window = sight();
  const values = Array.from({ length: 2000 }, () => 12 * random() - 5);
  const wanted = [];
  for (let i = 0; i < 1000; i += 1) {
    const [px, py] = [window.toX(values[2 * i]), window.toY(values[2 * i + 1])];
    if (px >= -5 && px <= 405 && py >= -5 && py <= 305) wanted.push(i);
  }
  assert.ok(wanted.length > 100 && wanted.length < 900);
  assert.deepEqual(window.inSight(values, 5), wanted);
});

test('pictures chosen lie apart, and none with room is left out', () => {
  const places = Array.from({ length: 300 }, () => /** @type {[number, number]} */ ([300 * random(), 300 * random()]));
  const chosen = spaced([...places.keys()], (i) => places[i], 30);
  const close = (/** @type {number} */ i, /** @type {number} */ j) => Math.abs(places[i][0] - places[j][0]) < 30 && Math.abs(places[i][1] - places[j][1]) < 30;
  for (const i of chosen) for (const j of chosen) assert.ok(i === j || !close(i, j));
  for (const i of places.keys()) assert.ok(chosen.some((j) => close(i, j)));
  assert.equal(spaced([...places.keys()], (i) => [100 * i, 0], 30).length, 150);
});

// ---- the colours -----------------------------------------------------------------------------

// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB; OKLab by Ottosson 2020.
const SIGHTS = {
  full: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};
const linear = (/** @type {string} */ hex) =>
  [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
const times = (/** @type {number[]} */ m, /** @type {number[]} */ v) => [0, 3, 6].map((r) => m[r] * v[0] + m[r + 1] * v[1] + m[r + 2] * v[2]);
const seen = (/** @type {number[]} */ m, /** @type {string} */ hex) => times(m, linear(hex)).map((c) => Math.max(0, Math.min(1, c)));
const oklab = (/** @type {number[]} */ rgb) =>
  times(
    [0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662, -0.808675766],
    times([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], rgb).map(Math.cbrt),
  );
const closest = (/** @type {string[]} */ palette) =>
  Math.min(
    ...Object.values(SIGHTS).flatMap((m) => {
      const labs = palette.map((hex) => oklab(seen(m, hex)));
      return labs.flatMap((a, i) => labs.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])));
    }),
  );
const contrast = (/** @type {string} */ a, /** @type {string} */ b) => {
  const [low, high] = [a, b].map((hex) => 0.05 + 0.2126 * linear(hex)[0] + 0.7152 * linear(hex)[1] + 0.0722 * linear(hex)[2]).sort((x, y) => x - y);
  return high / low;
};

test('ten colours stay apart with every kind of sight, and stand out from the paper', () => {
  // Tol's muted scheme with its grey.
  const muted = closest(['#332288', '#88ccee', '#44aa99', '#117733', '#999933', '#ddcc77', '#cc6677', '#882255', '#aa4499', '#dddddd']);
  const papers = { light: ['#ffffff', '#f4f5f7'], dark: ['#14161a', '#1f2328'] }; // lab.css: paper and raised
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    const palette = PALETTES[theme];
    assert.equal(new Set(palette).size, 10);
    assert.ok(closest(palette) > 1.7 * muted, `${theme}: ${closest(palette)} against ${muted}`);
    for (const color of palette) for (const paper of papers[theme]) assert.ok(contrast(color, paper) >= 3, `${color} on ${paper}`);
    assert.equal(paletteOf({ paper: papers[theme][0] }), palette);
  }
});

// ---- the gallery -----------------------------------------------------------------------------

const INK = { paper: '#ffffff', ink: '#102030' };
const bytes = (/** @type {number} */ pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24];

test('shades run from paper to ink', () => {
  const table = shades(INK);
  assert.deepEqual(bytes(table[0]), [255, 255, 255, 255]);
  assert.deepEqual(bytes(table[255]), [0x10, 0x20, 0x30, 255]);
  assert.deepEqual(bytes(table[51]), [207, 210, 214, 255]); // a fifth: 255 − 47.8, 255 − 44.6, 255 − 41.4
});

test('pictures stand in rows; values outside are clamped, broken ones hatched', () => {
  const table = shades(INK);
  const values = new Float32Array([0, 0.2, 1, 0.5, -3, 7, 0, 1, NaN, 0, 0, 0, 0, 0, Infinity, 0]);
  const pixels = new Uint32Array(4 * 4);
  paint(pixels, { shape: [4, 4], values }, [0, 1, 2, 3], { columns: 2, table });
  assert.deepEqual([pixels[0], pixels[1], pixels[4], pixels[5]], [0, 51, 255, 128].map((i) => table[i]));
  assert.deepEqual([pixels[2], pixels[3], pixels[6], pixels[7]], [0, 255, 0, 255].map((i) => table[i]));
  for (const at of [8, 9, 12, 13, 10, 11, 14, 15]) assert.ok(pixels[at] !== table[0] && pixels[at] !== table[255]);
  assert.notEqual(pixels[8], pixels[9]);
  // Chosen rows, in their order.
  paint(pixels, { shape: [4, 4], values }, [1, 0], { columns: 2, table });
  assert.deepEqual([pixels[0], pixels[1], pixels[2], pixels[3]], [0, 255, 0, 51].map((i) => table[i]));
});

test('colours come in planes: all red, then all green, then all blue', () => {
  const values = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0.2]);
  const pixels = new Uint32Array(4);
  paint(pixels, { shape: [1, 12], values }, [0], { columns: 1, table: shades(INK) });
  assert.deepEqual([...pixels].map(bytes), [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [0, 0, 51, 255]]);
  assert.deepEqual([196, 588, 768, 195, 0].map(formOf), [[14, false], [14, true], [16, true], [0, false], [0, false]].map(([side, rgb]) => ({ side, rgb })));
});

test('pixels are whole, pictures fit in the width and share it', () => {
  for (const density of [1, 1.25, 2, 3]) {
    for (const width of [120, 343, 375, 640, 1248]) {
      for (const columns of [1, 8, 10, 20]) {
        for (const side of [14, 28]) {
          const grid = gridOf({ n: 45, side, columns, width, density });
          const wide = 2 * grid.edge + columns * grid.pitch - grid.gap;
          assert.ok(wide <= Math.ceil(width * density), `${wide} of ${width * density}`);
          assert.ok(grid.gap >= 1 && grid.side >= 1);
          if (grid.side >= side) assert.equal(grid.side % side, 0);
          // One pixel more for each would not fit.
          if (grid.side >= side) assert.ok(columns * (grid.side + side + 2) > width * density - 2 * density * (columns + 2), `${columns} × ${grid.side} in ${width}`);
          assert.equal(grid.rows, Math.ceil(45 / columns));
        }
      }
    }
  }
  assert.equal(gridOf({ n: 0, side: 14, columns: 5, width: 300, density: 1 }).height, 0);
});

test('each picture is found where it stands, and nothing beyond the last', () => {
  for (const captions of [false, true]) {
    const grid = gridOf({ n: 23, side: 14, columns: 10, width: 375, density: 2, captions });
    for (let i = 0; i < 23; i += 1) {
      const [x, y] = [grid.edge + (i % 10) * grid.pitch, grid.edge + Math.floor(i / 10) * grid.pitchY];
      for (const [dx, dy] of [[0, 0], [grid.side - 1, 0], [0, grid.side - 1], [grid.side - 1, grid.side - 1]]) assert.equal(pick(grid, 23, x + dx, y + dy), i);
    }
    const after = [grid.edge + 3 * grid.pitch + 3, grid.edge + 2 * grid.pitchY + 3];
    assert.equal(pick(grid, 23, after[0], after[1]), null);
    assert.equal(pick(grid, 23, grid.edge + 10 * grid.pitch + 3, 5), null);
    assert.equal(pick(grid, 23, -9, 5), null);
    assert.equal(pick(grid, 23, 5, -9), null);
    assert.ok(grid.height >= grid.edge + 2 * grid.pitchY + grid.side);
  }
});
