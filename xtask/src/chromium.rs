//! Finds a Chrome or Chromium for the browser tests, or installs Debian's.

use crate::run::{Outcome, Program};
use std::path::Path;

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/// The browser's path. `GENLAB_CHROMIUM` overrides the search.
pub fn find_or_install() -> Outcome<String> {
    if let Some(path) = find() {
        return Ok(path);
    }
    let sudo = Program::new("sudo", &["-n", "true"]).output().is_some();
    for arguments in [["apt-get", "update"].as_slice(), &["apt-get", "install", "-y", "chromium"]] {
        let _ = if sudo {
            Program::new("sudo", arguments).run()
        } else {
            Program::new(arguments[0], &arguments[1..]).run()
        };
    }
    find().ok_or("the browser tests need Chrome or Chromium: install one, or set GENLAB_CHROMIUM to its path".into())
}

fn find() -> Option<String> {
    let given = std::env::var("GENLAB_CHROMIUM").ok().filter(|path| Path::new(path).exists());
    let on_path = || {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        let all = std::env::split_paths(&folders).flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)));
        all.into_iter().find(|path| path.is_file()).map(|path| path.to_string_lossy().into_owned())
    };
    let in_place = || PLACES.iter().find(|path| Path::new(path).exists()).map(|path| path.to_string());
    given.or_else(on_path).or_else(in_place)
}
