import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SNIPPETS } from '../../www/snippets.js';

const BASE = 'https://your.host/genlab/';
/** @type {import('../../www/snippets.js').Wish} */
const WISH = { figure: 'ring8', settings: [['lr_d', '0.002'], ['seed', '3']], hide: 'panels', theme: 'dark', lang: '' };

test('each way of embedding says the same', () => {
  assert.equal(SNIPPETS.element(BASE, WISH), `<script type="module" src="${BASE}www/lab.js"></script>\n<gen-lab figure="ring8" seed="3" settings="lr_d=0.002" hide="panels" theme="dark"></gen-lab>`);
  assert.ok(SNIPPETS.iframe(BASE, WISH).startsWith(`<iframe src="${BASE}www/embed.html?theme=dark#preset=ring8&amp;lr_d=0.002&amp;seed=3&amp;hide=panels" title="GenLab: ring8"`));
  assert.match(SNIPPETS.notebook(BASE, WISH), /_esm = "https:\/\/your\.host\/genlab\/www\/widget\.js"[^]*GenLab\(figure="ring8", seed="3", settings="lr_d=0\.002", hide="panels", theme="dark"\)$/);
  assert.match(SNIPPETS.npm(BASE, WISH), /^import 'genlab';[^]*'<gen-lab figure="ring8" seed="3"/);
});

test('no value leaves its quotes', () => {
  const wish = { ...WISH, figure: `"><script>alert('x')</script>\\` };
  for (const way of ['element', 'iframe', 'npm']) {
    const snippet = SNIPPETS[way](BASE, wish);
    assert.ok(!snippet.includes('<script>alert'), snippet);
  }
  assert.ok(SNIPPETS.notebook(BASE, wish).includes(JSON.stringify(wish.figure)));
  assert.ok(SNIPPETS.npm(BASE, wish).includes("alert(\\'x\\')"));
});
