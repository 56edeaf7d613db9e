//! Anything at all may arrive: 100,000 links and 1,000,000 commands, none of which may panic or cost the run.

use genlab::device;
use genlab::model::{self, FAMILIES};
use genlab::protocol::{Checkpoint, Command, Event, Points, Progress, RawSettings, Start};
use genlab::session::Session;
use genlab::settings::{Kind, Knob, Refusal};
use genlab::trainer::{self, Feed, Player, Players, Stride};
use proptest::prelude::*;
use proptest::strategy::Union;
use serde_json::{Value, json};

/// Any characters at all; spelled out rather than by a regular expression, which takes far longer to draw.
fn any_words(longest: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..=longest).prop_map(String::from_iter)
}

fn any_json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![any::<f64>().prop_map(Value::from), any::<i64>().prop_map(Value::from)];
    prop_oneof![any_words(24).prop_map(Value::from), number, any::<bool>().prop_map(Value::from), Just(Value::Null)]
}

/// What a link or a tuned control says, often enough within its bounds to get past the first check.
fn any_value(knob: &'static Knob) -> BoxedStrategy<Value> {
    let within = match knob.kind {
        Kind::Integer { min, max } => (min..=max.min(12)).prop_map(Value::from).boxed(),
        Kind::Number { min, max, .. } => (min..=max).prop_map(Value::from).boxed(),
        Kind::Choice { options } => proptest::sample::select(options()).prop_map(|option| option.id.into()).boxed(),
        Kind::Switch => proptest::sample::select(vec!["on", "off"]).prop_map(Value::from).boxed(),
    };
    prop_oneof![3 => within, 1 => any_json()].boxed()
}

fn any_settings() -> BoxedStrategy<RawSettings> {
    let known = FAMILIES.iter().flat_map(|family| family.schema.knobs()).filter(|knob| knob.id != "device");
    let known = known.map(|knob| (Just(knob.id.to_string()), any_value(knob)).boxed());
    let presets: Vec<_> = model::presets().map(|(_, preset)| preset.id.into()).collect();
    let models: Vec<_> = FAMILIES.iter().map(|family| family.schema.model.into()).collect();
    let named = prop_oneof![
        (Just("preset".to_string()), proptest::sample::select(presets)),
        (Just("model".to_string()), prop_oneof![proptest::sample::select(models), any_json()]),
    ];
    let entry = prop_oneof![8 => Union::new(known), 1 => named, 1 => (any_words(12), any_json())];
    proptest::collection::vec(entry, 0..4).prop_map(RawSettings::from_iter).boxed()
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
            let progress = Progress::Gan(trainer::Progress {
                vectors: Players { d: d as usize, g: g as usize },
                updates: Players { d: d_updates, g: g_updates },
                done: Players { d: d_done, g: g_done },
                feeds: Players { d: Feed::new(1, Player::D), g: Feed::new(1, Player::G) },
            });
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
        let mut settings = any;
        if !settings.contains_key("preset") && !settings.contains_key("model") {
            settings = small().into_iter().chain(settings).collect();
        }
        if own {
            settings.insert("data".into(), json!("own"));
        }
        Start { run: 7, settings, checkpoint, points, weights }
    })
}

fn any_command() -> impl Strategy<Value = Command> {
    let stride =
        || prop_oneof![Just(Stride::Line), Just(Stride::Phase), Just(Stride::D), Just(Stride::G), Just(Stride::Both)];
    let probes: Vec<_> = FAMILIES.iter().flat_map(|family| (family.probes)()).map(String::from).collect();
    let probe = prop_oneof![4 => proptest::sample::select(probes), 1 => any_words(8)];
    prop_oneof![
        1 => any_start().prop_map(|start| Command::Start(Box::new(start))),
        1 => Just(Command::Start(Box::new(Start { run: 8, settings: small(), ..Start::default() }))),
        3 => stride().prop_map(|by| Command::Play { by }),
        3 => Just(Command::Pause),
        6 => (stride(), 0u32..4).prop_map(|(what, count)| Command::Step { what, count }),
        6 => any_settings().prop_map(|settings| Command::Tune { settings }),
        3 => proptest::collection::vec(probe, 0..4).prop_map(|probes| Command::Watch { probes }),
        1 => any_words(40).prop_map(|text| Command::Read { text }),
        1 => proptest::collection::vec(any::<f32>(), 0..6).prop_map(|values| Command::Place { values }),
        1 => proptest::collection::vec(any::<f32>(), 0..6).prop_map(|values| Command::Draw { values }),
        1 => (any_words(4), proptest::collection::vec(any::<u8>(), 0..40))
            .prop_map(|(name, bytes)| Command::Load { name, bytes }),
    ]
}

/// The field at fault is one that was there, or the bound says which of those that were does not go with it.
fn names_what_was_said(refusal: &Refusal, raw: &RawSettings) -> bool {
    let in_bound = |key: &str| refusal.bound.split(|c: char| c != '_' && !c.is_alphanumeric()).any(|word| word == key);
    raw.keys().any(|key| Refusal::new(key, "", "").field == refusal.field || in_bound(key))
}

/// Every preset with every single choice changed, and with every pair of choices changed.
#[test]
fn a_preset_takes_each_choice_or_names_it() {
    for (family, preset) in model::presets() {
        let choices: Vec<(String, Value)> = (family.schema.knobs())
            .flat_map(|knob| match knob.kind {
                Kind::Choice { options } => options().into_iter().map(|o| (knob.id.into(), o.id.into())).collect(),
                Kind::Switch => ["on", "off"].map(|value| (knob.id.to_string(), json!(value))).to_vec(),
                _ => Vec::new(),
            })
            .collect();
        for (i, one) in choices.iter().enumerate() {
            for other in &choices[i..] {
                let raw = RawSettings::from([("preset".into(), json!(preset.id)), one.clone(), other.clone()]);
                if let Err(refusal) = model::settings(&raw) {
                    assert!(names_what_was_said(&refusal, &raw), "{raw:?}: {refusal}");
                }
            }
        }
    }
}

/// The defaults of each family and each preset, small, but for one setting, which takes the ends of its range and each of its
/// choices: nothing that can be begun fails to train.
#[test]
fn each_setting_trains_at_its_ends() {
    let defaults = FAMILIES.iter().map(|family| (*family, ("model", family.schema.model)));
    let presets = model::presets().map(|(family, preset)| (family, ("preset", preset.id)));
    let mut trained = 0;
    for (family, (key, name)) in defaults.chain(presets) {
        let is_known = |id: &str| family.schema.knobs().any(|knob| knob.id == id);
        for knob in family.schema.knobs().filter(|knob| knob.id != "device") {
            let ends: Vec<Value> = match knob.kind {
                Kind::Integer { min, max } => vec![min.into(), max.into()],
                Kind::Number { min, max, .. } => vec![min.into(), max.into()],
                Kind::Choice { options } => options().into_iter().map(|option| option.id.into()).collect(),
                Kind::Switch => vec!["on".into(), "off".into()],
            };
            for end in ends {
                let mut settings: RawSettings = small().into_iter().filter(|(id, _)| is_known(id)).collect();
                settings.extend([(key.to_string(), json!(name)), (knob.id.to_string(), end)]);
                let mut session = Session::new(device::cpu());
                session.apply(Command::Start(Box::new(Start { settings, ..Start::default() })));
                session.apply(Command::Step { what: Stride::Both, count: 1 });
                session.advance(1);
                trained += usize::from(session.step() == Some(1));
            }
        }
    }
    println!("{trained} runs");
    assert!(trained > 1_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// Settings that print and parse back to themselves, or a refusal that names a field that was there.
    #[test]
    fn a_link_is_taken_or_refused_by_name(raw in any_settings()) {
        match model::settings(&raw) {
            Ok(settings) => {
                let again = settings.iter().map(|(k, v)| (k.to_string(), Value::from(v.to_string()))).collect();
                prop_assert_eq!(model::settings(&again).unwrap(), settings);
            }
            Err(refusal) => {
                prop_assert!(names_what_was_said(&refusal, &raw), "{}", refusal);
                prop_assert!(!refusal.bound.is_empty());
            }
        }
    }
}

/// Commands in each sequence, and sequences: 1,000,000 commands.
const LENGTH: usize = 40;
const CASES: u32 = 25_000;

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(CASES) })]

    /// A refused command leaves the run as it was, settings and all; the last snapshot can always be taken.
    #[test]
    fn no_command_panics_or_loses_the_run(commands in proptest::collection::vec(any_command(), LENGTH)) {
        let mut session = Session::new(device::cpu());
        for (i, command) in commands.into_iter().enumerate() {
            let before = (session.run_id(), session.settings().cloned(), session.step());
            if let Event::Failed { refusal, message, .. } = session.apply(command) {
                prop_assert!(message.contains(&refusal.field));
                prop_assert_eq!((session.run_id(), session.settings().cloned(), session.step()), before);
            }
            if i % 4 == 0 {
                session.advance(1);
            }
        }
        // Metrics take longer than all the rest, so not every sequence is looked at.
        if session.step().is_some_and(|step| step % 16 == 1) {
            prop_assert!(device::block_on(session.snapshot()).unwrap().is_some());
            prop_assert!(device::block_on(session.checkpoint()).is_ok());
        }
    }
}
