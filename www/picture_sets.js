// Sets of pictures that come with the laboratory: fetched once asked for, as gzip, and unpacked.
// What the bytes mean is the core's matter (data/digits/README.md has the layout).

/** Bytes as they lie on the server, and unpacked. @typedef {{ url: URL, packed: number, unpacked: number }} PictureSet */

/** @type {Record<string, PictureSet>} */
export const SETS = {
  digits: { url: new URL('./data/digits28.u4.gz', import.meta.url), packed: 925011, unpacked: 3920020 },
  reader: { url: new URL('./data/reader.safetensors', import.meta.url), packed: 215460, unpacked: 215460 },
  features: { url: new URL('./data/features.safetensors', import.meta.url), packed: 119128, unpacked: 119128 },
};
/** Bytes that a file may unpack to: a small gzip can hold far more than fits in memory. */
const MAX_UNPACKED = 200 * 2 ** 20;
/** Bytes given to the unpacker at a time. Gzip packs at most 1032 to 1, so it runs some 16 MiB past the bound at most. */
const SLICE = 16 * 2 ** 10;

/** @param {string} name @param {(fraction: number) => void} progress how much has arrived, 0 to 1 @returns {Promise<Uint8Array>} */
export async function load(name, progress) {
  if (!Object.hasOwn(SETS, name)) throw new Error(`Picture set ${name} is not one of ${Object.keys(SETS).join(', ')}.`);
  const set = SETS[name];
  progress(0);
  const arrived = await arrive(name, set, progress);
  progress(1);
  const unpacked = await unpack(arrived, `Picture set ${name}`);
  // A server may answer a missing file with a page of its own.
  if (unpacked.length !== set.unpacked) throw new Error(`Picture set ${name} holds ${unpacked.length} bytes, not ${set.unpacked}.`);
  return unpacked;
}

/** @param {Uint8Array} bytes gzip, or what needs no unpacking @param {string} [what] begins the sentence of a refusal @returns {Promise<Uint8Array>} */
export async function unpack(bytes, what = 'The file') {
  const unpacked = isGzip(bytes) ? await gunzip(bytes, what) : bytes;
  if (!unpacked || unpacked.length > MAX_UNPACKED) throw new Error(`${what} holds more than ${MAX_UNPACKED / 2 ** 20} MiB unpacked.`);
  return unpacked;
}

/** The bytes as the browser hands them over. @param {string} name @param {PictureSet} set @param {(fraction: number) => void} progress */
async function arrive(name, set, progress) {
  try {
    const response = await fetch(set.url);
    if (!response.ok || !response.body) throw new Error(`the server answers ${response.status}`);
    const { body, headers } = response;
    const arrived = await gather(body, MAX_UNPACKED, (size, first) => progress(Math.min(1, size / expected(set, headers, first))));
    if (!arrived) throw new Error(`it is larger than ${MAX_UNPACKED / 2 ** 20} MiB`);
    return arrived;
  } catch (error) {
    throw new Error(`Picture set ${name} could not be fetched: ${/** @type {Error} */ (error).message.replace(/\.$/, '')}.`);
  }
}

/** How many bytes will arrive. Where the server encodes the file, Content-Length counts other bytes. @param {PictureSet} set @param {Headers} headers @param {Uint8Array} first */
function expected(set, headers, first) {
  if (!isGzip(first)) return set.unpacked;
  return (!headers.has('content-encoding') && Number(headers.get('content-length'))) || set.packed;
}

/** @param {Uint8Array} bytes */
function isGzip(bytes) {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** @param {Uint8Array} bytes @param {string} what @returns {Promise<Uint8Array | null>} null beyond the bound */
async function gunzip(bytes, what) {
  const unpacked = slices(bytes).pipeThrough(new DecompressionStream('gzip'));
  return gather(unpacked, MAX_UNPACKED).catch(() => {
    throw new Error(`${what} is not a whole gzip: it is broken or cut short.`);
  });
}

/** @param {Uint8Array} bytes @returns {ReadableStream<any>} */
function slices(bytes) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, (at += SLICE)));
      else controller.close();
    },
  });
}

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number} bound stops reading beyond so many bytes
 * @param {(size: number, first: Uint8Array) => void} [heard] bytes so far, and the first of them
 * @returns {Promise<Uint8Array | null>} null beyond the bound
 */
async function gather(stream, bound, heard) {
  const reader = stream.getReader();
  const chunks = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    size += read.value.length;
    if (size > bound) {
      reader.cancel().catch(() => {}); // nobody waits for what comes of it
      return null;
    }
    heard?.(size, chunks[0]);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
