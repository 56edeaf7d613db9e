//! Two circles, one inside the other, equally many points on each (Grathwohl et al., 2019).
//!
//! scikit-learn's `make_circles` with factor ½ and noise 0.08, times 1.3. No path joins the two: a continuous
//! generator has to draw a bridge.

use super::{Card, Distribution, Point};
use crate::card::text;
use crate::rng::Rng;

pub struct Circles;

const RADII: [f64; 2] = [0.65, 1.3];
const NOISE: f64 = 0.104;

impl Distribution for Circles {
    fn card(&self) -> Card {
        Card {
            id: "circles",
            label: text("Two circles", "两个同心圆"),
            formula: "x = r (cos t, sin t) + 0.104 ε,  r ∈ {0.65, 1.3},  t ∈ [0, 2π)",
            reference: "Grathwohl et al. 2019",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let radius = RADII[rng.below(2)];
        let t = std::f64::consts::TAU * rng.uniform();
        let circle = [radius * libm::cos(t), radius * libm::sin(t)];
        let noise = rng.normal_pair();
        std::array::from_fn(|k| circle[k] + NOISE * noise[k])
    }

    fn half_width(&self) -> f64 {
        2.0
    }
}
