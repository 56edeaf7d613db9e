// Sentences of a model of sequences: numbers into words, what breaks a law, and brackets as trees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeOf, treeOf } from '../../www/views/bracket_tree.js';
import { lay } from '../../www/views/sentence_picture.js';
import { countsOf, flawsOf, kindOf, sentencesOf, textOf, vocabularyOf } from '../../www/views/sentences.js';

const matrix = (/** @type {number[][]} */ rows) => ({ shape: /** @type {[number, number]} */ ([rows.length, rows[0].length]), values: Float32Array.from(rows.flat()) });
/** As the probe has a vocabulary. @param {string[]} words */
function letters(words) {
  const points = words.map((word) => Array.from(word, (letter) => Number(letter.codePointAt(0))));
  const longest = Math.max(1, ...points.map(({ length }) => length));
  return matrix(points.map((word) => [...word, ...Array(longest - word.length).fill(0)]));
}
const tokens = (/** @type {string} */ text) => Array.from(text, (symbol) => ({ text: symbol, chance: NaN }));
const brackets = (/** @type {string} */ text) => treeOf([...text]);

test('a vocabulary comes back as it was written, beyond the basic plane too', () => {
  const words = ['', 'the', '猫', '𠮷野', '(', 'cats'];
  assert.deepEqual(vocabularyOf(letters(words)), words);
  assert.deepEqual(vocabularyOf(letters([''])), ['']);
});

test('the symbols say what kind of sentence it is', () => {
  assert.equal(kindOf(['(', ')']), 'brackets');
  assert.equal(kindOf(['', ')', '(']), 'brackets');
  assert.equal(kindOf(['0', '1']), 'palindromes');
  assert.equal(kindOf(['', 'a', 'b']), 'words');
  assert.equal(kindOf(['(', ')', '0']), 'words');
});

test('words are joined with spaces, Chinese and symbols without, and the end is not shown', () => {
  const said = (/** @type {string[]} */ vocabulary, /** @type {number[]} */ row) => {
    const kind = kindOf(vocabulary);
    return textOf(sentencesOf(matrix([row]), vocabulary, kind)[0].tokens, kind);
  };
  assert.equal(said(['', 'the', 'cat', 'sleeps'], [1, 2, 3, 0, 0]), 'the cat sleeps');
  assert.equal(said(['', '小猫', '睡觉', '，'], [1, 2, 3, 1, 0]), '小猫睡觉，小猫');
  assert.equal(said(['', '小猫', 'GAN'], [1, 2, 1, 0]), '小猫 GAN 小猫');
  assert.equal(said(['(', ')'], [0, 0, 1, 1]), '(())');
});

test('a sentence’s probability counts its end, and is unknown without chances', () => {
  const vocabulary = ['', 'a', 'b'];
  const known = { valid: matrix([[2], [0]]), chances: matrix([[0.5, 0.5, 0.25], [NaN, NaN, NaN]]) };
  const [first, second] = sentencesOf(matrix([[1, 2, 0], [2, 2, 2]]), vocabulary, 'words', known);
  assert.ok(Math.abs(first.nats - Math.log(1 / 16)) < 1e-6);
  assert.ok(Number.isNaN(second.nats));
  assert.deepEqual([first.verdict, second.verdict], ['novel', 'broken']);
  assert.deepEqual(first.tokens, [{ text: 'a', chance: 0.5 }, { text: 'b', chance: 0.5 }]);
});

test('what was never seen is counted among the valid', () => {
  const rows = matrix([[1], [1], [1], [1], [1]]);
  const sentences = sentencesOf(rows, ['', 'a'], 'words', { valid: matrix([[0], [1], [2], [2], [1]]) });
  assert.deepEqual(countsOf(sentences), { valid: 4, novel: 2, of: 5 });
  assert.deepEqual(countsOf(sentencesOf(rows, ['', 'a'], 'words')), { valid: 0, novel: 0, of: 5 });
});

test('brackets break at the first closing one too many, or at the end', () => {
  const flaws = (/** @type {string} */ text) => flawsOf(tokens(text), 'brackets');
  assert.deepEqual(flaws('(())()'), { at: new Set(), end: false });
  assert.deepEqual(flaws('())(()'), { at: new Set([2]), end: false });
  assert.deepEqual(flaws(')('), { at: new Set([0]), end: false });
  assert.deepEqual(flaws('(()'), { at: new Set(), end: true });
});

test('palindromes break at every pair that disagrees', () => {
  assert.deepEqual(flawsOf(tokens('0110'), 'palindromes').at, new Set());
  assert.deepEqual(flawsOf(tokens('011011'), 'palindromes').at, new Set([0, 5, 2, 3].sort((a, b) => a - b)));
  assert.deepEqual(flawsOf(tokens('abc'), 'words'), { at: new Set(), end: false });
});

test('n pairs of brackets make an ordered tree of n edges', () => {
  const tree = brackets('(()())()');
  assert.deepEqual(tree.nodes.map(({ parent }) => parent), [-1, 0, 1, 1, 0]);
  assert.deepEqual(tree.nodes.map(({ depth }) => depth), [0, 1, 2, 2, 1]);
  assert.deepEqual(tree.nodes.map(({ column }) => column), [1.25, 0.5, 0, 1, 2], 'leaves side by side, parents midway');
  assert.deepEqual([tree.leaves, tree.depth, tree.broken], [3, 2, null]);
  assert.ok(tree.nodes.every(({ closed }) => closed));
  assert.ok(sizeOf(brackets('()()()')).width > sizeOf(brackets('((()))')).width);
  assert.ok(sizeOf(brackets('()()()')).height < sizeOf(brackets('((()))')).height);
});

test('a string that breaks makes a tree up to there', () => {
  const closes = brackets('())((((');
  assert.deepEqual([closes.nodes.length, closes.broken], [2, 0]);
  const open = brackets('(()(');
  assert.deepEqual([open.nodes.length, open.broken], [4, 3]);
  assert.deepEqual(open.nodes.map(({ closed }) => closed), [true, false, true, false]);
  assert.deepEqual([brackets(')').nodes.length, brackets('').broken], [1, null]);
});

test('a long sentence is wrapped in its picture, and nothing overlaps', () => {
  const vocabulary = ['', 'elephant'];
  const sentences = sentencesOf(matrix([Array(12).fill(1), Array(12).fill(0)]), vocabulary, 'words');
  const { lines, height } = lay(sentences, 'words', 200, (text) => 6 * text.length);
  const { pieces } = lines[0];
  assert.ok(pieces.every(({ x, width }) => x + width <= 200));
  assert.ok(new Set(pieces.map(({ y }) => y)).size > 1);
  assert.ok(lines[1].y >= lines[0].y + lines[0].height && height >= lines[1].y + lines[1].height);
  const beside = lay(sentencesOf(matrix([Array(8).fill(0), [0, 1, 0, 1, 0, 1, 0, 1]]), ['(', ')'], 'brackets'), 'brackets', 200, () => 8).lines;
  const middles = beside.map(({ y, pieces }) => y + 19 / 2 + pieces[0].y);
  assert.ok(middles[1] - middles[0] >= (beside[0].height + beside[1].height) / 2, 'a deep tree has room');
  const [line] = lay(sentencesOf(matrix([[0, 0, 1]]), ['(', ')'], 'brackets'), 'brackets', 200, () => 8).lines;
  assert.equal(line.pieces.length, 4, 'the end that breaks it has a place of its own');
});
