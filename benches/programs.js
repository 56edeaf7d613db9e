import { fileURLToPath } from 'node:url';

/** Where `cargo xtask bench` puts the programs for WebAssembly that it builds of benches/limit and benches/plain. */
export const BENCHES = fileURLToPath(new URL('../target/benches', import.meta.url));
