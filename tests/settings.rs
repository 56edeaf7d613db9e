//! Whatever a link, a flag or a message says: settings within their bounds, or one sentence.

use genlab::data::library::Library;
use genlab::device;
use genlab::model::{self, FAMILIES, Luggage};
use genlab::settings::{Kind, Refusal, Settings};
use serde_json::{Value, json};

fn parse(pairs: &[(&str, Value)]) -> Result<Settings, Refusal> {
    model::settings(&pairs.iter().map(|(k, v)| (k.to_string(), v.clone())).collect())
}

#[test]
fn every_preset_is_within_bounds_and_becomes_a_model() {
    for (family, preset) in model::presets() {
        let settings = parse(&[("preset", preset.id.into())]).unwrap();
        assert_eq!(settings.model(), family.schema.model);
        let luggage = Luggage { points: None, library: &Library::default(), legacy: None };
        let started = (family.start)(&settings, luggage, &device::cpu());
        // What needs loading says so, and nothing else is wrong with it.
        assert_eq!(started.is_ok(), (family.needs)(&settings).is_empty(), "{}", preset.id);
    }
}

#[test]
fn a_preset_names_its_model_and_no_other() {
    assert_eq!(parse(&[]).unwrap().model(), "gan");
    assert_eq!(parse(&[("model", "dirac".into()), ("theta", json!(0.5))]).unwrap().number("theta"), 0.5);
    let refused = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs.iter().map(|(k, v)| (*k, json!(v))).collect();
        parse(&pairs).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&[("preset", "ring8"), ("model", "dirac")]),
        "model = dirac was not taken: it must be gan, or chosen by a preset."
    );
    assert_eq!(
        refused(&[("model", "gam")]),
        "model = gam was not taken: it must be one of gan, line_gan, density, classes, dirac, autoencoder, picture_gan, universe, autoregressive, sequence_gan, captioner."
    );
    assert!(refused(&[("preset", "dirac"), ("latent_dim", "2")]).starts_with("latent_dim = 2 was not taken"));
}

#[test]
fn bounds_are_inclusive_and_refusals_name_field_value_and_bound() {
    for knob in FAMILIES.iter().flat_map(|family| family.schema.knobs()) {
        let (low, high, beyond) = match knob.kind {
            Kind::Integer { min, max } => {
                (min.to_string(), max.to_string(), [(min - 1).to_string(), (max + 1).to_string()])
            }
            Kind::Number { min, max, .. } => {
                (min.to_string(), max.to_string(), [(min - 1.0).to_string(), (max * 1.01).to_string()])
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
