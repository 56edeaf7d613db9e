//! Five gaussian arms, longer than wide, bent the more the farther out (Grathwohl et al., 2019).
//!
//! An arm is N((1, 0), diag(0.3², 0.1²)), turned clockwise by a fifth of a turn per arm and by ¼ eʳ at radius r.

use super::{Card, Distribution, Point};
use crate::card::text;
use crate::rng::Rng;

pub struct Pinwheel;

const N_ARMS: usize = 5;
const RADIAL_STD: f64 = 0.3;
const TANGENTIAL_STD: f64 = 0.1;
const RATE: f64 = 0.25;
const SCALE: f64 = 1.3;

impl Distribution for Pinwheel {
    fn card(&self) -> Card {
        Card {
            id: "pinwheel",
            label: text("Pinwheel of 5 arms", "五臂风车"),
            formula: "x = 1.3 R(−θ) (r, 0.1 ε₂),  r = 1 + 0.3 ε₁,  θ = 2πk/5 + ¼ exp r",
            reference: "Grathwohl et al. 2019",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let arm = std::f64::consts::TAU * rng.below(N_ARMS) as f64 / N_ARMS as f64;
        let noise = rng.normal_pair();
        let (radial, tangential) = (1.0 + RADIAL_STD * noise[0], TANGENTIAL_STD * noise[1]);
        let angle = arm + RATE * libm::exp(radial);
        let (sin, cos) = (libm::sin(angle), libm::cos(angle));
        [SCALE * (radial * cos + tangential * sin), SCALE * (tangential * cos - radial * sin)]
    }

    fn half_width(&self) -> f64 {
        2.9
    }
}
