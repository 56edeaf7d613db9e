//! Three small gaussians far apart, the "disjoint" data set of GAN Lab (Kahng et al., 2019), centred and times 6.
//! They are equal and round there too.

use super::{Card, Distribution, Modes, Point};
use crate::card::text;
use crate::rng::Rng;
use std::sync::LazyLock;

pub struct Blobs;

const CENTERS: [Point; 3] = [[-1.0, 1.1], [1.4, 0.2], [-0.4, -1.3]];
const STD: f64 = 0.15;
static MODES: LazyLock<Modes> = LazyLock::new(|| Modes { centers: CENTERS.to_vec(), std: STD });

impl Distribution for Blobs {
    fn card(&self) -> Card {
        Card {
            id: "blobs",
            label: text("Three blobs", "三个分开的团"),
            formula: "x = μₖ + 0.15 ε,  μ = (−1, 1.1), (1.4, 0.2), (−0.4, −1.3)",
            reference: "Kahng et al. 2019",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        MODES.draw(rng)
    }

    fn half_width(&self) -> f64 {
        2.3
    }

    fn modes(&self) -> Option<&Modes> {
        Some(&MODES)
    }
}
