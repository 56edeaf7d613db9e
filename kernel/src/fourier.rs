//! Fourier features: a point x becomes [x, sin(B x), cos(B x)] (Tancik et al., 2020), and what that does to gradients.
//!
//! Rows are points `[d]`, features `[d + 2 m]`; `frequencies` B is `[d, m]`, radians per unit of x.

/// π / 2 in three parts, the first two short enough that k times them is exact (Cody and Waite, 1980).
const HALF_PI: [f32; 3] = [1.570_312_5, 4.837_513e-4, 7.549_79e-8];
/// Coefficients of (sin r − r) / r³ in r², the last first, and of (cos r − 1 + ½ r²) / r⁴ (Moshier's Cephes, 1989).
const SIN: [f32; 3] = [-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1];
const COS: [f32; 3] = [2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2];
/// Adding and taking away 1.5 · 2²³ rounds to the nearest integer.
const ROUND: f32 = 12_582_912.0;

/// (sin x, cos x), both within 2 · 10⁻⁷ for |x| < 8,000.
#[inline(always)]
fn sin_cos(x: f32) -> (f32, f32) {
    let rounded = x * std::f32::consts::FRAC_2_PI + ROUND;
    let k = rounded - ROUND;
    let r = x - k * HALF_PI[0] - k * HALF_PI[1] - k * HALF_PI[2];
    let square = r * r;
    let of = |c: [f32; 3]| (c[0] * square + c[1]) * square + c[2];
    let sin = (r + r * square * of(SIN)).to_bits();
    let cos = (1.0 - 0.5 * square + square * square * of(COS)).to_bits();
    let k = rounded.to_bits();
    let swap = (cos ^ sin) & (k & 1).wrapping_neg();
    (f32::from_bits(sin ^ swap ^ (k & 2) << 30), f32::from_bits(cos ^ swap ^ ((k + 1) & 2) << 30))
}

/// The rows of B `[D, m]`, one for each number of a point.
fn rows_of<const D: usize>(frequencies: &[f32]) -> [&[f32]; D] {
    let m = frequencies.len() / D;
    std::array::from_fn(|k| &frequencies[k * m..][..m])
}

/// B x, `[m]`.
#[inline(always)]
fn angles<const D: usize>(x: &[f32; D], b: &[&[f32]; D], angles: &mut [f32]) {
    for (angle, b) in angles.iter_mut().zip(b[0]) {
        *angle = x[0] * b;
    }
    for (x, b) in x.iter().zip(b).skip(1) {
        for (angle, b) in angles.iter_mut().zip(*b) {
            *angle += x * b;
        }
    }
}

/// Points `[n, d]` → features `[n, d + 2 m]`, d being 1 or 2.
pub fn fourier(d: usize, x: &[f32], frequencies: &[f32], features: &mut [f32]) {
    match d {
        1 => features_of::<1>(x, frequencies, features),
        2 => features_of::<2>(x, frequencies, features),
        _ => unreachable!("points of {d} numbers have no Fourier features"),
    }
}

fn features_of<const D: usize>(x: &[f32], frequencies: &[f32], features: &mut [f32]) {
    let b = rows_of::<D>(frequencies);
    let m = b[0].len();
    for (x, row) in x.as_chunks::<D>().0.iter().zip(features.chunks_exact_mut(D + 2 * m)) {
        row[..D].copy_from_slice(x);
        let (sin, cos) = row[D..].split_at_mut(m);
        angles(x, &b, cos);
        for (sin, cos) in sin.iter_mut().zip(cos) {
            (*sin, *cos) = sin_cos(*cos);
        }
    }
}

/// The gradient in x `[n, d]` of what has the gradient `gradient` in the features: g + (g_sin ⊙ cos − g_cos ⊙ sin) Bᵀ.
pub fn fourier_pull_back(d: usize, features: &[f32], gradient: &[f32], frequencies: &[f32], in_x: &mut [f32]) {
    match d {
        1 => pull_back::<1>(features, gradient, frequencies, in_x),
        2 => pull_back::<2>(features, gradient, frequencies, in_x),
        _ => unreachable!("points of {d} numbers have no Fourier features"),
    }
}

fn pull_back<const D: usize>(features: &[f32], gradient: &[f32], frequencies: &[f32], in_x: &mut [f32]) {
    let b = rows_of::<D>(frequencies);
    let m = b[0].len();
    let rows = features.chunks_exact(D + 2 * m).zip(gradient.chunks_exact(D + 2 * m));
    for ((row, g), in_x) in rows.zip(in_x.as_chunks_mut::<D>().0) {
        let ((sin, cos), (g_sin, g_cos)) = (row[D..].split_at(m), g[D..].split_at(m));
        let mut sums: [f32; D] = std::array::from_fn(|k| g[k]);
        for j in 0..m {
            let angular = g_sin[j] * cos[j] - g_cos[j] * sin[j];
            for (sum, b) in sums.iter_mut().zip(&b) {
                *sum += angular * b[j];
            }
        }
        *in_x = sums;
    }
}

/// The transpose of [`fourier_pull_back`]: how the features change, `[n, d + 2 m]`, when x changes by `dx` `[n, d]`.
pub fn fourier_push(d: usize, features: &[f32], dx: &[f32], frequencies: &[f32], change: &mut [f32]) {
    match d {
        1 => push::<1>(features, dx, frequencies, change),
        2 => push::<2>(features, dx, frequencies, change),
        _ => unreachable!("points of {d} numbers have no Fourier features"),
    }
}

fn push<const D: usize>(features: &[f32], dx: &[f32], frequencies: &[f32], change: &mut [f32]) {
    let b = rows_of::<D>(frequencies);
    let m = b[0].len();
    let rows = features.chunks_exact(D + 2 * m).zip(change.chunks_exact_mut(D + 2 * m));
    for ((row, change), dx) in rows.zip(dx.as_chunks::<D>().0) {
        change[..D].copy_from_slice(dx);
        let ((sin, cos), (d_sin, d_cos)) = (row[D..].split_at(m), change[D..].split_at_mut(m));
        angles(dx, &b, d_sin);
        for ((d_sin, d_cos), (sin, cos)) in d_sin.iter_mut().zip(d_cos).zip(sin.iter().zip(cos)) {
            (*d_sin, *d_cos) = (*d_sin * cos, -*d_sin * sin);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_and_cosines_are_right_to_7_digits() {
        for i in 0..400_000 {
            let x = 8_000.0 * (i as f32 / 2e5 - 1.0);
            let (sin, cos) = sin_cos(x);
            let (expected_sin, expected_cos) = f64::from(x).sin_cos();
            assert!((f64::from(sin) - expected_sin).abs() < 2e-7, "sin {x} = {sin}");
            assert!((f64::from(cos) - expected_cos).abs() < 2e-7, "cos {x} = {cos}");
        }
    }

    const B: [f32; 6] = [0.3, -2.0, 1.1, 0.9, 0.4, -0.7];
    const X: [f32; 4] = [0.5, -1.5, 2.0, 0.1];

    fn features<const D: usize>(x: &[f32]) -> Vec<f32> {
        let mut features = vec![0.0; x.len() / D * (D + 2 * (B.len() / D))];
        fourier(D, x, &B, &mut features);
        features
    }

    fn are_finite_differences<const D: usize>() {
        let values = features::<D>(&X);
        let weights: Vec<f32> = (0..values.len()).map(|i| (i as f32).cos()).collect();
        let (dx, mut in_x, mut change) = ([0.2, -0.3, 0.5, 1.0], [0.0; 4], vec![0.0; values.len()]);
        fourier_pull_back(D, &values, &weights, &B, &mut in_x);
        fourier_push(D, &values, &dx, &B, &mut change);
        let along = |dx: [f32; 4], h: f32| features::<D>(&std::array::from_fn::<f32, 4, _>(|i| X[i] + h * dx[i]));
        let slope = |dx: [f32; 4]| -> Vec<f32> {
            along(dx, 1e-2).iter().zip(along(dx, -1e-2)).map(|(a, b)| (a - b) / 2e-2).collect()
        };
        for (found, expected) in change.iter().zip(slope(dx)) {
            assert!((found - expected).abs() < 1e-3, "{found} against {expected}");
        }
        for (i, found) in in_x.iter().enumerate() {
            let unit = std::array::from_fn(|j| f32::from(u8::from(i == j)));
            let expected: f32 = slope(unit).iter().zip(&weights).map(|(a, b)| a * b).sum();
            assert!((found - expected).abs() < 2e-3, "{found} against {expected}");
        }
    }

    #[test]
    fn what_is_pulled_back_and_pushed_are_finite_differences() {
        are_finite_differences::<1>();
        are_finite_differences::<2>();
    }
}
