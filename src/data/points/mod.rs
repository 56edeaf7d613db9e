//! Distributions of points in the plane.
//!
//! Add one: write its file, implement [`Distribution`], and name it in [`DISTRIBUTIONS`].

mod grid;
mod old_faithful;
mod ring;
mod two_moons;

use crate::card::{Card, Text};
use crate::rng::Rng;
use serde::Serialize;

/// Every distribution on offer, in the order of the page's menu.
pub static DISTRIBUTIONS: &[&dyn Distribution] =
    &[&ring::Ring, &grid::Grid, &two_moons::TwoMoons, &old_faithful::OldFaithful];

/// A point of the plane, in data units.
pub type Point = [f64; 2];

/// A source of real points.
pub trait Distribution: Sync {
    fn card(&self) -> Card;

    /// One point.
    fn draw(&self, rng: &mut Rng) -> Point;

    /// Half the width of the square that a picture shows, in data units.
    fn half_width(&self) -> f64;

    /// The mixture's components, where the distribution is a mixture of equal round gaussians.
    fn modes(&self) -> Option<Modes> {
        None
    }

    /// What the two axes mean, where they mean something.
    fn axes(&self) -> Option<[Axis; 2]> {
        None
    }

    /// `n` points as rows, `[n, 2]` flat.
    fn sample(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        (0..n).flat_map(|_| self.draw(rng)).map(|v| v as f32).collect()
    }
}

/// Equal round gaussians at `centers` with standard deviation `std`, in data units.
#[derive(Clone, Debug)]
pub struct Modes {
    pub centers: Vec<Point>,
    pub std: f64,
}

impl Modes {
    fn draw(&self, rng: &mut Rng) -> Point {
        let center = self.centers[rng.below(self.centers.len())];
        let noise = rng.normal_pair();
        std::array::from_fn(|k| center[k] + self.std * noise[k])
    }
}

/// One axis of a standardised data set: `measured = mean + scale · x`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Axis {
    pub label: Text,
    pub unit: Text,
    pub mean: f64,
    pub scale: f64,
}

/// The distribution with this id.
pub fn find(id: &str) -> Option<&'static dyn Distribution> {
    DISTRIBUTIONS.iter().copied().find(|d| d.card().id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn every_distribution_is_seeded_finite_and_inside_its_frame() {
        for d in DISTRIBUTIONS {
            let id = d.card().id;
            let draw = |seed| d.sample(2_000, &mut Rng::new(seed, Stream::RealForD));
            assert_eq!(draw(1), draw(1), "{id}");
            assert_ne!(draw(1), draw(2), "{id}");
            let inside = draw(1).iter().filter(|v| (v.abs() as f64) < d.half_width()).count();
            assert!(inside as f64 >= 0.999 * 4_000.0, "{id}: {inside} of 4000 coordinates in the frame");
        }
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<_> = DISTRIBUTIONS.iter().map(|d| d.card().id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), DISTRIBUTIONS.len());
    }

    /// A point of a mixture lies within r standard deviations of its own mode with probability
    /// 1 − exp(−r²/2) (Rayleigh). Neighbours only add to the share.
    #[test]
    fn modes_have_the_stated_spread() {
        for d in DISTRIBUTIONS {
            let Some(modes) = d.modes() else { continue };
            let sample = d.sample(20_000, &mut Rng::new(5, Stream::RealForD));
            let near = sample
                .chunks(2)
                .filter(|p| modes.centers.iter().any(|c| (p[0] as f64 - c[0]).hypot(p[1] as f64 - c[1]) < modes.std));
            let share = near.count() as f64 / 20_000.0;
            let expected = 1.0 - (-0.5f64).exp();
            assert!((share - expected).abs() < 0.02, "{}: {share} against {expected}", d.card().id);
        }
    }
}
