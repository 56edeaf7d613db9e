//! `cargo run --example train`: the names it prints and the way it refuses.

use serde_json::Value;
use std::process::{Command, Output};

fn train(arguments: &[&str]) -> Output {
    // Cargo builds examples beside the folder that holds this test.
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.set_file_name("examples");
    Command::new(path.join(format!("train{}", std::env::consts::EXE_SUFFIX))).args(arguments).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn one_json_object_a_line_the_last_at_the_last_step() {
    let output = train(&["ring8", "--steps", "25", "--every", "10", "--seed", "7", "--set", "width_g=8"]);
    assert!(output.status.success());
    let lines = lines(&output);
    assert_eq!(lines.iter().map(|l| l["step"].as_u64().unwrap()).collect::<Vec<_>>(), [10, 20, 25]);
    let last = &lines[2];
    assert_eq!((last["seed"].as_u64(), last["device"].as_str()), (Some(7), Some("flex")));
    for name in ["loss_d", "loss_g", "modes", "n_modes", "high_quality", "high_quality_ema", "seconds"] {
        assert!(last[name].is_f64(), "{name}: {}", last[name]);
    }
}

#[test]
fn data_without_modes_have_none() {
    let output = train(&["faithful", "--steps", "5", "--set", "device=ndarray"]);
    let last = &lines(&output)[0];
    assert_eq!(last["device"], "ndarray");
    assert!(last["modes"].is_null() && last["loss_d"].is_f64());
}

#[test]
fn own_points_come_from_any_table_or_from_what_the_page_saved() {
    let folder = std::env::temp_dir().join(format!("genlab-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let files = [("a.csv", "x,y\n1,2\n3,4\n5,9"), ("b.json", r#"{"values":[0,1,2,3],"half_width":3.0,"axes":null}"#)];
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        let output = train(&["ring8", "--steps", "5", "--set", "width_g=8", "--data", path.to_str().unwrap()]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(lines(&output)[0]["energy_distance"].is_f64());
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn slips_end_with_status_2_and_a_sentence() {
    let cases: &[(&[&str], &str)] = &[
        (&[], "usage"),
        (&["ring9"], "experiments, such as ring8, ring8_strict_pac2, "),
        (&["ring8", "--set", "lr_d=fast"], "lr_d = fast was not taken: it must be a number from 0.000001 to 1."),
        (&["ring8", "--set", "colour=red"], "colour = red was not taken"),
        (&["ring8", "--set", "device=webgpu"], "this build has no webgpu device"),
        (&["ring8", "--steps", "0"], "steps = 0 was not taken"),
        (&["ring8", "--seed", "-1"], "seed = -1 was not taken"),
        (&["ring8", "--fast", "1"], "--fast is not known"),
        (&["ring8", "--steps"], "--steps needs a value"),
        (&["ring8", "--data", "no such file"], "no such file"),
        (&["ring8", "--data", "Cargo.toml"], "was not taken: it must be"),
        (&["ring8", "--set", "data=own"], "data = own was not taken: it must be drawn, pasted or dropped first."),
    ];
    for (arguments, sentence) in cases {
        let output = train(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(sentence), "{arguments:?}: {error}");
        assert!(output.stdout.is_empty());
    }
}
