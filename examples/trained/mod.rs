//! Presets trained from beginning to end, for programs that look at the outcome.

#[path = "../stored/mod.rs"]
mod stored;

use genlab::device;
use genlab::protocol::{Command, Event, RawSettings, Reading, Snapshot, Start};
use genlab::session::Session;
use genlab::trainer::Stride;
use serde_json::json;

/// A preset that plays.
pub fn begun(preset: &str, seed: u32, changes: &[(&str, &str)]) -> Session {
    let mut settings: RawSettings = [("preset".into(), json!(preset)), ("seed".into(), json!(seed))].into();
    settings.extend(changes.iter().map(|(k, v)| (k.to_string(), json!(v))));
    let mut session = Session::new(device::cpu());
    for name in session.needs(&settings) {
        session.apply(Command::Load { name: name.into(), bytes: stored::stored(name).unwrap() });
    }
    let started = session.apply(Command::Start(Box::new(Start { run: 1, settings, ..Start::default() })));
    assert!(matches!(started, Event::Started { .. }), "{started:?}");
    session.apply(Command::Play { by: Stride::Both });
    session
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
