import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";
const folders = ['../../', '../../www/'].map((folder) => new URL(folder, import.meta.url));
const pages = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => new URL(name, folder)));
const policyOf = (/** @type {URL} */ page) => /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(readFileSync(page, 'utf8'))?.[1];

test('every page has the same policy', () => {
  for (const page of pages) assert.equal(policyOf(page), POLICY, page.pathname);
});

test('no page holds a script, an event handler or a style of its own', () => {
  for (const page of pages) {
    const html = readFileSync(page, 'utf8');
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=/i, page.pathname);
  }
});
