//! Points of one gaussian with the mean and the covariance of given points: what a sampler scores that
//! knows these five numbers of the data and nothing else.

use crate::data::points::Point;
use crate::density::moments;
use crate::rng::Rng;

/// `n` points x = μ + L ε, where L Lᵀ is the covariance of `points` (Cholesky). NaN without points.
pub fn sample_like(points: &[Point], n: usize, rng: &mut Rng) -> Vec<Point> {
    let (mean, [a, b, c]) = moments(points, None);
    let l00 = a.sqrt();
    let l10 = if l00 > 0.0 { b / l00 } else { 0.0 };
    let l11 = (c - l10 * l10).max(0.0).sqrt(); // rounding may leave a little below zero
    let mut draw = || {
        let [a, b] = rng.normal_pair();
        [mean[0] + l00 * a, mean[1] + l10 * a + l11 * b]
    };
    (0..n).map(|_| draw()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn mean_and_covariance_are_kept() {
        // Mean (1, 2), variances 4 and 2, covariance 1.
        let points = [[3.0, 2.0], [-1.0, 2.0], [1.0 + 2.0, 2.0 + 2.0], [1.0 - 2.0, 2.0 - 2.0]];
        let sample = sample_like(&points, 200_000, &mut Rng::new(1, Stream::Display));
        let mean_of = |f: fn(&Point) -> f64| sample.iter().map(f).sum::<f64>() / sample.len() as f64;
        let moments: [fn(&Point) -> f64; 5] = [
            |p| p[0] - 1.0,
            |p| p[1] - 2.0,
            |p| (p[0] - 1.0).powi(2) - 4.0,
            |p| (p[1] - 2.0).powi(2) - 2.0,
            |p| (p[0] - 1.0) * (p[1] - 2.0) - 2.0,
        ];
        for (i, moment) in moments.into_iter().enumerate() {
            assert!(mean_of(moment).abs() < 0.04, "moment {i}: {}", mean_of(moment));
        }
    }

    #[test]
    fn points_on_a_line_or_in_a_spot_stay_there() {
        let rng = &mut Rng::new(1, Stream::Display);
        let line = sample_like(&[[0.0, 0.0], [1.0, 2.0], [2.0, 4.0]], 100, rng);
        assert!(line.iter().all(|p| (p[1] - 2.0 * p[0]).abs() < 1e-6));
        assert_eq!(sample_like(&[[3.0, 4.0]; 5], 2, rng), [[3.0, 4.0]; 2]);
    }
}
