//! A segment with a little noise, the first data set of GAN Lab (Kahng et al., 2019), centred and times 5.
//!
//! Along the segment the density is flat with soft ends, across it is gaussian:
//! p(x) = [Φ((a + L/2)/σ) − Φ((a − L/2)/σ)] / L · N(b; 0, σ²), a and b the coordinates along and across.

use super::{Card, Distribution, Point, interval::blurred_interval};
use crate::card::text;
use crate::rng::Rng;

pub struct Line;

/// Half the segment, as a vector.
const ARM: Point = [1.875, -0.75];
const NOISE: f64 = 0.05;

impl Distribution for Line {
    fn card(&self) -> Card {
        Card {
            id: "line",
            label: text("Line", "线段"),
            formula: "x = s (1.875, −0.75) + 0.05 ε,  s ∈ [−1, 1]",
            reference: "Kahng et al. 2019",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let s = 2.0 * rng.uniform() - 1.0;
        let noise = rng.normal_pair();
        std::array::from_fn(|k| s * ARM[k] + NOISE * noise[k])
    }

    fn half_width(&self) -> f64 {
        2.4
    }

    fn density(&self, x: Point, blur: f64) -> Option<f64> {
        let half = (ARM[0] * ARM[0] + ARM[1] * ARM[1]).sqrt();
        let along = (x[0] * ARM[0] + x[1] * ARM[1]) / half;
        let across = (x[1] * ARM[0] - x[0] * ARM[1]) / half;
        let std = (NOISE * NOISE + blur * blur).sqrt();
        let profile = libm::exp(-across * across / (2.0 * std * std)) / (std * std::f64::consts::TAU.sqrt());
        Some(profile * blurred_interval(along, [-half, half], std) / (2.0 * half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An integral over the segment, not the closed form.
    ///
    /// python: import numpy as np; from scipy.integrate import quad; from scipy.stats import multivariate_normal as N
    ///         p = lambda x, b: quad(lambda s: N.pdf(x, (1.875*s, -.75*s), .0025 + b*b)/2, -1, 1, epsabs=0,
    ///             epsrel=1e-13, limit=500, points=[0, .8, .98])[0]
    ///         print(p((.1, .02), 0), p((1.8, -.8), 0), p((-1, 1), .5))
    #[test]
    fn density_follows_the_integral() {
        let cases = [
            ([0.1, 0.02], 0.0, 1.06198334777483),
            ([1.8, -0.8], 0.0, 0.554701587553494),
            ([-1.0, 1.0], 0.5, 0.09823446863549634),
        ];
        for (x, blur, expected) in cases {
            let density = Line.density(x, blur).unwrap();
            assert!((density / expected - 1.0).abs() < 1e-11, "{x:?}: {density}");
        }
    }
}
