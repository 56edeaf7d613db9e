//! Coarse claims about learning, each for three seeds, on flex.

#[path = "../examples/trained/mod.rs"]
mod trained;

use genlab::model;
use genlab::objective::OBJECTIVES;
use genlab::protocol::{Reading, Snapshot};
use serde_json::json;
use trained::{reading, train};

#[test]
fn the_soft_ring_is_covered_early_and_well() {
    for seed in 1..=3 {
        let snapshots = train("ring8", seed, &[], &[500, 1_000, 3_000]);
        for (end, least) in snapshots.iter().zip([0.0, 0.9, 0.95]) {
            let (modes, quality) = (reading(end, "modes"), reading(end, "high_quality"));
            assert_eq!((modes.live, modes.ema, modes.max), (8.0, 8.0, Some(8.0)), "seed {seed}");
            assert!(quality.ema >= least, "seed {seed}, step {}: {}", end.step, quality.ema);
            assert!(end.health.diverged_at.is_none() && end.health.collapsed_at.is_none());
        }
    }
}

#[test]
fn without_penalties_a_sharp_d_drives_all_points_onto_one_mode() {
    for seed in 1..=3 {
        let end = &train("collapse", seed, &[], &[2_000])[0];
        assert_eq!(reading(end, "modes").live, 1.0, "seed {seed}");
        assert!(reading(end, "high_quality").ema > 0.9 && end.health.collapsed_at.is_some(), "seed {seed}");
    }
}

#[test]
fn under_the_minimax_loss_a_d_far_ahead_teaches_nothing_and_under_the_non_saturating_one_it_does() {
    for seed in 1..=3 {
        let at = |changes: &[(&str, &str)]| train("vanishing", seed, changes, &[500]).remove(0);
        let minimax = at(&[]);
        assert!(minimax.health.won_at.is_some() && minimax.judgement.unwrap().slope < 0.02, "seed {seed}");
        let other = at(&[("objective", "non_saturating")]);
        assert!(other.health.won_at.is_none(), "seed {seed}");
        let distance = |end: &Snapshot| reading(end, "sliced_wasserstein").live;
        assert!(distance(&other) < distance(&minimax), "seed {seed}");
    }
}

/// Objectives with every regulariser alone and every pair of them, 200 steps: finite, or diverged with its step.
#[test]
fn every_compatible_game_is_played_or_its_divergence_told() {
    const REGULARIZERS: [(&str, &str); 9] = [
        ("r1", "0.1"),
        ("r2", "0.1"),
        ("gradient_penalty", "1"),
        ("clip", "0.05"),
        ("spectral_norm", "on"),
        ("instance_noise", "0.2"),
        ("minibatch_std", "on"),
        ("pack", "2"),
        ("fourier", "4"),
    ];
    let small = [("r1", "0"), ("r2", "0"), ("fourier", "0"), ("width_g", "8"), ("width_d", "8"), ("batch", "16")];
    let (mut played, mut refused) = (0, 0);
    for objective in OBJECTIVES {
        for (i, first) in REGULARIZERS.iter().enumerate() {
            for second in &REGULARIZERS[i..] {
                let changes: Vec<_> =
                    small.iter().chain([first, second]).copied().chain([("objective", objective.card().id)]).collect();
                let raw = changes.iter().map(|(k, v)| (k.to_string(), json!(v))).collect();
                if let Err(refusal) = model::settings(&raw) {
                    assert!(refusal.bound.contains("because"), "{changes:?}: {refusal}");
                    refused += 1;
                    continue;
                }
                let end = &train("ring8", 1, &changes, &[200])[0];
                let finite = end.curves.values.values().flatten().all(|v| v.is_finite());
                assert!(finite || end.health.diverged_at.is_some(), "{changes:?}");
                played += 1;
            }
        }
    }
    assert_eq!((played, refused), (7 * 41, 7 * 4));
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

/// A reading as a multiple of what as many training pictures score.
fn times_floor(reading: Reading, value: f64) -> f64 {
    value / reading.floor
}

#[test]
fn a_gan_on_digits_comes_near_to_them() {
    for seed in 1..=3 {
        let snapshots = train("digits14", seed, &[], &[3_000, 5_000]);
        for (end, most) in snapshots.iter().zip([10.0, 4.4]) {
            let (frechet, recall) = (reading(end, "frechet"), reading(end, "recall"));
            let times = times_floor(frechet, frechet.ema);
            assert!(times < most && recall.ema > 0.65, "seed {seed}: {times} times the floor, recall {}", recall.ema);
        }
    }
}

#[test]
fn the_best_recipe_comes_nearer() {
    for seed in 1..=3 {
        let frechet = reading(&train("digits14_best", seed, &[], &[5_000])[0], "frechet");
        let times = times_floor(frechet, frechet.ema);
        assert!(times < 3.6, "seed {seed}: {times} times the floor");
    }
}

/// The autoencoder's codes keep to no prior: what it makes of N(0, I) is far worse than what a VAE makes of it, and a
/// gaussian fitted to its codes makes up for most of that.
#[test]
fn codes_from_the_prior_decode_to_digits_for_a_vae_alone() {
    for seed in 1..=3 {
        let at = |preset| reading(&train(preset, seed, &[], &[3_000])[0], "frechet");
        let (ae, vae) = (at("digits14_ae"), at("digits14_vae"));
        let times = times_floor(vae, vae.live);
        assert!((14.0..32.0).contains(&times), "seed {seed}: {times} times the floor");
        assert!(vae.live < 0.5 * ae.live && ae.ema < 0.5 * ae.live, "seed {seed}: {vae:?} against {ae:?}");
    }
}

#[test]
fn between_two_strokes_a_vae_stays_nearer_to_strokes() {
    let midpoint = |preset, seed| reading(&train(preset, seed, &[], &[2_500])[0], "midpoint").live;
    let mean = |preset| (1..=3).map(|seed| midpoint(preset, seed)).sum::<f64>() / 3.0;
    let (ae, vae) = (mean("strokes_ae"), mean("strokes_vae"));
    assert!(vae < 0.75 * ae, "{vae} against {ae}");
}

/// Told only what is good, D calls everything good; and a linear D learns nothing, whatever it is told is bad.
#[test]
fn without_negatives_or_without_depth_a_lone_d_learns_nothing() {
    for seed in 1..=3 {
        let alone = &train("bars_d_positives_only", seed, &[], &[200])[0];
        let share = |id| reading(alone, id).live;
        assert!(share("share_above_zero") >= 0.99 && share("top30_precision") == 0.0, "seed {seed}");
        for source in ["none", "random", "flipped", "argmax", "soft", "climb"] {
            for end in train("bars_d_linear", seed, &[("negatives", source)], &[300, 600]) {
                let precision = reading(&end, "top30_precision").live;
                assert!(precision <= 0.1, "seed {seed}, {source}, step {}: {precision}", end.step);
            }
        }
    }
}

/// Which negatives teach a lone D: random ones and draws from softmax(D) do, the two best ones alone do not.
#[test]
fn a_lone_d_needs_negatives_that_are_good_and_many() {
    for seed in 1..=3 {
        let precision = |preset, step| reading(&train(preset, seed, &[], &[step])[0], "top30_precision").live;
        assert!(precision("bars_d_random", 600) >= 0.9, "seed {seed}");
        assert!(precision("bars_d_soft", 200) >= 0.95, "seed {seed}");
        assert!(precision("bars_d_argmax", 600) < 0.7, "seed {seed}");
    }
}

/// Pixels know of each other through the layers of G alone: without hidden layers hardly a picture keeps the law, and a
/// GAN with two of them finds all thirty.
#[test]
fn on_bars_and_stripes_depth_is_what_lets_pixels_agree() {
    for seed in 1..=3 {
        let gan = &train("bars_gan", seed, &[], &[4_000])[0];
        let (validity, modes) = (reading(gan, "validity"), reading(gan, "modes"));
        assert!(validity.live > 0.5 && modes.live >= 25.0, "seed {seed}: {validity:?} {modes:?}");
        let vae = |depth| reading(&train("bars_vae", seed, &[("depth", depth)], &[3_000])[0], "validity").live;
        let [flat, deep] = [vae("0"), vae("2")];
        assert!(flat < 0.2 && deep > flat, "seed {seed}: {flat} and {deep}");
    }
}

#[test]
fn on_a_line_d_finds_its_best_for_a_g_held_still_and_g_finds_the_data() {
    for seed in 1..=3 {
        let still = &train("line_best_d", seed, &[], &[1_000])[0];
        let (value, gap) = (reading(still, "value"), reading(still, "gap"));
        assert!((value.live - value.floor).abs() < 0.02, "seed {seed}: {value:?}");
        assert!(gap.live < 0.1 && gap.chance > 0.4, "seed {seed}: {gap:?}");
        let both = &train("line_gan", seed, &[], &[2_000])[0];
        let [moved, unmoved] = [both, still].map(|end| reading(end, "w1").ema);
        assert!(moved < 0.15 && unmoved > 5.0 * moved, "seed {seed}: {moved} {unmoved}");
    }
}

/// What is likeliest pixel by pixel is no digit: the mean of all lower halves that could be meant.
#[test]
fn a_half_completed_by_pixel_error_has_less_of_it_and_looks_less_real_than_one_that_d_judged() {
    for seed in 1..=3 {
        let [with_d, without] = ["halves_gan", "halves_regression"].map(|id| train(id, seed, &[], &[1_500]).remove(0));
        let of = |end: &Snapshot, id| reading(end, id).ema;
        assert!(of(&with_d, "pixel_error") > 1.8 * of(&without, "pixel_error"), "seed {seed}");
        assert!(of(&without, "pixel_error") < 0.6 * reading(&without, "pixel_error").chance, "seed {seed}");
        assert!(1.5 * of(&with_d, "frechet") < of(&without, "frechet"), "seed {seed}");
        assert!(of(&with_d, "sharpness") > 0.02 + of(&without, "sharpness"), "seed {seed}");
    }
}

/// Half of all sentences are held out: written by the law they are half of what is written.
#[test]
fn symbols_by_themselves_break_the_law_and_who_reads_or_is_judged_keeps_it() {
    for seed in 1..=3 {
        let at = |preset: &str, step| train(preset, seed, &[], &[step]).remove(0);
        let blind = at("palindromes_independent", 500);
        let valid = reading(&blind, "valid");
        assert!(valid.live < 2.0 * valid.chance, "seed {seed}: {valid:?}");
        for preset in ["palindromes_autoregressive", "brackets_autoregressive", "sentences_en", "sentences_zh"] {
            let end = at(preset, 500);
            assert!(reading(&end, "valid").ema > 0.95, "seed {seed}, {preset}");
            assert!(reading(&end, "novel").ema > 0.1, "seed {seed}, {preset}");
        }
        let gan = at("palindromes_gan", 1_500);
        let (valid, novel) = (reading(&gan, "valid"), reading(&gan, "novel"));
        assert!(valid.ema > 0.7 && novel.ema > 0.15 && valid.ema < 0.97, "seed {seed}: {valid:?} {novel:?}");
        assert!(novel.floor == 0.5 && reading(&gan, "nats").live.is_nan());
    }
}

/// The longer it learns the same sentences by heart, the rarer it writes others, and the less likely it finds them.
#[test]
fn likelihood_alone_ends_in_learning_by_heart() {
    for seed in 1..=3 {
        let [early, late] = train("sentences_en", seed, &[], &[500, 2_000]).try_into().unwrap();
        assert!(reading(&early, "novel").live > 1.5 * reading(&late, "novel").live, "seed {seed}");
        assert!(reading(&early, "nats").live < reading(&late, "nats").live - 0.5, "seed {seed}");
    }
}

/// Of explicit densities more is known the better they fit; the implicit one cannot be asked.
#[test]
fn a_mixture_comes_close_to_the_law_of_three_clumps_and_one_gaussian_does_not() {
    for seed in 1..=3 {
        let nats =
            |method, steps| reading(&train("density", seed, &[("method", method)], &[steps])[0], "held_out_nats");
        let [gaussian, mixture, kernel] = ["gaussian", "mixture", "kernel"].map(|method| nats(method, 50));
        assert_eq!(gaussian.live, gaussian.chance, "seed {seed}");
        assert!(mixture.live < mixture.floor + 0.15, "seed {seed}: {mixture:?}");
        assert!(kernel.live > mixture.live + 0.5 && kernel.live < gaussian.live - 1.0, "seed {seed}: {kernel:?}");
        let vae = nats("vae", 1_500);
        assert!(vae.live > vae.floor && vae.live < gaussian.live - 1.5, "seed {seed}: {vae:?}");
        assert!(nats("gan", 10).live.is_nan());
    }
}
