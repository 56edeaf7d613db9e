//! Eight gaussians on a circle of radius 2: the classic test for mode collapse (Metz et al., 2017).
//!
//! Soft width: σ = 0.1, 5 % of the radius, so that a small generator can fit the spread as well.

use super::{Card, Distribution, Modes, Point};
use crate::card::text;
use crate::rng::Rng;

pub struct Ring;

const N_MODES: usize = 8;
const RADIUS: f64 = 2.0;
const STD: f64 = 0.1;

impl Distribution for Ring {
    fn card(&self) -> Card {
        Card {
            id: "ring8",
            label: text("Ring of 8 gaussians", "八个高斯围成的环"),
            formula: "x = 2 (cos 2πk/8, sin 2πk/8) + 0.1 ε",
            reference: "Metz et al. 2017",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        modes().draw(rng)
    }

    fn half_width(&self) -> f64 {
        3.0
    }

    fn modes(&self) -> Option<Modes> {
        Some(modes())
    }
}

fn modes() -> Modes {
    let angle = |k| std::f64::consts::TAU * k as f64 / N_MODES as f64;
    let centers = (0..N_MODES).map(|k| [RADIUS * libm::cos(angle(k)), RADIUS * libm::sin(angle(k))]).collect();
    Modes { centers, std: STD }
}
