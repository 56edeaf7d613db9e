//! A kernel density: a round gaussian of the same width on every point (Rosenblatt, 1956; Parzen, 1962).
//!
//! p(x) = 1/n Σ N(x; xᵢ, h² I). Nothing is fitted but h; it remembers every point.

use super::{Density, moments};
use crate::data::points::Point;
use crate::logistic::log_sum_exp;
use crate::rng::Rng;
use std::f64::consts::TAU;

#[derive(Clone, Debug)]
pub struct Kernel {
    pub centers: Vec<Point>,
    /// h, data units, above 0.
    pub bandwidth: f64,
}

impl Kernel {
    pub fn new(centers: Vec<Point>, bandwidth: f64) -> Self {
        Self { centers, bandwidth }
    }

    /// Silverman's rule for two dimensions (1986): h = σ n^(−1/6), σ² the mean of both variances; at least 0.001.
    pub fn rule_of_thumb(points: &[Point]) -> f64 {
        let (_, [a, _, c]) = moments(points, None);
        (libm::sqrt(0.5 * (a + c)) * libm::pow(points.len() as f64, -1.0 / 6.0)).max(1e-3)
    }

    /// Mean of ln p over its own points, each left out of the density that it is judged by.
    pub fn mean_log_left_out(&self) -> f64 {
        let n = self.centers.len();
        let left_out = |i: usize| {
            let others = self.centers.iter().enumerate().filter(move |(j, _)| *j != i);
            log_sum_exp(others.map(|(_, center)| self.exponent(self.centers[i], center))) - self.log_mass(n - 1)
        };
        (0..n).map(left_out).sum::<f64>() / n as f64
    }

    fn exponent(&self, x: Point, center: &Point) -> f64 {
        let (dx, dy) = (x[0] - center[0], x[1] - center[1]);
        -0.5 * (dx * dx + dy * dy) / (self.bandwidth * self.bandwidth)
    }

    fn log_mass(&self, n: usize) -> f64 {
        libm::log(n as f64 * TAU * self.bandwidth * self.bandwidth)
    }
}

impl Density for Kernel {
    fn log(&self, x: Point) -> f64 {
        log_sum_exp(self.centers.iter().map(|center| self.exponent(x, center))) - self.log_mass(self.centers.len())
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let center = self.centers[rng.below(self.centers.len())];
        let noise = rng.normal_pair();
        std::array::from_fn(|k| center[k] + self.bandwidth * noise[k])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORACLE: [f64; 4] = [-2.6178228948835347, -413.7040899637808, -10.146430575965958, 0.8200505230663466];

    /// python: import numpy as np; from sklearn.neighbors import KernelDensity
    ///         X = np.array([[.5, 1], [1.5, -.3], [-1, .2], [2, 2.1]]); k = KernelDensity(bandwidth=.4).fit(X)
    ///         print(k.score_samples([[.3, .4], [9, -9]]))
    ///         print(np.mean([KernelDensity(bandwidth=.4).fit(np.delete(X, i, 0)).score_samples(X[i:i+1])[0] for i in range(4)]))
    ///         print(np.sqrt(X.var(0).mean()) * 4**(-1/6))
    #[test]
    fn densities_follow_scikit_learn() {
        let points = vec![[0.5, 1.0], [1.5, -0.3], [-1.0, 0.2], [2.0, 2.1]];
        let kernel = Kernel::new(points.clone(), 0.4);
        let numbers = [
            kernel.log([0.3, 0.4]),
            kernel.log([9.0, -9.0]),
            kernel.mean_log_left_out(),
            Kernel::rule_of_thumb(&points),
        ];
        for (number, expected) in numbers.into_iter().zip(ORACLE) {
            assert!((number / expected - 1.0).abs() < 1e-9, "{numbers:?}");
        }
    }
}
