//! `tests/golden/protocol.json` is what both sides speak. `tests/page/protocol.test.js` reads it too.

use genlab::model::gan;
use genlab::protocol::*;
use genlab::settings::{Refusal, Settings};
use genlab::trainer::{self, Cursor, Feed, Line, Player, Players, Stride};
use serde_json::{Value, json};

fn golden() -> Value {
    serde_json::from_str(include_str!("golden/protocol.json")).unwrap()
}

fn defaults() -> Settings {
    Settings::new(&gan::SCHEMA)
}

fn checkpoint() -> Checkpoint {
    Checkpoint {
        step: 40,
        progress: Progress::Gan(trainer::Progress {
            vectors: Players { d: 1, g: 3 },
            updates: Players { d: 80, g: 40 },
            done: Players { d: 1, g: 0 },
            feeds: Players { d: Feed::new(1, Player::D), g: Feed::new(1, Player::G) },
        }),
        values: vec![0.5, -1.25],
    }
}

#[test]
fn commands_are_read_and_written_as_the_golden_file_says() {
    let raw = |pairs: Value| serde_json::from_value::<RawSettings>(pairs).unwrap();
    let settings = raw(json!({ "preset": "ring8", "seed": "3", "lr_d": 0.002 }));
    let commands = vec![
        Command::Start(Box::new(Start { run: 1, settings: settings.clone(), ..Start::default() })),
        Command::Start(Box::new(Start {
            run: 2,
            settings: settings.clone(),
            checkpoint: Some(checkpoint()),
            ..Start::default()
        })),
        Command::Start(Box::new(Start {
            run: 3,
            settings,
            points: Some(Points { values: vec![0.5, 1.0], half_width: Some(2.0), axes: None }),
            weights: Some(vec![1, 2]),
            ..Start::default()
        })),
        Command::Read { text: "x,y".into() },
        Command::Load { name: "digits".into(), bytes: vec![1, 2] },
        Command::Place { values: vec![0.5, -1.0] },
        Command::Draw { values: vec![0.0, 1.0] },
        Command::Paint { values: vec![0.0, 1.0] },
        Command::Play { by: Stride::Both },
        Command::Play { by: Stride::Line },
        Command::Pause,
        Command::Step { what: Stride::D, count: 5 },
        Command::Step { what: Stride::Both, count: 1 },
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
        cursor: Some(Cursor { player: Player::D, line: Line::Score }),
        updates: [("d", 2), ("g", 1)].into(),
        curves: Curves { first: 1, values: [("loss_d", vec![1.5, 1.25]), ("loss_g", vec![0.75, f32::NAN])].into() },
        metrics: vec![Reading { id: "modes", live: 3.0, ema: 2.0, floor: 8.0, chance: 7.5, max: Some(8.0) }],
        judgement: Some(Judgement { real: 0.75, generated: 0.25, slope: 0.5 }),
        health: HealthState { collapsed_at: Some(2), ..HealthState::default() },
        stopped: Some(Stop::Steps),
        probes: [("generated", Matrix { shape: [1, 2], values: vec![0.5, -0.5] })].into(),
    };
    let events = vec![
        Event::Started { run: 1, step: 0, settings: defaults(), n_parameters: [("d", 4417), ("g", 4482)].into() },
        Event::Idle,
        Event::Tuned { run: 1, settings: defaults() },
        Event::Snapshot(snapshot),
        Event::Glance { run: 1, probes: [("placed", Matrix { shape: [1, 2], values: vec![0.5, 1.0] })].into() },
        Event::Checkpoint { run: 1, checkpoint: checkpoint() },
        Event::Table { run: 1, points: Points { values: vec![0.5, 1.0], half_width: None, axes: None }, n_rows: 1 },
        Event::Weights { run: 1, bytes: vec![1, 2] },
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
