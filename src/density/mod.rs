//! Explicit models of points in the plane: each knows the density of every point, and how to draw new ones. Plain f64
//! arithmetic on the host.

mod gaussian;
mod kernel;
mod mixture;

pub use gaussian::{Gaussian, moments};
pub use kernel::Kernel;
pub use mixture::Mixture;

use crate::data::points::Point;
use crate::rng::Rng;

/// A density that can be asked.
pub trait Density {
    /// ln p(x), p per squared data unit.
    fn log(&self, x: Point) -> f64;

    fn draw(&self, rng: &mut Rng) -> Point;

    /// Distance of x from the middle in standard deviations (Mahalanobis, 1936), where there is a middle: the nearest
    /// one, where there are several.
    fn mahalanobis(&self, _x: Point) -> Option<f64> {
        None
    }

    /// Probability of a point that is less likely than x, from `n` draws.
    fn tail(&self, x: Point, n: usize, rng: &mut Rng) -> f64 {
        let at = self.log(x);
        (0..n).filter(|_| self.log(self.draw(rng)) < at).count() as f64 / n as f64
    }
}

/// Mean of ln p over some points.
pub fn mean_log(density: &dyn Density, points: &[Point]) -> f64 {
    points.iter().map(|x| density.log(*x)).sum::<f64>() / points.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points::find;
    use crate::metric::pairs;
    use crate::rng::Stream;

    fn all() -> [Box<dyn Density>; 3] {
        let points = pairs(&find("moons").unwrap().sample(60, &mut Rng::new(1, Stream::Display)));
        let gaussian = Gaussian::fit(&points, None);
        let mut mixture = Mixture::start(&points, 3, &mut Rng::new(1, Stream::WeightsG));
        (0..5).for_each(|_| mixture = mixture.step(&points));
        let kernel = Kernel::new(points, 0.4);
        [Box::new(gaussian), Box::new(kernel), Box::new(mixture)]
    }

    #[test]
    fn densities_have_mass_1() {
        for (i, density) in all().iter().enumerate() {
            let (half, step) = (9.0, 0.02);
            let place = |i: usize| -half + step * (i as f64 + 0.5);
            let n = (2.0 * half / step) as usize;
            let row = |j: usize| (0..n).map(|i| libm::exp(density.log([place(i), place(j)]))).sum::<f64>();
            let mass = (0..n).map(row).sum::<f64>() * step * step;
            assert!((mass - 1.0).abs() < 1e-3, "{i}: {mass}");
        }
    }

    #[test]
    fn draws_follow_the_density() {
        for (i, density) in all().iter().enumerate() {
            let rng = &mut Rng::new(2, Stream::Metric);
            let draws: Vec<Point> = (0..20_000).map(|_| density.draw(rng)).collect();
            // E over draws of 1 / p on a box, p times the box's area: the box counts once.
            let inside = |x: &Point| x[0].abs() < 1.0 && x[1].abs() < 1.0;
            let estimate: f64 = draws.iter().filter(|x| inside(x)).map(|x| libm::exp(-density.log(*x))).sum();
            assert!((estimate / 20_000.0 / 4.0 - 1.0).abs() < 0.2, "{i}: {}", estimate / 20_000.0);
        }
    }
}
