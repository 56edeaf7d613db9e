// After the first visit the network may go, wherever the page lies; and a new build is seen at once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { DIST, open } from './chrome.js';
import { test } from './timed.js';

const SITE = mkdtempSync(join(tmpdir(), 'genlab-offline-'));
const LAB = `${SITE}/notes/lab`;
const build = () => execFileSync('node', ['xtask/offline.js', LAB]);
/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => {
  cpSync(DIST, LAB, { recursive: true, filter: (path) => path !== `${DIST}/npm` });
  build();
  chrome = await open({ root: SITE });
});
after(async () => {
  await chrome.close();
  rmSync(SITE, { recursive: true });
});

/** Until the service worker has all it needs. @param {import('./chrome.js').Figure} figure */
const kept = (figure) => figure.page.evaluate(async () => {
  const registration = await navigator.serviceWorker.ready;
  while (registration.active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 100));
});

/** Until the newer build, and it alone, is kept. @param {import('./chrome.js').Figure} figure */
const newer = (figure) => figure.page.evaluate(async () => {
  const states = async () => {
    const [names, registration, kept] = await Promise.all([caches.keys(), navigator.serviceWorker.ready, caches.match(new URL('embed.js', location.href))]);
    return names.length === 1 && !registration.installing && !registration.waiting && (await kept?.text())?.includes('newer-build');
  };
  while (!(await states())) await new Promise((resolve) => setTimeout(resolve, 100));
});

test('a new build is seen at the next visit, and then kept; without a server the figure still trains', async () => {
  const figure = await (await chrome.figure('/notes/lab/www/embed.html?lang=en#device=flex&width_g=16&width_d=16')).ready();
  await figure.click('play');
  await figure.reaches(10);
  await kept(figure);
  appendFileSync(`${LAB}/www/embed.js`, '\ndocument.documentElement.dataset.build = "newer-build";\n');
  appendFileSync(`${LAB}/www/lab.js`, '\ndocument.documentElement.dataset.lab = "newer-build";\n');
  build();
  await figure.page.reload();
  await figure.ready();
  assert.deepEqual(await figure.page.evaluate(() => ({ ...document.documentElement.dataset })), { build: 'newer-build', lab: 'newer-build' });
  await newer(figure);
  figure.quiet();
  chrome.stopServing();
  await figure.page.reload();
  await figure.ready();
  assert.equal(await figure.page.evaluate(() => document.documentElement.dataset.build), 'newer-build');
  await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).play());
  await figure.reaches(20);
  await figure.close();
});
