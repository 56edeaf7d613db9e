//! Sliced 2-Wasserstein distance (Bonneel et al., 2015).
//!
//! SW₂² is the mean over directions u of W₂²(u·X, u·Y), and on a line the cheapest transport takes sorted
//! points to sorted points. The directions are fixed and equally spaced on the half circle. The value is
//! the root, in data units: points shifted by m score ‖m‖/√2, one half of ‖m‖² on average over u.
//!
//! Look at it beside the energy distance: it weighs far points more, for transport is paid by the square.

use super::{Better, Metric, Reference, Scale, Scorer, finite_scorer, first};
use crate::card::{Card, text};
use crate::data::points::Point;

pub struct SlicedWasserstein;

/// Directions on the half circle.
pub const N_DIRECTIONS: usize = 64;

/// Points of each side.
const N: usize = 2_000;

impl Metric for SlicedWasserstein {
    fn card(&self) -> Card {
        Card {
            id: "sliced_wasserstein",
            label: text("sliced Wasserstein distance", "切片 Wasserstein 距离"),
            formula: "√(mean over u of W₂²(u·X, u·Y)),  64 directions u",
            reference: "Bonneel et al. 2015",
        }
    }

    fn scale(&self) -> Scale {
        Scale::Distance
    }

    fn better(&self) -> Better {
        Better::Lower
    }

    fn scorer(&self, real: &Reference) -> Option<Scorer> {
        let real = Projections::new(first(real.points, N), N_DIRECTIONS);
        finite_scorer(N, move |points| real.distance(&Projections::new(points, N_DIRECTIONS)))
    }
}

/// Points seen along each direction, sorted.
pub struct Projections {
    /// Row by row, `[n_directions, n]`.
    sorted: Vec<f64>,
    n_directions: usize,
    n: usize,
}

impl Projections {
    /// Directions at the angles πk / `n_directions`.
    pub fn new(points: &[Point], n_directions: usize) -> Self {
        let n = points.len();
        let mut sorted = Vec::with_capacity(n_directions * n);
        for k in 0..n_directions {
            let angle = std::f64::consts::PI * k as f64 / n_directions as f64;
            let (cos, sin) = (libm::cos(angle), libm::sin(angle));
            sorted.extend(points.iter().map(|p| cos * p[0] + sin * p[1]));
            genlab_kernel::sort(&mut sorted[k * n..]);
        }
        Self { sorted, n_directions, n }
    }

    /// SW₂ between two sets of points, of any sizes, seen along the same directions. NaN without points.
    pub fn distance(&self, other: &Self) -> f64 {
        let squared = (0..self.n_directions).map(|k| wasserstein_squared(self.row(k), other.row(k)));
        (squared.sum::<f64>() / self.n_directions as f64).sqrt()
    }

    fn row(&self, direction: usize) -> &[f64] {
        &self.sorted[direction * self.n..][..self.n]
    }
}

/// W₂² on a line between equal weights on `a` and equal weights on `b`, both sorted. NaN without points.
///
/// Each point of `a` weighs `b.len()` and each of `b` `a.len()`, so that both sides weigh the same in
/// whole numbers; weight goes over in order until the lighter of two points is used up.
pub fn wasserstein_squared(a: &[f64], b: &[f64]) -> f64 {
    let total = a.len() * b.len();
    let (mut i, mut j, mut moved, mut cost) = (0, 0, 0, 0.0);
    while moved < total {
        let (end_a, end_b) = ((i + 1) * b.len(), (j + 1) * a.len());
        let end = end_a.min(end_b);
        cost += (end - moved) as f64 * (a[i] - b[j]).powi(2);
        i += (end == end_a) as usize;
        j += (end == end_b) as usize;
        moved = end;
    }
    cost / total as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transport_on_a_line_by_hand() {
        assert_eq!(wasserstein_squared(&[0.0, 1.0], &[2.0, 5.0]), (4.0 + 16.0) / 2.0);
        // Half of the point in the middle goes each way.
        assert_eq!(wasserstein_squared(&[1.0], &[0.0, 3.0]), (1.0 + 4.0) / 2.0);
        // Thirds against halves: 0→0, a sixth 1→0, a sixth 1→6, 2→6.
        let expected = (0.0 + 1.0 / 2.0 + 25.0 / 2.0 + 16.0) / 3.0;
        assert!((wasserstein_squared(&[0.0, 1.0, 2.0], &[0.0, 6.0]) - expected).abs() < 1e-12);
        assert!(wasserstein_squared(&[], &[1.0]).is_nan());
    }

    /// Shifted by m, SW₂² = ‖m‖² times the mean of cos² over the half circle, which is 1/2.
    #[test]
    fn a_shift_scores_its_length_over_the_root_of_two() {
        let points: Vec<Point> = (0..50).map(|i| [(i * i % 17) as f64, (i * 7 % 13) as f64]).collect();
        let shifted: Vec<Point> = points.iter().map(|p| [p[0] + 3.0, p[1] - 4.0]).collect();
        let [a, b] = [points, shifted].map(|p| Projections::new(&p, N_DIRECTIONS));
        assert!((a.distance(&b) - 5.0 / 2f64.sqrt()).abs() < 1e-12, "{}", a.distance(&b));
    }
}
