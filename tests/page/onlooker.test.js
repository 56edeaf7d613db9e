// Who looks while another thread trains, with a looker made here in place of the worker.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

/** What it is sent, and ways to answer. */
class Fake {
  /** @type {Fake[]} */ static all = [];
  /** @type {any[]} */ told = [];
  onmessage = (/** @type {any} */ _) => {};
  onerror = (/** @type {any} */ _) => {};
  gone = false;
  constructor() {
    Fake.all.push(this);
  }
  postMessage(/** @type {any} */ message) {
    this.told.push(message);
  }
  terminate() {
    this.gone = true;
  }
  says(/** @type {any} */ data) {
    this.onmessage({ data });
    return new Promise((resolve) => setTimeout(resolve));
  }
}

Object.assign(globalThis, { Worker: Fake, location: { origin: 'null' } });
const cores = (/** @type {number} */ n) => Object.defineProperty(globalThis, 'navigator', { value: { hardwareConcurrency: n }, configurable: true });
const { Onlooker, joined } = await import('../../www/onlooker.js');

const opened = (kind = 'flex') => /** @type {any} */ ({ catalog: { models: [{ id: 'gan', looks_apart: true }, { id: 'faces', looks_apart: false }] }, device: { kind }, compiled: 'compiled' });
const started = (/** @type {number} */ run, model = 'gan') => /** @type {any} */ ({ type: 'started', run, settings: { model } });
const checkpoint = () => /** @type {any} */ ({ step: 3, progress: {}, values: new Float32Array(2) });
const begun = (/** @type {any} */ of) => {
  const onlooker = new Onlooker(of);
  onlooker.follow({ type: 'start' }, started(1));
  return onlooker;
};

beforeEach(() => {
  Fake.all = [];
  cores(2);
});

test('a looker is sent for when it is first asked for, and hears of the run as it then stands', async () => {
  const onlooker = new Onlooker(opened());
  const points = { values: new Float32Array(2) };
  onlooker.follow({ type: 'start', points }, started(1));
  onlooker.follow({ type: 'watch', probes: ['real'] }, { type: 'idle' });
  onlooker.follow({ type: 'tune', settings: { r1: 1 } }, { type: 'tuned', run: 1, settings: { model: 'gan', r1: 1 } });
  assert.equal(Fake.all.length, 0);
  assert.equal(onlooker.isReady(), false);
  const [looker] = Fake.all;
  assert.deepEqual(looker.told, [
    { type: 'open', kind: 'flex', compiled: 'compiled' },
    { type: 'start', run: 1, settings: { model: 'gan', r1: 1 }, points },
    { type: 'watch', probes: ['real'] },
  ]);
  await looker.says({ type: 'idle' });
  assert.equal(onlooker.isReady(), true);
  onlooker.follow({ type: 'tune', settings: { r1: 2 } }, { type: 'tuned', run: 1, settings: { model: 'gan', r1: 2 } });
  onlooker.follow({ type: 'play' }, { type: 'tuned', run: 1, settings: { model: 'gan', r1: 2 } });
  assert.deepEqual(looker.told.slice(3), [{ type: 'tune', settings: { r1: 2 } }]);
});

test('it answers with what is to be seen, or with nothing', async () => {
  const onlooker = begun(opened());
  onlooker.isReady();
  const [looker] = Fake.all;
  await looker.says({ type: 'idle' });
  const seen = onlooker.look(checkpoint());
  await looker.says({ type: 'glance', run: 1, probes: { real: 1 } });
  assert.deepEqual(await seen, { real: 1 });
  const nothing = onlooker.look(checkpoint());
  await looker.says({ type: 'idle' });
  assert.equal(await nothing, null);
  assert.equal(onlooker.isReady(), true);
});

test('one that fails is missed by nobody', async () => {
  const stops = {
    crash: (/** @type {Fake} */ looker) => looker.says({ type: 'crashed', message: 'unreachable' }),
    error: (/** @type {Fake} */ looker) => looker.onerror({ preventDefault() {} }),
  };
  for (const stop of Object.values(stops)) {
    Fake.all = [];
    const onlooker = begun(opened());
    onlooker.isReady();
    const [looker] = Fake.all;
    await looker.says({ type: 'idle' });
    const seen = onlooker.look(checkpoint());
    await stop(looker);
    assert.equal(await seen, null);
    assert.equal(looker.gone, true);
    assert.equal(onlooker.isReady(), false);
    assert.equal(Fake.all.length, 1, 'no other is sent for');
  }
});

test('one that fails before it is ready is not waited for', async () => {
  const onlooker = begun(opened());
  onlooker.isReady();
  await Fake.all[0].says({ type: 'crashed', message: 'no memory' });
  assert.equal(onlooker.isReady(), false);
  assert.equal(Fake.all.length, 1);
});

test('there is none on one core, beside a GPU, and for a model that nobody else can look at', () => {
  const faces = begun(opened());
  faces.follow({ type: 'start' }, started(2, 'faces'));
  assert.equal(faces.isReady(), false);
  assert.equal(begun(opened('webgpu')).isReady(), false);
  cores(1);
  assert.equal(begun(opened()).isReady(), false);
  assert.equal(Fake.all.length, 0);
});

test('what nobody looked at is told with what comes after', () => {
  const snapshot = (/** @type {number} */ first, /** @type {number[]} */ loss, /** @type {any} */ rest) => /** @type {any} */ ({ step: first + loss.length - 1, curves: { first, loss_d: Float32Array.from(loss) }, ...rest });
  const report = snapshot(4, [1, 2], { metrics: ['read'], judgement: 'judged', probes: {} });
  const after = snapshot(6, [3], { metrics: [], judgement: null, probes: { real: 1 } });
  assert.deepEqual(joined(report, after), { ...after, curves: { first: 4, loss_d: Float32Array.of(1, 2, 3) }, metrics: ['read'], judgement: 'judged' });
  const judged = { ...after, metrics: ['read again'], judgement: 'judged again' };
  assert.deepEqual(joined(report, judged).metrics, ['read again']);
  assert.deepEqual(joined(report, judged).judgement, 'judged again');
});
