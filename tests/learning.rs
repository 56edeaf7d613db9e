//! Coarse claims about learning, each for three seeds, on flex.

use genlab::device;
use genlab::protocol::{Command, Event, RawSettings, Snapshot, Start};
use genlab::session::Session;
use genlab::trainer::Stride;
use serde_json::json;

/// Trains a preset and returns the snapshot at each of `steps`.
fn train(preset: &str, seed: u32, changes: &[(&str, &str)], steps: &[u64]) -> Vec<Snapshot> {
    let mut settings: RawSettings = [("preset".into(), json!(preset)), ("seed".into(), json!(seed))].into();
    settings.extend(changes.iter().map(|(k, v)| (k.to_string(), json!(v))));
    let mut session = Session::new(device::cpu());
    let started = session.apply(Command::Start(Start { run: 1, settings, ..Start::default() }));
    assert!(matches!(started, Event::Started { .. }), "{started:?}");
    session.apply(Command::Play { by: Stride::Both });
    let mut at = 0;
    let snapshot = |&step: &u64| {
        session.advance((step - at) as u32);
        at = step;
        device::block_on(session.snapshot()).unwrap().unwrap()
    };
    steps.iter().map(snapshot).collect()
}

fn reading(snapshot: &Snapshot, id: &str) -> genlab::protocol::Reading {
    *snapshot.metrics.iter().find(|m| m.id == id).unwrap()
}

#[test]
fn the_soft_ring_is_covered_by_step_2000() {
    for seed in 1..=3 {
        let end = &train("ring8", seed, &[], &[2_000])[0];
        let (modes, quality) = (reading(end, "modes"), reading(end, "high_quality"));
        assert_eq!((modes.live, modes.ema, modes.max), (8.0, 8.0, Some(8.0)), "seed {seed}");
        assert!(quality.ema > 0.5, "seed {seed}: {}", quality.ema);
        assert!(end.health.diverged_at.is_none() && end.health.collapsed_at.is_none());
    }
}

#[test]
fn too_large_a_rate_is_reported_with_its_step_and_ends_the_run() {
    let changes = [("optimizer_g", "sgd"), ("optimizer_d", "sgd"), ("lr_d", "1"), ("r1", "100"), ("momentum", "0.9")];
    let snapshots = train("ring8", 1, &changes, &[200, 400]);
    let at = snapshots[0].health.diverged_at.expect("diverged");
    assert!((1..=200).contains(&at));
    assert!(!snapshots[0].playing);
    assert_eq!(snapshots[1].step, snapshots[0].step, "a diverged run stands still");
}
