//! Installs what is missing, and nothing else. A second run takes a second.

use crate::run::{Outcome, Program, cache, root, step};
use std::fs;
use std::path::PathBuf;

pub const TARGET: &str = "wasm32-unknown-unknown";
/// The newest Trunk that the toolchain compiles: 0.22 asks for Rust 1.96.1.
const TRUNK: &str = "0.21.14";
const NODE_MAJOR: u32 = 20;

/// The tools, ready to use.
pub struct Tools {
    /// Folders that must stand on PATH.
    path: Vec<PathBuf>,
    /// The standard library for WebAssembly has to be built along with the page.
    build_std: bool,
}

pub fn setup() -> Outcome<Tools> {
    step("Node", check_node)?;
    let build_std = step("Rust's standard library for WebAssembly", install_target)?;
    let wasm_bindgen = locked_version("wasm-bindgen")?;
    // The lock file that wasm-bindgen-cli ships names a package version that was withdrawn.
    let wasm_bindgen = step(&format!("wasm-bindgen {wasm_bindgen}"), || {
        install("wasm-bindgen-cli", "wasm-bindgen", &wasm_bindgen, &[])
    })?;
    let trunk_flags = ["--locked", "--no-default-features", "--features", "rustls"];
    let trunk = step(&format!("Trunk {TRUNK}"), || install("trunk", "trunk", TRUNK, &trunk_flags))?;
    step("npm packages, wasm-opt among them", install_npm_packages)?;
    Ok(Tools { path: vec![root().join("node_modules/.bin"), wasm_bindgen, trunk], build_std })
}

impl Tools {
    /// Trunk with everything it looks for on PATH, so that it downloads nothing.
    pub fn trunk(&self, arguments: &[&str]) -> Program {
        // Trunk 0.21 refuses the usual value 1 of NO_COLOR.
        self.for_web(self.program("trunk", arguments).env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR"))
    }

    /// Cargo for WebAssembly.
    pub fn cargo_for_web(&self, arguments: &[&str]) -> Program {
        self.for_web(Program::new("cargo", &[arguments, &["--target", TARGET]].concat()))
    }

    /// One of the tools.
    pub fn program(&self, name: &str, arguments: &[&str]) -> Program {
        Program::new(name, arguments).path(&self.path)
    }

    fn for_web(&self, program: Program) -> Program {
        if self.build_std {
            program.env("RUSTC_BOOTSTRAP", "1").env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        } else {
            program
        }
    }
}

fn check_node() -> Outcome {
    let version = Program::new("node", &["--version"]).output().unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|v| v.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        _ => Err(format!("Node {NODE_MAJOR} or newer is needed; found {version:?}")),
    }
}

/// Has the standard library, can fetch it, or can build it: true where it has to be built.
fn install_target() -> Outcome<bool> {
    let libdir =
        || Program::new("rustc", &["--print", "target-libdir", "--target", TARGET]).output().map(PathBuf::from);
    let present = || libdir().and_then(|dir| fs::read_dir(dir).ok()).is_some_and(|mut files| files.next().is_some());
    if present() {
        return Ok(false);
    }
    if Program::new("rustup", &["target", "add", TARGET]).run().is_ok() && present() {
        return Ok(false);
    }
    let sysroot = Program::new("rustc", &["--print", "sysroot"]).output().ok_or("rustc does not answer")?;
    let source = PathBuf::from(sysroot).join("lib/rustlib/src/rust/library/std");
    if !source.exists() {
        // Whichever of the two made this compiler has its source, of exactly its version.
        let _ = Program::new("rustup", &["component", "add", "rust-src"]).run();
        if !source.exists() {
            let _ = Program::new("apt-get", &["install", "-y", "rust-src"]).run();
        }
    }
    if source.exists() {
        return Ok(true);
    }
    Err(format!("neither `rustup target add {TARGET}` nor the package rust-src could be installed"))
}

/// A program from crates.io, of exactly this version: from PATH, from the cache, or built now.
/// Returns the folder it lies in.
fn install(package: &str, program: &str, version: &str, flags: &[&str]) -> Outcome<PathBuf> {
    let folder = cache().join("tools").join(format!("{package}-{version}"));
    let bin = folder.join("bin");
    let is_right = |path: &[PathBuf]| {
        let words = Program::new(program, &["--version"]).path(path).env_remove("NO_COLOR").output();
        words.is_some_and(|words| words.split_whitespace().any(|word| word == version))
    };
    if is_right(std::slice::from_ref(&bin)) {
        return Ok(bin);
    }
    // Little of a tool's time is spent in its own code: build it quickly.
    let root = folder.to_string_lossy().into_owned();
    let target = cache().join("target-tools");
    let arguments: Vec<&str> =
        ["install", package, "--version", version, "--root", &root].into_iter().chain(flags.iter().copied()).collect();
    Program::new("cargo", &arguments)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .run()?;
    let _ = fs::remove_dir_all(target);
    if is_right(std::slice::from_ref(&bin)) { Ok(bin) } else { Err(format!("{program} {version} does not run")) }
}

/// `npm ci`, unless these very packages are there already.
fn install_npm_packages() -> Outcome {
    let lock = fs::read(root().join("package-lock.json")).map_err(|e| format!("package-lock.json: {e}"))?;
    let stamp = root().join("node_modules/.genlab-lock");
    if fs::read(&stamp).is_ok_and(|stamp| stamp == lock) {
        return Ok(());
    }
    Program::new("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).run()?;
    fs::write(&stamp, lock).map_err(|e| e.to_string())
}

/// The version of a package in Cargo.lock: the tool must match the library exactly.
fn locked_version(package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).map_err(|e| format!("Cargo.lock: {e}"))?;
    let entry = format!("name = \"{package}\"\nversion = \"");
    let rest = lock.replace('\r', "").split_once(&entry).map(|(_, rest)| rest.to_string());
    rest.and_then(|rest| rest.split('"').next().map(str::to_string)).ok_or(format!("Cargo.lock has no {package}"))
}
