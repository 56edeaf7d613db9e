//! Every metric against SciPy, scikit-learn and NumPy, and the laws that it keeps.
//! `tests/fixtures/metrics.py` makes the values.

use genlab::data::points::{DISTRIBUTIONS, Modes, Point, find};
use genlab::metric::energy_distance::{mean_between, mean_within};
use genlab::metric::jensen_shannon::{SIDE, divergence, histogram};
use genlab::metric::manifold::Manifold;
use genlab::metric::reverse_kl::reverse_kl;
use genlab::metric::sliced_wasserstein::{N_DIRECTIONS, Projections};
use genlab::metric::{METRICS, N_SAMPLES, Reference, mode_score, pairs};
use genlab::rng::{Rng, Stream};
use proptest::prelude::*;
use serde_json::Value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("fixtures/metrics.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn integer(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = number(theirs);
    assert!((ours - theirs).abs() <= 1e-6 * theirs.abs() + 1e-12, "{what}: {ours}, reference {theirs}");
}

/// Runs `check` on the generated points, the real points and the fixture's case.
fn for_each_case(check: impl Fn(&[Point], &[Point], &Value)) {
    let points = |value: &Value| serde_json::from_value::<Vec<Point>>(value.clone()).unwrap();
    let fixture = fixture();
    let cases = fixture["cases"].as_array().unwrap();
    assert!(cases.len() >= 8);
    cases.iter().for_each(|case| check(&points(&case["generated"]), &points(&case["real"]), case));
}

fn energy(x: &[Point], y: &[Point]) -> f64 {
    2.0 * mean_between(x, y) - mean_within(x) - mean_within(y)
}

/// With every point paired with itself too: never negative.
fn energy_v(x: &[Point], y: &[Point]) -> f64 {
    let share = |n: usize| (n as f64 - 1.0) / n as f64;
    2.0 * mean_between(x, y) - share(x.len()) * mean_within(x) - share(y.len()) * mean_within(y)
}

fn sliced_wasserstein(x: &[Point], y: &[Point], n_directions: usize) -> f64 {
    Projections::new(x, n_directions).distance(&Projections::new(y, n_directions))
}

fn jensen_shannon(x: &[Point], y: &[Point], half_width: f64, side: usize) -> f64 {
    divergence(&histogram(x, half_width, side), &histogram(y, half_width, side))
}

#[test]
fn energy_distance_follows_scipy() {
    for_each_case(|x, y, case| {
        let name = case["name"].as_str().unwrap();
        close(energy(x, y), &case["energy"]["u"], name);
        close(energy_v(x, y), &case["energy"]["v"], name);
        if !case["energy_1d"].is_null() {
            close(energy_v(x, y).sqrt(), &case["energy_1d"], name);
        }
    });
}

#[test]
fn sliced_wasserstein_follows_optimal_assignment() {
    for_each_case(|x, y, case| {
        for expected in case["sliced_wasserstein"].as_array().unwrap() {
            let n_directions = integer(&expected["directions"]);
            close(sliced_wasserstein(x, y, n_directions), &expected["value"], case["name"].as_str().unwrap());
        }
    });
}

#[test]
fn jensen_shannon_follows_scipy() {
    for_each_case(|x, y, case| {
        for expected in case["jensen_shannon"].as_array().unwrap() {
            let (half_width, side) = (number(&expected["half_width"]), integer(&expected["side"]));
            close(jensen_shannon(x, y, half_width, side), &expected["value"], case["name"].as_str().unwrap());
        }
    });
}

#[test]
fn precision_and_recall_follow_scikit_learn() {
    for_each_case(|generated, real, case| {
        for expected in case["manifold"].as_array().unwrap() {
            let manifold = |points| Manifold::new(points, integer(&expected["k"])).unwrap();
            let name = case["name"].as_str().unwrap();
            close(manifold(real).share(generated), &expected["precision"], name);
            close(manifold(generated).share(real), &expected["recall"], name);
        }
    });
}

#[test]
fn modes_follow_scipy() {
    let ring = find("ring8").unwrap().modes().unwrap();
    for_each_case(|generated, _, case| {
        let (score, expected) = (mode_score(generated, ring), &case["ring"]);
        assert_eq!(score.captured, integer(&expected["captured"]), "{}", case["name"]);
        close(score.high_quality, &expected["high_quality"], "high quality");
        close(reverse_kl(generated, ring), &expected["reverse_kl"], "reverse KL");
    });
}

#[test]
fn known_values() {
    let known = &fixture()["known"];
    let (near, far) = ([[0.0, 0.0], [0.1, 0.0], [0.0, 0.1], [0.1, 0.1]], [[2.0, 2.0]; 4]);
    close(jensen_shannon(&near, &far, 3.0, SIDE), &known["ln_2"], "JS of disjoint sets");
    let shares = [near, far].map(|points| Manifold::new(&points, 3).unwrap());
    assert_eq!([shares[0].share(&near), shares[0].share(&far), shares[1].share(&near)], [1.0, 0.0, 0.0]);
    let ring = find("ring8").unwrap().modes().unwrap();
    for (k, expected) in (1..).zip(known["ln_8_over_k"].as_array().unwrap()) {
        close(reverse_kl(&ring.centers[..k], ring), expected, "reverse KL of k modes");
    }
    // A perfect gaussian disc: one point at each of 10 000 quantiles of the Rayleigh law.
    let modes = Modes { centers: vec![[0.0, 0.0]], std: 0.7 };
    let radius = |i: usize| 0.7 * (-2.0 * (1.0 - (i as f64 + 0.5) / 10_000.0).ln()).sqrt();
    let disc: Vec<Point> = (0..10_000).map(|i| [radius(i) * (i as f64).cos(), radius(i) * (i as f64).sin()]).collect();
    assert!((mode_score(&disc, &modes).high_quality - number(&known["high_quality_ceiling"])).abs() <= 1e-4);
}

/// A histogram must count every point once. One that counts 151 of 450 and divides by 450 calls the very points it
/// was made of bad, by the closed form below; ours reads real points and other real points at a floor well beneath.
#[test]
fn real_points_read_the_floor_of_jensen_shannon_and_lost_mass_does_not() {
    let kept: f64 = 151.0 / 450.0;
    let cost_of_loss = 0.5 * (kept * (2.0 * kept / (1.0 + kept)).ln() + (2.0 / (1.0 + kept)).ln());
    for data in DISTRIBUTIONS {
        let rng = &mut Rng::new(1, Stream::Metric);
        let mut draw = || histogram(&pairs(&data.sample(N_SAMPLES, rng)), data.half_width(), SIDE);
        let readings: Vec<f64> = (0..20).map(|_| divergence(&draw(), &draw())).collect();
        let floor = readings.iter().sum::<f64>() / 20.0;
        println!("{}: floor {floor:.4}", data.card().id);
        // Where few cells are filled the floor is a few thousandths, and so is its scatter.
        let scatter = (0.3 * floor).max(0.005);
        assert!(readings.iter().all(|js| (js - floor).abs() < scatter), "{}: {readings:?}", data.card().id);

        let whole = draw();
        let lost: Vec<f64> = whole.iter().map(|mass| kept * mass).collect();
        assert!((divergence(&lost, &whole) - cost_of_loss).abs() < 1e-12 && cost_of_loss > floor);
    }
}

#[test]
fn distances_grow_with_a_shift() {
    let real = pairs(&find("moons").unwrap().sample(500, &mut Rng::new(1, Stream::Metric)));
    let other = pairs(&find("moons").unwrap().sample(500, &mut Rng::new(2, Stream::Metric)));
    for metric in METRICS {
        let (card, reference) = (metric.card(), Reference { points: &real, modes: None, half_width: 2.6 });
        if !["energy_distance", "sliced_wasserstein"].contains(&card.id) {
            continue;
        }
        let score = metric.scorer(&reference).unwrap();
        let shifted = |by: f64| score(&other.iter().map(|p| [p[0] + by, p[1]]).collect::<Vec<_>>());
        let values = [0.0, 0.2, 0.5, 1.0, 3.0, 10.0, 1e6].map(shifted);
        assert!(values.is_sorted_by(|a, b| a < b), "{}: {values:?}", card.id);
    }
}

fn any_points() -> impl Strategy<Value = Vec<Point>> {
    proptest::collection::vec([-4.0..4.0f64, -4.0..4.0f64], 4..40)
}

proptest! {
    /// Distances and divergences are symmetric, never negative (the V-statistic of energy), and zero from a set to
    /// itself; the mass of a histogram is 1; shares are shares.
    #[test]
    fn laws(x in any_points(), y in any_points()) {
        type Law = fn(&[Point], &[Point]) -> f64;
        let sliced: Law = |x, y| sliced_wasserstein(x, y, N_DIRECTIONS);
        let js: Law = |x, y| jensen_shannon(x, y, 3.0, SIDE);
        for d in [energy_v, sliced, js] {
            prop_assert!((d(&x, &y) - d(&y, &x)).abs() < 1e-12);
            prop_assert!(d(&x, &y) > -1e-12 && d(&x, &x).abs() < 1e-12);
        }
        prop_assert!((energy(&x, &y) - energy(&y, &x)).abs() < 1e-12);
        prop_assert!(js(&x, &y) <= 2f64.ln() + 1e-12);
        prop_assert!((histogram(&x, 3.0, SIDE).iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let manifold = Manifold::new(&x, 3).unwrap();
        prop_assert_eq!(manifold.share(&x), 1.0);
        prop_assert!((0.0..=1.0).contains(&manifold.share(&y)));
        let ring = find("ring8").unwrap().modes().unwrap();
        prop_assert!((-1e-12..=8f64.ln() + 1e-12).contains(&reverse_kl(&x, ring)));
    }
}
