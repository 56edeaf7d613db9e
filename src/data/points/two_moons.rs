//! Two interleaving half circles (the shape of scikit-learn's `make_moons`), noise σ = 0.05,
//! centred and divided by 0.8, which leaves standard deviations of 1.08 and 0.62.

use super::{Card, Distribution, Point};
use crate::card::text;
use crate::rng::Rng;

pub struct TwoMoons;

const NOISE: f64 = 0.05;
const CENTER: Point = [0.5, 0.25];
const SCALE: f64 = 0.8;

impl Distribution for TwoMoons {
    fn card(&self) -> Card {
        Card {
            id: "moons",
            label: text("Two moons", "双月"),
            formula: "(cos t, sin t) or (1 − cos t, ½ − sin t),  t ∈ [0, π]",
            reference: "Pedregosa et al. 2011",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let upper = rng.below(2) == 0;
        let t = std::f64::consts::PI * rng.uniform();
        let (sin, cos) = (libm::sin(t), libm::cos(t));
        let arc = if upper { [cos, sin] } else { [1.0 - cos, 0.5 - sin] };
        let noise = rng.normal_pair();
        std::array::from_fn(|k| (arc[k] + NOISE * noise[k] - CENTER[k]) / SCALE)
    }

    fn half_width(&self) -> f64 {
        2.6
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    /// The arcs' exact moments: mean 0, and per axis the variances below.
    ///
    /// python: import numpy as np; t=np.linspace(0,np.pi,2_000_001); u=np.r_[np.cos(t),1-np.cos(t)];
    ///         v=np.r_[np.sin(t),.5-np.sin(t)]; print((u.var()+.0025)/.64, (v.var()+.0025)/.64)
    #[test]
    fn moments_follow_the_arcs() {
        let n = 200_000;
        let sample = TwoMoons.sample(n, &mut Rng::new(11, Stream::RealForD));
        for (axis, expected) in [(0, 1.175_781), (1, 0.385_453)] {
            let values = || sample.iter().skip(axis).step_by(2).map(|&v| v as f64);
            let mean = values().sum::<f64>() / n as f64;
            let variance = values().map(|v| (v - mean).powi(2)).sum::<f64>() / n as f64;
            assert!(mean.abs() < 0.01, "axis {axis}: mean {mean}");
            assert!((variance - expected).abs() < 0.01, "axis {axis}: variance {variance}");
        }
    }
}
