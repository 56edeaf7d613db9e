//! Uniform on eight squares of a checkerboard, four columns of two (Grathwohl et al., 2019).
//!
//! The squares have side 1/1.2 and touch at their corners only; inside the density is 1.2² / 8 = 0.18.

use super::{Card, Distribution, Point, interval::blurred_interval};
use crate::card::text;
use crate::rng::Rng;

pub struct Checkerboard;

const SIDE: f64 = 1.0 / 1.2;
/// Columns, and rows.
const N: usize = 4;

impl Distribution for Checkerboard {
    fn card(&self) -> Card {
        Card {
            id: "checkerboard",
            label: text("Checkerboard", "棋盘"),
            formula: "p(x) = 0.18,  ⌊1.2 x₁⌋ + ⌊1.2 x₂⌋ ∈ 2ℤ,  x ∈ [−5/3, 5/3)²",
            reference: "Grathwohl et al. 2019",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let column = rng.below(N);
        let row = 2 * rng.below(N / 2) + column % 2;
        [column, row].map(|k| edge(k) + SIDE * rng.uniform())
    }

    fn half_width(&self) -> f64 {
        2.1
    }

    fn density(&self, x: Point, blur: f64) -> Option<f64> {
        let inside = x.map(|v| std::array::from_fn(|k| blurred_interval(v, [edge(k), edge(k + 1)], blur)));
        let [columns, rows]: [[f64; N]; 2] = inside;
        let squares = (0..N).map(|i| columns[i] * (rows[i % 2] + rows[i % 2 + 2]));
        Some(squares.sum::<f64>() / (2.0 * N as f64 * SIDE * SIDE))
    }
}

/// Where column (or row) `k` begins.
fn edge(k: usize) -> f64 {
    SIDE * (k as f64 - N as f64 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// python: from scipy.stats import norm; import itertools
    ///         m = lambda x, k, s: norm.cdf((k + 1 - 1.2*x)/(1.2*s)) - norm.cdf((k - 1.2*x)/(1.2*s))
    ///         p = lambda x, y, s: .18*sum(m(x, i, s)*m(y, j, s) for i, j in itertools.product(range(-2, 2), repeat=2)
    ///             if (i + j) % 2 == 0); print(p(.4, .4, .1), p(.4, -.4, .3), p(2, 1.5, .5))
    #[test]
    fn blurred_density_follows_scipy() {
        for (x, blur, expected) in [
            ([0.4, 0.4], 0.1, 0.1799859552683307),
            ([0.4, -0.4], 0.3, 0.049715522289447846),
            ([2.0, 1.5], 0.5, 0.023779954443697227),
        ] {
            let density = Checkerboard.density(x, blur).unwrap();
            assert!((density / expected - 1.0).abs() < 1e-12, "{x:?}: {density}");
        }
    }

    #[test]
    fn squares_of_one_colour_are_empty() {
        let at = |x, y| Checkerboard.density([x, y], 0.0).unwrap();
        assert!((at(0.4, 0.4) - 0.18).abs() < 1e-12 && (at(-1.2, -1.2) - 0.18).abs() < 1e-12);
        assert_eq!([at(0.4, -0.4), at(1.2, 0.4), at(1.7, 0.4)], [0.0; 3]);
    }
}
