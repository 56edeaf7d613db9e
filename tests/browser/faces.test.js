// Faces by description and by outline: what the reader types, chooses and draws is what G is given.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { open } from './chrome.js';
import { test } from './timed.js';

/** @typedef {import('./chrome.js').Figure} Figure */

/** @type {Awaited<ReturnType<typeof open>>} */
let chrome;
before(async () => (chrome = await open()));
after(() => chrome.close());

/** @param {string} link */
async function figureAt(link, steps = 1) {
  const figure = await chrome.figure(link);
  await figure.ready();
  // The run beside has fields of its own.
  await figure.page.locator('gen-lab gen-lab').waitFor();
  await figure.click('compare');
  await figure.page.locator('gen-lab gen-lab').waitFor({ state: 'detached' });
  await figure.page.evaluate((n) => /** @type {any} */ (document.querySelector('gen-lab')).step('both', n), steps);
  await figure.reaches(steps);
  return figure;
}

/** A part of one of the two panels. @param {Figure} figure @param {string} selector */
const within = (figure, selector) => figure.page.locator(`gen-lab ${selector}`);
/** A picture as it is on show. @param {Figure} figure @param {string} selector @returns {Promise<string>} */
const shown = (figure, selector) => within(figure, selector).evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
/** Until it is another one. @param {Figure} figure @param {string} selector @param {string} old */
const changes = (figure, selector, old) => figure.page.waitForFunction(([part, before_]) => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector(part).toDataURL() !== before_, [selector, old]);
/** What the menus have, from the first to the last. @param {Figure} figure @returns {Promise<string[]>} */
const chosen = (figure) => within(figure, '.menus select').evaluateAll((all) => all.map((select) => /** @type {HTMLSelectElement} */ (select).selectedOptions[0].textContent ?? ''));

const [ASKED, SAYS] = ['.described-asked', '#describing-says'];

test('a description typed is given to G; menus follow it, and what is not understood is named', async () => {
  const figure = await figureAt('/#preset=faces_text&device=flex&batch=16');
  const field = within(figure, '.typed input');
  await field.waitFor();
  assert.equal(await field.inputValue(), await figure.text('.described-texts li span'), 'at first it is the text of the first test face');
  let old = await shown(figure, ASKED);
  await field.fill('blue hair, amber eyes, curly');
  await field.press('Enter');
  await changes(figure, ASKED, old);
  assert.deepEqual(await chosen(figure), ['blue', 'not said', 'amber', 'not said', 'not said']);
  await figure.reads(SAYS, /“curly”/);
  assert.match((await within(figure, ASKED).getAttribute('aria-label')) ?? '', /8 faces.* of 2/);

  old = await shown(figure, ASKED);
  await within(figure, '.menus select').last().selectOption({ label: 'smiling' });
  assert.equal(await field.inputValue(), 'blue hair, amber eyes, smiling');
  assert.equal(await figure.text(SAYS), '');
  await changes(figure, ASKED, old);

  await field.fill('红色短发，蓝色头发');
  await field.press('Enter');
  assert.deepEqual(await chosen(figure), ['red', 'short', 'not said', 'not said', 'not said']);
  await figure.reads(SAYS, /hair colour.*red, blue/);
  figure.quiet();
  await figure.close();
});

test('keys typed into a description are text, not commands; a dial keeps the description; markup is text', async () => {
  const figure = await figureAt('/#preset=faces_text&device=flex&batch=16');
  const field = within(figure, '.typed input');
  await field.waitFor();
  await field.fill('');
  await field.pressSequentially('red hair, b d g s p r n, <b>bold</b>');
  await field.press('Enter');
  await figure.reads(SAYS, /Not understood.*<b>bold/);
  assert.equal(await within(figure, `${SAYS} b`).count(), 0);
  assert.equal(await figure.step(), 1, 'no key was a command');
  const old = await shown(figure, '.dialled');
  await within(figure, '.dials input').first().press('End');
  await changes(figure, '.dialled', old);
  assert.deepEqual((await chosen(figure))[0], 'red');

  await field.focus();
  await field.press('Tab');
  await figure.page.keyboard.press('ArrowDown');
  assert.equal((await chosen(figure))[0], 'blond', 'a menu by keyboard');
  assert.equal(await field.inputValue(), 'blond hair');
  figure.quiet();
  assert.deepEqual(await figure.violations(), []);
  await figure.close();
});

test('every hair with every pair of eyes: names, counts and marks, and the other panels are away', async () => {
  const figure = await figureAt('/#preset=faces_text&device=flex&batch=16');
  await figure.reads('.described-pairs-says', /\d+ of 42 pairs seen.* \d of 6 never seen/);
  assert.match((await within(figure, '.described-pairs').getAttribute('aria-label')) ?? '', /hair black, .*pink.*eyes brown, .*violet/);
  assert.equal(await within(figure, '.described-texts li:visible').count(), 8);
  for (const other of ['outlined', 'completions']) assert.equal(await within(figure, `[data-gallery=${other}]`).isVisible(), false);
  assert.ok((await figure.pixels('--gl-generated', '.described-pairs')) > 100, 'pairs held out have an outline');
  await figure.close();
});

test('lines drawn by hand are coloured, with the pointer and with keys', async () => {
  const figure = await figureAt('/#preset=faces_colour&device=flex&batch=16');
  const [editor, asked] = ['[data-gallery=outlined] .editor', '.outlined-asked'];
  await within(figure, editor).waitFor();
  assert.equal(await within(figure, '[data-gallery=described]').isVisible(), false);
  assert.match((await within(figure, '[data-gallery=completions] canvas').getAttribute('aria-label')) ?? '', /8 test faces.*5 colourings/);

  let old = await shown(figure, asked);
  await within(figure, '[data-outlined=clear]').click();
  await changes(figure, asked, old);
  old = await shown(figure, asked);
  const { x, y, width, height } = /** @type {{ x: number, y: number, width: number, height: number }} */ (await within(figure, editor).boundingBox());
  const empty = await figure.pixels('--gl-ink', editor);
  await figure.page.mouse.move(x + 0.2 * width, y + 0.3 * height);
  await figure.page.mouse.down();
  await figure.page.mouse.move(x + 0.8 * width, y + 0.7 * height);
  await figure.page.mouse.up();
  await changes(figure, asked, old);
  const drawn = await figure.pixels('--gl-ink', editor);
  assert.ok(drawn > empty + 5 * (width / 16) ** 2, 'a fast line has no gaps');

  old = await shown(figure, asked);
  for (const key of ['ArrowUp', 'ArrowUp', 'Enter']) await within(figure, editor).press(key);
  await changes(figure, asked, old);
  assert.ok((await figure.pixels('--gl-ink', editor)) > drawn);
  old = await shown(figure, editor);
  await within(figure, '[data-outlined=take]').click();
  await changes(figure, editor, old);
  figure.quiet();
  await figure.close();
});

test('the run beside is asked for the same face, whichever of the two the reader asks', async () => {
  const figure = await chrome.figure('/#preset=faces_text&device=flex&batch=16');
  await figure.ready();
  const host = figure.page.locator('gen-lab').first();
  const twin = figure.page.locator('gen-lab gen-lab');
  await twin.waitFor();
  const [mine, other] = [host, twin].map((each) => each.locator('.typed input').first());
  await other.waitFor();
  await mine.fill('pink hair, sad');
  await mine.press('Enter');
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('gen-lab').shadowRoot.querySelector('.typed input').value === 'pink hair, sad');
  await other.fill('green eyes');
  await other.press('Enter');
  await figure.page.waitForFunction(() => /** @type {any} */ (document.querySelector('gen-lab')).shadowRoot.querySelector('.typed input').value === 'green eyes');
  figure.quiet();
  await figure.close();
});
