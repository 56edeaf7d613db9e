//! Everything that CI runs, cheapest first, counted in one closing line.

use crate::bench;
use crate::chromium;
use crate::run::{Outcome, Program, step};
use crate::setup;

#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

pub fn test() -> Outcome {
    let mut tally = Tally::default();
    tally.check("formatting", || Program::new("cargo", &["fmt", "--all", "--check"]).run());
    match setup::setup() {
        Ok(tools) => {
            tally.check("types of the page", || {
                Program::new("npm", &["run", "--silent", "vendor"])
                    .run()
                    .and_then(|()| Program::new("npm", &["run", "--silent", "types"]).run())
            });
            tally.node("page tests", node_tests("tests/page"));
            tally.cargo();
            tally.check("lints", || {
                Program::new(
                    "cargo",
                    &["clippy", "--release", "--workspace", "--all-targets", "--", "--deny", "warnings"],
                )
                .run()
            });
            tally.check("page, both artefacts, optimised", || tools.trunk(&["build", "--release"]).run());
            tally.browser();
            tally.check("benchmarks, for a moment", || bench::bench(&tools, &["--check"]));
        }
        Err(message) => tally.fail(&message),
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { Ok(()) } else { Err("some tests failed; see above".into()) }
}

impl Tally {
    fn fail(&mut self, message: &str) {
        eprintln!("✗ {message}");
        self.failed += 1;
    }

    /// A step that passes or fails as one.
    fn check(&mut self, what: &str, work: impl FnOnce() -> Outcome) {
        match step(what, work) {
            Ok(()) => self.passed += 1,
            Err(message) => self.fail(&message),
        }
    }

    /// Rust's tests, counted from lines like `test result: ok. 33 passed; 0 failed; …`.
    fn cargo(&mut self) {
        let count = |line: &str| {
            let numbers = line.strip_prefix("test result: ")?.split_once(". ")?.1;
            let number = |word: &str| {
                numbers.split(';').find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok())
            };
            Some((number("passed")?, number("failed")?))
        };
        let program = Program::new("cargo", &["test", "--release", "--workspace", "--no-fail-fast"]);
        self.counted("Rust tests", program, |line| count(line).unwrap_or_default());
    }

    /// Node's tests, counted from lines like `ℹ pass 5`.
    fn node(&mut self, what: &str, program: Program) {
        let number =
            |line: &str, word: &str| line.strip_prefix(word).and_then(|n| n.trim().parse::<u64>().ok()).unwrap_or(0);
        self.counted(what, program, |line| (number(line, "ℹ pass "), number(line, "ℹ fail ")));
    }

    fn browser(&mut self) {
        match step("Chromium", chromium::find_or_install) {
            Ok(path) => self.node("browser tests", node_tests("tests/browser").env("GENLAB_CHROMIUM", path)),
            Err(message) => self.fail(&message),
        }
    }

    /// Runs a test runner; `count` reads (passed, failed) off a line. A runner that fails without
    /// having counted a failure counts as one.
    fn counted(&mut self, what: &str, program: Program, count: impl Fn(&str) -> (u64, u64)) {
        let failed_before = self.failed;
        let result = step(what, || {
            program.run_watched(|line| {
                let (passed, failed) = count(line);
                self.passed += passed;
                self.failed += failed;
            })
        });
        if let Err(message) = result
            && self.failed == failed_before
        {
            self.fail(&message);
        }
    }
}

/// Node's test runner on the tests of a folder, one file after another, each within 25 minutes. Node 20 expands no
/// patterns.
fn node_tests(folder: &str) -> Program {
    let mut files: Vec<String> = std::fs::read_dir(crate::run::root().join(folder))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.js"))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    files.sort();
    let flags = ["--test", "--test-reporter=spec", "--test-concurrency=1", "--test-timeout=1500000"];
    Program::new("node", &flags.into_iter().chain(files.iter().map(String::as_str)).collect::<Vec<_>>())
}
