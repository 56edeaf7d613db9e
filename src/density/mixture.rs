//! A mixture of k gaussians by expectation–maximisation (Dempster, Laird and Rubin, 1977).
//!
//! p(x) = Σ wⱼ N(x; μⱼ, Σⱼ). A step gives each point in shares rᵢⱼ ∝ wⱼ N(xᵢ; μⱼ, Σⱼ) to the components, and each
//! component the weight, mean and covariance of its shares. The likelihood of the points never falls.

use super::{Density, Gaussian};
use crate::data::points::Point;
use crate::logistic::log_sum_exp;
use crate::rng::Rng;

#[derive(Clone, Debug)]
pub struct Mixture {
    /// Weight and gaussian of each component; weights sum to 1.
    pub components: Vec<(f64, Gaussian)>,
}

/// A component with a smaller share of all points has lost them: it stays as it is, with this weight.
const LEAST_SHARE: f64 = 1e-9;

impl Mixture {
    /// Round components at `k` of the points, far from each other (k-means++: Arthur and Vassilvitskii, 2007), each with
    /// the mean variance of all points.
    pub fn start(points: &[Point], k: usize, rng: &mut Rng) -> Self {
        let mut centers = vec![points[rng.below(points.len())]];
        while centers.len() < k {
            let apart = |x: &Point| {
                let squared = |c: &Point| (x[0] - c[0]).powi(2) + (x[1] - c[1]).powi(2);
                centers.iter().map(squared).fold(f64::INFINITY, f64::min)
            };
            let weights: Vec<f64> = points.iter().map(apart).collect();
            let mut left = rng.uniform() * weights.iter().sum::<f64>();
            let chosen = weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            centers.push(points[chosen.unwrap_or(0)]);
        }
        let [a, _, c] = Gaussian::fit(points, None).covariance;
        let variance = 0.5 * (a + c);
        let component = |mean| (1.0 / k as f64, Gaussian::new(mean, [variance, 0.0, variance]));
        Self { components: centers.into_iter().map(component).collect() }
    }

    /// One step of EM.
    pub fn step(&self, points: &[Point]) -> Self {
        let n = points.len() as f64;
        let shares: Vec<Vec<f64>> = points.iter().map(|x| self.shares(*x)).collect();
        let component = |(j, (_, before)): (usize, &(f64, Gaussian))| {
            let of: Vec<f64> = shares.iter().map(|shares| shares[j]).collect();
            let weight = of.iter().sum::<f64>() / n;
            if weight < LEAST_SHARE {
                return (LEAST_SHARE, before.clone());
            }
            (weight, Gaussian::fit(points, Some(&of)))
        };
        Self { components: self.components.iter().enumerate().map(component).collect() }
    }

    /// The probability that x comes from each component.
    pub fn shares(&self, x: Point) -> Vec<f64> {
        let total = self.log(x);
        self.terms(x).map(|term| libm::exp(term - total)).collect()
    }

    fn terms(&self, x: Point) -> impl Iterator<Item = f64> + Clone + '_ {
        self.components.iter().map(move |(weight, gaussian)| libm::log(*weight) + gaussian.log(x))
    }
}

impl Density for Mixture {
    fn log(&self, x: Point) -> f64 {
        log_sum_exp(self.terms(x))
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        let mut left = rng.uniform();
        let chosen = self.components.iter().find(|(weight, _)| {
            left -= weight;
            left < 0.0
        });
        chosen.unwrap_or(&self.components[0]).1.draw(rng)
    }

    fn mahalanobis(&self, x: Point) -> Option<f64> {
        self.components.iter().filter_map(|(_, gaussian)| gaussian.mahalanobis(x)).reduce(f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points::{DISTRIBUTIONS, find};
    use crate::density::mean_log;
    use crate::metric::pairs;
    use crate::rng::Stream;

    const ORACLE: [f64; 13] = [
        0.4781196378781384,
        0.5218803621218617,
        -0.7877648124872809,
        0.19589747423337756,
        1.3923609310094769,
        1.0899769599406173,
        0.2304426367729949,
        0.006687931640523293,
        0.03621533554483774,
        0.39541487995702707,
        0.23436238313149874,
        0.8250294299592705,
        -1.980712667916507,
    ];

    /// Three steps from given components.
    ///
    /// python: import numpy as np, warnings; warnings.simplefilter("ignore")
    ///         from sklearn.mixture import GaussianMixture
    ///         X = np.array([[.5, 1], [1.5, -.3], [-1, .2], [-1.2, .4], [2, 2.1], [1.8, 1.7], [-.9, -.1], [.1, .3]])
    ///         g = GaussianMixture(2, max_iter=3, tol=0, reg_covar=0, weights_init=[.5, .5],
    ///                             means_init=[[-1, 0], [1, 1]], precisions_init=[np.eye(2)]*2).fit(X)
    ///         print(g.weights_, g.means_.ravel(), g.covariances_[:, [0, 0, 1], [0, 1, 1]].ravel(), g.score(X))
    #[test]
    fn three_steps_follow_scikit_learn() {
        let round = |mean| (0.5, Gaussian::new(mean, [1.0, 0.0, 1.0]));
        let mut mixture = Mixture { components: vec![round([-1.0, 0.0]), round([1.0, 1.0])] };
        let points =
            [[0.5, 1.0], [1.5, -0.3], [-1.0, 0.2], [-1.2, 0.4], [2.0, 2.1], [1.8, 1.7], [-0.9, -0.1], [0.1, 0.3]];
        (0..3).for_each(|_| mixture = mixture.step(&points));
        let parts = || mixture.components.iter();
        let numbers: Vec<f64> = parts()
            .map(|(weight, _)| *weight)
            .chain(parts().flat_map(|(_, gaussian)| gaussian.mean))
            .chain(parts().flat_map(|(_, gaussian)| gaussian.covariance))
            .chain([mean_log(&mixture, &points)])
            .collect();
        assert_eq!(numbers.len(), ORACLE.len());
        for (number, expected) in numbers.iter().zip(ORACLE) {
            assert!((number - expected).abs() < 1e-7, "{numbers:?}");
        }
    }

    #[test]
    fn likelihood_never_falls() {
        for data in DISTRIBUTIONS {
            for (seed, k) in [(1, 1), (2, 3), (3, 8), (4, 20)] {
                let rng = &mut Rng::new(seed, Stream::Display);
                let points = pairs(&data.sample(60, rng));
                let mut mixture = Mixture::start(&points, k, rng);
                let mut before = f64::NEG_INFINITY;
                for step in 0..60 {
                    let now = mean_log(&mixture, &points);
                    assert!(now >= before - 1e-9, "{} with {k}, step {step}: {before} to {now}", data.card().id);
                    before = now;
                    mixture = mixture.step(&points);
                }
            }
        }
    }

    #[test]
    fn eight_components_find_the_ring() {
        let ring = find("ring8").unwrap();
        let points = pairs(&ring.sample(800, &mut Rng::new(1, Stream::Display)));
        let mut mixture = Mixture::start(&points, 8, &mut Rng::new(2, Stream::WeightsG));
        (0..50).for_each(|_| mixture = mixture.step(&points));
        let truth = |x: &Point| libm::log(ring.density(*x, 0.0).unwrap());
        let best = points.iter().map(truth).sum::<f64>() / 800.0;
        assert!(mean_log(&mixture, &points) > best - 0.05, "{} of {best}", mean_log(&mixture, &points));
    }
}
