// What D taught G: the order in which factors come near the real ones, and versions beside their objections.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../www/i18n/en.js';
import zh from '../../www/i18n/zh.js';
import { lessonsOf, pairsOf } from '../../www/views/lessons.js';

test('factors stand in the order in which they were learned, those that were not at the end', () => {
  const columns = [[0.9, 0.5, 0.1], [0.9, 0.1, 0.1], [0.9, 0.9, 0.2], [0.9, null, 0.19]];
  assert.deepEqual(lessonsOf([0, 50, 100], columns), [
    { factor: 1, step: 50, lost: false, given: false },
    { factor: 0, step: 100, lost: false, given: false },
    { factor: 3, step: 100, lost: false, given: false },
    { factor: 2, step: null, lost: false, given: false },
  ]);
});

test('what was learned and forgotten is said to be lost; what comes after the steps given does not count', () => {
  const column = [0.9, 0.1, 0.5, 0.1];
  assert.deepEqual(lessonsOf([0, 1, 2], [column]), [{ factor: 0, step: 1, lost: true, given: false }]);
  assert.deepEqual(lessonsOf([0, 1, 2, 3], [column]), [{ factor: 0, step: 1, lost: false, given: false }]);
  assert.deepEqual(lessonsOf([], [column]), [{ factor: 0, step: null, lost: false, given: false }]);
});

test('what is near before anything was learned is no lesson, unless it went away first', () => {
  assert.deepEqual(lessonsOf([0, 250, 500], [[0.9, 0.1, 0.1], [0.1, 0.1, 0.1], [0.1, 0.5, 0.1]]), [
    { factor: 1, step: 0, lost: false, given: true },
    { factor: 0, step: 250, lost: false, given: false },
    { factor: 2, step: 500, lost: false, given: false },
  ]);
});

test('the sentence has the steps and what is missing, in both languages', () => {
  const lessons = [{ name: 'hair', at: '300', lost: false, given: false }, { name: 'eye', at: '1,050', lost: true, given: false }, { name: 'mouth', at: null, lost: false, given: false }];
  assert.equal(en.lessons_order(lessons), 'Less than 0.2 from the real faces, in this order: hair at step 300, eye at step 1,050 (lost again). Not yet: mouth.');
  assert.equal(en.lessons_order(lessons.slice(2)), 'Not yet: mouth.');
  assert.match(zh.lessons_order(lessons), /hair第 300 步，eye第 1,050 步（后来又丢了）。尚未：mouth。$/);
});

test('each version’s first picture stands before the objections to it', () => {
  const versions = { shape: /** @type {[number, number]} */ ([6, 2]), values: Float32Array.from({ length: 12 }, (_, i) => Math.floor(i / 2)) };
  const objections = { shape: /** @type {[number, number]} */ ([2, 2]), values: Float32Array.from([10, 10, 20, 20]) };
  assert.deepEqual(pairsOf(versions, objections), { shape: [4, 2], values: Float32Array.from([0, 0, 10, 10, 3, 3, 20, 20]) });
});
