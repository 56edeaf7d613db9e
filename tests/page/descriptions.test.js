import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LONGEST, code, compose, decode, parse } from '../../www/descriptions.js';

const texts = (/** @type {string} */ en, /** @type {string} */ zh) => en.split(' ').map((name, i) => ({ en: name, zh: zh.split(' ')[i] }));
const attribute = (/** @type {string} */ id, /** @type {string} */ en, /** @type {string} */ zh) => ({ id, factor: 0, label: { en: id, zh: id }, options: texts(en, zh) });
/** As the catalog has them. */
const ATTRIBUTES = [
  attribute('hair', 'black brown red blond silver blue green pink', '黑 棕 红 金 银 蓝 绿 粉'),
  attribute('length', 'short long', '短 长'),
  attribute('eye', 'brown blue green red amber violet', '棕 蓝 绿 红 琥珀 紫'),
  attribute('open', 'closed open', '闭 张'),
  attribute('mouth', 'sad smiling', '难过 微笑'),
];
const NOTHING = [null, null, null, null, null];
const read = (/** @type {string} */ text) => parse(text, ATTRIBUTES);
/** Every description but the one that says nothing. */
const all = () => {
  let made = /** @type {(number | null)[][]} */ ([[]]);
  for (const { options } of ATTRIBUTES) made = made.flatMap((some) => [null, ...options.keys()].map((option) => [...some, option]));
  return made.slice(1);
};

test('what is composed is read back, whatever is said and in both languages', () => {
  const descriptions = all();
  assert.equal(descriptions.length, 1700);
  for (const language of /** @type {const} */ (['en', 'zh'])) {
    const seen = new Set();
    for (const description of descriptions) {
      const text = compose(description, ATTRIBUTES, language);
      seen.add(text);
      assert.deepEqual(read(text), { description, unknown: [], contradictions: [] }, text);
      // A caption is the same words without commas.
      assert.deepEqual(read(text.replaceAll(/[,，]/g, '')).description, description, text);
    }
    assert.equal(seen.size, 1700, 'no two descriptions are the same words');
  }
});

test('a code has a 1 for each option that is said, and is read back', () => {
  assert.deepEqual(code([2, 0, 2, 1, null], ATTRIBUTES), [0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
  for (const description of all()) assert.deepEqual(decode(code(description, ATTRIBUTES), ATTRIBUTES), description);
});

test('the words are those that the core writes', () => {
  const golden = JSON.parse(readFileSync(new URL('../golden/descriptions.json', import.meta.url), 'utf8'));
  assert.ok(golden.length >= 12);
  for (const { description, en, zh } of golden) {
    assert.equal(compose(description, ATTRIBUTES, 'en'), en);
    assert.equal(compose(description, ATTRIBUTES, 'zh'), zh);
  }
});

test('any order of words, with commas or without, in either language or in both', () => {
  /** @type {[string, (number | null)[]][]} */
  const examples = [
    ['short red hair, green eyes, open mouth, smiling', [2, 0, 2, 1, 1]],
    ['smiling, mouth open; eyes: green; hair short and red', [2, 0, 2, 1, 1]],
    ['Green-eyed, red-haired, open-mouthed', [2, null, 2, 1, null]],
    ['red hair', [2, null, null, null, null]],
    ['red', [2, null, null, null, null]],
    ['eyes: blue', [null, null, 1, null, null]],
    ['hair red eyes blue', [2, null, 1, null, null]],
    ['hair red blue eyes', [2, null, 1, null, null]],
    ['red hair, eyes blue', [2, null, 1, null, null]],
    ['mouth open red hair green eyes', [2, null, 2, 1, null]],
    ['red, green eyes', [2, null, 2, null, null]],
    ['green eyes, red', [2, null, 2, null, null]],
    ['eyes, red', [null, null, 3, null, null]],
    ['amber', [null, null, 4, null, null]],
    ['a happy face with long blonde hair and purple eyes', [3, 1, 5, null, 1]],
    ['红色短发，张嘴', [2, 0, null, 1, null]],
    ['绿眼睛 长发 微笑', [null, 1, 2, null, 1]],
    ['粉色头发', [7, null, null, null, null]],
    ['粉红色的头发、闭嘴', [7, null, null, 0, null]],
    ['头发是红色的，眼睛：琥珀色', [2, null, 4, null, null]],
    ['一张长着金发的脸，开心，抿着嘴', [3, null, null, 0, 1]],
    ['ＲＥＤ　hair，绿眼睛', [2, null, 2, null, null]],
    ['', NOTHING],
    [' ,，; ', NOTHING],
    ['hair', NOTHING],
  ];
  for (const [text, description] of examples) assert.deepEqual(read(text), { description, unknown: [], contradictions: [] }, text);
});

test('what it cannot understand it names, and takes the rest', () => {
  /** @type {[string, string[], (number | null)[]][]} */
  const examples = [
    ['red curly hair', ['curly'], [2, null, null, null, null]],
    ['a girl with red hair', ['girl'], [2, null, null, null, null]],
    ['black eyes', ['black eyes'], NOTHING],
    ['eyes black', ['eyes black'], NOTHING],
    ['黑眼睛，红发', ['黑眼睛'], [2, null, null, null, null]],
    ['open mouth, closed eyes', ['closed eyes'], [null, null, null, 1, null]],
    ['blond hair and a red hat', ['red hat'], [3, null, null, null, null]],
    ['hat', ['hat'], NOTHING],
    ['大大的绿眼睛', ['大大'], [null, null, 2, null, null]],
    ['红色卷发 wow wow', ['卷', 'wow'], [2, null, null, null, null]],
    ['волосы', ['волосы'], NOTHING],
  ];
  for (const [text, unknown, description] of examples) {
    const { contradictions, ...rest } = read(text);
    assert.deepEqual({ ...rest, unknown: rest.unknown.toSorted() }, { description, unknown: unknown.toSorted() }, text);
    assert.deepEqual(contradictions, [], text);
  }
});

test('of contradictions it names both sides, and the first holds', () => {
  /** @type {[string, number, number[]][]} */
  const examples = [
    ['red blue hair', 0, [2, 5]],
    ['red hair, blue hair', 0, [2, 5]],
    ['hair red blue black', 0, [2, 5, 0]],
    ['short long hair', 1, [0, 1]],
    ['blue eyes, green eyes, blue eyes', 2, [1, 2]],
    ['open mouth, closed mouth', 3, [1, 0]],
    ['微笑，难过', 4, [1, 0]],
    ['短发，长发', 1, [0, 1]],
  ];
  for (const [text, attribute_, options] of examples) {
    const { description, unknown, contradictions } = read(text);
    assert.deepEqual(contradictions, [{ attribute: attribute_, options }], text);
    assert.deepEqual([description[attribute_], unknown], [options[0], []], text);
  }
  assert.deepEqual(read('red hair, red hair').contradictions, []);
});

test('whatever is typed is text: markup, codes, a million characters', () => {
  const markup = read('<img src=x onerror=alert(1)> red hair');
  assert.equal(markup.description[0], 2);
  assert.ok(markup.unknown.some((word) => word.includes('img')));
  assert.deepEqual(read('__proto__ constructor toString hasOwnProperty').description, NOTHING);
  const began = performance.now();
  for (const text of ['red '.repeat(250_000), '红'.repeat(1_000_000), ','.repeat(1_000_000), '𠀀'.repeat(LONGEST), '\u0000\ud800\u202e🙂'.repeat(50)]) {
    const { description, unknown } = read(text);
    assert.equal(description.length, 5);
    assert.ok(unknown.every((word) => word.length <= LONGEST));
  }
  assert.ok(performance.now() - began < 2000);
});
