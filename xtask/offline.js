// Writes sw.js at the root of the built page: its files with their hashes, for www/service_worker.js. Run by Trunk after
// each build, or by hand: `node xtask/offline.js dist`.
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const dist = process.argv[2] ?? process.env.TRUNK_STAGING_DIR ?? 'dist';

/** Of no use to a page. */
const LEFT_OUT = /^(sw\.js$|npm\/)|\.d\.ts$|LICENSE$/;
/** Kept once it has been used: most readers never do. */
const LARGE = /webgpu|^www\/(data|posters)\/|\.png$/;

const entries = await readdir(dist, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(dist, join(entry.path, entry.name)).replaceAll(sep, '/'));
const paths = files.filter((path) => !LEFT_OUT.test(path)).sort();
const hash = (/** @type {string | Buffer} */ content) => createHash('sha256').update(content).digest('hex');
const hashes = Object.fromEntries(await Promise.all(paths.map(async (path) => [path, hash(await readFile(join(dist, path)))])));
const build = { name: hash(JSON.stringify(hashes)).slice(0, 16), needed: paths.filter((path) => !LARGE.test(path)), hashes };
await writeFile(join(dist, 'sw.js'), `self.build = ${JSON.stringify(build, null, 1)};\nimportScripts('./www/service_worker.js');\n`);
