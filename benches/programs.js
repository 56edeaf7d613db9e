// Where `cargo xtask bench` has put the programs for WebAssembly that it builds from benches/limit and benches/plain.
export const BENCHES = process.env.GENLAB_BENCHES ?? 'target/benches';
