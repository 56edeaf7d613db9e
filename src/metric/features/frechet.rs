//! Fréchet distance between gaussians (Dowson and Landau, 1982), which between an image network's features is
//! the FID (Heusel et al., 2017).
//!
//! |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½), in squared units of the features: the squared 2-Wasserstein
//! distance between N(μ₁, Σ₁) and N(μ₂, Σ₂). Only means and covariances are compared. It is the square that is
//! reported, as everywhere, and few rows make it too large: compare with the floor at the same number of rows.
//! Values say nothing beside those of another network's features.

use super::symmetric::eigen;

/// The gaussian with the mean and the covariance of a set of rows.
pub struct Gaussian {
    mean: Vec<f64>,
    /// `[d, d]`
    covariance: Vec<f64>,
    d: usize,
}

impl Gaussian {
    /// Fits `rows`, `[n, d]`, with the unbiased covariance (n − 1). None for fewer than two rows, for numbers that
    /// do not fill whole rows, or where any is not finite.
    pub fn fit(rows: &[f32], d: usize) -> Option<Self> {
        let whole = d > 0 && rows.len().is_multiple_of(d);
        if !whole || rows.len() < 2 * d || !rows.iter().all(|v| v.is_finite()) {
            return None;
        }
        let n = (rows.len() / d) as f64;
        let mut mean = vec![0.0; d];
        for row in rows.chunks_exact(d) {
            mean.iter_mut().zip(row).for_each(|(mean, &v)| *mean += v as f64 / n);
        }
        Some(Self { covariance: covariance(rows, &mean), mean, d })
    }

    /// Σ = Lᵀ L: the rows of L are √λᵢ vᵢ, `[rank, d]`. Eigenvalues below rounding, negative ones with them, are zero.
    fn root(&self) -> Vec<f64> {
        let (values, vectors) = eigen(&self.covariance, self.d);
        let rounding = self.d as f64 * f64::EPSILON * values[self.d - 1];
        let terms = values.iter().zip(vectors.chunks_exact(self.d)).filter(|(value, _)| **value > rounding.max(0.0));
        terms.flat_map(|(value, vector)| vector.iter().map(|v| value.sqrt() * v)).collect()
    }

    fn trace(&self) -> f64 {
        self.covariance.iter().step_by(self.d + 1).sum()
    }
}

/// The distance's square, never negative. NaN between gaussians of different dimensions.
pub fn frechet(a: &Gaussian, b: &Gaussian) -> f64 {
    if a.d != b.d {
        return f64::NAN;
    }
    let shift: f64 = a.mean.iter().zip(&b.mean).map(|(a, b)| (a - b) * (a - b)).sum();
    let distance = shift + a.trace() + b.trace() - 2.0 * trace_of_root(a, b);
    if distance < 0.0 { 0.0 } else { distance }
}

/// tr (Σ₁^½ Σ₂ Σ₁^½)^½ = Σᵢ √λᵢ(L₁ Σ₂ L₁ᵀ), or the same with the sides exchanged. The side of lower rank gives L: an
/// eigenvalue that ought to be zero would come out as rounding, and its root counts.
fn trace_of_root(a: &Gaussian, b: &Gaussian) -> f64 {
    let (a_root, b_root) = (a.root(), b.root());
    let (root, covariance) =
        if a_root.len() <= b_root.len() { (a_root, &b.covariance) } else { (b_root, &a.covariance) };
    let rank = root.len() / a.d;
    let half = times_transposed(&root, covariance, a.d);
    let (values, _) = eigen(&times_transposed(&half, &root, a.d), rank);
    values.iter().map(|value| value.max(0.0).sqrt()).sum()
}

/// X Yᵀ of rows of length `d`: every row of X with every row of Y.
fn times_transposed(x: &[f64], y: &[f64], d: usize) -> Vec<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    x.chunks_exact(d).flat_map(|a| y.chunks_exact(d).map(move |b| dot(a, b))).collect()
}

/// Σ (x − μ)(x − μ)ᵀ / (n − 1): half of it, then its mirror image.
fn covariance(rows: &[f32], mean: &[f64]) -> Vec<f64> {
    let d = mean.len();
    let mut sums = vec![0.0; d * d];
    let mut centred = vec![0.0; d];
    for row in rows.chunks_exact(d) {
        centred.iter_mut().zip(row).zip(mean).for_each(|((c, &v), mean)| *c = v as f64 - mean);
        for (i, &c) in centred.iter().enumerate() {
            sums[i * d + i..][..d - i].iter_mut().zip(&centred[i..]).for_each(|(sum, v)| *sum += c * v);
        }
    }
    let n = (rows.len() / d) as f64;
    let entry = |i: usize| sums[(i / d).min(i % d) * d + (i / d).max(i % d)] / (n - 1.0);
    (0..d * d).map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    fn gaussian(mean: &[f64], covariance: &[f64]) -> Gaussian {
        Gaussian { mean: mean.to_vec(), covariance: covariance.to_vec(), d: mean.len() }
    }

    /// `n` rows of noise, mixed so that their columns are correlated and of unequal size.
    fn rows(seed: u64, n: usize, d: usize) -> Vec<f32> {
        let mut rows = Rng::new(seed, Stream::Metric).normals(n * d);
        for row in rows.chunks_exact_mut(d) {
            (1..d).for_each(|k| row[k] = row[k] / k as f32 + 0.5 * row[k - 1]);
        }
        rows
    }

    fn fit(rows: &[f32], d: usize) -> Gaussian {
        Gaussian::fit(rows, d).unwrap()
    }

    #[track_caller]
    fn close(ours: f64, exact: f64, tolerance: f64) {
        assert!((ours - exact).abs() <= tolerance, "{ours}, expected {exact}");
    }

    /// python: import numpy as np; from scipy.linalg import sqrtm; a = np.array([[2, .5], [.5, 1]]); b = np.array([[1, -.3], [-.3, 3]])
    /// python: print(5 + np.trace(a + b - 2 * sqrtm(a @ b))) = 5.929311854967773
    #[test]
    fn known_values() {
        let [round, wide] =
            [gaussian(&[0.0, 0.0], &[1.0, 0.0, 0.0, 1.0]), gaussian(&[3.0, 4.0], &[4.0, 0.0, 0.0, 4.0])];
        close(frechet(&round, &wide), 27.0, 1e-13);
        let [a, b] = [gaussian(&[0.0, 0.0], &[2.0, 0.5, 0.5, 1.0]), gaussian(&[1.0, 2.0], &[1.0, -0.3, -0.3, 3.0])];
        close(frechet(&a, &b), 5.929_311_854_967_773, 1e-13);
        // On one axis: (μ₁ − μ₂)² + (σ₁ − σ₂)².
        close(frechet(&gaussian(&[1.0], &[9.0]), &gaussian(&[3.0], &[0.25])), 4.0 + 6.25, 1e-14);
    }

    #[test]
    fn moments_by_hand() {
        let fitted = fit(&[0.0, 0.0, 2.0, 2.0, 4.0, 1.0], 2);
        assert_eq!((&fitted.mean[..], &fitted.covariance[..]), (&[2.0, 1.0][..], &[4.0, 1.0, 1.0, 1.0][..]));
    }

    /// A large common offset must not drown the covariance.
    #[test]
    fn covariance_survives_a_large_mean() {
        let fitted = fit(&[1e6, 1e6 + 1.0, 1e6 + 2.0], 1);
        assert_eq!(fitted.covariance, [1.0]);
    }

    #[test]
    fn equal_sets_are_at_zero_and_the_order_of_two_does_not_matter() {
        for (n, d) in [(500, 5), (100, 32), (20, 32), (2, 32)] {
            let [a, b] = [1, 2].map(|seed| fit(&rows(seed, n, d), d));
            close(frechet(&a, &a), 0.0, 1e-13 * a.trace());
            let value = frechet(&a, &b);
            close(frechet(&b, &a), value, 1e-12 * value);
            assert!(value > 0.0);
        }
    }

    /// A shift of one side adds the change of |μ₁ − μ₂|², whatever the covariances are.
    #[test]
    fn a_shift_adds_its_square() {
        let (a, mut b) = (fit(&rows(1, 90, 6), 6), fit(&rows(2, 70, 6), 6));
        b.mean.clone_from(&a.mean);
        let unshifted = frechet(&a, &b);
        b.mean.iter_mut().zip([3.0, 0.0, -4.0, 0.0, 0.0, 12.0]).for_each(|(mean, by)| *mean += by);
        close(frechet(&a, &b), unshifted + 169.0, 1e-11);
    }

    /// Both sides turned alike, one plane after another by the angle of a 3-4-5 triangle.
    #[test]
    fn a_rotation_changes_nothing() {
        let d = 8;
        let turn = |mut rows: Vec<f32>| {
            for row in rows.chunks_exact_mut(d) {
                for k in 0..d {
                    let (x, y) = (row[k], row[(k + 3) % d]);
                    (row[k], row[(k + 3) % d]) = (0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y);
                }
            }
            rows
        };
        let [a, b] = [rows(1, 60, d), rows(2, 40, d)];
        let plain = frechet(&fit(&a, d), &fit(&b, d));
        let turned = frechet(&fit(&turn(a), d), &fit(&turn(b), d));
        close(turned, plain, 1e-6 * plain); // the turned rows are rounded to f32
    }

    /// Fewer rows than columns, dead columns, one point repeated: what a collapsed generator sends.
    #[test]
    fn covariances_without_full_rank_are_fine() {
        let d = 32;
        let full = fit(&rows(1, 200, d), d);
        let mut dead = rows(2, 200, d);
        dead.iter_mut().step_by(2).for_each(|v| *v = 0.0);
        let point = fit(&[0.25; 64], d);
        for poor in [fit(&dead, d), fit(&rows(3, 4, d), d)] {
            let value = frechet(&full, &poor);
            assert!(value.is_finite() && value > 0.0);
            close(frechet(&poor, &full), value, 1e-12 * value);
            close(frechet(&poor, &poor), 0.0, 1e-13 * poor.trace());
        }
        // Against a single point there is nothing to match: all variance counts.
        let shift: f64 = full.mean.iter().map(|mean| (mean - 0.25).powi(2)).sum();
        close(frechet(&full, &point), shift + full.trace(), 1e-12 * full.trace());
        assert_eq!(frechet(&point, &point), 0.0);
    }

    #[test]
    fn bad_rows_have_no_gaussian_and_large_ones_have() {
        for (bad, d) in [(&[1.0, 2.0][..], 2), (&[1.0, 2.0, 3.0], 2), (&[], 2), (&[1.0; 4], 0), (&[], 0)] {
            assert!(Gaussian::fit(bad, d).is_none(), "{bad:?}");
        }
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(Gaussian::fit(&[0.0, 1.0, bad, 3.0], 2).is_none());
        }
        assert!(frechet(&fit(&[0.0; 4], 2), &fit(&[0.0; 6], 3)).is_nan());
        let large = fit(&[f32::MAX, f32::MIN, f32::MIN, f32::MAX, 0.0, f32::MAX], 2);
        close(frechet(&large, &large), 0.0, 1e-13 * large.trace());
        let tiny = fit(&[1e-44, 0.0, 0.0, 1e-44, 3e-45, 0.0], 2);
        close(frechet(&tiny, &tiny), 0.0, 1e-13 * tiny.trace());
    }
}
