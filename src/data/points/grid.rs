//! Twenty-five gaussians on a square grid of spacing 2 (Srivastava et al., 2017).
//!
//! Soft width: σ = 0.2, 10 % of the spacing.

use super::{Card, Distribution, Modes, Point};
use crate::card::text;
use crate::rng::Rng;

pub struct Grid;

const SIDE: usize = 5;
const SPACING: f64 = 2.0;
const STD: f64 = 0.2;

impl Distribution for Grid {
    fn card(&self) -> Card {
        Card {
            id: "grid25",
            label: text("Grid of 25 gaussians", "二十五个高斯排成的方阵"),
            formula: "x = 2 (i, j) + 0.2 ε,  i, j ∈ {−2, …, 2}",
            reference: "Srivastava et al. 2017",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        modes().draw(rng)
    }

    fn half_width(&self) -> f64 {
        5.5
    }

    fn modes(&self) -> Option<Modes> {
        Some(modes())
    }
}

fn modes() -> Modes {
    let place = |k: usize| SPACING * (k as f64 - (SIDE - 1) as f64 / 2.0);
    let centers = (0..SIDE * SIDE).map(|k| [place(k % SIDE), place(k / SIDE)]).collect();
    Modes { centers, std: STD }
}
