//! Metrics in feature space against NumPy, SciPy and scikit-learn. `tests/fixtures/features.py` makes the values.

use genlab::metric::features::frechet::{Gaussian, frechet};
use genlab::metric::features::sharpness::sharpness;
use genlab::metric::features::vectors::{Region, nearest};
use serde_json::Value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("fixtures/features.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn integer(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

/// Whole multiples of the fixture's unit, as numbers.
fn numbers(multiples: &Value, unit: &Value) -> Vec<f32> {
    let number = |multiple: &Value| (multiple.as_i64().unwrap() as f64 / number(unit)) as f32;
    multiples.as_array().unwrap().iter().map(number).collect()
}

#[track_caller]
fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = number(theirs);
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs() + 1e-12, "{what}: {ours}, reference {theirs}");
}

/// Runs `check` on the generated rows, the real rows, their length and the fixture's case.
fn for_each_case(check: impl Fn(&[f32], &[f32], usize, &Value)) {
    let fixture = fixture();
    let cases = fixture["cases"].as_array().unwrap();
    assert!(cases.len() >= 8);
    for case in cases {
        let rows = |side: &str| numbers(&case[side], &fixture["unit"]);
        check(&rows("generated"), &rows("real"), integer(&fixture["d"]), case);
    }
}

#[test]
fn frechet_distance_follows_numpy_and_scipy() {
    for_each_case(|generated, real, d, case| {
        let [x, y] = [generated, real].map(|rows| Gaussian::fit(rows, d).unwrap());
        let name = case["name"].as_str().unwrap();
        close(frechet(&x, &y), &case["frechet"], name);
        close(frechet(&y, &x), &case["frechet"], name);
    });
}

/// The same count, not nearly.
#[test]
fn precision_and_recall_follow_scikit_learn() {
    for_each_case(|generated, real, d, case| {
        for expected in case["region"].as_array().unwrap() {
            let region = |rows| Region::new(rows, d, integer(&expected["k"])).unwrap();
            let share = |side: &str| number(&expected[side][0]) / number(&expected[side][1]);
            let name = &case["name"];
            assert_eq!(region(real).share(generated), share("precision"), "{name}");
            assert_eq!(region(generated).share(real), share("recall"), "{name}");
        }
    });
}

#[test]
fn nearest_rows_follow_scipy() {
    for_each_case(|generated, real, d, case| {
        for (row, expected) in generated.chunks_exact(d).zip(case["nearest"].as_array().unwrap()) {
            let (index, distance) = nearest(real, d, row).unwrap();
            assert_eq!(index, integer(&expected[0]), "{}", case["name"]);
            close(distance, &expected[1], case["name"].as_str().unwrap());
        }
    });
}

#[test]
fn sharpness_follows_numpy() {
    let fixture = fixture();
    let pixels = &fixture["pixels"];
    close(sharpness(&numbers(&pixels["pixels"], &fixture["unit"])), &pixels["sharpness"], "sharpness");
}
