import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { load, unpack } from '../../www/picture_sets.js';

const FOLDER = new URL('../../data/digits/', import.meta.url);
const packed = await readFile(new URL('digits28.u4.gz', FOLDER));
const unpacked = gunzipSync(packed);
const COUNTS = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];
const BOUND = 200 * 2 ** 20;

const { fetch: realFetch, DecompressionStream: RealDecompressionStream } = globalThis;
afterEach(() => Object.assign(globalThis, { fetch: realFetch, DecompressionStream: RealDecompressionStream }));

/** Answers a fetch with a body in chunks. @param {Uint8Array} body @param {Record<string, string>} [headers] @param {number} [status] @param {number} [first] bytes of the first chunk */
function serve(body, headers = {}, status = 200, first = 100_000) {
  const asked = /** @type {string[]} */ ([]);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(body.subarray(0, first)));
      for (let at = first; at < body.length; at += 100_000) controller.enqueue(new Uint8Array(body.subarray(at, at + 100_000)));
      controller.close();
    },
  });
  globalThis.fetch = async (/** @type {any} */ url) => {
    asked.push(String(url));
    return new Response(stream, { status, headers });
  };
  return asked;
}

/** Loads, and gives what progress was told. @param {string} [name] */
async function loaded(name = 'digits') {
  const fractions = /** @type {number[]} */ ([]);
  const bytes = await load(name, (fraction) => fractions.push(fraction));
  return { bytes, fractions };
}

/** @param {number[]} fractions */
function assertRises(fractions) {
  assert.equal(fractions[0], 0);
  assert.equal(fractions.at(-1), 1);
  assert.ok(fractions.every((fraction, i) => i === 0 || fraction >= fractions[i - 1]), `${fractions}`);
}

test('README.md of the digits states the SHA-256 of each file, and of what the pictures unpack to', async () => {
  const features = await readFile(new URL('features.safetensors', FOLDER));
  const stated = (await readFile(new URL('README.md', FOLDER), 'utf8')).match(/[0-9a-f]{64}/g);
  assert.deepEqual(stated, [packed, unpacked, features].map((data) => createHash('sha256').update(data).digest('hex')));
});

test('the digits are as many of each class as in the package, with its mean up to what 4 bits cost', () => {
  assert.deepEqual(COUNTS.map((_, digit) => unpacked.readUInt16LE(2 * digit)), COUNTS);
  assert.equal(unpacked.length, 20 + 10_000 * 392);
  const sum = unpacked.subarray(20).reduce((total, byte) => total + (byte >> 4) + (byte & 15), 0);
  // Python, on the package: v = the values of src/digits/0.json to 9.json; b = [floor(255 * x + 0.5) for x in v];
  // sum((2 * y + 17) // 34 for y in b) -> 15485176; sum(b) / (255 * len(b)) -> 0.13112575030012005
  assert.equal(sum, 15_485_176);
  const mean = sum / (15 * 7_840_000);
  assert.equal(mean.toFixed(12), '0.131676666667');
  assert.ok(Math.abs(mean - 0.13112575) < 3e-3, `${mean}`);
});

test('two pixels lie in a byte, the first in the high nibble', () => {
  // Python, on the package: the first picture has 0, 0.2, 0.624, 0.992, 0.624, 0.196 from pixel 126, the last one
  // 0.039, 0.525, 0.851, 0.996, 0.996, 0.788, 0.141, 0 from pixel 180; each times 15, rounded.
  assert.equal(unpacked.toString('hex', 20 + 63, 20 + 66), '039f93');
  const last = 20 + 9_999 * 392;
  assert.equal(unpacked.toString('hex', last + 90, last + 94), '18dffc20');
});

test('pictures lie by class: most are closest to the mean of their own', () => {
  const starts = COUNTS.map((_, digit) => COUNTS.slice(0, digit).reduce((sum, n) => sum + n, 0));
  const ink = (/** @type {number} */ picture, /** @type {number} */ pixel) => (unpacked[20 + 392 * picture + (pixel >> 1)] >> (pixel & 1 ? 0 : 4)) & 15;
  const pixels = Array.from({ length: 784 }, (_, pixel) => pixel);
  const means = starts.map((start, digit) => pixels.map((pixel) => Array.from({ length: COUNTS[digit] }, (_, i) => ink(start + i, pixel)).reduce((a, b) => a + b) / COUNTS[digit]));
  const distance = (/** @type {number} */ picture, /** @type {number[]} */ mean) => pixels.reduce((sum, pixel) => sum + (ink(picture, pixel) - mean[pixel]) ** 2, 0);
  let right = 0;
  let seen = 0;
  starts.forEach((start, digit) => {
    for (let i = 0; i < COUNTS[digit]; i += 10, seen += 1) {
      const distances = means.map((mean) => distance(start + i, mean));
      right += Number(distances.indexOf(Math.min(...distances)) === digit);
    }
  });
  // LeCun et al. (1998): a linear classifier errs on 12 % of MNIST, pairwise on 7.6 %; nearest mean is a little worse.
  assert.ok(right / seen > 0.75, `${right} of ${seen}`); // 823 of 1005
});

test('a served gzip is unpacked, and progress follows Content-Length', async () => {
  const asked = serve(packed, { 'content-length': String(packed.length) });
  const { bytes, fractions } = await loaded();
  assert.ok(unpacked.equals(bytes));
  assert.deepEqual(asked.map((url) => url.replace(/^.*\/www\//, '')), ['data/digits28.u4.gz']);
  assertRises(fractions);
  assert.equal(fractions[1], 100_000 / packed.length);
  assert.equal(fractions.length, 2 + Math.ceil(packed.length / 100_000));
});

test('without Content-Length, or with that of an encoding, progress goes by the known size', async () => {
  for (const headers of [[], [['content-length', '5'], ['content-encoding', 'br']]]) {
    serve(packed, Object.fromEntries(headers));
    const { bytes, fractions } = await loaded();
    assert.ok(unpacked.equals(bytes));
    assertRises(fractions);
    assert.equal(fractions[1], 100_000 / packed.length);
  }
});

test('progress never passes 1, whatever Content-Length says', async () => {
  serve(packed, { 'content-length': '150000' });
  assertRises((await loaded()).fractions);
});

test('what the server had the browser unpack is taken as it is', async () => {
  serve(unpacked, { 'content-length': String(packed.length), 'content-encoding': 'gzip' });
  const { bytes, fractions } = await loaded();
  assert.ok(unpacked.equals(bytes));
  assertRises(fractions);
  assert.equal(fractions[1], 100_000 / unpacked.length);
});

test('a first chunk of one byte does', async () => {
  serve(packed, {}, 200, 1);
  const { bytes, fractions } = await loaded();
  assert.ok(unpacked.equals(bytes));
  assertRises(fractions);
});

test('what cannot be had is refused in one sentence', async () => {
  serve(new Uint8Array(3), {}, 404);
  await assert.rejects(loaded(), new Error('Picture set digits could not be fetched: the server answers 404.'));
  globalThis.fetch = async () => Promise.reject(new TypeError('NetworkError when attempting to fetch resource.'));
  await assert.rejects(loaded(), new Error('Picture set digits could not be fetched: NetworkError when attempting to fetch resource.'));
  serve(packed.subarray(0, 500_000));
  await assert.rejects(loaded(), new Error('Picture set digits is not a whole gzip: it is broken or cut short.'));
  serve(Buffer.from('<!doctype html><title>Not found</title>'));
  await assert.rejects(loaded(), new Error('Picture set digits holds 39 bytes, not 3920020.'));
  for (const name of ['faces', 'toString']) await assert.rejects(loaded(name), new Error(`Picture set ${name} is not one of digits, reader, features.`));
});

test('a gzip is unpacked, other bytes come back as they are', async () => {
  const plain = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
  assert.deepEqual(await unpack(gzipSync(plain)), plain);
  assert.equal(await unpack(plain), plain);
  for (const bytes of [[], [0x1f], [0x1f, 0x8c, 0]]) assert.deepEqual(await unpack(Uint8Array.from(bytes)), Uint8Array.from(bytes));
  assert.equal((await unpack(gzipSync(new Uint8Array(0)))).length, 0);
});

test('a broken gzip is refused, wherever it is broken', async () => {
  const whole = gzipSync(Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251));
  const flipped = Uint8Array.from(whole);
  flipped[whole.length - 6] ^= 1; // in the checksum
  const refusal = new Error('The file is not a whole gzip: it is broken or cut short.');
  for (const bytes of [flipped, whole.subarray(0, 2), whole.subarray(0, -1), Uint8Array.of(0x1f, 0x8b, 9, 9, 9)]) await assert.rejects(unpack(bytes), refusal);
});

test('200 MiB are unpacked, one byte more is not', async () => {
  const refusal = new Error('The file holds more than 200 MiB unpacked.');
  assert.equal((await unpack(gzipSync(new Uint8Array(BOUND), { level: 1 }))).length, BOUND);
  await assert.rejects(unpack(gzipSync(new Uint8Array(BOUND + 1), { level: 1 })), refusal);
  await assert.rejects(unpack(new Uint8Array(BOUND + 1)), refusal);
});

test('unpacking stops at the bound, and no large piece is unpacked at once', async () => {
  const mebibyte = new Uint8Array(2 ** 20);
  let given = 0;
  let cancelled = false;
  /** @type {number[]} */ const slices = [];
  globalThis.DecompressionStream = /** @type {any} */ (
    class {
      writable = new WritableStream({ write: (/** @type {Uint8Array} */ slice) => void slices.push(slice.length) });
      // Without end: only stopping ends this test.
      readable = new ReadableStream({
        pull: (controller) => {
          given += 1;
          controller.enqueue(mebibyte);
        },
        cancel: () => void (cancelled = true),
      });
    }
  );
  const bomb = new Uint8Array(100_000);
  bomb.set([0x1f, 0x8b]);
  await assert.rejects(unpack(bomb), new Error('The file holds more than 200 MiB unpacked.'));
  assert.ok(cancelled);
  assert.ok(given <= 203, `${given}`);
  assert.ok(slices.every((length) => length <= 2 ** 14));
});
