// Addresses and messages that mean harm: each gets a sentence or silence, nothing is executed, and the figure still trains.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

const SMALL = 'device=flex&width_g=8&width_d=8&fourier=0';
const HARM = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', 'javascript:alert(1)', '"><svg onload=alert(1)>', '${alert(1)}', "');alert(1);//", '__proto__', 'constructor', 'toString', '\u0000', '1e309', '-1e309', 'NaN', '9'.repeat(400), '../../etc/passwd', '‮', '💥'.repeat(50)];
/** A field that takes none of these values. */
const FIELDS = ['preset', 'seed', 'lr_d', 'objective', 'show', 'hide'];
/** Names that are no setting's. */
const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', '<b>x</b>', 'on', 'eval', 'a'.repeat(500), '\u0000', '%'];

const query = (/** @type {string} */ field, /** @type {string} */ value) => new URLSearchParams([[field, value]]).toString();
/** What follows embed.html, and whether it is in the form of an address that names something. @type {string[]} */
const LINKS = [
  ...FIELDS.flatMap((field) => HARM.filter((value) => value.trim() !== '\u0000' || field !== 'show').map((value) => `#${SMALL}&${query(field, value)}`)),
  ...NAMES.map((name) => `#${SMALL}&${query(name, '1')}`),
  ...['<script>', 'pink', 'constructor'].flatMap((value) => [`?${query('theme', value)}#${SMALL}`, `?${query('lang', value)}#${SMALL}`]),
  `#${SMALL}&seed=1&${'x'.repeat(1_000_000)}`,
];

const SENTENCE = /^[^]+ was not taken: it must be .+\.$/;
const dismiss = (/** @type {import('./chrome.js').Figure} */ figure) => figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('[data-action=dismiss]').click());

/** Nothing that came from outside has run or become part of the page. */
const unharmed = (/** @type {import('./chrome.js').Figure} */ figure) => figure.page.evaluate(() => {
  const root = /** @type {ShadowRoot} */ (document.querySelector('gen-lab')?.shadowRoot);
  const strange = [...root.querySelectorAll('script, svg[onload], img, b')].length + document.querySelectorAll('body script, body img').length;
  return { strange, polluted: Object.keys(Object.prototype).length + Number(/** @type {any} */ ({}).polluted !== undefined) };
});

test(`${LINKS.length} hostile addresses: a sentence each, and the figure trains`, async () => {
  const figure = await (await chrome.figure('/www/embed.html?lang=en')).ready();
  let dialogs = 0;
  figure.page.on('dialog', (dialog) => {
    dialogs += 1;
    dialog.dismiss();
  });
  const silent = [];
  const notice = figure.page.locator('gen-lab .notice');
  for (const [i, link] of LINKS.entries()) {
    // Some in a document of their own, as an iframe would have it; the others follow each other in one.
    const anew = link.startsWith('?') || i % 10 === 0;
    if (anew) await figure.page.goto(`${chrome.url}/www/embed.html?n=${i}&${link.startsWith('?') ? link.slice(1) : link}`);
    else await figure.page.evaluate((hash) => (location.hash = hash), link);
    const said = await figure.reads('.notice p', SENTENCE, 10_000).then(() => true, () => false);
    if (!said) silent.push(link.slice(0, 120));
    if (anew) {
      await figure.ready();
      const before = await figure.step();
      await figure.page.evaluate(() => /** @type {any} */ (document.querySelector('gen-lab')).step('both', 3));
      await figure.reaches(before + 3);
    }
    assert.deepEqual(await unharmed(figure), { strange: 0, polluted: 0 }, link.slice(0, 120));
    await dismiss(figure);
    await notice.waitFor({ state: 'hidden' });
  }
  assert.deepEqual(silent, []);
  assert.equal(dialogs, 0);
  figure.quiet();
  await figure.close();
});

/** Made in the page, for not all of them are JSON. @type {Record<string, string>} */
const REFUSED = {
  'an unknown word': "{ type: 'genlab:eval', code: 'alert(1)' }",
  'a prototype key as a word': "{ type: 'genlab:__proto__' }",
  'a long word': "{ type: 'genlab:' + 'x'.repeat(1e7) }",
  'a play with more': "{ type: 'genlab:play', then: 'alert(1)' }",
  'markup as a field': "{ type: 'genlab:settings', '<img src=x onerror=alert(1)>': 1 }",
  'markup as a setting': "{ type: 'genlab:settings', settings: { '<img src=x onerror=alert(1)>': 1 } }",
  'markup as a value': "{ type: 'genlab:settings', settings: { lr_d: '<script>alert(1)</script>' } }",
  'a prototype key as a setting': "{ type: 'genlab:settings', settings: JSON.parse('{\"__proto__\": {\"polluted\": 1}}') }",
  'a constructor as a setting': "{ type: 'genlab:settings', settings: { constructor: 1 } }",
  'a giant number': "{ type: 'genlab:settings', settings: { width_g: 1e308 } }",
  'no number': "{ type: 'genlab:settings', settings: { lr_d: NaN } }",
  'an infinite number': "{ type: 'genlab:settings', settings: { lr_d: -Infinity } }",
  'a list of settings': "{ type: 'genlab:settings', settings: [1, 2, 3] }",
  'a text of settings': "{ type: 'genlab:settings', settings: 'lr_d=1' }",
  'a setting that is an object': "{ type: 'genlab:settings', settings: { lr_d: { a: 1 } } }",
  'a value of 10 MB': "{ type: 'genlab:settings', settings: { lr_d: 'x'.repeat(1e7) } }",
  'a name of 10 MB': "{ type: 'genlab:settings', settings: { ['x'.repeat(1e7)]: 1 } }",
  'a hundred thousand settings': "{ type: 'genlab:settings', settings: Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['a' + i, i])) }",
  'an unknown figure': "{ type: 'genlab:settings', settings: { preset: 'javascript:alert(1)' } }",
  'an unknown part': "{ type: 'genlab:settings', show: '<b>' }",
  'parts as a list': "{ type: 'genlab:settings', hide: ['panels'] }",
  'a theme that is none': "{ type: 'genlab:settings', theme: 'url(javascript:alert(1))' }",
  'a language that is none': "{ type: 'genlab:settings', lang: 10n ** 1000n }",
  'a date as a theme': "{ type: 'genlab:settings', theme: new Date(0) }",
};
const IGNORED = ['null', 'undefined', '0', "'genlab:play'", "'x'.repeat(1e7)", '[]', '{}', "{ type: 'play' }", "{ type: ['genlab:play'] }", "{ type: 'genlab:height', height: -1 }", "new Map([['type', 'genlab:play']])", "new Error('genlab:play')", 'new Uint8Array(1e7)', "{ namespace: 'reveal', eventName: 'slidechanged' }", '10n'];

test(`${Object.keys(REFUSED).length} hostile messages are refused in a sentence, ${IGNORED.length} are nobody’s business`, async () => {
  const html = `<!doctype html><title>notes</title><iframe src="/www/embed.html?lang=en#${SMALL}" title="GenLab" width="800" height="600"></iframe>`;
  const page = await chrome.figure('/notes.html', { prepare: (/** @type {import('playwright-core').Page} */ page) => page.route('**/notes.html', (route) => route.fulfill({ contentType: 'text/html', body: html })) });
  const figure = await (await page.within()).ready();
  let dialogs = 0;
  page.page.on('dialog', (dialog) => {
    dialogs += 1;
    dialog.dismiss();
  });
  const say = (/** @type {string} */ message) => page.page.evaluate(`document.querySelector('iframe').contentWindow.postMessage(${message}, '*')`);
  const notice = figure.page.locator('gen-lab .notice');
  for (const [what, message] of Object.entries(REFUSED)) {
    await say(message);
    await figure.reads('.notice p', SENTENCE, 10_000).catch(() => assert.fail(`${what}: no sentence`));
    assert.ok((await figure.text('.notice p')).length < 2000, what);
    await dismiss(figure);
    await notice.waitFor({ state: 'hidden' });
    assert.deepEqual(await unharmed(figure), { strange: 0, polluted: 0 }, what);
  }
  for (const message of IGNORED) await say(message);
  // From a window that is not the one around it.
  await figure.page.evaluate(() => window.postMessage({ type: 'genlab:play' }, '*'));
  await figure.page.waitForTimeout(300);
  assert.equal(await notice.isVisible(), false);
  assert.equal(await figure.step(), 0, 'nothing plays');
  await say("{ type: 'genlab:play' }");
  await figure.reaches(20);
  assert.equal(dialogs, 0);
  page.quiet();
  await page.close();
});
