// The notes say the same in both languages, and become a page that needs nothing else.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { charactersOf, figures, formulas, lecture, readNotes } from '../../notes/page.js';

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const notes = await readNotes(at('notes'));
const posters = JSON.parse(readFileSync(at('www/posters/posters.json'), 'utf8'));
const page = lecture(notes, posters);

/** Whatever of a note is in a language: its elements' contents. @param {string} html @param {'en' | 'zh'} lang */
const said = (html, lang) => [...html.replace(/<tex[^>]*lang[\s\S]*?<\/tex>/g, '').matchAll(new RegExp(`<(\\w+)[^>]* lang="${lang}"[^>]*>([\\s\\S]*?)</\\1>`, 'g'))].map(([, , text]) => text);
const all = (/** @type {string} */ text, /** @type {RegExp} */ pattern) => [...text.matchAll(pattern)].map(([match]) => match);
const CHINESE = /[\u4e00-\u9fff]/;

test('the sections come in the order of the lecture', () => {
  assert.deepEqual(notes.map(({ id }) => id), ['generative-models', 'generative-and-discriminative', 'generator', 'discriminator', 'interplay', 'three-questions', 'gan-algorithm', 'structured-learning', 'uses', 'why-it-is-hard', 'methods', 'generator-alone', 'generator-learning', 'generator-optimisation', 'generator-input', 'autoencoder', 'autoencoder-problem', 'vae', 'generator-output', 'discriminator-alone', 'discriminator-generation', 'discriminator-training', 'comparison', 'benefits', 'references']);
});

for (const { id, html } of notes) {
  test(`${id}: both languages have the same formulas, links and numbers`, () => {
    const [en, zh] = [said(html, 'en'), said(html, 'zh')];
    assert.equal(en.length, zh.length);
    assert.ok(en.length > 0);
    for (const [i, text] of en.entries()) {
      assert.ok(!CHINESE.test(text), text);
      assert.ok(CHINESE.test(zh[i]), zh[i]);
      for (const pattern of [/<tex>[\s\S]*?<\/tex>/g, /href="[^"]*"/g]) assert.deepEqual(all(text, pattern).sort(), all(zh[i], pattern).sort());
      if (html.includes(`class="measured" lang="en">${text}`)) assert.deepEqual(numbers(text), numbers(zh[i]), text);
      assert.ok(!/[\u4e00-\u9fff][,;:?!.]|[,;:?!][\u4e00-\u9fff]/.test(zh[i]), `half-width punctuation beside Chinese: ${zh[i]}`);
    }
  });
}

/** The figures in a sentence that stand for something measured. @param {string} text */
const numbers = (text) => all(text.replace(/<[^>]*>/g, ' '), /\d[\d,.]*\d|\.\d+|\d+/g).sort();

test('links within the page lead somewhere, and names are given once', () => {
  const ids = all(page, / id="[^"]+"/g).map((id) => id.slice(5, -1));
  assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
  for (const href of all(page, /href="#[^"]+"/g)) assert.ok(ids.includes(href.slice(7, -1)), href);
});

test('a formula becomes MathML, one that is wrong stops the build', () => {
  assert.match(formulas('<tex>x &lt; 1</tex>'), /^<math>.*<mo>&lt;<\/mo>.*<\/math>$/);
  assert.match(formulas('<tex display>x</tex>'), /class="formula".*display="block"/);
  assert.throws(() => formulas('<tex>\\frac{1</tex>'));
  assert.ok(!page.includes('<tex') && !page.includes('temml-error'));
});

test('a figure waits in a template and leads to the laboratory with its settings', () => {
  const html = figures('<gen-lab preset="moons" settings="seed=3" show="picture"><p lang="en">Why?</p></gen-lab>', {});
  assert.match(html, /<template><gen-lab preset="moons" settings="seed=3" show="picture"><\/gen-lab><\/template>/);
  assert.match(html, /href="\.\/www\/laboratory\.html#preset=moons&amp;seed=3"/);
});

test('nothing in the page runs by itself or comes from elsewhere', () => {
  assert.ok(!/<script| on\w+="|src="https?:|href="https?:/.test(page));
});

test('every poster there is has its pictures', () => {
  for (const name of Object.keys(posters)) for (const file of [`${name}.webp`, `${name}-dark.webp`]) assert.ok(existsSync(at(`www/posters/${file}`)), file);
});

test('the font has every character of the formulas, and the italics that letters alone are drawn in', () => {
  assert.deepEqual([...charactersOf('<p>no</p><math><mi>h</mi><mi>x</mi><mo>&lt;</mo><mi>θ</mi></math>')].sort(), [...'hx<θℎ𝑥𝜃'].sort());
});
