import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";
const folders = ['../../', '../../www/'].map((folder) => new URL(folder, import.meta.url));
const pages = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => new URL(name, folder)));
const policyOf = (/** @type {URL} */ page) => /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(readFileSync(page, 'utf8'))?.[1];

test('pages with a policy have the same one, and the page of an iframe has it', () => {
  const policies = pages.map(policyOf).filter(Boolean);
  assert.deepEqual([...new Set(policies)], [POLICY]);
  assert.equal(policyOf(new URL('embed.html', folders[1])), POLICY);
});

test('no page that has a policy holds a script, an event handler or a style of its own', () => {
  for (const page of pages.filter(policyOf)) {
    const html = readFileSync(page, 'utf8');
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=/i, page.pathname);
  }
});
