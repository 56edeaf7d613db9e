//! Mixtures of equal round gaussians, p(x) = 1/n Σ N(x; μₖ, σ² I): the one shape whose modes can be counted and
//! whose density stays closed under more noise (σ² becomes σ² + blur²).

use super::Point;
use crate::rng::Rng;

/// Equal round gaussians at `centers` with standard deviation `std`, in data units.
#[derive(Clone, Debug)]
pub struct Modes {
    pub centers: Vec<Point>,
    pub std: f64,
}

impl Modes {
    /// p(x) of the mixture convolved with a round gaussian of standard deviation `blur`, per squared data unit.
    pub fn density(&self, x: Point, blur: f64) -> f64 {
        kernel_mean(&self.centers, (self.std * self.std + blur * blur).sqrt(), x)
    }

    pub(super) fn draw(&self, rng: &mut Rng) -> Point {
        let center = self.centers[rng.below(self.centers.len())];
        let noise = rng.normal_pair();
        std::array::from_fn(|k| center[k] + self.std * noise[k])
    }
}

/// The mean of N(x; c, std² I) over `centers`; `std` > 0.
pub(super) fn kernel_mean(centers: &[Point], std: f64, x: Point) -> f64 {
    let kernel = |c: &Point| libm::exp(-((x[0] - c[0]).powi(2) + (x[1] - c[1]).powi(2)) / (2.0 * std * std));
    centers.iter().map(kernel).sum::<f64>() / (centers.len() as f64 * std::f64::consts::TAU * std * std)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// python: import numpy as np; from scipy.stats import multivariate_normal as N
    ///         for s in (.5, np.hypot(.5, 1.2)): print(np.mean([N.pdf((.3, -.4), m, s*s) for m in ((0, 0), (1, 2))]))
    #[test]
    fn density_follows_scipy() {
        let modes = Modes { centers: vec![[0.0, 0.0], [1.0, 2.0]], std: 0.5 };
        for (blur, expected) in [(0.0, 0.19306589149065487), (1.2, 0.05114060113302506)] {
            let density = modes.density([0.3, -0.4], blur);
            assert!((density / expected - 1.0).abs() < 1e-13, "blur {blur}: {density}");
        }
    }
}
