//! `cargo xtask serve | build | test | bench | fuzz | setup`: everything that happens to this project, as one program.
//!
//! No dependencies, so that it starts at once on a fresh machine. Tools and build products live in a
//! cache folder of the user (`GENLAB_CACHE` moves it) and survive a fresh checkout.

mod bench;
mod chromium;
mod fuzz;
mod run;
mod setup;
mod test;

use run::Outcome;
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::Duration;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  serve   install what is missing, build, and serve the page for development
  build   install what is missing and build the page into dist/, for any static host
  test    everything that CI runs, cheapest first
  bench   measure how fast training is, keep it in benches/history and write the README's section (25 minutes);
          with --check only see that this works
  fuzz    send changed commands to the laboratory for 60 seconds, or as many as are asked for (Linux)
  setup   install what is missing";

const ADDRESS: &str = "127.0.0.1:8080";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words[..] {
        ["serve"] => serve(),
        ["build"] => build().map(|_| ()),
        ["test"] => test::test(),
        ["bench"] => build().and_then(|tools| bench::bench(&tools, &[])),
        ["bench", "--check"] => build().and_then(|tools| bench::bench(&tools, &["--check"])),
        ["fuzz"] => fuzz::fuzz(60),
        ["fuzz", seconds] => seconds.parse().map_err(|_| USAGE.to_string()).and_then(fuzz::fuzz),
        ["setup"] => setup::setup().map(|_| ()),
        _ => Err(USAGE.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the page for publishing.
fn build() -> Outcome<setup::Tools> {
    let tools = setup::setup()?;
    run::step("page, both artefacts, optimised", || tools.trunk(&["build", "--release"]).run())?;
    Ok(tools)
}

/// Serves the page for development: rebuilt on every change, without `wasm-opt`.
fn serve() -> Outcome {
    if TcpStream::connect(ADDRESS).is_ok() {
        return Err(format!("something else is being served at {ADDRESS} already: stop it first"));
    }
    let tools = setup::setup()?;
    // Trunk wants every folder that it is told to ignore to exist.
    for folder in ["www/vendor", "target"] {
        std::fs::create_dir_all(run::root().join(folder)).map_err(|e| format!("{folder}: {e}"))?;
    }
    println!("• page, both artefacts (the first time takes about ten minutes on two cores)");
    let mut trunk = tools.trunk(&["serve"]).spawn()?;
    while TcpStream::connect(ADDRESS).is_err() {
        if let Some(status) = trunk.try_wait().map_err(|e| e.to_string())? {
            return Err(format!("trunk ended before it served anything: {status}"));
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    // Trunk serves even what it could not build.
    if run::root().join("dist/genlab_bg.wasm").exists() {
        println!("✓ GenLab is at http://{ADDRESS}/ (Ctrl+C ends it)");
    } else {
        println!("✗ the build failed, see above; Trunk tries again at the next change and serves http://{ADDRESS}/");
    }
    let status = trunk.wait().map_err(|e| e.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("trunk ended: {status}")) }
}
