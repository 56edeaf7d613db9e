// Builds the example hosts around a built page: `node examples/hosts/build.js [out] [dist]`. What lies in `out` then can
// be served by any static host; the laboratory is its folder `genlab`.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where Python's tools are installed, once a machine. */
const VENV = `${process.env.GENLAB_CACHE || `${homedir()}/.cache/genlab`}/hosts`;

/** A program that pip installs. @param {string} name */
export function python(name) {
  const program = `${VENV}/bin/${name}`;
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', VENV]);
    execFileSync(`${VENV}/bin/pip`, ['install', '--quiet', '--requirement', `${HERE}requirements.txt`]);
  }
  return program;
}

/** @param {string} out @param {string} [dist] */
export function build(out, dist = `${ROOT}dist`) {
  mkdirSync(out, { recursive: true });
  cpSync(dist, `${out}/genlab`, { recursive: true, filter: (path) => path !== `${dist}/npm` });
  cpSync(`${HERE}plain`, `${out}/plain`, { recursive: true });
  cpSync(`${HERE}reveal`, `${out}/reveal`, { recursive: true });
  cpSync(`${ROOT}node_modules/reveal.js/dist`, `${out}/reveal/reveal.js`, { recursive: true });
  cpSync(`${HERE}mdbook/book`, `${out}/mdbook`, { recursive: true });
  cpSync(`${HERE}quarto`, `${out}/quarto`, { recursive: true });
  execFileSync(python('mkdocs'), ['build', '--quiet', '--config-file', `${HERE}mkdocs/mkdocs.yml`, '--site-dir', `${out}/mkdocs`]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out = `${ROOT}dist-hosts`, dist] = process.argv.slice(2);
  build(out, dist);
}
