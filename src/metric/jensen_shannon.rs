//! Jensen–Shannon divergence of histograms (Lin, 1991).
//!
//! JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m), m = (p + q)/2, in nats: from 0 to ln 2, which disjoint sets score.
//! It is what G's loss measures when D is at its best, up to constants. The histograms have 30 × 30 cells
//! on the picture's square and one more cell for everything outside, so that their mass is always 1.
//!
//! A histogram of few points in many cells differs from another by chance, so zero is out of reach. With
//! 2 500 points on each side, real points against other real points read 0.011 on the ring, 0.034 on the
//! grid, 0.016 on the moons and 0.010 on Old Faithful: this floor is what to compare with. Every point must
//! be counted. The histogram of GAN Lab (Kahng et al., 2019) counts 151 of its 450 real points and keeps
//! a third of the mass, so that a perfect generator reads 0.19 to 0.40 there, in bits; the lost mass alone is
//! worth 0.086 nats.

use super::{Better, Metric, N_SAMPLES, Reference, Scale, Scorer, finite_scorer, first};
use crate::card::{Card, text};
use crate::data::points::Point;

pub struct JensenShannon;

/// Cells along each side of the square.
pub const SIDE: usize = 30;

impl Metric for JensenShannon {
    fn card(&self) -> Card {
        Card {
            id: "jensen_shannon",
            label: text("Jensen–Shannon divergence", "Jensen–Shannon 散度"),
            formula: "½ KL(p ‖ m) + ½ KL(q ‖ m),  m = ½ (p + q),  30 × 30 cells",
            reference: "Lin 1991",
        }
    }

    fn scale(&self) -> Scale {
        Scale::Nats
    }

    fn better(&self) -> Better {
        Better::Lower
    }

    fn scorer(&self, real: &Reference) -> Option<Scorer> {
        let half_width = real.half_width;
        let real = histogram(first(real.points, N_SAMPLES), half_width, SIDE);
        finite_scorer(N_SAMPLES, move |points| divergence(&histogram(points, half_width, SIDE), &real))
    }
}

/// Shares of the points in the cells of the square [−half_width, half_width)², `[side² + 1]`, row by row
/// from the lowest; the last cell is the rest of the plane. NaN throughout without points.
pub fn histogram(points: &[Point], half_width: f64, side: usize) -> Vec<f64> {
    let place = |v: f64| {
        let cell = ((v / half_width + 1.0) * 0.5 * side as f64).floor();
        (0.0..side as f64).contains(&cell).then_some(cell as usize)
    };
    let mut hits = vec![0usize; side * side + 1];
    for &[x, y] in points {
        let cell = place(x).zip(place(y)).map_or(side * side, |(column, row)| row * side + column);
        hits[cell] += 1;
    }
    hits.into_iter().map(|n| n as f64 / points.len() as f64).collect()
}

/// JS in nats between two histograms of the same cells.
pub fn divergence(p: &[f64], q: &[f64]) -> f64 {
    let term = |p: f64, m: f64| if p == 0.0 { 0.0 } else { p * libm::log(p / m) };
    let cell = |(&p, &q): (&f64, &f64)| 0.5 * (term(p, 0.5 * (p + q)) + term(q, 0.5 * (p + q)));
    p.iter().zip(q).map(cell).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_point_has_its_cell() {
        let points = [[-1.0, -1.0], [0.99, -0.01], [0.0, 0.0], [1.0, 0.0], [1e300, 0.0]];
        assert_eq!(histogram(&points, 1.0, 2), [0.2, 0.2, 0.0, 0.2, 0.4]);
        assert!(histogram(&[], 1.0, 2).iter().all(|mass| mass.is_nan()));
    }

    /// python: from scipy.spatial.distance import jensenshannon; print(jensenshannon([.5, .5], [1, 0])**2) = 0.21576155433883568
    #[test]
    fn divergences_by_scipy() {
        let cases: [(&[f64], &[f64], f64); 3] = [
            (&[0.5, 0.5], &[1.0, 0.0], 0.215_761_554_338_835_68),
            (&[1.0, 0.0], &[0.0, 1.0], 2f64.ln()),
            (&[0.3, 0.7], &[0.3, 0.7], 0.0),
        ];
        for (p, q, expected) in cases {
            assert!((divergence(p, q) - expected).abs() < 1e-15, "{p:?} {q:?}: {}", divergence(p, q));
        }
    }
}
