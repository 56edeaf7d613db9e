// Keeps what is needed to go on without a network, by the service worker at the root of the built page. Pages import
// this module; nothing is fetched for it before the first figure has stood still for a moment, or the reader has been here
// for a while: whoever presses play at once would train beside it.

/** Milliseconds. */
const A_MOMENT = 2000;
const A_WHILE = 15_000;
let asked = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */ let still;

function keep() {
  removeEventListener('genlab:snapshot', wait, { capture: true });
  if (asked) return;
  asked = true;
  // Refused where a page is not served safely, or the browser keeps nothing for other people's iframes.
  navigator.serviceWorker?.register(new URL('../sw.js', import.meta.url)).catch(() => {});
}

function wait() {
  clearTimeout(still);
  still = setTimeout(keep, A_MOMENT);
}

addEventListener('genlab:snapshot', wait, { capture: true });
setTimeout(keep, A_WHILE);
