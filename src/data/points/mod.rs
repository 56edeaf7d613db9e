//! Distributions of points in the plane.
//!
//! Add one: write its file, implement [`Distribution`], and name it in [`DISTRIBUTIONS`].

mod axis;
mod blobs;
mod checkerboard;
mod circles;
mod grid;
mod interval;
#[cfg(test)]
mod laws;
mod line;
mod mixture;
mod old_faithful;
pub mod own;
mod pinwheel;
mod ring;
mod spiral;
mod swiss_roll;
pub mod table;
mod two_gaussians;
mod two_moons;

pub use axis::Axis;
pub use mixture::Modes;

use crate::card::Card;
use crate::rng::Rng;
use own::Own;
use std::ops::Deref;
use std::sync::Arc;

/// Every built-in distribution, in the order of the page's menu.
pub static DISTRIBUTIONS: &[&dyn Distribution] = &[
    &ring::SOFT,
    &ring::STRICT,
    &grid::SOFT,
    &grid::STRICT,
    &two_gaussians::TwoGaussians,
    &blobs::Blobs,
    &line::Line,
    &two_moons::TwoMoons,
    &circles::Circles,
    &spiral::Spiral,
    &swiss_roll::SwissRoll,
    &pinwheel::Pinwheel,
    &checkerboard::Checkerboard,
    &old_faithful::OldFaithful,
];

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
    fn modes(&self) -> Option<&Modes> {
        None
    }

    /// The density at `x` of the data plus round gaussian noise of standard deviation `blur` ≥ 0 (data units), per
    /// squared data unit, where it has a closed form.
    fn density(&self, x: Point, blur: f64) -> Option<f64> {
        self.modes().map(|modes| modes.density(x, blur))
    }

    /// All its points, where it is no more than these.
    fn points(&self) -> Option<&[Point]> {
        None
    }

    /// What the two axes mean, where they mean something.
    fn axes(&self) -> Option<[Axis; 2]> {
        None
    }

    /// `n` points as rows, `[n, 2]` flat.
    fn sample(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        match self.modes() {
            Some(modes) => modes.sample(n, rng),
            None => (0..n).flat_map(|_| self.draw(rng)).map(|v| v as f32).collect(),
        }
    }
}

/// Where real points come from: a registered distribution, or the reader's own points.
#[derive(Clone)]
pub enum Source {
    Registered(&'static dyn Distribution),
    Own(Arc<Own>),
}

impl Deref for Source {
    type Target = dyn Distribution;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Registered(distribution) => *distribution,
            Self::Own(own) => own.as_ref(),
        }
    }
}

/// The built-in distribution with this id.
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
