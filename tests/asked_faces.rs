//! What a reader asks of models of faces, and what comes back: descriptions, drawings, painted faces, captions.

#[path = "../examples/trained/mod.rs"]
mod trained;

use genlab::data::faces::description::{N_CODE, held_out};
use genlab::data::faces::{N_FACTORS, paint};
use genlab::device;
use genlab::model;
use genlab::protocol::{Command, Event, Matrix, Named};
use genlab::session::Session;
use serde_json::json;
use trained::{begun, reading, train};

/// What is seen after a step.
fn seen(session: &mut Session, probes: &[&str]) -> Named<Matrix> {
    session.apply(Command::Watch { probes: probes.iter().map(|id| id.to_string()).collect() });
    device::block_on(session.snapshot()).unwrap().unwrap().probes
}

fn glance(session: &Session) -> Named<Matrix> {
    device::block_on(session.glance()).unwrap().unwrap()
}

fn refusal(event: Event) -> String {
    let Event::Failed { message, .. } = event else { panic!("{event:?}") };
    message
}

const SMALL: &[(&str, &str)] = &[("batch", "8"), ("width_g", "8"), ("width_d", "8")];

#[test]
fn a_description_changes_what_is_asked_for_and_a_dial_keeps_it() {
    let mut session = begun("faces_text", 1, SMALL);
    session.advance(1);
    let probes =
        seen(&mut session, &["descriptions", "variants", "asked", "asked_factors", "pairs", "pair_factors", "placed"]);
    let shape = |id| probes[id].shape;
    assert_eq!((shape("descriptions"), shape("variants")), ([8, N_CODE], [40, 768]));
    assert_eq!((shape("asked"), shape("asked_factors")), ([8, 768], [8, N_FACTORS + 1]));
    assert_eq!((shape("pairs"), shape("pair_factors")), ([48, 768], [48, N_FACTORS + 1]));
    assert!(probes["descriptions"].values.iter().all(|word| [0.0, 1.0].contains(word)));

    let z = vec![0.5; 16];
    let mut said = vec![0.0; N_CODE];
    (said[2], said[11]) = (1.0, 1.0);
    session.apply(Command::Place { values: [z.clone(), said].concat() });
    let described = glance(&session);
    assert_ne!(described["asked"].values, probes["asked"].values);
    session.apply(Command::Place { values: vec![-0.5; 16] });
    let turned = glance(&session);
    assert_eq!(turned["asked"].values, described["asked"].values, "the text stays");
    assert_ne!(turned["placed"].values, described["placed"].values);

    for (values, word) in
        [(vec![0.5; 15], "16 finite"), (vec![0.5; 16 + 19], "20 from 0 to 1"), (vec![2.0; 36], "20 from 0 to 1")]
    {
        assert!(refusal(session.apply(Command::Place { values })).contains(word));
    }
    assert_eq!(held_out().len(), 6);
}

#[test]
fn a_line_drawing_is_coloured() {
    let mut session = begun("faces_colour", 1, SMALL);
    session.advance(1);
    let probes = seen(&mut session, &["given", "asked", "asked_factors", "variants", "descriptions"]);
    assert_eq!((probes["given"].shape, probes["asked"].shape), ([8, 256], [8, 768]));
    assert!(!probes.contains_key("descriptions"));
    session.apply(Command::Place { values: [vec![0.0; 16], vec![1.0; 256]].concat() });
    assert_ne!(glance(&session)["asked"].values, probes["asked"].values);
}

/// A face that the reader paints is read back as it was chosen, by every model that looks at faces.
#[test]
fn a_painted_face_is_read_back() {
    let chosen = [5.0, 0.8, 1.0, 0.6, 3.0, 0.3, 0.5, 0.8, 2.0, 0.4];
    for preset in ["faces16", "faces_text", "faces_vae", "faces_caption"] {
        let small = if ["faces16", "faces_text"].contains(&preset) { SMALL } else { &[] };
        let mut session = begun(preset, 1, small);
        session.advance(1);
        assert!(!seen(&mut session, &["drawn", "drawn_factors"]).contains_key("drawn"), "{preset}");
        session.apply(Command::Paint { values: chosen.to_vec() });
        let probes = glance(&session);
        assert_eq!(probes["drawn"].values, paint(&chosen, 16), "{preset}");
        let (read, strange) = probes["drawn_factors"].values.split_at(N_FACTORS);
        let near = chosen
            .iter()
            .zip(read)
            .enumerate()
            .all(|(i, (a, b))| if [0, 2, 4, 8].contains(&i) { a == b } else { (a - b).abs() < 0.25 });
        assert!(near && strange[0] < 0.06, "{preset}: {read:?} {strange:?}");
        let wrong = session.apply(Command::Paint { values: vec![8.0; N_FACTORS] });
        assert!(refusal(wrong).contains("hair is a whole number from 0 to 7, not 8"));
        assert!(refusal(session.apply(Command::Paint { values: vec![0.0; 3] })).contains("10 factors"));
    }
    let mut digits = begun("bars_gan", 1, SMALL);
    assert!(refusal(digits.apply(Command::Paint { values: chosen.to_vec() })).contains("looks at no faces"));
}

#[test]
fn a_caption_comes_with_the_probability_of_every_token() {
    let mut session = begun("faces_caption_zh", 1, &[]);
    session.apply(Command::Paint { values: vec![5.0, 0.8, 1.0, 0.6, 3.0, 0.3, 0.5, 0.8, 2.0, 0.4] });
    session.advance(20);
    let probes =
        seen(&mut session, &["letters", "written", "written_chances", "written_right", "drawn_written", "drawn_next"]);
    let [n_tokens, _] = probes["letters"].shape;
    let [n, length] = probes["written"].shape;
    assert_eq!((n, probes["written_chances"].shape, probes["written_right"].shape), (8, [8, length], [8, 5]));
    assert!(probes["written_chances"].values.iter().all(|p| (0.0..=1.0).contains(p)));
    let next = &probes["drawn_next"];
    assert_eq!(next.shape, [length, n_tokens]);
    for (row, written) in next.values.chunks_exact(n_tokens).zip(&probes["drawn_written"].values) {
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(row.iter().all(|p| *p <= row[*written as usize]), "the likeliest is written");
    }
    let nats = reading(&train("faces_caption", 1, &[], &[1])[0], "nats");
    // One bit for each attribute that is named or not; half of the time ln of its options, if one does not look.
    let [said, guessed] = [5.0 * 2f64.ln(), 0.5 * (8.0 * 2.0 * 6.0 * 2.0 * 2.0f64).ln()];
    assert!((nats.floor - said).abs() < 1e-9 && (nats.chance - said - guessed).abs() < 1e-9);
}

#[test]
fn what_does_not_go_together_is_refused() {
    let refused = |pairs: &[(&str, &str)]| {
        let raw = pairs.iter().map(|(k, v)| (k.to_string(), json!(v))).collect();
        model::settings(&raw).unwrap_err().to_string()
    };
    let words = refused(&[("preset", "digits14"), ("given", "description")]);
    assert_eq!(words, "given = description was not taken: it must be nothing or upper while data is not faces.");
    assert!(refused(&[("preset", "faces16"), ("mismatched", "1")]).contains("0 while given is nothing"));
    assert!(refused(&[("preset", "faces_text"), ("adversarial", "0")]).contains("above 0 while distance is 0"));
    assert!(
        refused(&[("preset", "faces_text"), ("network", "convolutional")]).contains("dense while something is given")
    );
    assert!(refused(&[("preset", "faces_caption"), ("data", "digits14")]).contains("faces16"));
}
