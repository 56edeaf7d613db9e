//! Presets trained from beginning to end, for programs that look at the outcome.

#[path = "../playing/mod.rs"]
mod playing;

use genlab::device;
use genlab::protocol::{Reading, Snapshot};
use genlab::session::Session;

/// A preset that plays.
pub fn begun(preset: &str, seed: u32, changes: &[(&str, &str)]) -> Session {
    let seed = seed.to_string();
    playing::playing(device::cpu(), preset, &[&[("seed", seed.as_str())], changes].concat()).unwrap()
}

/// Trains a preset and returns the snapshot at each of `steps`.
pub fn train(preset: &str, seed: u32, changes: &[(&str, &str)], steps: &[u64]) -> Vec<Snapshot> {
    let mut session = begun(preset, seed, changes);
    let mut at = 0;
    let snapshot = |&step: &u64| {
        session.advance((step - at) as u32);
        at = step;
        device::block_on(session.snapshot()).unwrap().unwrap()
    };
    steps.iter().map(snapshot).collect()
}

/// One of its readings.
pub fn reading(snapshot: &Snapshot, id: &str) -> Reading {
    *snapshot.metrics.iter().find(|m| m.id == id).unwrap()
}
