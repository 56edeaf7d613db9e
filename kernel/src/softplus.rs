//! softplus(x) = ln(1 + eˣ) and its slope, the logistic σ(x).

use crate::exp::exp_of;

/// Coefficients of atanh(s) / s in s², the last first; s ≤ ⅓ here.
const ATANH: [f32; 8] = [1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0, 1.0 / 9.0, 1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0, 1.0];

/// ln(1 + t) for 0 ≤ t ≤ 1, as 2 atanh(t / (2 + t)).
#[inline(always)]
fn ln_1p(t: f32) -> f32 {
    let s = t / (2.0 + t);
    let (mut sum, square) = (0.0, s * s);
    for coefficient in ATANH {
        sum = sum * square + coefficient;
    }
    2.0 * s * sum
}

/// σ(x) from e = e^−|x|.
#[inline(always)]
fn logistic(x: f32, e: f32) -> f32 {
    let numerator = if x >= 0.0 { 1.0 } else { e };
    numerator / (1.0 + e)
}

/// softplus(x) into `y` and σ(x) into `slope`, both within 4 ulp: max(x, 0) + ln(1 + e^−|x|) neither overflows nor
/// cancels. Below −87.3 both are 0. All slices are of one length.
pub fn softplus(x: &[f32], y: &mut [f32], slope: &mut [f32]) {
    for ((x, y), slope) in x.iter().zip(y).zip(slope) {
        (*y, *slope) = softplus_of(*x);
    }
}

/// (softplus(x), σ(x))
#[inline(always)]
pub(crate) fn softplus_of(x: f32) -> (f32, f32) {
    let e = exp_of(-x.abs());
    (if x > 0.0 { x } else { 0.0 } + ln_1p(e), logistic(x, e))
}

/// σ(x) = 1 / (1 + e⁻ˣ) in place, within 4 ulp.
pub fn sigmoid(x: &mut [f32]) {
    for x in x {
        *x = logistic(*x, exp_of(-x.abs()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ulp::ulps;

    #[test]
    fn both_are_right_to_4_ulp_over_the_whole_range() {
        let x: Vec<f32> =
            (0..2_000_000).map(|i| -87.0 + 187.0 * (i as f32 / 2e6)).chain([0.0, 1e-20, -1e-20]).collect();
        let (mut y, mut slope, mut lone) = (vec![0.0; x.len()], vec![0.0; x.len()], x.clone());
        softplus(&x, &mut y, &mut slope);
        sigmoid(&mut lone);
        assert_eq!(slope, lone);
        for ((x, y), slope) in x.iter().zip(y).zip(slope) {
            let x = f64::from(*x);
            let expected = x.max(0.0) + (-x.abs()).exp().ln_1p();
            assert!(ulps(y, expected) <= 4.0, "softplus({x}) = {y}, not {expected}");
            let expected = if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) };
            assert!(ulps(slope, expected) <= 4.0, "σ({x}) = {slope}, not {expected}");
        }
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        let x = [f32::NEG_INFINITY, f32::INFINITY, f32::NAN, f32::MAX, f32::MIN];
        let (mut y, mut slope) = ([0.0; 5], [0.0; 5]);
        softplus(&x, &mut y, &mut slope);
        assert_eq!((y[0], y[1], y[3], y[4]), (0.0, f32::INFINITY, f32::MAX, 0.0));
        assert_eq!((slope[0], slope[1], slope[3], slope[4]), (0.0, 1.0, 1.0, 0.0));
        assert!(y[2].is_nan() && slope[2].is_nan());
    }
}
