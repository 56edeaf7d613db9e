import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../www/i18n/en.js';
import { architecture, biasIndex, nParameters, weightIndex } from '../../www/views/network_architecture.js';
import { byStrength, edges } from '../../www/views/network_edges.js';
import { MAX_NEURONS, WIDE, arrange, partsOf, pick, walk } from '../../www/views/network_layout.js';
import { describe, sentence } from '../../www/views/network_tip.js';

const SETTINGS = {
  latent_dim: '2', depth_g: 2, width_g: 64, activation_g: 'tanh', depth_d: '1', width_d: 32, activation_d: 'leaky_relu', pack: 1, fourier: 0,
};
const SIZES = [
  { g: [2, 64, 64, 2], d: [2, 64, 64, 1] },
  { g: [1, 2], d: [2, 1] },
  { g: [16, 512, 512, 512, 512, 512, 2], d: [145, 512, 512, 512, 512, 512, 1] },
];
const WIDTHS = [254, 285, 309, 500, WIDE - 1, WIDE, 958, 1088, 1400];
const LAYOUTS = WIDTHS.flatMap((width) => SIZES.map((sizes) => arrange(width, sizes)));

test('layers follow the settings', () => {
  const nets = architecture(SETTINGS);
  assert.deepEqual([nets.g.sizes, nets.d.sizes], [[2, 64, 64, 2], [2, 32, 1]]);
  // Two points a row, each 2 coordinates, 8 sines and 8 cosines; one deviation.
  const more = architecture({ ...SETTINGS, depth_d: 0, pack: '2', fourier: '8', minibatch_std: 'on' });
  assert.deepEqual(more.d.sizes, [37, 1]);
  assert.deepEqual(architecture({ ...SETTINGS, minibatch_std: 'off' }).d.sizes, [2, 32, 1]);
});

test('every parameter has one place, laid out layer by layer', () => {
  const sizes = [3, 4, 2];
  /** @type {string[]} */ const laid = [];
  for (let l = 1; l < sizes.length; l += 1) {
    for (let i = 0; i < sizes[l - 1]; i += 1) for (let j = 0; j < sizes[l]; j += 1) laid.push(`w${l} ${i} ${j}`);
    for (let j = 0; j < sizes[l]; j += 1) laid.push(`b${l} ${j}`);
  }
  assert.equal(nParameters(sizes), laid.length);
  laid.forEach((name, at) => {
    const [l, ...of] = name.slice(1).split(' ').map(Number);
    assert.equal(name[0] === 'w' ? weightIndex(sizes, l, of[0], of[1]) : biasIndex(sizes, l, of[0]), at, name);
  });
  assert.equal(nParameters([2, 64, 64, 2]), 4482);
});

test('boxes lie apart and inside the picture', () => {
  for (const { width, height, boxes } of LAYOUTS) {
    const all = Object.entries(boxes);
    for (const [id, a] of all) {
      assert.ok(a.width > 0 && a.height > 0 && a.x >= 0 && a.y >= 0, id);
      assert.ok(a.x + a.width <= width && a.y + a.height <= height, `${id} at ${width}`);
      for (const [other, b] of all) {
        const apart = a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y;
        assert.ok(id === other || apart, `${id} and ${other} at ${width}`);
      }
    }
  }
});

test('arrows are level or upright, run from box to box and around all others', () => {
  const ends = {
    z: ['noise', 'g'], x: ['g', 'generated'], judge_generated: ['generated', 'd'], judge_real: ['real', 'd'], rate: ['d', 'score'],
    to_loss_d: ['score', 'loss_d'], to_loss_g: ['score', 'loss_g'], train_d: ['loss_d', 'd'], train_g: ['loss_g', 'g'],
  };
  for (const { width, boxes, arrows } of LAYOUTS) {
    assert.deepEqual(arrows.map(({ id }) => id).sort(), Object.keys(ends).sort());
    for (const { id, points } of arrows) {
      const [first, last] = [points[0], points[points.length - 1]];
      assert.ok(onEdge(boxes[ends[id][0]], first) && onEdge(boxes[ends[id][1]], last), `${id} at ${width}`);
      for (const [a, b] of segments(points)) {
        assert.ok((a[0] === b[0]) !== (a[1] === b[1]), `${id} at ${width}`);
        for (const [name, box] of Object.entries(boxes)) {
          if (name !== 'fixed') assert.ok(!enters(box, a, b), `${id} through ${name} at ${width}`);
        }
      }
    }
  }
});

test('the gradient of G meets the lock, and no two arrows cross', () => {
  for (const { width, boxes, arrows } of LAYOUTS) {
    const meets = arrows.filter(({ points }) => segments(points).some(([a, b]) => enters(boxes.fixed, a, b)));
    assert.deepEqual(meets.map(({ id }) => id), ['train_g']);
    for (const one of arrows) {
      for (const other of arrows) {
        const fork = one.id.startsWith('to_loss') && other.id.startsWith('to_loss');
        if (one === other || fork) continue;
        for (const [a, b] of segments(one.points)) {
          for (const [c, d] of segments(other.points)) assert.ok(!touch(a, b, c, d), `${one.id} and ${other.id} at ${width}`);
        }
      }
    }
  }
});

test('at most twelve neurons a layer, apart and inside their network, and numbers that do not run together', () => {
  for (const { width, boxes, layers, labels } of LAYOUTS) {
    for (const player of /** @type {('g' | 'd')[]} */ (['g', 'd'])) {
      const box = boxes[player];
      for (const { x, ys, size, pitch } of layers[player]) {
        assert.equal(ys.length, Math.min(size, MAX_NEURONS));
        assert.ok(x > box.x && x < box.x + box.width && pitch >= 7);
        assert.ok(ys[0] - pitch / 2 >= box.y && ys[ys.length - 1] + pitch / 2 <= box.y + box.height - 20);
      }
    }
    const half = ({ text }) => 3.8 * text.length; // digits of 12 px are under 7.6 px wide
    labels.forEach((label, i) => {
      const next = labels[i + 1];
      if (next && next.y === label.y && next.x > label.x) assert.ok(next.x - label.x > half(label) + half(next), `${label.text} at ${width}`);
    });
  }
});

test('every line of the algorithm lights parts that exist', () => {
  const known = new Set([...LAYOUTS[0].arrows.map(({ id }) => id), ...Object.keys(LAYOUTS[0].boxes)]);
  for (const player of /** @type {('g' | 'd')[]} */ (['g', 'd'])) {
    for (const line of ['real', 'noise', 'generate', 'score', 'loss', 'update']) {
      const parts = partsOf({ player, line });
      assert.ok(parts.length && parts.every((part) => known.has(part)), `${player} ${line}`);
    }
  }
  assert.deepEqual(partsOf(null), []);
  assert.ok(!partsOf({ player: 'g', line: 'score' }).includes('judge_real'));
  assert.deepEqual(partsOf({ player: 'g', line: 'update' }), ['train_g', 'fixed', 'g']);
});

test('the pointer finds every neuron, and the arrow keys reach every layer', () => {
  for (const layout of LAYOUTS) {
    for (const player of /** @type {('g' | 'd')[]} */ (['g', 'd'])) {
      layout.layers[player].forEach(({ x, ys }, layer) => ys.forEach((y, unit) => assert.deepEqual(pick(layout, x, y), { player, layer, unit })));
    }
    assert.equal(pick(layout, 0, 0), null);
    let place = walk(layout, null, 'ArrowRight');
    const seen = new Set();
    for (let i = 0; i < 20; i += 1) {
      seen.add(`${place.player}${place.layer}`);
      place = walk(layout, place, 'ArrowRight');
    }
    assert.equal(seen.size, layout.layers.g.length + layout.layers.d.length);
  }
  const [layout] = LAYOUTS;
  const down = (place) => walk(layout, place, 'ArrowDown');
  assert.deepEqual(down({ player: 'g', layer: 0, unit: null }), { player: 'g', layer: 0, unit: 0 });
  assert.deepEqual(down({ player: 'g', layer: 0, unit: 1 }), { player: 'g', layer: 0, unit: 1 });
  assert.deepEqual(walk(layout, { player: 'g', layer: 1, unit: 0 }, 'ArrowUp'), { player: 'g', layer: 1, unit: null });
});

test('lines join drawn neurons only, sorted by sign and strength', () => {
  const { layers } = arrange(1088, { g: [2, 64, 2], d: [2, 1] });
  assert.equal(edges(layers.g, [2, 64, 2]).index.length, 2 * MAX_NEURONS + MAX_NEURONS * 2);
  const line = edges(layers.d, [2, 1]);
  // Strength 1 is 3 sqrt(2 / inputs) = 3 for two inputs; five levels.
  const sorted = (...weights) => byStrength(line, Float32Array.of(...weights, 0)).map((list) => [...list]);
  assert.deepEqual(sorted(-3, 3), [[], [], [], [], [0], [], [], [], [], [1]]);
  assert.deepEqual(sorted(-0.6, 100), [[0], [], [], [], [], [], [], [], [], [1]]);
  assert.ok(sorted(NaN, 0.2).every((list) => !list.length));
});

test('what the reader points at, in words', () => {
  const nets = architecture({ ...SETTINGS, fourier: 4 });
  const weights = new Float32Array(nParameters(nets.g.sizes));
  weights[biasIndex(nets.g.sizes, 1, 2)] = -0.125;
  const say = (place) => describe(place, nets, en, weights);
  assert.equal(say({ player: 'g', layer: 1, unit: 2 }), 'neuron 3 of 64 · bias −0.125');
  assert.equal(say({ player: 'g', layer: 2, unit: 0 }), 'neuron 1 of 64 · bias 0.000');
  assert.equal(say({ player: 'g', layer: 0, unit: 0 }), 'neuron 1 of 2');
  assert.equal(say({ player: 'g', layer: 1, unit: null }), '64 units, tanh');
  assert.equal(say({ player: 'g', layer: 3, unit: null }), '2 units, linear');
  assert.equal(say({ player: 'd', layer: 0, unit: null }), '10 inputs: a point’s x, y and 8 Fourier features');
  assert.match(sentence(nets, en), /G: 2 → 64 → 64 → 2, tanh; D: 10 → 32 → 1, Leaky ReLU 0\.2\./);
});

/** @param {[number, number][]} points */
const segments = (points) => points.slice(1).map((end, i) => [points[i], end]);

function onEdge({ x, y, width, height }, [px, py]) {
  const near = (a, b) => Math.abs(a - b) < 1e-6;
  const [across, along] = [px >= x - 1e-6 && px <= x + width + 1e-6, py >= y - 1e-6 && py <= y + height + 1e-6];
  return ((near(px, x) || near(px, x + width)) && along) || ((near(py, y) || near(py, y + height)) && across);
}

/** Whether a level or upright segment passes through the inside of a box. */
function enters({ x, y, width, height }, a, b) {
  const between = (i, low, high) => Math.max(a[i], b[i]) > low + 1e-6 && Math.min(a[i], b[i]) < high - 1e-6;
  return between(0, x, x + width) && between(1, y, y + height);
}

/** Whether two level or upright segments share a point. */
function touch(a, b, c, d) {
  return [0, 1].every((i) => Math.max(a[i], b[i]) >= Math.min(c[i], d[i]) && Math.max(c[i], d[i]) >= Math.min(a[i], b[i]));
}
