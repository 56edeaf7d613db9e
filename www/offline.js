// Keeps what is needed to go on without a network, by the service worker at the root of the built page. Pages import
// this module; nothing is fetched for it before the first figure runs, or the reader has been here for a while.

/** Milliseconds. */
const A_WHILE = 15_000;
let asked = false;

function keep() {
  if (asked) return;
  asked = true;
  // Refused where a page is not served safely, or the browser keeps nothing for other people's iframes.
  navigator.serviceWorker?.register(new URL('../sw.js', import.meta.url)).catch(() => {});
}

addEventListener('genlab:snapshot', keep, { capture: true, once: true });
setTimeout(keep, A_WHILE);
