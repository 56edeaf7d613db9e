//! How fast training is, natively and in Chromium: `benches/`.

use crate::chromium;
use crate::run::{Outcome, Program, root, step, target_dir};
use crate::setup::{TARGET, Tools};
use std::fs;

/// Measures, keeps the numbers in `benches/history` and writes the README's section; with the flag `--check` it measures
/// for a moment only and writes nothing. The page must have been built.
pub fn bench(tools: &Tools, flags: &[&str]) -> Outcome {
    let chromium = step("Chromium", chromium::find_or_install)?;
    let native = ["build", "--release", "--example", "speed", "--example", "ratio"];
    step("native programs", || Program::new("cargo", &native).run())?;
    step("programs for WebAssembly", || build_for_web(tools))?;
    let arguments = [&["benches/bench.js"], flags].concat();
    step("speed", || Program::new("node", &arguments).env("GENLAB_CHROMIUM", chromium).run())
}

/// What index.html allows the page's own artefacts: wasm-opt writes what some engines cannot read if it may use everything.
const FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// `benches/limit`, which is bare WebAssembly, and `benches/plain`, built as the page is, in `target/benches`.
fn build_for_web(tools: &Tools) -> Outcome {
    let folder = root().join("target/benches");
    let built = target_dir().join(TARGET).join("web");
    // The laboratory among them, so that burn is compiled once, with the same features for both.
    let packages = ["--package", "genlab", "--package", "limit", "--package", "plain"];
    let features = ["--no-default-features", "--features", "genlab/flex"];
    tools.cargo_for_web(&[&["build", "--profile", "web", "--lib"][..], &packages, &features].concat()).run()?;
    let [to, plain] = [&folder, &built.join("plain.wasm")].map(|path| path.to_string_lossy().into_owned());
    let bind = ["--target", "web", "--no-typescript", "--out-dir", &to, &plain];
    tools.program("wasm-bindgen", &bind).run()?;
    let module = folder.join("plain_bg.wasm").to_string_lossy().into_owned();
    tools.program("wasm-opt", &[&["-O1"], &FEATURES[..], &[&module, "-o", &module]].concat()).run()?;
    fs::copy(built.join("limit.wasm"), folder.join("limit.wasm")).map_err(|e| format!("limit.wasm: {e}"))?;
    Ok(())
}
