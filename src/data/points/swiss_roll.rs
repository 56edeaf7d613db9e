//! The Swiss roll seen from its end: one spiral of one and a half turns (Gulrajani et al., 2017).
//!
//! Columns 0 and 2 of scikit-learn's `make_swiss_roll` with noise 0.25, divided by 7.5 as there. The angle is
//! uniform, so points thin out towards the outer end.

use super::{Card, Distribution, Point};
use crate::card::text;
use crate::rng::Rng;

pub struct SwissRoll;

const NOISE: f64 = 0.25;
const SCALE: f64 = 7.5;

impl Distribution for SwissRoll {
    fn card(&self) -> Card {
        Card {
            id: "swiss_roll",
            label: text("Swiss roll", "瑞士卷"),
            formula: "x = (t (cos t, sin t) + 0.25 ε) / 7.5,  t ∈ [1.5π, 4.5π]",
            reference: "Gulrajani et al. 2017",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let t = 1.5 * std::f64::consts::PI * (1.0 + 2.0 * rng.uniform());
        let roll = [t * libm::cos(t), t * libm::sin(t)];
        let noise = rng.normal_pair();
        std::array::from_fn(|k| (roll[k] + NOISE * noise[k]) / SCALE)
    }

    fn half_width(&self) -> f64 {
        2.3
    }
}
