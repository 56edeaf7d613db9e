//! Twenty-five gaussians on a square grid of spacing 2 (Srivastava et al., 2017).
//!
//! Two widths: soft, σ = 0.2 (10 % of the spacing), and narrow, σ = 0.05, the published benchmark.

use super::{Card, Distribution, Modes, Point};
use crate::card::text;
use crate::rng::Rng;
use std::sync::LazyLock;

pub struct Grid {
    card: Card,
    modes: LazyLock<Modes>,
}

pub static SOFT: Grid = Grid {
    card: Card {
        id: "grid25",
        label: text("Grid of 25 gaussians", "二十五个高斯排成的方阵"),
        formula: "x = 2 (i, j) + 0.2 ε,  i, j ∈ {−2, …, 2}",
        reference: "Srivastava et al. 2017",
    },
    modes: LazyLock::new(|| modes(0.2)),
};

pub static STRICT: Grid = Grid {
    card: Card {
        id: "grid25_strict",
        label: text("Grid of 25 narrow gaussians", "二十五个窄高斯排成的方阵"),
        formula: "x = 2 (i, j) + 0.05 ε,  i, j ∈ {−2, …, 2}",
        reference: "Srivastava et al. 2017",
    },
    modes: LazyLock::new(|| modes(0.05)),
};

const SIDE: usize = 5;
const SPACING: f64 = 2.0;

impl Distribution for Grid {
    fn card(&self) -> Card {
        self.card
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        self.modes.draw(rng)
    }

    fn half_width(&self) -> f64 {
        5.5
    }

    fn modes(&self) -> Option<&Modes> {
        Some(&self.modes)
    }
}

fn modes(std: f64) -> Modes {
    let place = |k: usize| SPACING * (k as f64 - (SIDE - 1) as f64 / 2.0);
    let centers = (0..SIDE * SIDE).map(|k| [place(k % SIDE), place(k / SIDE)]).collect();
    Modes { centers, std }
}
