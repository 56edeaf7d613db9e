//! eˣ without a branch or a call, so that a loop over it becomes vectors.

/// The least number with a normal eˣ.
const LEAST: f32 = -87.336_54;
/// The greatest number with a finite eˣ.
const MOST: f32 = 88.722_83;
/// Adding and taking away 1.5 · 2²³ rounds to the nearest integer, and in between the last bits are that integer.
const ROUND: f32 = 12_582_912.0;
/// ln 2 in two parts, the first short enough that n times it is exact (Cody and Waite, 1980).
const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];

/// x = n ln 2 + r with |r| ≤ ½ ln 2. Returns n where the bits of an exponent are, and r.
#[inline(always)]
pub fn split(x: f32) -> (u32, f32) {
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    (rounded.to_bits() << 23, x - n * LN_2[0] - n * LN_2[1])
}

/// eʳ − 1 for |r| ≤ ½ ln 2: r and r² times a polynomial (Moshier's Cephes, 1989).
#[inline(always)]
pub fn exp_m1_near_0(r: f32) -> f32 {
    let mut p = 1.987_569_2e-4;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1] {
        p = p * r + coefficient;
    }
    p * r * r + r
}

/// eˣ = 2ⁿ eʳ within 1 ulp. What would be subnormal is 0, since many processors are slow with such numbers; what is
/// greater than every f32 is ∞; NaN is NaN.
#[inline(always)]
pub fn exp_of(x: f32) -> f32 {
    let (exponent, r) = split(x);
    // 2¹²⁸ is no f32, 2¹²⁸ eʳ may be one. So 2ⁿ is not multiplied by: n is added to the exponent.
    let value = f32::from_bits((exp_m1_near_0(r) + 1.0).to_bits().wrapping_add(exponent));
    let value = if x <= MOST { value } else { x + f32::INFINITY }; // ∞ or NaN
    if x < LEAST { 0.0 } else { value }
}

/// eˣ in place, within 1 ulp: 0 below −87.33654, where eˣ would be subnormal, and ∞ above 88.72283.
pub fn exp(x: &mut [f32]) {
    for x in x {
        *x = exp_of(*x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ulp::{floats, ulps};

    fn exps(x: impl IntoIterator<Item = f32>) -> Vec<(f32, f32)> {
        let x: Vec<f32> = x.into_iter().collect();
        let mut y = x.clone();
        exp(&mut y);
        x.into_iter().zip(y).collect()
    }

    #[test]
    fn it_is_the_exponential_over_the_whole_range() {
        let steps = (0..2_000_000).map(|i| LEAST + (MOST - LEAST) * (i as f32 / 2e6));
        let mut worst = 0.0f64;
        for (x, y) in exps(steps.chain(floats().filter(|x| (LEAST..=MOST).contains(x)))) {
            worst = worst.max(ulps(y, f64::from(x).exp()));
        }
        assert!(worst <= 1.0, "{worst} ulp");
    }

    #[test]
    fn beyond_the_range_it_is_0_or_infinite() {
        for (x, y) in exps(floats()) {
            match x {
                _ if x.is_nan() => assert!(y.is_nan()),
                _ if x < LEAST => assert_eq!(y.to_bits(), 0, "{x}"),
                _ if x > MOST => assert_eq!(y, f32::INFINITY, "{x}"),
                _ => assert!(y.is_normal(), "{x}"),
            }
        }
    }

    /// The last numbers within the range are its ends: beyond them f64 knows no normal or no finite f32.
    #[test]
    fn the_ends_are_exact() {
        let x = [0.0, -0.0, f32::MIN, f32::NEG_INFINITY, f32::MAX, f32::INFINITY];
        let expected = [1.0, 1.0, 0.0, 0.0, f32::INFINITY, f32::INFINITY];
        assert_eq!(x.map(exp_of), expected);
        let exact = |x: f32| f64::from(x).exp() as f32;
        assert!(exact(LEAST).is_normal() && !exact(LEAST.next_down()).is_normal());
        assert!(exact(MOST).is_finite() && exact(MOST.next_up()).is_infinite());
        assert!([LEAST, MOST].iter().all(|&x| ulps(exp_of(x), f64::from(x).exp()) <= 1.0));
        assert!(exp_of(f32::NAN).is_nan() && exp_of(-f32::from_bits(0x7FFF_FFFF)).is_nan());
    }
}
