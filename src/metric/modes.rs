//! Modes captured and the high-quality share (Srivastava et al., 2017, "VEEGAN").
//!
//! A point is *high-quality* when it lies within 3 standard deviations of the nearest mode; a mode is
//! *captured* when at least one high-quality point is nearest to it. A perfect sampler of round
//! gaussians in the plane scores 1 − exp(−9/2) = 98.889 %. A mode counts here from one point on, so
//! always read it beside the share.

use crate::data::points::Modes;

/// The reading for one set of points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModeScore {
    pub captured: usize,
    /// The fewest modes that hold nine tenths of the high-quality points; stray points do not add to it.
    pub main: usize,
    /// In [0, 1].
    pub high_quality: f64,
}

/// Scores `points`, `[n, 2]` flat, against the modes. Points that are not finite are of no quality.
pub fn mode_score(points: &[f32], modes: &Modes) -> ModeScore {
    let mut hits = vec![0usize; modes.centers.len()];
    for point in points.chunks_exact(2) {
        let squared = |c: &[f64; 2]| (point[0] as f64 - c[0]).powi(2) + (point[1] as f64 - c[1]).powi(2);
        let nearest = modes.centers.iter().map(squared).enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((mode, distance)) = nearest
            && distance <= (3.0 * modes.std).powi(2)
        {
            hits[mode] += 1;
        }
    }
    hits.sort_unstable_by(|a, b| b.cmp(a));
    let good: usize = hits.iter().sum();
    let held = hits.iter().scan(0, |held, &n| {
        let before = *held;
        *held += n;
        Some(before)
    });
    ModeScore {
        captured: hits.iter().filter(|&&n| n > 0).count(),
        main: held.take_while(|&before| 10 * before < 9 * good).count(),
        high_quality: good as f64 / (points.len() / 2).max(1) as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points;
    use crate::rng::{Rng, Stream};

    /// scipy.stats.chi2.cdf(9, 2) = 0.9888910034617577
    #[test]
    fn real_points_score_their_ceiling() {
        for id in ["ring8", "grid25"] {
            let distribution = points::find(id).unwrap();
            let modes = distribution.modes().unwrap();
            let sample = distribution.sample(100_000, &mut Rng::new(1, Stream::Metric));
            let score = mode_score(&sample, &modes);
            assert_eq!(score.captured, modes.centers.len());
            assert!((score.high_quality - 0.988_891).abs() < 0.002, "{id}: {}", score.high_quality);
        }
    }

    #[test]
    fn counts_by_hand() {
        let modes = Modes { centers: vec![[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]], std: 1.0 };
        let points = [0.0, 2.9, 0.0, 3.1, 10.5, 0.0, f32::NAN, 0.0, 5.0, 0.0];
        let score = mode_score(&points, &modes);
        assert_eq!(score, ModeScore { captured: 2, main: 2, high_quality: 0.4 });
    }

    #[test]
    fn stray_points_capture_modes_but_do_not_hold_them() {
        let modes = Modes { centers: vec![[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]], std: 1.0 };
        let points: Vec<f32> = (0..100).flat_map(|i| [if i < 95 { 0.0 } else { 10.0 }, 0.0]).collect();
        assert_eq!(mode_score(&points, &modes), ModeScore { captured: 2, main: 1, high_quality: 1.0 });
        assert_eq!(mode_score(&[5.0, 5.0], &modes), ModeScore { captured: 0, main: 0, high_quality: 0.0 });
    }

    #[test]
    fn collapse_is_one_mode() {
        let distribution = points::find("ring8").unwrap();
        let modes = distribution.modes().unwrap();
        let at_first_mode: Vec<f32> = std::iter::repeat_n([2.0, 0.0], 50).flatten().collect();
        assert_eq!(mode_score(&at_first_mode, &modes), ModeScore { captured: 1, main: 1, high_quality: 1.0 });
    }
}
