//! The region that a set of points covers, as precision and recall see it (Kynkäänniemi et al., 2019).
//!
//! Around each point a disc that reaches to its k-th nearest neighbour in the same set; the region is
//! the union of the discs. Dense regions are drawn finely, sparse ones coarsely, and there is no bandwidth
//! to choose. A lone stray point has a large disc: the measure's known weakness.

use crate::data::points::Point;
use genlab_kernel::{is_covered, keep_nearest};

/// Neighbours, as the paper advises.
pub const K: usize = 3;

/// Points of each side; the cost is their product.
pub(super) const N: usize = 1_000;

/// A union of discs.
pub struct Manifold {
    points: Vec<Point>,
    squared_radii: Vec<f64>,
}

impl Manifold {
    /// None where a point lacks a `k`-th neighbour, that is for `k` points or fewer, or for `k` = 0.
    pub fn new(points: &[Point], k: usize) -> Option<Self> {
        if k == 0 || points.len() <= k {
            return None;
        }
        let mut nearest = vec![0.0; k];
        let mut squared_radius = |i: usize| {
            nearest.fill(f64::INFINITY);
            keep_nearest(&points[i], &points[..i], &mut nearest);
            keep_nearest(&points[i], &points[i + 1..], &mut nearest);
            nearest[k - 1]
        };
        let squared_radii = (0..points.len()).map(&mut squared_radius).collect();
        Some(Self { points: points.to_vec(), squared_radii })
    }

    /// Share of `points` inside the region, in [0, 1]. NaN without points.
    pub fn share(&self, points: &[Point]) -> f64 {
        let contains = |point: &&Point| is_covered(point, &self.points, &self.squared_radii);
        points.iter().filter(contains).count() as f64 / points.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discs_by_hand() {
        let line = [[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]];
        let manifold = Manifold::new(&line, 1).unwrap();
        assert_eq!(manifold.squared_radii, [1.0, 1.0, 4.0]);
        assert_eq!(manifold.share(&[[-1.0, 0.0], [-1.1, 0.0], [5.0, 0.0], [3.0, 2.1]]), 0.5);
        assert_eq!(Manifold::new(&line, 2).unwrap().squared_radii, [9.0, 4.0, 9.0]);
        assert!(Manifold::new(&line, 3).is_none() && Manifold::new(&line, 0).is_none());
    }
}
