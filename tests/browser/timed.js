// A test that waits for what never comes fails alone: node's own runner waits for ever.
import { test as plain } from 'node:test';

/** Far longer than any test takes on a busy machine. Milliseconds. */
const LIMIT = 360_000;

/** @param {string} name @param {(t: import('node:test').TestContext) => Promise<void> | void} work */
export const test = (name, work) => plain(name, { timeout: LIMIT }, work);
