// The anywidget module, as a notebook calls it: a model with traits, an element in a shadow root, files from another host.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { DIST, open } from './chrome.js';
import { serve } from './server.js';
import { test } from './timed.js';

const HTML = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>notebook</title><div id="cell"></div></html>';
const SETTINGS = { device: 'flex', width_g: 16, width_d: 16, fourier: 0 };
const SITE = mkdtempSync(join(tmpdir(), 'genlab-notebook-'));
/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
/** Where the laboratory lies, for a page of another origin. @type {Awaited<ReturnType<typeof serve>>} */
let host;
before(async () => {
  writeFileSync(`${SITE}/notebook.html`, HTML);
  chrome = await open({ root: SITE });
  host = await serve(DIST, { 'access-control-allow-origin': '*' });
});
after(async () => {
  await chrome.close();
  host.close();
  rmSync(SITE, { recursive: true });
});


/** Calls `render` with a model that has these traits. @param {Record<string, unknown>} traits */
async function render(traits) {
  const figure = await chrome.figure('/notebook.html', { hosts: [host.url] });
  await figure.page.evaluate(async ([url, values]) => {
    const { default: widget } = await import(/** @type {string} */ (url));
    const model = { values, heard: new Map(), get: (name) => model.values[name], on: (event, act) => model.heard.set(event, act), off: (event) => model.heard.delete(event) };
    const el = document.createElement('div');
    document.querySelector('#cell')?.attachShadow({ mode: 'open' }).append(el);
    const set = (name, value) => {
      model.values[name] = value;
      model.heard.get(`change:${name}`)?.();
    };
    Object.assign(globalThis, { model, el, set, away: widget.render({ model, el }) });
  }, [`${host.url}/www/widget.js`, traits]);
  return figure;
}
const settled = (/** @type {import('./chrome.js').Figure} */ figure, /** @type {string} */ test) => figure.page.waitForFunction(`globalThis.el.querySelector('gen-lab')?.settings && (${test})(globalThis.el.querySelector('gen-lab'))`, null, { timeout: 60_000 });

test('a model’s traits make a figure that trains from another host, follows them, and goes without a trace', async () => {
  const figure = await render({ figure: 'moons', settings: SETTINGS, seed: 3, show: 'picture transport status', lang: 'zh', theme: 'auto' });
  await settled(figure, '(it) => it.settings.data === "moons" && it.settings.seed === 3 && it.settings.width_g === 16');
  await figure.page.locator('gen-lab [data-action=play]', { hasText: '播放' }).click();
  await figure.reads('.status', /第 [1-9]\d+ 步/);
  await figure.page.locator('gen-lab [data-action=play]').click();
  await figure.page.evaluate(() => {
    const { set } = /** @type {any} */ (globalThis);
    set('figure', 'ring8');
    set('settings', 'device=flex&width_g=8&width_d=8');
  });
  await settled(figure, '(it) => it.settings.data === "ring8" && it.settings.width_g === 8');
  await figure.page.evaluate(() => /** @type {any} */ (globalThis).set('theme', 'pink'));
  await figure.page.locator('gen-lab .notice p', { hasText: 'theme = pink' }).waitFor();
  const left = await figure.page.evaluate(() => {
    const { away, el, model } = /** @type {any} */ (globalThis);
    away();
    return [el.childElementCount, model.heard.size];
  });
  assert.deepEqual(left, [0, 0]);
  figure.quiet();
  await figure.close();
});

test('junk in the traits is a sentence, and the figure trains', async () => {
  const figure = await render({ figure: { toString: 'x' }, settings: { ...SETTINGS, lr_d: ['<img src=x onerror=alert(1)>'] }, seed: 'x'.repeat(1e6), hide: 7, lang: '<b>' });
  await figure.page.locator('gen-lab .notice p', { hasText: /^\w+ = .+ was not taken: it must be/ }).waitFor();
  await settled(figure, '(it) => it.settings.data === "ring8"');
  await figure.page.locator('gen-lab').focus();
  await figure.page.keyboard.press('b');
  await figure.reads('.status', /step 1/);
  figure.quiet();
  await figure.close();
});
