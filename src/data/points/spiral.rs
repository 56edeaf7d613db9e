//! Two spiral arms of one and a half turns, each the other turned by half a turn (Grathwohl et al., 2019).
//!
//! The angle t = 3π √u, u uniform on [0, 1), spreads the points about evenly along the arms. Noise σ = 0.04; the
//! arms are π / 4.5 = 0.70 apart.

use super::{Card, Distribution, Point};
use crate::card::text;
use crate::rng::Rng;

pub struct Spiral;

const N_HALF_TURNS: f64 = 3.0;
const SCALE: f64 = 4.5;
const NOISE: f64 = 0.04;

impl Distribution for Spiral {
    fn card(&self) -> Card {
        Card {
            id: "spiral",
            label: text("Two-arm spiral", "双臂螺旋"),
            formula: "x = ±t (−cos t, sin t) / 4.5 + 0.04 ε,  t = 3π √u",
            reference: "Grathwohl et al. 2019",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let sign = if rng.below(2) == 0 { 1.0 } else { -1.0 };
        let t = N_HALF_TURNS * std::f64::consts::PI * rng.uniform().sqrt();
        let radius = sign * t / SCALE;
        let arm = [-radius * libm::cos(t), radius * libm::sin(t)];
        let noise = rng.normal_pair();
        std::array::from_fn(|k| arm[k] + NOISE * noise[k])
    }

    fn half_width(&self) -> f64 {
        2.5
    }
}
