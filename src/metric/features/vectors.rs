//! Precision and recall for rows of any dimension (Kynkäänniemi et al., 2019), and the row nearest to another.
//!
//! Around each row of a set a ball that reaches to its k-th nearest neighbour in the same set (k = 3 in the paper);
//! the region is the union of the balls. Precision is the share of generated rows in the real rows' region, recall
//! the share of real rows in the generated rows'. Distances are summed in f32: at a million pairs a reading
//! that is what costs.

use genlab_kernel::keep_smallest;

/// A union of balls.
pub struct Region {
    rows: Vec<f32>,
    squared_radii: Vec<f64>,
    d: usize,
}

impl Region {
    /// None where a row of `rows`, `[n, d]`, lacks a `k`-th neighbour, that is for `k` rows or fewer, or for `k` = 0;
    /// for numbers that do not fill whole rows; or where any is not finite.
    pub fn new(rows: &[f32], d: usize, k: usize) -> Option<Self> {
        let whole = d > 0 && rows.len().is_multiple_of(d);
        if !whole || k == 0 || rows.len() / d <= k || !rows.iter().all(|v| v.is_finite()) {
            return None;
        }
        Some(Self { rows: rows.to_vec(), squared_radii: squared_radii(rows, d, k), d })
    }

    /// Share of `rows`, `[n, d]`, inside the region, in [0, 1]. NaN without rows.
    pub fn share(&self, rows: &[f32]) -> f64 {
        let rows = rows.chunks_exact(self.d);
        let n = rows.len() as f64;
        rows.filter(|row| self.contains(row)).count() as f64 / n
    }

    fn contains(&self, row: &[f32]) -> bool {
        let mut balls = self.rows.chunks_exact(self.d).zip(&self.squared_radii);
        balls.any(|(center, &squared_radius)| squared_distance(row, center) <= squared_radius)
    }
}

/// Index of the row of `rows`, `[n, d]`, nearest to `to`, and the Euclidean distance. None where no row is at a finite
/// distance, as without rows, or where `to` has not `d` numbers.
pub fn nearest(rows: &[f32], d: usize, to: &[f32]) -> Option<(usize, f64)> {
    if d == 0 || to.len() != d {
        return None;
    }
    let distances = rows.chunks_exact(d).map(|row| squared_distance(row, to)).enumerate();
    let (index, squared) = distances.filter(|(_, squared)| squared.is_finite()).min_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((index, squared.sqrt()))
}

/// Each row's squared distance to its `k`-th nearest other row. Every pair is looked at once, for both.
fn squared_radii(rows: &[f32], d: usize, k: usize) -> Vec<f64> {
    // A distance too long for f32 must not make a ball of all space.
    let mut smallest = vec![f32::MAX as f64; rows.len() / d * k];
    for (i, row) in rows.chunks_exact(d).enumerate() {
        for (j, other) in rows.chunks_exact(d).enumerate().take(i) {
            let squared = squared_distance(row, other);
            keep_smallest(&mut smallest[i * k..][..k], squared);
            keep_smallest(&mut smallest[j * k..][..k], squared);
        }
    }
    smallest.chunks_exact(k).map(|smallest| smallest[k - 1]).collect()
}

fn squared_distance(a: &[f32], b: &[f32]) -> f64 {
    genlab_kernel::squared_distance(a, b) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    fn noise(seed: u64, n: usize, d: usize) -> Vec<f32> {
        Rng::new(seed, Stream::Metric).normals(n * d)
    }

    #[test]
    fn balls_by_hand() {
        let line = [0.0, 0.0, 1.0, 0.0, 3.0, 0.0];
        let region = Region::new(&line, 2, 1).unwrap();
        assert_eq!(region.squared_radii, [1.0, 1.0, 4.0]);
        assert_eq!(region.share(&[-1.0, 0.0, -1.1, 0.0, 5.0, 0.0, 3.0, 2.1]), 0.5);
        assert_eq!(Region::new(&line, 2, 2).unwrap().squared_radii, [9.0, 4.0, 9.0]);
        assert!(region.share(&[]).is_nan());
    }

    /// Every length of row, so that no number is left out of a sum: the distance of (0, …) from (1, 2, …, d).
    #[test]
    fn distances_count_every_number() {
        for d in 1..=40 {
            let row: Vec<f32> = (1..=d).map(|k| k as f32).collect();
            let sum_of_squares = (d * (d + 1) * (2 * d + 1) / 6) as f64;
            assert_eq!(nearest(&row, d, &vec![0.0; d]), Some((0, sum_of_squares.sqrt())), "{d}");
        }
    }

    #[test]
    fn the_nearest_row_by_hand() {
        let rows = [0.0, 0.0, 3.0, 4.0, 6.0, 8.0];
        assert_eq!(nearest(&rows, 2, &[3.0, 3.0]), Some((1, 1.0)));
        assert_eq!(nearest(&rows, 2, &[-3.0, -4.0]), Some((0, 5.0)));
        assert_eq!(nearest(&rows, 2, &[1.5, 2.0]).unwrap().0, 0, "the first of two as near");
        assert_eq!(nearest(&[f32::NAN, 0.0, 3.0, 4.0], 2, &[0.0, 0.0]), Some((1, 5.0)));
    }

    /// A set covers itself; moved far away it covers nothing; whole numbers keep distances exact under a move.
    #[test]
    fn laws() {
        for d in [1, 7, 32] {
            let rows: Vec<f32> = noise(1, 80, d).iter().map(|v| (64.0 * v).round()).collect();
            let others: Vec<f32> = noise(2, 60, d).iter().map(|v| (64.0 * v).round()).collect();
            let moved = |rows: &[f32], by: f32| rows.iter().map(|v| v + by).collect::<Vec<_>>();
            let region = Region::new(&rows, d, 3).unwrap();
            let share = region.share(&others);
            assert!(share > 0.0 && share < 1.0, "{d}: {share}");
            assert_eq!((region.share(&rows), region.share(&moved(&rows, 9000.0))), (1.0, 0.0), "{d}");
            assert_eq!(Region::new(&moved(&rows, 50.0), d, 3).unwrap().share(&moved(&others, 50.0)), share, "{d}");
            let wider = Region::new(&rows, d, 5).unwrap().share(&others);
            assert!(wider >= share, "{d}: {wider} at k = 5, {share} at k = 3");
        }
    }

    #[test]
    fn bad_rows_have_no_region_and_are_in_none() {
        let line = [0.0, 1.0, 3.0, 4.0];
        for (rows, d, k) in [(&line[..], 1, 4), (&line, 1, 0), (&line, 0, 1), (&line, 3, 1), (&[], 1, 1)] {
            assert!(Region::new(rows, d, k).is_none(), "{d} {k}");
        }
        assert!(Region::new(&[0.0, 1.0, f32::NAN, 2.0], 1, 1).is_none());
        assert!(Region::new(&[0.0, 1.0, f32::INFINITY, 2.0], 1, 1).is_none());
        let region = Region::new(&line, 1, 1).unwrap();
        assert_eq!(region.share(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 2.0]), 0.25);
        // Squares of these do not fit f32: each is in its own ball, and nothing else is.
        let far = [-3e38, -1e38, 1e38, 3e38];
        let region = Region::new(&far, 1, 3).unwrap();
        assert_eq!((region.share(&far), region.share(&[0.0])), (1.0, 0.0));
        assert!(nearest(&far, 1, &[0.0]).is_none());
        assert!(nearest(&line, 2, &[0.0]).is_none() && nearest(&[], 1, &[0.0]).is_none());
        assert!(nearest(&line, 1, &[f32::NAN]).is_none() && nearest(&line, 0, &[]).is_none());
    }
}
