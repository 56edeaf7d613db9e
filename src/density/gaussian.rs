//! One gaussian by maximum likelihood: the mean and the covariance of the points.
//!
//! ln p(x) = −½ d² − ½ ln det(2π Σ) with d² = (x − μ)ᵀ Σ⁻¹ (x − μ), the squared Mahalanobis distance. A point further out
//! than d has probability exp(−d²/2).

use super::Density;
use crate::data::points::Point;
use crate::rng::Rng;
use std::f64::consts::TAU;

/// No direction has a smaller variance, squared data units: points on a line would have no density. Among all
/// covariances that keep to it this is still the likeliest, so EM never loses likelihood by it.
const LEAST_VARIANCE: f64 = 1e-6;

#[derive(Clone, Debug)]
pub struct Gaussian {
    pub mean: Point,
    /// Σ₀₀, Σ₀₁, Σ₁₁.
    pub covariance: [f64; 3],
    /// Lower triangle of L with L Lᵀ = Σ: L₀₀, L₁₀, L₁₁.
    cholesky: [f64; 3],
}

impl Gaussian {
    pub fn new(mean: Point, covariance: [f64; 3]) -> Self {
        let [a, b, c] = covariance;
        let l00 = a.sqrt();
        let l10 = b / l00;
        Self { mean, covariance, cholesky: [l00, l10, (c - l10 * l10).sqrt()] }
    }

    /// None where it is no gaussian.
    pub fn checked(mean: Point, [a, b, c]: [f64; 3]) -> Option<Self> {
        let finite = mean.into_iter().chain([a, b, c]).all(|v| v.is_finite() && v.abs() < 1e12);
        (finite && a > 0.0 && a * c - b * b > 0.0).then(|| Self::new(mean, [a, b, c]))
    }

    /// The likeliest gaussian of `points`, each counting as its entry in `weights`, or 1.
    pub fn fit(points: &[Point], weights: Option<&[f64]>) -> Self {
        let (mean, covariance) = moments(points, weights);
        Self::new(mean, widened(covariance))
    }

    /// L⁻¹ (x − μ)
    fn whitened(&self, x: Point) -> Point {
        let [l00, l10, l11] = self.cholesky;
        let u = (x[0] - self.mean[0]) / l00;
        [u, (x[1] - self.mean[1] - l10 * u) / l11]
    }
}

impl Density for Gaussian {
    fn log(&self, x: Point) -> f64 {
        let [u, v] = self.whitened(x);
        let [l00, _, l11] = self.cholesky;
        -0.5 * (u * u + v * v) - libm::log(TAU * l00 * l11)
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let ([l00, l10, l11], [u, v]) = (self.cholesky, rng.normal_pair());
        [self.mean[0] + l00 * u, self.mean[1] + l10 * u + l11 * v]
    }

    fn mahalanobis(&self, x: Point) -> Option<f64> {
        let [u, v] = self.whitened(x);
        Some(u.hypot(v))
    }

    fn tail(&self, x: Point, _: usize, _: &mut Rng) -> f64 {
        let [u, v] = self.whitened(x);
        libm::exp(-0.5 * (u * u + v * v))
    }
}

/// Mean, and covariance Σ₀₀, Σ₀₁, Σ₁₁, of `points`, each counting as its entry in `weights`, or 1. NaN without points.
pub fn moments(points: &[Point], weights: Option<&[f64]>) -> (Point, [f64; 3]) {
    let weight = |i: usize| weights.map_or(1.0, |weights| weights[i]);
    let total: f64 = (0..points.len()).map(weight).sum();
    let mean_of =
        |f: &dyn Fn(&Point) -> f64| points.iter().enumerate().map(|(i, x)| weight(i) * f(x)).sum::<f64>() / total;
    let mean: Point = [mean_of(&|x| x[0]), mean_of(&|x| x[1])];
    let product = |i: usize, j: usize| mean_of(&|x| (x[i] - mean[i]) * (x[j] - mean[j]));
    (mean, [product(0, 0), product(0, 1), product(1, 1)])
}

/// The same covariance with both variances along its axes at least [`LEAST_VARIANCE`].
fn widened([a, b, c]: [f64; 3]) -> [f64; 3] {
    let (middle, half) = (0.5 * (a + c), 0.5 * (a - c).hypot(2.0 * b));
    let small = middle - half;
    if small >= LEAST_VARIANCE {
        return [a, b, c];
    }
    let large = (middle + half).max(LEAST_VARIANCE);
    // The unit vector along the large axis, and Σ = large e eᵀ + small (1 − e eᵀ).
    let angle = 0.5 * libm::atan2(2.0 * b, a - c);
    let (e0, e1) = (libm::cos(angle), libm::sin(angle));
    let spread = large - LEAST_VARIANCE;
    [LEAST_VARIANCE + spread * e0 * e0, spread * e0 * e1, LEAST_VARIANCE + spread * e1 * e1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    const ORACLE: [f64; 3] = [-7.071219607904228, 3.2554412507977055, 0.0049968434860294345];

    /// python: import numpy as np; from scipy.stats import multivariate_normal as N, chi2
    ///         X = np.array([[.5, 1], [1.5, -.3], [-1, .2], [2, 2.1]]); m = X.mean(0); S = np.cov(X.T, ddof=0)
    ///         x = np.array([2.5, -1]); d2 = (x-m) @ np.linalg.inv(S) @ (x-m)
    ///         print(N.logpdf(x, m, S), d2**.5, chi2.sf(d2, 2))
    #[test]
    fn density_distance_and_tail_follow_scipy() {
        let gaussian = Gaussian::fit(&[[0.5, 1.0], [1.5, -0.3], [-1.0, 0.2], [2.0, 2.1]], None);
        let x = [2.5, -1.0];
        let tail = gaussian.tail(x, 0, &mut Rng::new(1, Stream::Metric));
        let numbers = [gaussian.log(x), gaussian.mahalanobis(x).unwrap(), tail];
        for (number, expected) in numbers.into_iter().zip(ORACLE) {
            assert!((number - expected).abs() < 1e-12, "{numbers:?}");
        }
    }

    #[test]
    fn points_on_a_line_or_in_a_spot_keep_a_density() {
        let line = Gaussian::fit(&[[0.0, 0.0], [1.0, 2.0], [2.0, 4.0]], None);
        assert!(line.log([1.0, 2.0]) > 4.0 && line.log([2.0, 1.0]) < -1e4, "{line:?}");
        assert!((line.covariance[0] - 2.0 / 3.0).abs() < 1e-5);
        let spot = Gaussian::fit(&[[3.0, 4.0]; 5], None);
        assert_eq!(spot.covariance, [1e-6, 0.0, 1e-6]);
        assert!(spot.log([3.0, 4.0]).is_finite());
    }
}
