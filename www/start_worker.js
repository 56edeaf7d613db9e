/**
 * Starts a worker. A page of another origin than ours may start only workers of its own: one that loads ours, which our
 * host has to allow (Access-Control-Allow-Origin).
 * @param {URL} url
 */
export function startWorker(url) {
  if (url.origin === location.origin) return new Worker(url, { type: 'module' });
  const own = URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' }));
  const worker = new Worker(own, { type: 'module' });
  worker.addEventListener('message', () => URL.revokeObjectURL(own), { once: true });
  return worker;
}
