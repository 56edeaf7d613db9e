//! Eigenvalues and eigenvectors of a symmetric matrix: A = Σᵢ λᵢ vᵢ vᵢᵀ.
//!
//! Cyclic Jacobi (1846): rotate each pair of axes so that its entry off the diagonal becomes zero, and go
//! round until all are. An entry counts as zero beside the *two* diagonal entries it joins, not beside the
//! largest: so small eigenvalues of a graded covariance keep all their digits (Demmel and Veselić, 1992).

/// Rounds over all pairs: 5 to 9 are enough at full rank, and 13 where rounding is all that is left of most values.
const MAX_SWEEPS: usize = 40;

/// Eigenvalues in rising order, `[d]`, and their unit vectors row by row, `[d, d]`. `matrix` is `[d, d]`.
pub fn eigen(matrix: &[f64], d: usize) -> (Vec<f64>, Vec<f64>) {
    let mut a = matrix.to_vec();
    let mut vectors = vec![0.0; d * d];
    vectors.iter_mut().step_by(d + 1).for_each(|v| *v = 1.0);
    for _ in 0..MAX_SWEEPS {
        if !sweep(&mut a, &mut vectors, d) {
            break;
        }
    }
    let mut order: Vec<usize> = (0..d).collect();
    order.sort_by(|&i, &j| a[i * d + i].total_cmp(&a[j * d + j]));
    let values = order.iter().map(|&i| a[i * d + i]).collect();
    (values, order.iter().flat_map(|&i| &vectors[i * d..][..d]).copied().collect())
}

/// Rotates every pair of axes once. Was there anything to rotate?
fn sweep(a: &mut [f64], vectors: &mut [f64], d: usize) -> bool {
    let mut rotated = false;
    for p in 0..d {
        for q in p + 1..d {
            let (app, apq, aqq) = (a[p * d + p], a[p * d + q], a[q * d + q]);
            if apq.abs() <= f64::EPSILON * app.abs().sqrt() * aqq.abs().sqrt() {
                continue;
            }
            // The smaller of the two angles that make the entry zero: the other might never settle.
            let cot_2 = (aqq - app) / (2.0 * apq);
            let tan = 1f64.copysign(cot_2) / (cot_2.abs() + (cot_2 * cot_2 + 1.0).sqrt());
            let cos = 1.0 / (tan * tan + 1.0).sqrt();
            rotate(a, d, p, q, cos, tan * cos);
            rotate(vectors, d, p, q, cos, tan * cos);
            for k in 0..d {
                (a[k * d + p], a[k * d + q]) = (a[p * d + k], a[q * d + k]);
            }
            // This way of writing them costs the diagonal no digits.
            (a[p * d + p], a[q * d + q]) = (app - tan * apq, aqq + tan * apq);
            (a[p * d + q], a[q * d + p]) = (0.0, 0.0);
            rotated = true;
        }
    }
    rotated
}

/// Turns row `p` towards row `q` > `p` of the matrix `rows`, `[d, d]`.
fn rotate(rows: &mut [f64], d: usize, p: usize, q: usize, cos: f64, sin: f64) {
    let (head, tail) = rows.split_at_mut(q * d);
    for (x, y) in head[p * d..][..d].iter_mut().zip(&mut tail[..d]) {
        (*x, *y) = (cos * *x - sin * *y, sin * *x + cos * *y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};

    #[test]
    fn two_by_two_by_hand() {
        let (values, vectors) = eigen(&[2.0, 1.0, 1.0, 2.0], 2);
        let expected = [1.0, 3.0].into_iter().chain([1.0, -1.0, 1.0, 1.0].map(|v: f64| v / 2f64.sqrt()));
        for (ours, exact) in values.into_iter().chain(vectors).zip(expected) {
            assert!((ours - exact).abs() < 1e-15, "{ours}, exact {exact}");
        }
        assert_eq!(eigen(&[5.0, 0.0, 0.0, -1.0], 2), (vec![-1.0, 5.0], vec![0.0, 1.0, 1.0, 0.0]));
        assert_eq!(eigen(&[], 0), (vec![], vec![]));
    }

    /// X Xᵀ of noise, full or with fewer columns than rows: A V = V Λ and V Vᵀ = 1.
    #[test]
    fn vectors_are_orthonormal_and_rebuild_the_matrix() {
        for (d, columns) in [(3, 9), (32, 100), (32, 7), (64, 200)] {
            let x = Rng::new(1, Stream::Metric).normals(d * columns);
            let entry = |i: usize| {
                let (row, column) = (&x[i / d * columns..][..columns], &x[i % d * columns..][..columns]);
                row.iter().zip(column).map(|(&a, &b)| a as f64 * b as f64).sum::<f64>()
            };
            let matrix: Vec<f64> = (0..d * d).map(entry).collect();
            let (values, vectors) = eigen(&matrix, d);
            assert!(values.is_sorted());
            for (i, entry) in matrix.iter().enumerate() {
                let (row, column) = (i / d, i % d);
                let rebuilt: f64 = (0..d).map(|k| values[k] * vectors[k * d + row] * vectors[k * d + column]).sum();
                assert!((rebuilt - entry).abs() < 1e-13 * values[d - 1], "{d}: {rebuilt}, not {entry}");
                let product: f64 = (0..d).map(|k| vectors[row * d + k] * vectors[column * d + k]).sum();
                assert!((product - (row == column) as u8 as f64).abs() < 1e-13, "{d}: {product}");
            }
        }
    }

    /// A matrix of Demmel and Veselić. The values are zeros of its characteristic polynomial in Python's whole numbers:
    /// x³ − e₁x² + e₂x − e₃ by Newton's method in fractions. Beside the largest entry, most others would pass for zero.
    #[test]
    fn small_eigenvalues_of_a_graded_matrix_keep_their_digits() {
        let (values, _) = eigen(&[1e40, 1e29, 1e19, 1e29, 1e20, 1e9, 1e19, 1e9, 1.0], 3);
        for (ours, exact) in values.iter().zip([0.981_818_181_818_181_8, 9.9e19, 1e40]) {
            assert!((ours / exact - 1.0).abs() < 1e-14, "{ours}, exact {exact}");
        }
    }

    #[test]
    fn numbers_that_are_not_finite_do_not_hang() {
        assert!(eigen(&[f64::NAN; 9], 3).0.iter().all(|v| v.is_nan()));
        eigen(&[f64::INFINITY; 9], 3);
    }
}
