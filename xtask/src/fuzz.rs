//! The fuzz target in `fuzz/`, for as long as is asked.

use crate::run::{Outcome, Program, step};

/// What `cargo fuzz` would ask of rustc, which it does on nightly only: coverage of every edge, for libFuzzer to follow.
const INSTRUMENTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Ccodegen-units=1 --cfg fuzzing";

/// Sends commands for so many `seconds`; fails at the first panic and leaves behind what led to it.
pub fn fuzz(seconds: u64) -> Outcome {
    let folders = ["target/fuzz/corpus", "fuzz/seeds"];
    std::fs::create_dir_all(crate::run::root().join(folders[0])).map_err(|e| e.to_string())?;
    let limit = format!("-max_total_time={seconds}");
    let limits = [limit.as_str(), "-timeout=60", "-max_len=4096", "-artifact_prefix=target/fuzz/"];
    // A target of its own, or the host's build scripts would be instrumented too.
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    step("commands", || {
        let program = ["run", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", &host, "--"];
        Program::new("cargo", &[&program[..], &folders, &limits].concat()).env("RUSTFLAGS", INSTRUMENTED).run()
    })
}
