//! What the models learn from. Registries of data sets by the kind of thing an example is.

pub mod bumps;
pub mod captioned;
pub mod faces;
pub mod grammar;
pub mod ink;
pub mod language;
pub mod library;
pub mod pictures;
pub mod points;
pub mod worlds;

use crate::rng::Rng;
use pictures::Pictures;
use points::{Point, Source};
use std::sync::Arc;

/// Rows that a generator is to imitate.
pub trait Reals {
    /// Numbers in a row.
    fn dim(&self) -> usize;

    /// Numbers at the beginning of a row that the generator is given, and only completes.
    fn n_given(&self) -> usize {
        0
    }

    /// `n` rows, `[n, dim]` flat.
    fn rows(&self, n: usize, rng: &mut Rng) -> Vec<f32>;

    /// Where its numbers lie.
    fn range(&self) -> Range;

    /// The mean row, where it is known.
    fn mean(&self) -> Option<Vec<f32>> {
        None
    }
}

/// Where the numbers of a row lie, so that a generator need not look elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    Line,
    /// Each in [−1, 1].
    Bounded,
    /// Rows of so many numbers, all 0 but a single 1.
    OneHot(usize),
}

impl Reals for Source {
    fn dim(&self) -> usize {
        2
    }

    fn rows(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        self.sample(n, rng)
    }

    fn range(&self) -> Range {
        Range::Line
    }
}

/// Training pictures in ink, from 0 to 1.
pub struct Shades(pub Arc<Pictures>);

impl Reals for Shades {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn rows(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        self.0.draw(n, rng)
    }

    fn range(&self) -> Range {
        Range::Bounded
    }
}

/// Some points, drawn with replacement.
impl Reals for Vec<Point> {
    fn dim(&self) -> usize {
        2
    }

    fn rows(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        (0..n).flat_map(|_| self[rng.below(self.len())]).map(|v| v as f32).collect()
    }

    fn range(&self) -> Range {
        Range::Line
    }
}
