//! On a line all there is to know can be worked out: both densities, the best possible D, and the value of the game.
//!
//! Both densities are of what D sees, instance noise included: p in closed form, q as a sum over samples of G. They live
//! on a grid, and every integral is a sum over it, so max V = −ln 4 + 2 JSD holds there exactly (Goodfellow et al., 2014).

use crate::data::bumps::Bumps;
use crate::logistic::{sigmoid, softplus};
use std::f64::consts::TAU;

/// The grid's ends are ± this, data units.
pub const HALF_WIDTH: f64 = 4.0;
pub const N_GRID: usize = 256;
/// Samples are blurred by at least this standard deviation, data units, or they would have no density.
const LEAST_BLUR: f64 = 0.1;
/// Points whose density is less than this share of the largest one say nothing of D.
const NEGLIGIBLE: f64 = 0.01;

/// Probabilities of the grid's cells under the data, p, and under G, q; each sums to 1.
pub struct Densities {
    pub p: Vec<f64>,
    pub q: Vec<f64>,
}

/// Middle of the i-th cell.
pub fn place(i: usize) -> f64 {
    HALF_WIDTH * ((2 * i + 1) as f64 / N_GRID as f64 - 1.0)
}

/// From probabilities of cells to densities.
pub fn per_unit() -> f64 {
    N_GRID as f64 / (2.0 * HALF_WIDTH)
}

impl Densities {
    /// Of the data and of G's samples, both under `noise`, a standard deviation. What lies beyond the grid counts at its
    /// ends.
    pub fn new(data: &Bumps, samples: &[f32], noise: f64) -> Self {
        let blur = noise.max(LEAST_BLUR);
        let mut counts = vec![0.0; N_GRID];
        for x in samples {
            let cell = (f64::from(*x) + HALF_WIDTH) * per_unit();
            counts[cell.clamp(0.0, (N_GRID - 1) as f64) as usize] += 1.0;
        }
        let p = (0..N_GRID).map(|i| data.density(place(i), blur)).collect();
        Self { p: normalized(p), q: normalized(blurred(&counts, blur)) }
    }

    /// D* = p / (p + q), cell by cell.
    pub fn best(&self) -> Vec<f64> {
        self.p.iter().zip(&self.q).map(|(p, q)| p / (p + q)).collect()
    }

    /// −ln 4 + 2 JSD(p, q), nats: what the best D reaches.
    pub fn best_value(&self) -> f64 {
        self.p.iter().zip(&self.q).map(|(p, q)| term(*p, p + q) + term(*q, p + q)).sum()
    }

    /// E over p of ln σ(logit) + E over q of ln (1 − σ(logit)), nats.
    pub fn value(&self, logits: &[f32]) -> f64 {
        let cell = |((p, q), logit): ((&f64, &f64), &f32)| {
            let logit = f64::from(*logit);
            -p * softplus(-logit) - q * softplus(logit)
        };
        self.p.iter().zip(&self.q).zip(logits).map(cell).sum()
    }

    /// The largest |σ(logit) − D*| where there is anything to judge.
    pub fn gap(&self, logits: &[f32]) -> f64 {
        let largest = self.p.iter().zip(&self.q).fold(0.0, |m: f64, (p, q)| m.max(p + q));
        let cells = self.p.iter().zip(&self.q).zip(self.best()).zip(logits);
        let matters = cells.filter(|(((p, q), _), _)| *p + *q > NEGLIGIBLE * largest);
        matters.fold(0.0, |gap, ((_, best), logit)| gap.max((sigmoid(f64::from(*logit)) - best).abs()))
    }

    /// Earth mover's distance ∫ |P − Q| dx, data units, with P and Q the cumulative probabilities.
    pub fn wasserstein(&self) -> f64 {
        let mut ahead = 0.0;
        let steps = self.p.iter().zip(&self.q).map(|(p, q)| {
            ahead += p - q;
            ahead.abs()
        });
        steps.sum::<f64>() / per_unit()
    }
}

/// a ln (a / b), 0 for a = 0.
fn term(a: f64, b: f64) -> f64 {
    if a > 0.0 { a * libm::log(a / b) } else { 0.0 }
}

fn normalized(mut values: Vec<f64>) -> Vec<f64> {
    let total: f64 = values.iter().sum();
    values.iter_mut().for_each(|v| *v /= total);
    values
}

/// Counts of cells under a gaussian of standard deviation `blur`.
fn blurred(counts: &[f64], blur: f64) -> Vec<f64> {
    let std = blur * per_unit(); // cells
    let reach = libm::ceil(5.0 * std) as usize;
    let weight: Vec<f64> =
        (0..=reach).map(|d| libm::exp(-0.5 * (d as f64 / std) * (d as f64 / std)) / (libm::sqrt(TAU) * std)).collect();
    let mut out = vec![0.0; counts.len()];
    for (i, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
        for j in i.saturating_sub(reach)..=(i + reach).min(counts.len() - 1) {
            out[j] += count * weight[i.abs_diff(j)];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Reals;
    use crate::rng::{Rng, Stream};
    use std::f64::consts::LN_2;

    fn densities(q: &str) -> Densities {
        let samples = Bumps::find(q).unwrap().rows(200_000, &mut Rng::new(2, Stream::Metric));
        Densities::new(Bumps::find("one_bump").unwrap(), &samples, 0.0)
    }

    /// Between N(1, .5² + .1²) and the other, blurred likewise, by quadrature:
    /// python: import numpy as np, scipy.stats as s, scipy.integrate as i
    ///         p = lambda x: s.norm.pdf(x, 1, .26**.5)
    ///         q = lambda x: .5*s.norm.pdf(x, -1.5, .17**.5) + .5*s.norm.pdf(x, 1.5, .17**.5)
    ///         f = lambda x: p(x)*np.log(p(x)/(p(x)+q(x))) + q(x)*np.log(q(x)/(p(x)+q(x)))
    ///         print(i.quad(f, -4, 4, limit=200)[0])
    ///         F = lambda g: np.cumsum([i.quad(g, a, a+.01)[0] for a in np.arange(-4, 4, .01)])
    ///         print(np.abs(F(p) - F(q)).sum()*.01)
    #[test]
    fn the_best_value_and_the_distance_are_what_quadrature_finds() {
        let two = densities("two_bumps");
        assert!((two.best_value() + 0.794_943_55).abs() < 5e-3, "{}", two.best_value());
        assert!((two.wasserstein() - 1.121_766_01).abs() < 1e-2, "{}", two.wasserstein());
        let same = densities("one_bump");
        assert!((same.best_value() + 2.0 * LN_2).abs() < 1e-3 && same.wasserstein() < 0.01);
    }

    #[test]
    fn no_d_beats_the_best_one_and_the_best_one_reaches_its_value() {
        let two = densities("two_bumps");
        let logit = |d: f64| (libm::log(d) - libm::log(1.0 - d)) as f32;
        let best: Vec<f32> = two.best().into_iter().map(|d| logit(d.clamp(1e-12, 1.0 - 1e-7))).collect();
        assert!((two.value(&best) - two.best_value()).abs() < 1e-5 && two.gap(&best) < 1e-6);
        let mut rng = Rng::new(1, Stream::Probe);
        for size in [0.01, 0.1, 1.0, 10.0] {
            let other: Vec<f32> = best.iter().map(|b| b + size * (rng.uniform() as f32 - 0.5)).collect();
            assert!(two.value(&other) < two.best_value() && two.gap(&other) > 0.0);
        }
        assert!((two.value(&[0.0; N_GRID]) + 2.0 * LN_2).abs() < 1e-12, "a D that says ½");
    }
}
