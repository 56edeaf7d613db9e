//! Points of the plane in two classes, each as likely as the other.
//!
//! Add one: write how it is drawn and name it in [`CLASSES`].

use crate::card::{Card, text};
use crate::data::points::Point;
use crate::density::{Density, Gaussian};
use crate::rng::Rng;
use std::f64::consts::{PI, TAU};

/// Two classes of points.
pub struct Classes {
    pub card: Card,
    /// A point of class A (false) or B (true).
    draw: fn(bool, &mut Rng) -> Point,
    /// ln p(x | class), where it has a closed form.
    pub log: Option<fn(bool, Point) -> f64>,
}

/// Half the width of the square that a picture of any of them shows, data units.
pub const HALF_WIDTH: f64 = 3.0;

/// In the order of the page's menu.
pub static CLASSES: &[Classes] = &[
    Classes {
        card: Card {
            id: "two_clouds",
            label: text("Two clouds", "两团云"),
            formula: "N((−1, −0.3), (0.5, 0.3; 0.3, 0.4)) and N((1, 0.4), (0.4, −0.1; −0.1, 0.6))",
            reference: "",
        },
        draw: |class, rng| cloud(class).draw(rng),
        log: Some(|class, x| cloud(class).log(x)),
    },
    Classes {
        card: Card {
            id: "two_arcs",
            label: text("Two arcs", "两段弧"),
            formula: "(cos t, sin t) and (1 − cos t, ½ − sin t), t ∈ [0, π], centred, with noise 0.15",
            reference: "",
        },
        draw: |class, rng| {
            let (angle, noise) = (PI * rng.uniform(), rng.normal_pair());
            let (x, y) = (libm::cos(angle), libm::sin(angle));
            let [x, y] = if class { [1.0 - x, 0.5 - y] } else { [x, y] };
            [1.3 * (x - 0.5) + 0.15 * noise[0], 1.3 * (y - 0.25) + 0.15 * noise[1]]
        },
        log: None,
    },
    Classes {
        card: Card {
            id: "core_and_ring",
            label: text("A core and a ring", "核与环"),
            formula: "N(0, 0.5²) and radius 1.8, both with noise 0.15",
            reference: "",
        },
        draw: |class, rng| {
            let (angle, noise) = (TAU * rng.uniform(), rng.normal_pair());
            if class {
                [1.8 * libm::cos(angle) + 0.15 * noise[0], 1.8 * libm::sin(angle) + 0.15 * noise[1]]
            } else {
                noise.map(|v| 0.5 * v)
            }
        },
        log: None,
    },
];

fn cloud(class: bool) -> Gaussian {
    match class {
        false => Gaussian::new([-1.0, -0.3], [0.5, 0.3, 0.4]),
        true => Gaussian::new([1.0, 0.4], [0.4, -0.1, 0.6]),
    }
}

impl Classes {
    pub fn find(id: &str) -> Option<&'static Self> {
        CLASSES.iter().find(|classes| classes.card.id == id)
    }

    /// `n` points of each class, A first.
    pub fn draw(&self, n: usize, rng: &mut Rng) -> [Vec<Point>; 2] {
        [false, true].map(|class| (0..n).map(|_| (self.draw)(class, rng)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn every_point_is_in_the_picture() {
        for classes in CLASSES {
            let points = classes.draw(2_000, &mut Rng::new(1, Stream::Display)).concat();
            let outside = points.iter().flatten().filter(|v| v.abs() > HALF_WIDTH).count();
            assert!(outside < 10, "{}: {outside} of 8,000 coordinates", classes.card.id);
        }
    }
}
