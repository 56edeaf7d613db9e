//! Energy distance (Székely and Rizzo, 2013).
//!
//! D² = 2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖, in data units; zero only between equal distributions. Each
//! expectation is the mean over pairs of *different* points (the U-statistic), so the estimate is free
//! of bias: real points against real points average to zero, and a reading may fall a little below it.
//! Means over all pairs (the V-statistic, whose root is `scipy.stats.energy_distance`) are never
//! negative but shrink only with 1/n.
//!
//! Look at it where there are no modes to count: it falls with every step towards the data, from any
//! distance.

use super::{Better, Metric, Reference, Scale, Scorer, finite_scorer, first};
use crate::card::{Card, text};
use crate::data::points::Point;
use genlab_kernel::sum_of_distances;

pub struct EnergyDistance;

/// Points of each side; the cost is their product.
const N: usize = 1_000;

impl Metric for EnergyDistance {
    fn card(&self) -> Card {
        Card {
            id: "energy_distance",
            label: text("energy distance", "能量距离"),
            formula: "2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖",
            reference: "Székely and Rizzo 2013",
        }
    }

    fn scale(&self) -> Scale {
        Scale::Distance
    }

    fn better(&self) -> Better {
        Better::Lower
    }

    fn scorer(&self, real: &Reference) -> Option<Scorer> {
        let real = first(real.points, N).to_vec();
        let among_real = mean_within(&real);
        finite_scorer(N, move |points| 2.0 * mean_between(points, &real) - mean_within(points) - among_real)
    }
}

/// Mean ‖x − y‖ over all pairs. NaN without points.
pub fn mean_between(x: &[Point], y: &[Point]) -> f64 {
    let sum: f64 = x.iter().map(|point| sum_of_distances(point, y)).sum();
    sum / (x.len() * y.len()) as f64
}

/// Mean ‖x − x′‖ over pairs of different points. NaN for fewer than two.
pub fn mean_within(x: &[Point]) -> f64 {
    let n = x.len();
    let sum: f64 = x.iter().enumerate().map(|(i, point)| sum_of_distances(point, &x[i + 1..])).sum();
    sum / (n * n.saturating_sub(1) / 2) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_by_hand() {
        // A 3-4-5 triangle, and its corners seen from the right angle.
        let triangle = [[0.0, 0.0], [3.0, 0.0], [0.0, 4.0]];
        assert_eq!(mean_within(&triangle), 4.0);
        assert_eq!(mean_between(&triangle[..1], &triangle), 7.0 / 3.0);
        assert!(mean_within(&triangle[..1]).is_nan() && mean_between(&[], &triangle).is_nan());
    }
}
