//! The share of high-quality points: within 3 standard deviations of the nearest mode
//! (Srivastava et al., 2017, "VEEGAN").
//!
//! A perfect sampler of round gaussians in the plane scores 1 − exp(−9/2) = 98.889 % (Rayleigh). A
//! generator collapsed onto one mode scores as high: read it beside the modes captured.

use super::{Better, Metric, Reference, Scale, Scorer, mode_score};
use crate::card::{Card, text};

pub struct HighQuality;

impl Metric for HighQuality {
    fn card(&self) -> Card {
        Card {
            id: "high_quality",
            label: text("high-quality share", "高质量比例"),
            formula: "share of points within 3σ of the nearest mode",
            reference: "Srivastava et al. 2017",
        }
    }

    fn scale(&self) -> Scale {
        Scale::Share
    }

    fn better(&self) -> Better {
        Better::Higher
    }

    fn scorer(&self, real: &Reference) -> Option<Scorer> {
        let modes = real.modes?.clone();
        Some(Box::new(move |points| mode_score(points, &modes).high_quality))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points;
    use crate::metric::pairs;
    use crate::rng::{Rng, Stream};

    /// scipy.stats.chi2.cdf(9, 2) = 0.9888910034617577
    #[test]
    fn real_points_score_their_ceiling() {
        for id in ["ring8", "grid25"] {
            let distribution = points::find(id).unwrap();
            let modes = distribution.modes().unwrap();
            let sample = pairs(&distribution.sample(100_000, &mut Rng::new(1, Stream::Metric)));
            let score = mode_score(&sample, modes);
            assert_eq!(score.captured, modes.centers.len());
            assert!((score.high_quality - 0.988_891).abs() < 0.002, "{id}: {}", score.high_quality);
        }
    }
}
