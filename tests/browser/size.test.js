// What a reader downloads.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { test } from './timed.js';

const gzip = async (name) => gzipSync(await readFile(new URL(`../../dist/${name}`, import.meta.url)), { level: 9 }).length;

test('the CPU artefact is at most 1.2 MB, compressed', async () => {
  const bytes = await gzip('genlab_bg.wasm');
  console.log(`CPU artefact: ${(bytes / 1e6).toFixed(2)} MB gzip; WebGPU artefact: ${((await gzip('genlab-webgpu_bg.wasm')) / 1e6).toFixed(2)} MB gzip`);
  assert.ok(bytes <= 1_200_000, `${bytes} bytes`);
});
