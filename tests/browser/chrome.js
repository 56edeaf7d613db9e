// A headless Chromium on the built page, and what every test wants to know of it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from './server.js';

export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url);
const QUIET = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** Where a link without a page leads: to the figure with everything. */
const LABORATORY = '/www/laboratory.html';
/** A software GPU: slow, but the real WebGPU path. */
const SWIFTSHADER = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** @param {{ gpu?: boolean, root?: string }} [options] root is the folder to be served, the built page where none is named */
export async function open({ gpu = false, root = DIST } = {}) {
  assert.ok(existsSync(`${DIST}/index.html`), 'build the page first: cargo xtask build');
  const server = await serve(root);
  const executablePath = process.env.GENLAB_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: gpu ? [...QUIET, ...SWIFTSHADER] : QUIET });
  return {
    url: server.url,
    version: browser.version(),
    /**
     * A figure on a page of its own. Fails the test on console errors and on requests to hosts that are not meant.
     * @param {string} path @param {import('playwright-core').BrowserContextOptions & { hosts?: string[], prepare?: (page: import('playwright-core').Page) => unknown }} [options]
     */
    async figure(path = '/', { hosts, prepare, ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      const figure = await Figure.of(page, [server.url, ...(hosts ?? [])]);
      await prepare?.(page);
      await page.goto(new URL(path.replace(/^\/(?=[#?]|$)/, LABORATORY), server.url).href);
      return figure;
    },
    stopServing: () => server.close(),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/**
 * Serves a file of the page changed, to see what happens when something breaks.
 * @param {string} file @param {(text: string) => string} change
 */
export const rewrite = (file, change) => (/** @type {import('playwright-core').Page} */ page) =>
  page.route(`**/${file}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });

export class Figure {
  /** @type {string[]} */ complaints = [];

  /** @param {import('playwright-core').Page} page @param {string[]} origins */
  constructor(page, origins) {
    this.page = page;
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.context().on('request', (request) => {
      const { protocol, origin: to } = new URL(request.url());
      if (!['data:', 'blob:'].includes(protocol) && !origins.includes(to)) this.complaints.push(`request to ${request.url()}`);
    });
  }

  /** The figure that `page` is going to show. @param {import('playwright-core').Page} page @param {string[]} origins */
  static async of(page, origins) {
    // Every loss of every step, as the figure hands them out.
    await page.addInitScript(() => {
      const seen = /** @type {Record<string, number[]>} */ ({ d: [], g: [], steps: [] });
      Object.assign(globalThis, { seen });
      addEventListener('genlab:snapshot', (event) => {
        const { curves, step } = /** @type {any} */ (event).detail;
        seen.d.push(...(curves.loss_d ?? []));
        seen.g.push(...(curves.loss_g ?? []));
        seen.steps.push(step);
      }, { capture: true });
    });
    return new Figure(page, origins);
  }

  /** The figure in an iframe of the page; complaints are those of the whole page. @returns {Promise<Figure>} */
  async within(selector = 'iframe') {
    const frame = await (await this.page.waitForSelector(selector)).contentFrame();
    return Object.assign(Object.create(Figure.prototype), { page: frame, complaints: this.complaints });
  }

  /** Until the laboratory has taken the settings. */
  async ready() {
    await this.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab'))?.settings, null, { timeout: 120_000 });
    return this;
  }

  /** Of the first figure, where another one stands beside it. @param {string} action */
  click(action) {
    return this.page.locator(`gen-lab [data-action=${action}]`).first().click();
  }

  /** @param {string} part @returns {Promise<string>} */
  async text(part) {
    return (await this.page.locator(`gen-lab ${part}`).first().textContent()) ?? '';
  }

  /** Until a part is to be seen and says so. @param {string} part @param {RegExp} pattern */
  async reads(part, pattern, timeout = 60_000) {
    await this.page.locator(`gen-lab ${part}`).filter({ hasText: pattern }).waitFor({ timeout });
  }

  /** How many snapshots have been seen. */
  snapshots() {
    return this.page.evaluate(() => /** @type {any} */ (globalThis).seen.steps.length);
  }

  /** The last step seen. */
  step() {
    return this.page.evaluate(() => /** @type {any} */ (globalThis).seen.steps.at(-1) ?? 0);
  }

  /** @param {number} step */
  async reaches(step, timeout = 90_000) {
    await this.page.waitForFunction((n) => (/** @type {any} */ (globalThis).seen.steps.at(-1) ?? 0) >= n, step, { timeout });
  }

  /** The losses of the first `n` steps. @param {number} n */
  async losses(n) {
    return this.page.evaluate((count) => {
      const { d, g } = /** @type {any} */ (globalThis).seen;
      return { d: d.slice(0, count), g: g.slice(0, count) };
    }, n);
  }

  /** How many pixels of a canvas have nearly this colour, a custom property of the figure. @param {string} name */
  pixels(name, selector = '.curves canvas') {
    return this.page.locator(`gen-lab ${selector}`).evaluate((element, property) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const host = /** @type {ShadowRoot} */ (canvas.getRootNode()).host;
      const hex = getComputedStyle(host).getPropertyValue(property).trim();
      const color = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d', { willReadFrequently: true }));
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let n = 0;
      for (let i = 0; i < data.length; i += 4) n += Number(color.every((c, k) => Math.abs(c - data[i + k]) < 40) && data[i + 3] > 128);
      return n;
    }, name);
  }

  /** How many different colours the plane shows. */
  colors() {
    return this.page.locator('gen-lab canvas.plane').first().evaluate((element) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext('2d', { willReadFrequently: true }));
      context.drawImage(canvas, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      return new Set(pixels).size;
    });
  }

  /** Settings as the figure's knobs have them. @returns {Promise<any>} */
  settings() {
    return this.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).settings);
  }

  /** What axe-core complains about, each with its places. @returns {Promise<string[]>} */
  async violations() {
    // Evaluated, and not put in as a script: the page's policy admits no foreign ones.
    await this.page.evaluate(await readFile(AXE, 'utf8'));
    const before = this.complaints.length;
    const found = await this.page.evaluate(async () => {
      const { violations } = await /** @type {any} */ (globalThis).axe.run();
      return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes.map((/** @type {any} */ n) => n.target.flat().join(' ')).slice(0, 4).join(' | ')}`);
    });
    // Nor does it admit the styles that axe tries things out with.
    const others = this.complaints.splice(before).filter((text) => !text.startsWith('Applying inline style violates'));
    this.complaints.push(...others);
    return found;
  }

  quiet() {
    assert.deepEqual(this.complaints, []);
  }

  async close() {
    await this.page.context().close();
  }
}
