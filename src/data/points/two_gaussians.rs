//! Two gaussians side by side, the second data set of GAN Lab (Kahng et al., 2019).
//!
//! The centres are GAN Lab's, centred and times 5. Its widths differ from one gaussian to the other (0.5 round, and
//! 0.25 by 1 on this scale); here both are round with σ = 0.4, so that their modes can be counted: three standard
//! deviations around one stay clear of the other's.

use super::{Card, Distribution, Modes, Point};
use crate::card::text;
use crate::rng::Rng;
use std::sync::LazyLock;

pub struct TwoGaussians;

const CENTERS: [Point; 2] = [[-1.0, 0.75], [1.0, -0.75]];
const STD: f64 = 0.4;
static MODES: LazyLock<Modes> = LazyLock::new(|| Modes { centers: CENTERS.to_vec(), std: STD });

impl Distribution for TwoGaussians {
    fn card(&self) -> Card {
        Card {
            id: "two_gaussians",
            label: text("Two gaussians", "两个高斯"),
            formula: "x = ±(−1, 0.75) + 0.4 ε",
            reference: "Kahng et al. 2019",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        MODES.draw(rng)
    }

    fn half_width(&self) -> f64 {
        2.8
    }

    fn modes(&self) -> Option<&Modes> {
        Some(&MODES)
    }
}
