//! Running other programs, with a line of progress for each step.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// What went wrong, in a sentence.
pub type Outcome<T = ()> = Result<T, String>;

/// A command to be run from the repository's root.
pub struct Program {
    command: Command,
    words: String,
}

impl Program {
    pub fn new(name: &str, arguments: &[&str]) -> Self {
        // npm is a script on Windows.
        let script = cfg!(windows) && name == "npm";
        let mut command = Command::new(if script { format!("{name}.cmd") } else { name.to_string() });
        command.args(arguments).current_dir(root()).env("CARGO_TARGET_DIR", target_dir());
        Self { command, words: format!("{name} {}", arguments.join(" ")) }
    }

    pub fn env(mut self, key: &str, value: impl Into<OsString>) -> Self {
        self.command.env(key, value.into());
        self
    }

    pub fn env_remove(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    /// Puts folders before those already on PATH.
    pub fn path(self, folders: &[PathBuf]) -> Self {
        let old = env::var_os("PATH").unwrap_or_default();
        let all = folders.iter().cloned().chain(env::split_paths(&old));
        self.env("PATH", env::join_paths(all).unwrap_or(old.clone()))
    }

    pub fn spawn(mut self) -> Outcome<Child> {
        self.command.spawn().map_err(|e| format!("{} did not start: {e}", self.words))
    }

    /// Runs it with its output on the screen.
    pub fn run(self) -> Outcome {
        let words = self.words.clone();
        let status = self.spawn()?.wait().map_err(|e| e.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("{words}: {status}")) }
    }

    /// Runs it in silence and returns what it printed; none where it failed or is not there.
    pub fn output(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
    }

    /// Runs it with its output on the screen, showing each line of it to `watch` as well.
    pub fn run_watched(mut self, mut watch: impl FnMut(&str)) -> Outcome {
        let mut child = self.command.stdout(Stdio::piped()).spawn().map_err(|e| format!("{}: {e}", self.words))?;
        let stdout = child.stdout.take().ok_or("no output to read")?;
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            watch(&line);
        }
        let status = child.wait().map_err(|e| e.to_string())?;
        if status.success() { Ok(()) } else { Err(format!("{}: {status}", self.words)) }
    }
}

/// Runs a step between two lines: what begins, and how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("• {what}");
    let clock = Instant::now();
    let result = work();
    let mark = if result.is_ok() { "✓" } else { "✗" };
    println!("{mark} {what} ({:.1} s)", clock.elapsed().as_secs_f64());
    result
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// Where tools and build products live: outlasts a checkout.
pub fn cache() -> PathBuf {
    let folder = |key: &str| env::var_os(key).filter(|v| !v.is_empty()).map(PathBuf::from);
    let home = || folder("HOME").or_else(|| folder("USERPROFILE")).unwrap_or_else(|| root().join("target"));
    folder("GENLAB_CACHE").unwrap_or_else(|| {
        let base = if cfg!(windows) {
            folder("LOCALAPPDATA").unwrap_or_else(home)
        } else if cfg!(target_os = "macos") {
            home().join("Library/Caches")
        } else {
            folder("XDG_CACHE_HOME").unwrap_or_else(|| home().join(".cache"))
        };
        base.join("genlab")
    })
}

/// Cargo's target folder: the user's own choice first.
pub fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache().join("target"), PathBuf::from)
}
