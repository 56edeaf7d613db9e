// The part of sw.js that stays the same. `build` is the rest: every file of this build with its SHA-256, those that are
// needed in any case, and a name for the whole.
//
// The network comes first, and is asked whether what the browser holds is still good, so a new build is seen at once.
// Only where there is no answer is the kept copy taken; it is of one build, checked file by file.

/** @typedef {{ name: string, needed: string[], hashes: Record<string, string> }} Build */

const scope = /** @type {any} */ (self);
const build = /** @type {Build} */ (scope.build);
const BASE = new URL('./', scope.location.href).href;
/** Another laboratory of the same origin has caches of its own. */
const OURS = `genlab ${BASE} `;
const CACHE = OURS + build.name;
/** Milliseconds. */
const PAUSE = 30;

scope.addEventListener('install', (/** @type {any} */ event) => {
  scope.skipWaiting();
  event.waitUntil(fillAll());
});

scope.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(forget()));

scope.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (request.method === 'GET' && Object.hasOwn(build.hashes, path)) event.respondWith(answer(path, request, event));
});

/** The file that an address stands for. @param {string} address */
function pathOf(address) {
  const url = new URL(address);
  if (!`${url.origin}${url.pathname}`.startsWith(BASE)) return '';
  const path = `${url.origin}${url.pathname}`.slice(BASE.length);
  return path === '' || path.endsWith('/') ? `${path}index.html` : path;
}

/** @param {string} path @param {Request} request @param {any} event */
async function answer(path, request, event) {
  try {
    const response = await fetch(request, { cache: 'no-cache' });
    if (response.ok) event.waitUntil(keep(path, response.clone()));
    return response;
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(BASE + path);
    if (kept) return kept;
    throw error;
  }
}

/** One after another, with a pause between: whoever trains meanwhile needs the machine more. */
async function fillAll() {
  for (const path of build.needed) {
    await fill(path);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** @param {string} path */
async function fill(path) {
  const response = await fetch(BASE + path, { cache: 'no-cache' });
  if (!(await keep(path, response))) throw new Error(`${path} is of another build.`);
}

/** Keeps a file of this build; one of another is not. @param {string} path @param {Response} response */
async function keep(path, response) {
  const cache = await caches.open(CACHE);
  if (await cache.match(BASE + path)) return true;
  const bytes = await response.arrayBuffer();
  const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hash !== build.hashes[path]) return false;
  await cache.put(BASE + path, new Response(bytes, { headers: { 'content-type': response.headers.get('content-type') ?? '' } }));
  return true;
}

/** Other builds of this laboratory. */
async function forget() {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
}
