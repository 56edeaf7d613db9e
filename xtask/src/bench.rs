//! How fast training is, natively and in Chromium: `benches/`.

use crate::chromium;
use crate::run::{Outcome, Program, step, target_dir};
use crate::setup::{TARGET, Tools};
use std::fs;
use std::path::PathBuf;

/// Measures, keeps the numbers in `benches/history` and writes the README's section; with the flag `--check` it measures
/// for a moment only and writes nothing. The page must have been built.
pub fn bench(tools: &Tools, flags: &[&str]) -> Outcome {
    let chromium = step("Chromium", chromium::find_or_install)?;
    let native = ["build", "--release", "--example", "speed", "--example", "ratio"];
    step("native programs", || Program::new("cargo", &native).run())?;
    let benches = step("programs for WebAssembly", || build_for_web(tools))?;
    let arguments = [&["benches/bench.js"], flags].concat();
    step("speed", || {
        Program::new("node", &arguments).env("GENLAB_CHROMIUM", chromium).env("GENLAB_BENCHES", benches).run()
    })
}

/// `benches/limit`, which is bare WebAssembly, and `benches/plain`, built as the page is. Returns the folder they lie in.
fn build_for_web(tools: &Tools) -> Outcome<PathBuf> {
    let folder = target_dir().join("benches");
    let built = target_dir().join(TARGET).join("web");
    let packages = ["--package", "limit", "--package", "plain"];
    tools.cargo_for_web(&[&["build", "--profile", "web"][..], &packages].concat()).run()?;
    let [to, plain] = [&folder, &built.join("plain.wasm")].map(|path| path.to_string_lossy().into_owned());
    let bind = ["--target", "web", "--no-typescript", "--out-dir", &to, &plain];
    tools.program("wasm-bindgen", &bind).run()?;
    let module = folder.join("plain_bg.wasm").to_string_lossy().into_owned();
    tools.program("wasm-opt", &["-O1", "--all-features", &module, "-o", &module]).run()?;
    fs::copy(built.join("limit.wasm"), folder.join("limit.wasm")).map_err(|e| format!("limit.wasm: {e}"))?;
    Ok(folder)
}
