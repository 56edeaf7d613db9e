// The red point: what a model answers of a place, in numbers, in words and on the picture.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../www/i18n/en.js';
import zh from '../../www/i18n/zh.js';
import { Frame } from '../../www/frame.js';
import { answerOf, countNear, drawAsked, nearness, outside } from '../../www/views/asked.js';
import { nearestMean, powerOf, sayClasses, sayDensity } from '../../www/views/asked_words.js';
import { drawClass } from '../../www/views/class_marks.js';
import { drawEllipses, ellipseOf } from '../../www/views/ellipses.js';

const matrix = (/** @type {number} */ columns, /** @type {number[]} */ ...values) => ({ shape: /** @type {[number, number]} */ ([values.length / columns, columns]), values: Float32Array.from(values) });
const site = { halfWidth: 3, measured: (/** @type {[number, number]} */ at) => at };
const colors = { asked: 'red', paper: 'white', real: 'blue', generated: 'orange' };

/** A frame of 300 pixels from −3 to 3 on a context that writes down what is called and, of strokes and fills, in which style. */
function recorder() {
  /** @type {any[][]} */ const calls = [];
  const context = new Proxy(/** @type {any} */ ({}), {
    get: (of, name) => of[name] ?? ((/** @type {any[]} */ ...given) => void calls.push([name, ...given, ...(['stroke', 'fill'].includes(String(name)) ? [of[`${String(name)}Style`]] : [])])),
  });
  const frame = Object.assign(Object.create(Frame.prototype), { context, side: 300, halfWidth: 3 });
  return { calls, frame, of: (/** @type {string} */ name) => calls.filter(([called]) => called === name) };
}

test('a density answers with density, distance and tail; what it cannot say is left out', () => {
  const words = sayDensity({ asked: matrix(5, 1, -2, Math.log(0.02), 2.5, 0.044) }, en, 'en', site);
  assert.equal(words, 'At (1.00, -2.00) the density is 0.02 per squared unit (ln p = -3.9), 2.5 standard deviations from the nearest mean (Mahalanobis distance). A point drawn from the model is less likely than this one with probability 4.4%.');
  const kernel = sayDensity({ asked: matrix(5, 1, -2, -70, NaN, 0) }, en, 'en', site);
  assert.match(kernel, /density is 4 × 10⁻³¹ per squared unit \(ln p = -70\)\. /);
  assert.match(kernel, /less than 0\.05%/);
  assert.match(sayDensity({ asked: matrix(5, 1, -2, -30, 7, 2.3e-11) }, en, 'en', site), /probability 2\.3 × 10⁻¹¹/);
  assert.match(sayDensity({ asked: matrix(5, 1, -2, -70, NaN, 0.5) }, zh, 'zh', site), /密度为每单位面积 4 × 10⁻³¹（ln p = -70）。/);
});

test('a GAN cannot say, and its points nearby are counted', () => {
  const generated = matrix(2, 0, 0, 0.29, 0, 0, 0.31, -0.2, -0.2, 2, 2);
  const asked = matrix(5, 0, 0, NaN, NaN, NaN);
  assert.equal(nearness(3), 0.3);
  assert.equal(countNear(generated.values, [0, 0], 0.3), 3);
  const words = sayDensity({ asked, generated }, en, 'en', site);
  assert.match(words, /cannot say how likely this one is.* Of its 5 points on show, 3 lie within 0\.3 of \(0\.00, 0\.00\)/);
  const { frame, of } = recorder();
  drawAsked(frame, asked, colors);
  assert.deepEqual(of('arc')[0].slice(0, 4).map((v) => (typeof v === 'number' ? Math.round(v) : v)), ['arc', 150, 150, 15], 'the circle in which they are counted');
  const known = recorder();
  drawAsked(known.frame, matrix(5, 0, 0, -1, 1, 0.5), colors);
  assert.ok(known.of('arc').every(([, , , radius]) => radius < 10), 'no circle where the density is known');
});

test('powers of e are written also where no number is as small', () => {
  assert.equal(powerOf(Math.log(0.5), 'en'), '0.5');
  assert.equal(powerOf(-1000, 'en'), '5.1 × 10⁻⁴³⁵');
  assert.equal(powerOf(20, 'en'), '4.9 × 10⁸');
  assert.equal(powerOf(-Infinity, 'en'), '0');
});

test('the point starts outside the cloud, where there is most room', () => {
  assert.deepEqual(outside([Float32Array.of(2, 2, 2, -2), Float32Array.of(-2, 2)], 3), [-0.7 * 3, -0.7 * 3]);
});

test('an ellipse has the axes of its covariance, and the mean distance is Mahalanobis’s', () => {
  // λ = 1.25 ± √(1.25² − 0.64); the long axis lies along (λ − Σ₁₁, Σ₀₁). Of (0.5, −1.25): (0.5·0.5² + 2·0.6·0.5·1.25 + 2·1.25²) / 0.64 = 2.5².
  const { long, short, angle } = ellipseOf(2, 0.6, 0.5);
  for (const [got, want] of [[long, 1.48676], [short, 0.53808], [(angle * 180) / Math.PI, 19.3299]]) assert.ok(Math.abs(got - want) < 1e-4, `${got} is not ${want}`);
  const distance = nearestMean(matrix(6, 0.5, 0.5, 0.25, 2, 0.6, 0.5, 0.5, 9, 9, 1, 0, 1), [1, -1]);
  assert.ok(Math.abs(distance - 2.5) < 1e-6, String(distance));
});

test('ellipses stand upright on a picture whose y goes down, and light components are faint', () => {
  const { frame, of } = recorder();
  drawEllipses(frame, matrix(6, 0.8, 1, 1, 1, 0.5, 1, 0.2, 0, 0, 0.25, 0, 0.25), (k) => `ink ${k}`, 'white');
  const [one, two] = of('ellipse');
  assert.ok(one[1] > 150 && one[2] < 150 && one[5] < 0, 'up and to the right, and turned that way');
  assert.ok(Math.abs(two[3] / one[3] - 2) < 1e-6);
  assert.deepEqual(of('stroke').map(([, style]) => style), ['white', 'ink 0', 'white', 'ink 0', 'white', 'ink 1', 'white', 'ink 1']);
});

const components = matrix(6, 0.5, -1, 0, 0.25, 0, 0.25, 0.5, 1, 0, 0.25, 0, 0.25);

test('a discriminative model is sure of a class and can make no point of it', () => {
  const words = sayClasses({ asked: matrix(4, 2, 2, 0.9999, NaN) }, en, 'en', site);
  assert.equal(words, 'At (2.00, 2.00) the model says class B ▲ with more than 99.9%. This model says which class a point belongs to, and cannot make one.');
  assert.match(sayClasses({ asked: matrix(4, 2, 2, 0.25, NaN) }, en, 'en', site), /class A ● with 75%\./);
  assert.match(sayClasses({ asked: matrix(4, 2, 2, 0.25, NaN) }, zh, 'zh', site), /A ● 类，概率：75%。这个模型/);
});

test('a generative model knows that it has seen nothing far out', () => {
  const far = sayClasses({ asked: matrix(4, 3, 3, 0.9999, Math.log(2e-9)), components }, en, 'en', site);
  assert.match(far, /class B ▲ with more than 99\.9%, though it gives this place a density of only 2 × 10⁻⁹ per squared unit: far from everything it has seen\.$/);
  const near = sayClasses({ asked: matrix(4, 1, 0.5, 0.98, Math.log(0.2)), components }, en, 'en', site);
  assert.match(near, /class B ▲ with 98%, and gives this place a density of 0\.2 per squared unit\.$/);
  assert.deepEqual(Object.keys(answerOf(matrix(4, 1, 2, 0.5, -3))), ['at', 'b', 'log']);
});

test('A is a disc and B a triangle, filled in the data and open where a model made them', () => {
  for (const filled of [true, false]) {
    const a = recorder();
    drawClass(a.frame, matrix(2, 0, 0, 1, 1), 0, colors, filled);
    assert.equal(a.of('arc').length, 2);
    const b = recorder();
    drawClass(b.frame, matrix(2, 0, 0, 1, 1), 1, colors, filled);
    assert.equal(b.of('arc').length, 0);
    assert.equal(b.of('closePath').length, 2);
    assert.deepEqual(b.of('fill').map(([, style]) => style), filled ? ['blue'] : []);
    assert.deepEqual(a.of('stroke').map(([, style]) => style), [filled ? 'white' : 'orange']);
  }
});
