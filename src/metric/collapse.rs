//! Has the generator collapsed onto a part of the data?
//!
//! Two signs. Good points, nine tenths of them on half of the modes or fewer (bad points on few modes only
//! say that training has begun); or a spread below a tenth of the real points'.

use super::ModeScore;
use crate::data::points::Point;

/// Root mean square distance of `points` from their mean, in data units. NaN if any is.
pub fn spread(points: &[Point]) -> f64 {
    let n = points.len().max(1) as f64;
    let variance = |k: usize| {
        let mean = points.iter().map(|p| p[k]).sum::<f64>() / n;
        points.iter().map(|p| (p[k] - mean).powi(2)).sum::<f64>() / n
    };
    (variance(0) + variance(1)).sqrt()
}

/// `score` is the points' reading and the number of modes, where the data have modes.
pub fn has_collapsed(points: &[Point], real_spread: f64, score: Option<(ModeScore, usize)>) -> bool {
    let on_few_modes = score.is_some_and(|(s, n_modes)| s.high_quality >= 0.5 && 2 * s.main <= n_modes);
    on_few_modes || spread(points) < 0.1 * real_spread
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points;
    use crate::metric::{mode_score, pairs};
    use crate::rng::{Rng, Stream};

    #[test]
    fn spread_by_hand() {
        // Corners of a square of side 2: each at distance √2 from the middle.
        assert!((spread(&[[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]) - 2f64.sqrt()).abs() < 1e-12);
        assert_eq!(spread(&[[3.0, 4.0], [3.0, 4.0]]), 0.0);
    }

    #[test]
    fn real_points_never_count_as_collapsed_and_single_spots_do() {
        for d in points::DISTRIBUTIONS {
            let real = pairs(&d.sample(2_500, &mut Rng::new(1, Stream::Metric)));
            let judge = |points: &[Point]| {
                let score = d.modes().map(|m| (mode_score(points, m), m.centers.len()));
                has_collapsed(points, spread(&real), score)
            };
            assert!(!judge(&real), "{}", d.card().id);
            let spot: Vec<Point> = real.iter().map(|p| p.map(|v| 0.05 * v)).collect();
            assert!(judge(&spot), "{}", d.card().id);
        }
    }

    #[test]
    fn half_of_the_modes_is_a_collapse_and_five_of_eight_is_not() {
        let modes = points::find("ring8").unwrap().modes().unwrap();
        for (n, collapsed) in [(1, true), (4, true), (5, false)] {
            let points = &modes.centers[..n];
            let score = Some((mode_score(points, modes), 8));
            assert_eq!(has_collapsed(points, 0.0, score), collapsed, "{n}");
        }
    }
}
