//! Steps a second for each preset on each device, natively and in Chromium: `benches/`.

use crate::chromium;
use crate::run::{Outcome, Program, step};

/// Measures and writes `benches/latest.json` and the README's table; with the flag `--check` it measures
/// for a moment only and writes nothing.
pub fn bench(flags: &[&str]) -> Outcome {
    crate::build()?;
    let chromium = step("Chromium", chromium::find_or_install)?;
    step("native program", || Program::new("cargo", &["build", "--release", "--example", "speed"]).run())?;
    let arguments = [&["benches/bench.js"], flags].concat();
    step("steps a second", || Program::new("node", &arguments).env("GENLAB_CHROMIUM", chromium).run())
}
