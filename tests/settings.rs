//! Whatever a link, a flag or a message says: settings within their bounds, or one sentence.

use genlab::device;
use genlab::experiment::{Experiment, presets::PRESETS};
use genlab::probe::PROBES;
use genlab::protocol::{Checkpoint, Command, Event, Points, RawSettings, Start};
use genlab::session::Session;
use genlab::settings::{self, KNOBS, Kind, Refusal, Settings};
use genlab::trainer::{Feed, Player, Players, Progress, Stride};
use proptest::prelude::*;
use serde_json::{Value, json};

fn parse(pairs: &[(&str, Value)]) -> Result<Settings, Refusal> {
    Settings::parse(&pairs.iter().map(|(k, v)| (k.to_string(), v.clone())).collect())
}

#[test]
fn every_preset_is_within_bounds_and_becomes_an_experiment() {
    for preset in PRESETS {
        let settings = parse(&[("preset", preset.id.into())]).unwrap();
        assert!(Experiment::new(&settings, None).is_ok());
        for (key, _) in preset.settings {
            assert!(settings::find(key).is_some(), "{}: {key}", preset.id);
        }
    }
}

#[test]
fn bounds_are_inclusive_and_refusals_name_field_value_and_bound() {
    for knob in KNOBS {
        let (low, high, beyond) = match knob.kind {
            Kind::Integer { min, max } => {
                (min.to_string(), max.to_string(), [(min - 1).to_string(), (max + 1).to_string()])
            }
            Kind::Number { min, max, .. } => {
                (min.to_string(), max.to_string(), ["-1".into(), (max * 1.01).to_string()])
            }
            Kind::Choice { options } => {
                let options = options();
                let (first, last) = (options[0].id, options[options.len() - 1].id);
                (first.into(), last.into(), ["Ring8".into(), " ".into()])
            }
            Kind::Switch => ("on".into(), "off".into(), ["ON".into(), "1".into()]),
        };
        for inside in [low, high] {
            knob.parse(&Value::from(inside.clone())).unwrap_or_else(|refusal| panic!("{inside}: {refusal}"));
        }
        for outside in beyond {
            let refusal = knob.parse(&Value::from(outside.clone())).unwrap_err();
            assert_eq!(refusal.field, knob.id);
            assert_eq!(refusal.bound, knob.bound());
            assert!(refusal.to_string().contains(knob.id) && refusal.to_string().contains(&knob.bound()));
        }
    }
}

#[test]
fn wrong_types_are_refused_in_words() {
    for value in
        [json!("NaN"), json!("inf"), json!(""), json!(null), json!([1]), json!({ "a": 1 }), json!(true), json!("1e999")]
    {
        let refusal = parse(&[("lr_d", value.clone())]).unwrap_err();
        assert_eq!(
            (refusal.field.as_str(), refusal.bound.as_str()),
            ("lr_d", "a number from 0.000001 to 1"),
            "{value}"
        );
    }
    assert_eq!(parse(&[("lr", json!("0.1"))]).unwrap_err().field, "lr");
    assert_eq!(parse(&[("preset", json!("ring9"))]).unwrap_err().field, "preset");
    assert_eq!(parse(&[("batch", json!("12.5"))]).unwrap_err().bound, "a whole number from 1 to 1024");
    let both = parse(&[("d_steps", json!(0)), ("g_steps", json!(0))]).unwrap_err();
    assert_eq!(both.to_string(), "g_steps = 0 was not taken: it must be at least 1 while d_steps is 0.");
}

#[test]
fn settings_that_do_not_go_together_are_refused_with_the_reason() {
    let refused = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs.iter().map(|(k, v)| (*k, json!(v))).collect();
        parse(&pairs).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&[("minibatch_std", "on")]),
        "minibatch_std = on was not taken: it must be off while r1 is above 0, because a D that looks at the whole batch has no slope at a single point."
    );
    assert_eq!(
        refused(&[("batch", "100"), ("pack", "3")]),
        "batch = 100 was not taken: it must be a multiple of 3, the points that are judged together (pack)."
    );
    assert_eq!(
        refused(&[("spectral_norm", "on"), ("clip", "0.1")]),
        "clip = 0.1 was not taken: it must be 0 while spectral_norm is on, because a clipped weight is divided by its norm anyway."
    );
    assert!(parse(&[("minibatch_std", json!("on")), ("r1", json!(0)), ("r2", json!(0))]).is_ok());
}

#[test]
fn ten_megabytes_of_junk_make_a_short_sentence() {
    let junk = "<script>\u{0}\u{202e}".repeat(700_000);
    for refusal in [parse(&[(&junk, json!("1"))]).unwrap_err(), parse(&[("seed", json!(junk))]).unwrap_err()] {
        assert!(refusal.field.chars().count() <= 41 && refusal.value.chars().count() <= 41, "{refusal}");
        assert!(!refusal.to_string().contains(['\u{0}', '\u{202e}']));
    }
}

#[test]
fn the_same_number_in_any_spelling() {
    let spellings = [json!("0.001"), json!("1e-3"), json!(0.001), json!(" 0.001 ")];
    let parsed: Vec<_> = spellings.iter().map(|v| parse(&[("lr_d", v.clone())]).unwrap()).collect();
    assert!(parsed.windows(2).all(|pair| pair[0] == pair[1]));
}

fn any_json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![any::<f64>().prop_map(Value::from), any::<i64>().prop_map(Value::from)];
    prop_oneof![".{0,60}".prop_map(Value::from), number, any::<bool>().prop_map(Value::from), Just(Value::Null)]
}

fn any_settings() -> impl Strategy<Value = RawSettings> {
    let known =
        proptest::sample::select(KNOBS.iter().map(|k| k.id.to_string()).chain(["preset".into()]).collect::<Vec<_>>());
    let key = prop_oneof![4 => known, 1 => ".{0,20}".prop_map(String::from)];
    proptest::collection::btree_map(key, any_json(), 0..4)
}

/// Small enough to train a step in an instant.
fn small() -> RawSettings {
    [("width_g", 4), ("width_d", 4), ("batch", 4)].map(|(k, v)| (k.to_string(), json!(v))).into()
}

/// A checkpoint that fits nothing.
fn hostile_checkpoint() -> impl Strategy<Value = Checkpoint> {
    let pair = || (0u64..5, any::<u64>());
    (pair(), pair(), pair(), any::<u64>(), proptest::collection::vec(any::<f32>(), 0..200)).prop_map(
        |((d, d_updates), (g, g_updates), (d_done, g_done), step, values)| {
            let progress = Progress {
                vectors: Players { d: d as usize, g: g as usize },
                updates: Players { d: d_updates, g: g_updates },
                done: Players { d: d_done, g: g_done },
                feeds: Players { d: Feed::new(1, Player::D), g: Feed::new(1, Player::G) },
            };
            Checkpoint { step, progress, values }
        },
    )
}

fn any_points() -> impl Strategy<Value = Points> {
    let number = prop_oneof![8 => -3.0f32..3.0, 1 => any::<f32>()];
    let width = proptest::option::of(prop_oneof![0.5f64..9.0, any::<f64>()]);
    (proptest::collection::vec(number, 0..12), width).prop_map(|(values, half_width)| Points {
        values,
        half_width,
        axes: None,
    })
}

fn any_start() -> impl Strategy<Value = Start> {
    let checkpoint = proptest::option::weighted(0.2, hostile_checkpoint());
    let points = proptest::option::weighted(0.3, any_points());
    let weights = proptest::option::weighted(0.1, proptest::collection::vec(any::<u8>(), 0..40));
    (any_settings(), any::<bool>(), checkpoint, points, weights).prop_map(|(any, own, checkpoint, points, weights)| {
        let mut settings: RawSettings = small().into_iter().chain(any).collect();
        if own {
            settings.insert("data".into(), json!("own"));
        }
        Start { run: 7, settings, checkpoint, points, weights }
    })
}

fn any_command() -> impl Strategy<Value = Command> {
    let stride =
        || prop_oneof![Just(Stride::Line), Just(Stride::Phase), Just(Stride::D), Just(Stride::G), Just(Stride::Both)];
    let probe =
        || prop_oneof![(0..PROBES.len()).prop_map(|i| PROBES[i].id.to_string()), ".{0,8}".prop_map(String::from)];
    prop_oneof![
        2 => any_start().prop_map(|start| Command::Start(Box::new(start))),
        1 => Just(Command::Start(Box::new(Start { run: 8, settings: small(), ..Start::default() }))),
        1 => stride().prop_map(|by| Command::Play { by }),
        1 => Just(Command::Pause),
        2 => (stride(), 0u32..4).prop_map(|(what, count)| Command::Step { what, count }),
        2 => any_settings().prop_map(|settings| Command::Tune { settings }),
        1 => proptest::collection::vec(probe(), 0..4).prop_map(|probes| Command::Watch { probes }),
        1 => ".{0,40}".prop_map(|text| Command::Read { text }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Anything at all: settings that print and parse back to themselves, or a refusal of a field that was there.
    #[test]
    fn anything_is_taken_or_refused_by_name(raw in any_settings()) {
        match Settings::parse(&raw) {
            Ok(settings) => {
                let again = settings.iter().map(|(k, v)| (k.to_string(), Value::from(v.to_string()))).collect();
                prop_assert_eq!(Settings::parse(&again).unwrap(), settings);
            }
            Err(refusal) => {
                let shown = |key: &String| Refusal::new(key, "", "").field;
                prop_assert!(refusal.field == "g_steps" || raw.keys().any(|key| shown(key) == refusal.field));
                prop_assert!(!refusal.bound.is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// No command panics, and a refused one leaves the run where it was.
    #[test]
    fn no_command_panics_or_loses_the_run(commands in proptest::collection::vec(any_command(), 1..12)) {
        let mut session = Session::new(device::cpu());
        let step = |session: &mut Session| device::block_on(session.snapshot()).unwrap().map(|s| (s.run, s.step));
        for command in commands {
            let before = step(&mut session);
            if let Event::Failed { refusal, message, .. } = session.apply(command) {
                prop_assert!(message.contains(&refusal.field));
                prop_assert_eq!(step(&mut session), before);
            }
            session.advance(1);
        }
    }
}
