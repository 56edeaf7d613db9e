//! The reader's own points, as `table` read them. They are the data: rows are drawn with replacement, as they are.

use super::mixture::kernel_mean;
use super::table::Table;
use super::{Axis, Card, Distribution, Point};
use crate::card::text;
use crate::rng::Rng;

/// At least one point, in standardised coordinates.
pub struct Own {
    points: Vec<Point>,
    half_width: f64,
    axes: Option<[Axis; 2]>,
}

impl From<Table> for Own {
    fn from(table: Table) -> Self {
        Self { half_width: half_width(&table.points), points: table.points, axes: Some(table.axes) }
    }
}

impl Distribution for Own {
    fn card(&self) -> Card {
        Card { id: "own", label: text("Your own points", "自己的点"), formula: "", reference: "" }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        self.points[rng.below(self.points.len())]
    }

    fn half_width(&self) -> f64 {
        self.half_width
    }

    fn axes(&self) -> Option<[Axis; 2]> {
        self.axes.clone()
    }

    /// The mean of one gaussian a point; without blur the points are spikes and have no density. Time: n kernels.
    fn density(&self, x: Point, blur: f64) -> Option<f64> {
        (blur > 0.0).then(|| kernel_mean(&self.points, blur, x))
    }
}

/// Room for 99.9 % of all coordinates and a quarter more, but at least 1: far outliers do not shrink the rest.
fn half_width(points: &[Point]) -> f64 {
    let mut sizes: Vec<f64> = points.iter().flatten().map(|v| v.abs()).collect();
    sizes.sort_unstable_by(f64::total_cmp);
    let most = sizes[(sizes.len() * 999).div_ceil(1000) - 1];
    (1.25 * most).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points::table::read;
    use crate::rng::Stream;

    /// python: import numpy as np; from scipy.stats import multivariate_normal as N
    ///         p = np.array([[0, 0], [1, 10], [5, 20.]]); p = (p - p.mean(0))/p.std(0, ddof=1)
    ///         print(np.mean([N.pdf((.2, -.3), m, .16) for m in p]))
    #[test]
    fn density_is_the_mean_of_kernels() {
        let own = Own::from(read("0,0\n1,10\n5,20").unwrap());
        let density = own.density([0.2, -0.3], 0.4).unwrap();
        assert!((density / 0.0923563024435104 - 1.0).abs() < 1e-13, "{density}");
        assert_eq!(own.density([0.2, -0.3], 0.0), None);
    }

    #[test]
    fn draws_are_the_rows_and_reach_them_all() {
        let own = Own::from(read("0,0\n1,10\n5,20").unwrap());
        let mut drawn = [0; 3];
        let mut rng = Rng::new(4, Stream::RealForD);
        for _ in 0..300 {
            let point = own.draw(&mut rng);
            drawn[own.points.iter().position(|p| *p == point).unwrap()] += 1;
        }
        assert!(drawn.iter().all(|&n| n > 60), "{drawn:?}");
    }

    #[test]
    fn the_frame_holds_all_but_far_outliers() {
        assert_eq!(half_width(&[[0.5, -0.2], [0.0, 0.1]]), 1.0);
        assert_eq!(half_width(&[[-2.0, 1.0]]), 2.5);
        let mut points = vec![[2.0, 2.0]; 999];
        points.push([40.0, 40.0]);
        assert_eq!(half_width(&points), 2.5);
    }
}
