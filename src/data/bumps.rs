//! Distributions on a line: mixtures of gaussians, one axis, everything about them in closed form.
//!
//! Add one: name it in [`BUMPS`].

use super::{Range, Reals};
use crate::card::{Card, text};
use crate::rng::Rng;
use std::f64::consts::TAU;

/// Σ weight · N(mean, std²), weights summing to 1.
pub struct Bumps {
    pub card: Card,
    /// Weight, mean, standard deviation.
    bumps: &'static [[f64; 3]],
}

/// In the order of the page's menu.
pub static BUMPS: &[Bumps] = &[
    Bumps {
        card: Card {
            id: "two_bumps",
            label: text("Two bumps", "两个峰"),
            formula: "½ N(−1.5, 0.4²) + ½ N(1.5, 0.4²)",
            reference: "",
        },
        bumps: &[[0.5, -1.5, 0.4], [0.5, 1.5, 0.4]],
    },
    Bumps {
        card: Card { id: "one_bump", label: text("One bump", "一个峰"), formula: "N(1, 0.5²)", reference: "" },
        bumps: &[[1.0, 1.0, 0.5]],
    },
    Bumps {
        card: Card {
            id: "uneven_bumps",
            label: text("A large bump and a small one", "一大一小两个峰"),
            formula: "0.8 N(−1.2, 0.5²) + 0.2 N(2, 0.25²)",
            reference: "",
        },
        bumps: &[[0.8, -1.2, 0.5], [0.2, 2.0, 0.25]],
    },
    Bumps {
        card: Card {
            id: "three_bumps",
            label: text("Three bumps", "三个峰"),
            formula: "⅓ N(−2.4, 0.3²) + ⅓ N(0, 0.3²) + ⅓ N(2.4, 0.3²)",
            reference: "",
        },
        bumps: &[[1.0 / 3.0, -2.4, 0.3], [1.0 / 3.0, 0.0, 0.3], [1.0 / 3.0, 2.4, 0.3]],
    },
];

impl Bumps {
    pub fn find(id: &str) -> Option<&'static Self> {
        BUMPS.iter().find(|bumps| bumps.card.id == id)
    }

    /// The density at x of what is drawn, blurred by N(0, `blur`²).
    pub fn density(&self, x: f64, blur: f64) -> f64 {
        let bump = |[weight, mean, std]: &[f64; 3]| {
            let variance = std * std + blur * blur;
            weight * libm::exp(-0.5 * (x - mean) * (x - mean) / variance) / libm::sqrt(TAU * variance)
        };
        self.bumps.iter().map(bump).sum()
    }
}

impl Reals for &'static Bumps {
    fn dim(&self) -> usize {
        1
    }

    fn rows(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        let draw = |_| {
            let mut left = rng.uniform();
            let bump = self.bumps.iter().find(|[weight, ..]| {
                left -= weight;
                left < 0.0
            });
            let [_, mean, std] = bump.unwrap_or(&self.bumps[0]);
            (mean + std * rng.normal_pair()[0]) as f32
        };
        (0..n).map(draw).collect()
    }

    fn range(&self) -> Range {
        Range::Line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn densities_have_mass_1_and_samples_follow_them() {
        for bumps in BUMPS {
            let places = || (0..4_000).map(|i| -10.0 + 0.005 * (f64::from(i) + 0.5));
            for blur in [0.0, 0.3] {
                let mass: f64 = places().map(|x| 0.005 * bumps.density(x, blur)).sum();
                assert!((mass - 1.0).abs() < 1e-9, "{} {blur}: {mass}", bumps.card.id);
            }
            // Kolmogorov and Smirnov: sup |F_n − F| < 1.95 / √n, but for one case in 1,000.
            let n = 10_000;
            let mut x = bumps.rows(n, &mut Rng::new(5, Stream::RealForD));
            x.sort_unstable_by(f32::total_cmp);
            let (mut below, mut i, mut worst) = (0.0, 0, 0f64);
            for place in places() {
                below += 0.005 * bumps.density(place, 0.0);
                while i < n && f64::from(x[i]) < place + 0.0025 {
                    i += 1;
                }
                worst = worst.max((i as f64 / n as f64 - below).abs());
            }
            assert!(worst < 1.95 / (n as f64).sqrt(), "{}: {worst}", bumps.card.id);
        }
    }

    /// scipy.stats.norm.pdf([1, 1.3], 1, .5)
    #[test]
    fn densities_follow_scipy() {
        let one = Bumps::find("one_bump").unwrap();
        for (x, expected) in [(1.0, 0.797_884_560_802_865_4), (1.3, 0.666_449_205_783_599_3)] {
            assert!((one.density(x, 0.0) - expected).abs() < 1e-14);
        }
    }
}
