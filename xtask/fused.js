// Compiles kernel/fused to target/genlab_fused.wasm, which index.html takes along. Run by Trunk before each build.
//
// An engine without relaxed SIMD refuses a module that names its instructions, so this is a module of its own. It works on
// the memory of another: data or a stack of its own would lie in what is somebody else's.
import binaryen from 'binaryen';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const TARGET = 'wasm32-unknown-unknown';
const FLAGS = ['-Ctarget-feature=+relaxed-simd', '-Clink-arg=--import-memory', '-Clink-arg=-zstack-size=0'];

const words = ['rustc', '--profile', 'web', '--package', 'genlab-fused', '--target', TARGET, '--', ...FLAGS];
execFileSync('cargo', words, { stdio: 'inherit' });
const bytes = await readFile(`${process.env.CARGO_TARGET_DIR ?? 'target'}/${TARGET}/web/genlab_fused.wasm`);

const module = binaryen.readBinary(bytes);
module.runPasses(['remove-unused-module-elements']);
const [needs] = /\((data|global \S+ \(mut) /.exec(module.emitText()) ?? [];
if (needs) throw new Error(`genlab_fused.wasm has ${needs.includes('mut') ? 'a stack' : 'data'} of its own.`);

await mkdir('target', { recursive: true });
await writeFile('target/genlab_fused.wasm', bytes);
