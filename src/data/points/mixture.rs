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

/// Points drawn at a time.
const MANY: usize = 64;

impl Modes {
    /// p(x) of the mixture convolved with a round gaussian of standard deviation `blur`, per squared data unit.
    pub fn density(&self, x: Point, blur: f64) -> f64 {
        kernel_mean(&self.centers, (self.std * self.std + blur * blur).sqrt(), x)
    }

    pub(super) fn draw(&self, rng: &mut Rng) -> Point {
        let mut point = [[0.0; 2]];
        self.fill(&mut point, rng);
        point[0]
    }

    /// `n` points as rows, `[n, 2]` flat: those of [`draw`](Self::draw), many at once.
    pub(super) fn sample(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        let (mut points, mut rows) = ([[0.0; 2]; MANY], Vec::with_capacity(2 * n));
        for start in (0..n).step_by(MANY) {
            let points = &mut points[..MANY.min(n - start)];
            self.fill(points, rng);
            rows.extend(points.as_flattened().iter().map(|v| *v as f32));
        }
        rows
    }

    /// At most [`MANY`] points.
    fn fill(&self, points: &mut [Point], rng: &mut Rng) {
        let ([mut u1, mut u2], mut centers) = ([[0.0; MANY]; 2], [[0.0; 2]; MANY]);
        let n = points.len();
        for i in 0..n {
            centers[i] = self.centers[rng.below(self.centers.len())];
            (u1[i], u2[i]) = (rng.uniform(), rng.uniform());
        }
        genlab_kernel::normal_pairs(&u1[..n], &u2[..n], points);
        for (point, center) in points.iter_mut().zip(centers) {
            *point = std::array::from_fn(|k| center[k] + self.std * point[k]);
        }
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
    use crate::rng::Stream;

    #[test]
    fn a_sample_is_as_many_draws() {
        let modes = Modes { centers: vec![[0.0, 0.0], [1.0, 2.0]], std: 0.5 };
        for n in [0, 1, MANY, 2 * MANY + 3] {
            let (mut one, mut many) = (Rng::new(1, Stream::RealForD), Rng::new(1, Stream::RealForD));
            let draws: Vec<f32> = (0..n).flat_map(|_| modes.draw(&mut one)).map(|v| v as f32).collect();
            assert_eq!(modes.sample(n, &mut many), draws);
            assert_eq!(one, many);
        }
    }

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
