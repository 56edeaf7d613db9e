// Builds the example hosts around a built page: `node examples/hosts/build.js [out] [dist]`. What lies in `out` then can
// be served by any static host; the laboratory is its folder `genlab`.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where tools are installed, once a machine. */
const CACHE = process.env.GENLAB_CACHE || `${homedir()}/.cache/genlab`;
const VENV = `${CACHE}/hosts`;
const MDBOOK = '0.5.4';

/** A program that pip installs. @param {string} name */
export function python(name) {
  const program = `${VENV}/bin/${name}`;
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', VENV]);
    execFileSync(`${VENV}/bin/pip`, ['install', '--quiet', '--requirement', `${HERE}requirements.txt`]);
  }
  return program;
}

/** mdBook, which cargo compiles: three minutes on two cores. */
function mdbook() {
  const root = `${CACHE}/tools/mdbook-${MDBOOK}`;
  if (!existsSync(`${root}/bin/mdbook`)) execFileSync('cargo', ['install', 'mdbook', '--version', MDBOOK, '--locked', '--no-default-features', '--quiet', '--root', root]);
  return `${root}/bin/mdbook`;
}

/** @param {string} out @param {string} [dist] */
export function build(out, dist = `${ROOT}dist`) {
  mkdirSync(out, { recursive: true });
  cpSync(dist, `${out}/genlab`, { recursive: true, filter: (path) => path !== `${dist}/npm` });
  cpSync(`${HERE}plain`, `${out}/plain`, { recursive: true });
  cpSync(`${HERE}reveal`, `${out}/reveal`, { recursive: true });
  cpSync(`${ROOT}node_modules/reveal.js/dist`, `${out}/reveal/reveal.js`, { recursive: true });
  execFileSync(mdbook(), ['build', `${HERE}mdbook`, '--dest-dir', `${out}/mdbook`], { stdio: 'pipe' });
  cpSync(`${HERE}quarto`, `${out}/quarto`, { recursive: true });
  execFileSync(python('mkdocs'), ['build', '--quiet', '--config-file', `${HERE}mkdocs/mkdocs.yml`, '--site-dir', `${out}/mkdocs`]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out = `${ROOT}dist-hosts`, dist] = process.argv.slice(2);
  build(out, dist);
}
