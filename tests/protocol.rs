//! `tests/golden/protocol.json` is what both sides speak. `tests/page/protocol.test.js` reads it too.

use genlab::protocol::*;
use genlab::rng::{Rng, Stream};
use genlab::settings::{Refusal, Settings};
use genlab::trainer::{Progress, Update};
use serde_json::{Value, json};

fn golden() -> Value {
    serde_json::from_str(include_str!("golden/protocol.json")).unwrap()
}

fn checkpoint() -> Checkpoint {
    let stream = |stream| Rng::new(1, stream);
    Checkpoint {
        step: 40,
        progress: Progress {
            g_vectors: 3,
            d_vectors: 1,
            g_updates: 40,
            d_updates: 80,
            streams: [Stream::RealForD, Stream::NoiseForD, Stream::NoiseForG].map(stream),
        },
        values: vec![0.5, -1.25],
    }
}

#[test]
fn commands_are_read_and_written_as_the_golden_file_says() {
    let raw = |pairs: Value| serde_json::from_value::<RawSettings>(pairs).unwrap();
    let settings = raw(json!({ "preset": "ring8", "seed": "3", "lr_d": 0.002 }));
    let commands = vec![
        Command::Start { run: 1, settings: settings.clone(), checkpoint: None },
        Command::Start { run: 2, settings, checkpoint: Some(checkpoint()) },
        Command::Play,
        Command::Pause,
        Command::Step { what: Update::D, count: 5 },
        Command::Step { what: Update::Both, count: 1 },
        Command::Tune { settings: raw(json!({ "r1": "0.5" })) },
        Command::Watch { probes: vec!["landscape".into(), "generated".into()] },
    ];
    let golden = golden()["commands"].clone();
    assert_eq!(serde_json::to_value(&commands).unwrap(), golden);
    assert_eq!(serde_json::from_value::<Vec<Command>>(golden).unwrap(), commands);
}

#[test]
fn events_are_written_as_the_golden_file_says() {
    let refusal = Refusal::new("lr_d", "fast", "a number from 0.000001 to 1");
    let snapshot = Snapshot {
        run: 1,
        step: 2,
        playing: true,
        updates: Players { d: 2, g: 1 },
        losses: Losses { first: 1, d: vec![1.5, 1.25], g: vec![0.75, f32::NAN] },
        metrics: vec![Reading { id: "modes", live: 3.0, ema: 2.0, floor: 8.0, chance: 7.5, max: Some(8.0) }],
        health: Health { diverged_at: None, collapsed_at: Some(2) },
        probes: [("generated", Matrix { shape: [1, 2], values: vec![0.5, -0.5] })].into(),
    };
    let events = vec![
        Event::Started { run: 1, step: 0, settings: Settings::default(), n_parameters: Players { d: 4417, g: 4482 } },
        Event::Idle,
        Event::Tuned { run: 1, settings: Settings::default() },
        Event::Snapshot(snapshot),
        Event::Checkpoint { run: 1, checkpoint: checkpoint() },
        Event::Failed { run: 1, message: refusal.to_string(), refusal },
    ];
    let events = serde_json::to_value(&events).unwrap();
    assert_eq!(events, golden()["events"]);
}

#[test]
fn unknown_commands_and_fields_are_refused() {
    for words in
        [r#"{"type":"explode"}"#, r#"{"type":"watch","probes":[],"loud":true}"#, r#"{"type":"step","what":"d"}"#, "3"]
    {
        assert!(serde_json::from_str::<Command>(words).is_err(), "{words}");
    }
}
