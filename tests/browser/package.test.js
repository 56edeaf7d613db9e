// The npm package as whoever installs it has it: packed, unpacked, typed, imported, served under a path of their own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { open } from './chrome.js';
import { test } from './timed.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = mkdtempSync(join(tmpdir(), 'genlab-site-'));
const run = (/** @type {string} */ program, /** @type {string[]} */ words, cwd = ROOT) => execFileSync(program, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => {
  run('node', ['xtask/package.js', 'dist', `${SITE}/npm`]);
  run('npm', ['pack', '--pack-destination', SITE, `${SITE}/npm`]);
  mkdirSync(`${SITE}/notes/node_modules/genlab`, { recursive: true });
  run('tar', ['--extract', '--strip-components=1', '--file', `${SITE}/genlab-0.1.0.tgz`, '--directory', `${SITE}/notes/node_modules/genlab`]);
  chrome = await open({ root: SITE });
});
after(async () => {
  await chrome.close();
  rmSync(SITE, { recursive: true });
});

test('npm packs what the manifest exports, and nothing of the workshop', () => {
  const [{ files }] = JSON.parse(run('npm', ['pack', '--dry-run', '--json'], `${SITE}/npm`));
  const names = files.map((/** @type {{ path: string }} */ { path }) => path);
  const { exports } = JSON.parse(readFileSync(`${SITE}/npm/package.json`, 'utf8'));
  const wanted = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? entry : Object.values(entry))).map((path) => path.slice(2));
  for (const name of [...wanted, 'LICENSE', 'README.md', 'genlab.js']) assert.ok(names.includes(name), name);
  assert.deepEqual(names.filter((/** @type {string} */ name) => /test|node_modules|\.rs$/.test(name)), []);
});

test('its types hold, and its module may be imported where there is no page', () => {
  const config = { compilerOptions: { strict: true, noImplicitAny: false, allowJs: true, noEmit: true, target: 'es2022', module: 'nodenext', lib: ['es2023', 'dom', 'dom.iterable'], types: [], skipLibCheck: true, paths: { genlab: [`${SITE}/npm/genlab.d.ts`], 'genlab/widget': [`${SITE}/npm/widget.d.ts`] } }, files: [`${ROOT}/tests/package/typings.ts`] };
  writeFileSync(`${SITE}/tsconfig.json`, JSON.stringify(config));
  run(`${ROOT}/node_modules/.bin/tsc`, ['--project', `${SITE}/tsconfig.json`]);
  const script = "const { GenLab } = await import('genlab'); const { default: widget } = await import('genlab/widget'); console.log(typeof GenLab, typeof widget.render);";
  assert.equal(run('node', ['--input-type=module', '--eval', script], `${SITE}/notes`).trim(), 'function function');
});

test('the element trains from the packed files, under a path of their own', async () => {
  const map = JSON.stringify({ imports: { genlab: './node_modules/genlab/www/lab.js' } });
  writeFileSync(`${SITE}/notes/index.html`, `<!doctype html><html lang="en"><link rel="icon" href="data:,"><script type="importmap">${map}</script><script type="module">import 'genlab'; document.body.insertAdjacentHTML('beforeend', '<gen-lab figure="moons" settings="device=flex&amp;width_g=16&amp;width_d=16"></gen-lab>');</script><body></body></html>`);
  const figure = await (await chrome.figure('/notes/index.html')).ready();
  await figure.click('play');
  await figure.reaches(30);
  assert.equal((await figure.settings()).data, 'moons');
  figure.quiet();
  await figure.close();
});
