// Makes the npm package from the built page: `node xtask/package.js [dist] [dist/npm]`. The files lie in it as they lie on
// a host, because they load each other by their places.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('..', import.meta.url);
const [dist = fileURLToPath(new URL('dist', ROOT)), out = `${dist}/npm`] = process.argv.slice(2);

const BUILT = ['genlab.js', 'genlab_bg.wasm', 'genlab-webgpu.js', 'genlab-webgpu_bg.wasm', 'genlab_fused.wasm', 'www'];
const OWN = ['package/genlab.d.ts', 'package/widget.d.ts', 'package/README.md', 'LICENSE'];

/** The crate's version is the package's. */
async function version() {
  const [, found] = /^version = "(.+)"$/m.exec(await readFile(new URL('Cargo.toml', ROOT), 'utf8')) ?? [];
  if (!found) throw new Error('Cargo.toml names no version.');
  return found;
}

/** @param {string} version */
const manifest = (version) => ({
  name: 'genlab',
  version,
  description: 'Small generative models that train in the reader’s browser',
  license: 'MIT OR Apache-2.0',
  type: 'module',
  types: './genlab.d.ts',
  exports: {
    '.': { types: './genlab.d.ts', default: './www/lab.js' },
    './widget': { types: './widget.d.ts', default: './www/widget.js' },
    './embed.html': './www/embed.html',
    './genlab_bg.wasm': './genlab_bg.wasm',
    './genlab-webgpu_bg.wasm': './genlab-webgpu_bg.wasm',
    './genlab_fused.wasm': './genlab_fused.wasm',
    './package.json': './package.json',
  },
  sideEffects: ['./www/*.js'],
  files: [...BUILT, '*.d.ts'],
});

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const name of BUILT) await cp(`${dist}/${name}`, `${out}/${name}`, { recursive: true });
for (const name of OWN) await cp(new URL(name, ROOT), `${out}/${name.split('/').at(-1)}`);
await writeFile(`${out}/package.json`, `${JSON.stringify(manifest(await version()), null, 2)}\n`);
