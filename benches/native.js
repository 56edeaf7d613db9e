// What the native programs measure: steps of every preset, and the same GAN beside one written with burn alone.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @typedef {{ multiply_add: number, product: number }} Limit operations a second of either loop of benches/limit */
/** @typedef {{ preset: string, device: string, rates: number[], allocations: number, operations?: number }} Timed of one step, rates a second */
/** @typedef {{ width: number, settings: Record<string, string>, ours: number[], plain: number[] }} Beside steps a second in windows that took turns */

/** Everything an example prints. @param {string} example @param {boolean} check @param {(line: any) => void} take */
async function run(example, check, take) {
  const program = ['run', '--quiet', '--release', '--example', example, '--', ...(check ? ['--check'] : [])];
  const cargo = spawn('cargo', program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, reject) => cargo.on('error', reject).on('close', resolve));
  for await (const line of createInterface(cargo.stdout)) take(JSON.parse(line));
  if ((await ended) !== 0) throw new Error(`the native program ${example} failed`);
}

/**
 * The program decides which presets there are.
 * @param {boolean} check for a moment only
 * @param {(row: Timed) => void} report
 * @returns {Promise<Limit>}
 */
export async function measureNatively(check, report) {
  /** @type {Limit | undefined} */ let limit;
  await run('speed', check, (line) => (line.limit ? (limit = line.limit) : report(line)));
  if (!limit) throw new Error('the native program told no limit');
  return limit;
}

/** @param {boolean} check @returns {Promise<Beside[]>} one for each width */
export async function compareNatively(check) {
  /** @type {Beside[]} */ const all = [];
  await run('ratio', check, (line) => all.push(line));
  return all;
}
