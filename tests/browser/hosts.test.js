// The example pages of other people's tools, built by these tools: every one trains, and none asks another host for anything.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { build, python } from '../../examples/hosts/build.js';
import { DIST, open } from './chrome.js';
import { serve } from './server.js';
import { test } from './timed.js';

const SITE = mkdtempSync(join(tmpdir(), 'genlab-hosts-'));
/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => {
  build(SITE);
  chrome = await open({ root: SITE });
});
after(async () => {
  await chrome.close();
  rmSync(SITE, { recursive: true, force: true });
});

for (const [host, path, step] of [['plain HTML', 'plain/index.html', 'step_both'], ['MkDocs', 'mkdocs/index.html', 'step_both'], ['Quarto', 'quarto/codes.html', 'step_one']]) {
  test(`${host}: the element trains`, async () => {
    const page = await (await chrome.figure(`/${path}`)).ready();
    await page.click(step);
    await page.reaches(1);
    await page.click('play');
    await page.reaches(15);
    page.quiet();
    await page.close();
  });
}

test('mdBook: the iframe trains, and is as high as its figure', async () => {
  const page = await chrome.figure('/mdbook/dirac.html');
  const figure = await (await page.within()).ready();
  await figure.click('play');
  await figure.reaches(15);
  const [asked, given] = await Promise.all([figure.page.evaluate(() => document.documentElement.getBoundingClientRect().height), page.page.evaluate(() => document.querySelector('iframe')?.clientHeight)]);
  assert.ok(Math.abs(asked - Number(given)) <= 1, `${asked} asked for, ${given} given`);
  page.quiet();
  await page.close();
});

test('reveal.js: the figure plays while its slide is shown, and keeps its run', async () => {
  const page = await chrome.figure('/reveal/index.html');
  await page.page.locator('.reveal.ready').waitFor();
  await page.page.keyboard.press('ArrowRight');
  const figure = await page.within('iframe[src]');
  await figure.reaches(20);
  await page.page.keyboard.press('ArrowRight');
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('[data-action=play]').dataset.state === 'play');
  await figure.reads('.status', /^step [\d,]+$/); // the last snapshot has no rate
  const step = await figure.step();
  await page.page.waitForTimeout(700);
  assert.equal(await figure.step(), step, 'it stands still');
  await page.page.keyboard.press('ArrowLeft');
  await figure.reaches(step + 10);
  page.quiet();
  await page.close();
});

test('Jupyter: the widget trains in JupyterLab, and follows its traits', async () => {
  const host = await serve(DIST, { 'access-control-allow-origin': '*' });
  cpSync(new URL('../../examples/hosts/notebook', import.meta.url), `${SITE}/notebook`, { recursive: true });
  const jupyter = await startJupyter(`${SITE}/notebook`, `${host.url}/`);
  try {
    const page = await chrome.figure(`${jupyter.url}lab/tree/gan.ipynb`, { hosts: [host.url, new URL(jupyter.url).origin] });
    await page.page.locator('.jp-Notebook .jp-CodeCell').first().waitFor({ timeout: 60_000 });
    await page.page.locator('#jp-main-statusbar', { hasText: '| Idle' }).waitFor({ timeout: 60_000 });
    await page.page.locator('.jp-Notebook .jp-CodeCell .jp-InputArea-editor').first().click();
    await page.page.keyboard.press('Shift+Enter');
    const status = page.page.locator('gen-lab .status');
    await status.filter({ hasText: /step 0/ }).waitFor({ timeout: 90_000 });
    await page.page.locator('gen-lab').evaluate((element) => /** @type {any} */ (element).play());
    await status.filter({ hasText: /step [1-9]\d/ }).waitFor({ timeout: 60_000 });
    // In a notebook "d d" deletes a cell: not while the figure has the focus.
    const cells = await page.page.locator('.jp-Notebook .jp-Cell').count();
    await page.page.locator('gen-lab').focus();
    for (const key of ['Space', 'd', 'd']) await page.page.keyboard.press(key);
    assert.equal(await page.page.locator('.jp-Notebook .jp-Cell').count(), cells);
    await page.page.locator('.jp-Notebook .jp-CodeCell .jp-InputArea-editor').nth(1).click();
    await page.page.keyboard.press('Shift+Enter');
    await page.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).settings.width_g === 32, null, { timeout: 60_000 });
    assert.deepEqual(page.complaints.filter((text) => text.startsWith('request to')), []);
    await page.close();
  } finally {
    jupyter.stop();
    host.close();
  }
});

/** @param {string} folder @param {string} genlab the laboratory's address @returns {Promise<{ url: string, stop: () => void }>} */
function startJupyter(folder, genlab) {
  const words = ['lab', '--no-browser', '--allow-root', '--ip=127.0.0.1', '--port=0', '--IdentityProvider.token=', '--LabApp.extension_manager=readonly', '--LabApp.news_url=None', `--notebook-dir=${folder}`];
  const server = spawn(python('jupyter'), words, { env: { ...process.env, GENLAB: genlab, JUPYTER_CONFIG_DIR: `${SITE}/jupyter`, JUPYTER_DATA_DIR: `${SITE}/jupyter`, IPYTHONDIR: `${SITE}/jupyter` }, stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = () => {
    server.kill();
    server.stderr.destroy(); // its kernels have it too
  };
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (text) => {
      said += text;
      const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
      if (url && /is running at/.test(said)) resolve(answering(url).then(() => ({ url, stop })));
    });
    server.on('exit', () => reject(new Error(said.slice(-2000))));
  });
}

/** Until Jupyter, which says so a little early, answers. @param {string} url */
async function answering(url) {
  while (!(await fetch(`${url}api`).then((response) => response.ok, () => false))) await new Promise((resolve) => setTimeout(resolve, 200));
}

const SNIPPETS = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').split('## In your notes')[1].match(/(?<=```html\n)[^]*?(?=```)/g) ?? [];

test('the README’s lines work in an empty HTML file', async () => {
  assert.equal(SNIPPETS.length, 2);
  for (const [i, snippet] of SNIPPETS.entries()) {
    writeFileSync(`${SITE}/empty${i}.html`, snippet.replaceAll('https://your.host', chrome.url));
    const page = await chrome.figure(`/empty${i}.html`);
    const figure = await (await (snippet.startsWith('<iframe') ? page.within() : page)).ready();
    assert.equal((await figure.settings()).seed, 3);
    await figure.click('play');
    await figure.reaches(10);
    page.quiet();
    await page.close();
  }
});
