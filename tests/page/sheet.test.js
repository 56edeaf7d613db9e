import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridOf } from '../../www/views/gallery.js';
import { ROOM, arrange, sheetOf } from '../../www/views/sheet.js';

test('a narrow sheet has one strip, in the order given, nothing on anything else', () => {
  const { places, width, height } = arrange([100, 50, 20], 480);
  assert.deepEqual(places.map(({ x }) => x), [7, 7, 7]);
  assert.equal(width, 480);
  assert.ok(places[1].y >= places[0].y + 100 && places[2].y >= places[1].y + 50 && height > places[2].y + 20);
});

test('a wide sheet has two strips, and each drawing goes under the shorter one, the left one first', () => {
  const { places, width, height } = arrange([400, 100, 100, 300, 10], 960);
  assert.deepEqual(places.map(({ x }) => (x < 480 ? 'left' : 'right')), ['left', 'right', 'right', 'right', 'left']);
  assert.equal(width, 960);
  assert.ok(places.every(({ x }) => x + ROOM <= width) && height > places[3].y + 300);
});

test('less room than a strip is still one, nothing is still a sheet, and its height is a whole number', () => {
  assert.equal(arrange([10], 300).width, 480);
  assert.ok(arrange([], 960).height > 0);
  assert.ok(Number.isInteger(arrange([10.5, 3.25], 480).height));
});

test('sixteen digits of 14 or 28 pixels lie in a strip at 28, in stills and in recordings', () => {
  for (const density of [1, 2]) {
    for (const side of [14, 28]) assert.equal(gridOf({ n: 32, side, columns: 16, width: ROOM, density, between: 1 }).side, 28 * density);
  }
});

test('a sheet writes titles and foot, and draws each block at its own place', () => {
  /** @type {string[]} */ const done = [];
  const context = /** @type {any} */ ({
    save: () => done.push('save'),
    restore: () => done.push('restore'),
    translate: (/** @type {number} */ x, /** @type {number} */ y) => done.push(`to ${x} ${y}`),
    fillText: (/** @type {string} */ text) => done.push(text),
  });
  const drawing = (/** @type {string} */ name) => ({ width: ROOM, height: 40, draw: () => void done.push(name) });
  const colors = /** @type {any} */ ({ paper: '#ffffff', quiet: '#5b616b' });
  const { draw, paper } = sheetOf([{ drawing: drawing('codes') }, { title: 'Samples', drawing: drawing('samples') }], 'seed 1', colors, 480);
  draw(context);
  assert.equal(paper, '#ffffff');
  assert.deepEqual(done, ['save', 'to 7 7', 'codes', 'restore', 'Samples', 'save', 'to 7 78', 'samples', 'restore', 'seed 1']);
});
