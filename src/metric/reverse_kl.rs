//! Reverse KL divergence of the modes' histogram (Lin et al., 2018, "PacGAN").
//!
//! KL(q ‖ u) = Σₖ qₖ ln(K qₖ) in nats, where qₖ is the share of generated points nearest to mode k, good
//! or bad, and u = 1/K for each of the K modes. Even coverage scores 0, k of K modes evenly ln(K/k), one
//! mode ln K. It sees imbalance where the modes captured are all there; it does not see bad points.

use super::modes::nearest;
use super::{Better, Metric, N_SAMPLES, Reference, Scale, Scorer, finite_scorer};
use crate::card::{Card, text};
use crate::data::points::{Modes, Point};

pub struct ReverseKl;

impl Metric for ReverseKl {
    fn card(&self) -> Card {
        Card {
            id: "reverse_kl",
            label: text("reverse KL of the modes", "模式的反向 KL 散度"),
            formula: "Σₖ qₖ ln(K qₖ),  qₖ = share of points nearest to mode k",
            reference: "Lin et al. 2018",
        }
    }

    fn scale(&self) -> Scale {
        Scale::Nats
    }

    fn better(&self) -> Better {
        Better::Lower
    }

    fn scorer(&self, real: &Reference) -> Option<Scorer> {
        let modes = real.modes?.clone();
        finite_scorer(N_SAMPLES, move |points| reverse_kl(points, &modes))
    }
}

/// In nats, from 0 to ln K. NaN without points.
pub fn reverse_kl(points: &[Point], modes: &Modes) -> f64 {
    let mut hits = vec![0usize; modes.centers.len()];
    for (mode, _) in points.iter().filter_map(|point| nearest(point, modes)) {
        hits[mode] += 1;
    }
    let (n_points, n_modes) = (points.len() as f64, hits.len() as f64);
    let shares = hits.iter().map(|&n| n as f64 / n_points).filter(|&q| q != 0.0);
    shares.map(|q| q * libm::log(n_modes * q)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points;

    #[test]
    fn k_of_eight_equal_modes_score_ln_8_over_k() {
        let modes = points::find("ring8").unwrap().modes().unwrap();
        for k in 1..=8 {
            let points: Vec<Point> = modes.centers[..k].repeat(7);
            let expected = libm::log(8.0 / k as f64);
            assert!((reverse_kl(&points, modes) - expected).abs() < 1e-14, "{k}");
        }
        assert!(reverse_kl(&[], modes).is_nan());
    }

    /// python: from scipy.stats import entropy; print(entropy([3, 1], [1, 1])) = 0.13081203594113697
    #[test]
    fn bad_points_count_for_their_nearest_mode() {
        let modes = Modes { centers: vec![[-1.0, 0.0], [1.0, 0.0]], std: 0.1 };
        let points = [[-1.0, 0.0], [-5.0, 3.0], [-0.1, 9.0], [0.2, 0.0]];
        assert!((reverse_kl(&points, &modes) - 0.130_812_035_941_136_97).abs() < 1e-15);
    }
}
