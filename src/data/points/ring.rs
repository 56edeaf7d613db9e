//! Eight gaussians on a circle of radius 2: the classic test for mode collapse (Metz et al., 2017).
//!
//! Two widths. The soft one, σ = 0.1 (5 % of the radius), lets a small generator fit the spread as well; the narrow
//! one, σ = 0.02 (1 %), is the published benchmark.

use super::{Card, Distribution, Modes, Point};
use crate::card::text;
use crate::rng::Rng;
use std::sync::LazyLock;

pub struct Ring {
    card: Card,
    modes: LazyLock<Modes>,
}

pub static SOFT: Ring = Ring {
    card: Card {
        id: "ring8",
        label: text("Ring of 8 gaussians", "八个高斯围成的环"),
        formula: "x = 2 (cos 2πk/8, sin 2πk/8) + 0.1 ε",
        reference: "Metz et al. 2017",
    },
    modes: LazyLock::new(|| modes(0.1)),
};

pub static STRICT: Ring = Ring {
    card: Card {
        id: "ring8_strict",
        label: text("Ring of 8 narrow gaussians", "八个窄高斯围成的环"),
        formula: "x = 2 (cos 2πk/8, sin 2πk/8) + 0.02 ε",
        reference: "Metz et al. 2017",
    },
    modes: LazyLock::new(|| modes(0.02)),
};

const N_MODES: usize = 8;
const RADIUS: f64 = 2.0;

impl Distribution for Ring {
    fn card(&self) -> Card {
        self.card
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        self.modes.draw(rng)
    }

    fn half_width(&self) -> f64 {
        3.0
    }

    fn modes(&self) -> Option<&Modes> {
        Some(&self.modes)
    }
}

fn modes(std: f64) -> Modes {
    let angle = |k| std::f64::consts::TAU * k as f64 / N_MODES as f64;
    let centers = (0..N_MODES).map(|k| [RADIUS * libm::cos(angle(k)), RADIUS * libm::sin(angle(k))]).collect();
    Modes { centers, std }
}
