//! eˣ for x ≤ 0, without a branch or a call, so that a loop over it becomes vectors.

/// e to less than this is below the least normal number.
const LEAST: f32 = -87.3;
/// Adding and taking away 1.5 · 2²³ rounds to the nearest integer.
const ROUND: f32 = 12_582_912.0;
/// ln 2 in two parts, the first short enough that n times it is exact (Cody and Waite, 1980).
const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];

/// eˣ for x ≤ 0, within 2 ulp; 0 below −87.3; NaN for NaN.
///
/// x = n ln 2 + r with |r| ≤ ½ ln 2; eˣ = 2ⁿ eʳ, and eʳ − 1 − r is r² times a polynomial (Moshier's Cephes, 1989).
#[inline(always)]
pub fn exp_of_negative(x: f32) -> f32 {
    let n = x * std::f32::consts::LOG2_E + ROUND - ROUND;
    let r = x - n * LN_2[0] - n * LN_2[1];
    let mut p = 1.987_569_2e-4;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1] {
        p = p * r + coefficient;
    }
    let power = f32::from_bits(((n as i32 + 127) as u32) << 23); // 2ⁿ
    let value = (p * r * r + r + 1.0) * power;
    if x < LEAST { 0.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential_over_the_whole_range() {
        let mut worst = 0.0f64;
        for i in 0..2_000_000 {
            let x = -87.29 * (i as f32 / 2e6);
            let expected = f64::from(x).exp();
            let ulp = f64::from((expected as f32).next_up()) - f64::from(expected as f32);
            worst = worst.max((f64::from(exp_of_negative(x)) - expected).abs() / ulp);
        }
        assert!(worst <= 2.0, "{worst} ulp");
    }

    #[test]
    fn the_ends_are_exact() {
        assert_eq!([0.0, -0.0, -100.0, f32::MIN, f32::NEG_INFINITY].map(exp_of_negative), [1.0, 1.0, 0.0, 0.0, 0.0]);
        assert!(exp_of_negative(f32::NAN).is_nan());
    }
}
