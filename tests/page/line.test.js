// A GAN on a line: where things lie in its picture, and what is read off it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANES, LineFrame, columnOf, peakOf, readingOf } from '../../www/views/line_frame.js';

/** Five places; D is highest at x = 2, and the best D is not known at −4. */
const curve = {
  shape: /** @type {[number, number]} */ ([5, 5]),
  values: Float32Array.from([-4, 0.25, 0, 0, NaN, -2, 0.5, 0.5, 0.25, 2 / 3, 0, 0.125, 0.25, 0.75, 0.25, 2, 0.75, 0.5, 0, 1, 4, 0.5, 0, 0.5, 0]),
};
const ends = { x: /** @type {[number, number]} */ ([-4, 4]), d: /** @type {[number, number]} */ ([0, 1]), density: 0.75 };

test('a column and a row of the curve have their names', () => {
  assert.deepEqual(columnOf(curve, 'x'), [-4, -2, 0, 2, 4]);
  assert.deepEqual(columnOf(curve, 'q'), [0, 0.25, 0.75, 0, 0.5]);
  assert.deepEqual(readingOf(curve, 2), { x: 0, d: 0.125, p: 0.25, q: 0.75, best: 0.25 });
  assert.ok(Number.isNaN(readingOf(curve, 0).best));
  assert.equal(peakOf(curve).x, 2);
});

test('D lies above the points, the points above the densities, and all of it inside the picture', () => {
  for (const width of [300, 560, 960]) {
    const frame = new LineFrame(width, ends);
    const heights = [frame.d(1), frame.d(0.5), frame.d(0), frame.real, frame.lane(0), frame.lane(LANES - 1), frame.density(0.75), frame.density(0)];
    assert.deepEqual([...heights].sort((a, b) => a - b), heights, `${width}`);
    assert.ok(heights[0] > frame.upper.top && heights[heights.length - 1] < frame.height);
    assert.equal(frame.d(0.5), (frame.d(0) + frame.d(1)) / 2);
    assert.deepEqual([frame.x(-4), frame.x(4)], [frame.left, frame.right]);
    assert.equal(frame.lane(0), frame.lane(LANES), 'lanes are taken in turn');
  }
});

test('a pixel finds the row that is drawn there, and none beyond the ends', () => {
  const frame = new LineFrame(500, ends);
  columnOf(curve, 'x').forEach((x, row) => assert.equal(frame.rowAt(frame.x(x) + 3, 5), row));
  assert.deepEqual([frame.rowAt(-100, 5), frame.rowAt(9999, 5)], [0, 4]);
});
