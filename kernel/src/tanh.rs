//! The hyperbolic tangent.

use crate::exp::{exp_m1_near_0, split};

/// From here on tanh is 1 in f32.
const SATURATED: f32 = 9.1;

/// tanh(x) in place, within 3 ulp.
///
/// tanh |x| = −m / (2 + m) with m = e^−2|x| − 1, as fdlibm has it (Sun, 1993). With e^−2|x| = 2ⁿ eʳ, m is
/// 2ⁿ (eʳ − 1) + (2ⁿ − 1): for small x, n is 0 and m is eʳ − 1, which nothing cancels in.
pub fn tanh(x: &mut [f32]) {
    for x in x {
        *x = tanh_of(*x);
    }
}

/// tanh(x / 2) = 2 σ(x) − 1 into `y`, within 3 ulp. Both slices are of one length.
pub fn tanh_of_half(x: &[f32], y: &mut [f32]) {
    for (x, y) in x.iter().zip(y) {
        *y = tanh_of(0.5 * x);
    }
}

/// The gradient in x, put in the place of that in y = tanh(x / 2): times ½ (1 − y²).
pub fn tanh_of_half_backward(y: &[f32], gradient: &mut [f32]) {
    for (y, gradient) in y.iter().zip(gradient) {
        *gradient *= 0.5 * (1.0 - y * y);
    }
}

#[inline(always)]
fn tanh_of(x: f32) -> f32 {
    let magnitude = if x.abs() > SATURATED { SATURATED } else { x.abs() }; // NaN stays
    let (exponent, r) = split(-2.0 * magnitude);
    let power = f32::from_bits(1f32.to_bits().wrapping_add(exponent)); // 2ⁿ
    let m = power * exp_m1_near_0(r) + (power - 1.0);
    (-m / (2.0 + m)).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ulp::{floats, ulps};

    #[test]
    fn it_is_the_tangent_over_the_whole_range() {
        let x: Vec<f32> = (0..2_000_000).map(|i| 10.0 * (i as f32 / 1e6 - 1.0)).chain(floats()).collect();
        let mut y = x.clone();
        tanh(&mut y);
        let mut worst = 0.0f64;
        for (x, y) in x.into_iter().zip(y) {
            assert_eq!(y.is_nan(), x.is_nan());
            if !x.is_nan() {
                assert!(y.abs() <= 1.0 && y.is_sign_negative() == x.is_sign_negative(), "{x}");
                worst = worst.max(ulps(y, f64::from(x).tanh()));
            }
        }
        assert!(worst <= 3.0, "{worst} ulp");
    }

    #[test]
    fn half_of_it_is_the_logistic_stretched() {
        let x: Vec<f32> = (-400..400).map(|i| 0.05 * i as f32).collect();
        let (mut y, mut gradient) = (x.clone(), vec![3.0; x.len()]);
        tanh_of_half(&x, &mut y);
        tanh_of_half_backward(&y, &mut gradient);
        for ((x, y), gradient) in x.into_iter().zip(y).zip(gradient) {
            let sigma = 1.0 / (1.0 + (-f64::from(x)).exp());
            assert!((f64::from(y) - (2.0 * sigma - 1.0)).abs() < 2e-7, "{x}");
            assert!((f64::from(gradient) - 6.0 * sigma * (1.0 - sigma)).abs() < 2e-6, "{x}");
        }
    }

    #[test]
    fn the_ends_are_exact() {
        let tiny = f32::from_bits(1);
        let x = [0.0, -0.0, tiny, -tiny, 1e-30, SATURATED, -SATURATED, f32::MAX, f32::INFINITY, f32::NEG_INFINITY];
        let expected = [0.0, -0.0, tiny, -tiny, 1e-30, 1.0, -1.0, 1.0, 1.0, -1.0];
        assert_eq!(x.map(tanh_of).map(f32::to_bits), expected.map(f32::to_bits));
        assert!(tanh_of(f32::NAN).is_nan());
    }
}
