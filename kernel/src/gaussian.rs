//! Normal numbers from uniform ones (Box and Muller, 1958), in f64 without a branch or a call.
//!
//! ln, sin and cos are those of Sun's fdlibm (1993), which libm has too; here they know their arguments to be harmless.

/// ln 2 in two parts, the first short enough that k times it is exact.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];
/// ½ π in two parts, the first short enough that k times it is exact.
const HALF_PI: [f64; 2] = [1.570_796_326_734_125_6, 6.077_100_506_506_192e-11];
/// ln(1 + f) = f − ½ f² + s (½ f² + R) with s = f / (2 + f). Coefficients of R / s² in s²; here and below the last
/// comes first.
const LN: [f64; 7] = [
    1.479_819_860_511_658_6e-1,
    1.531_383_769_920_937_3e-1,
    1.818_357_216_161_805e-1,
    2.222_219_843_214_978_4e-1,
    2.857_142_874_366_239e-1,
    3.999_999_999_940_942e-1,
    6.666_666_666_666_735e-1,
];
/// Coefficients of (sin r − r) / r³ in r².
const SIN: [f64; 6] = [
    1.589_690_995_211_55e-10,
    -2.505_076_025_340_686_3e-8,
    2.755_731_370_707_006_8e-6,
    -1.984_126_982_985_795e-4,
    8.333_333_333_322_49e-3,
    -1.666_666_666_666_663_2e-1,
];
/// Coefficients of (cos r − 1 + ½ r²) / r⁴ in r².
const COS: [f64; 6] = [
    -1.135_964_755_778_819_5e-11,
    2.087_572_321_298_175e-9,
    -2.755_731_435_139_066_3e-7,
    2.480_158_728_947_673e-5,
    -1.388_888_888_887_411e-3,
    4.166_666_666_666_66e-2,
];

/// Horner's rule.
#[inline(always)]
fn polynomial<const N: usize>(coefficients: [f64; N], x: f64) -> f64 {
    let mut sum = coefficients[0];
    for coefficient in &coefficients[1..] {
        sum = sum * x + coefficient;
    }
    sum
}

/// ln x for a normal x > 0.
///
/// x = 2ᵏ (1 + f) with √½ ≤ 1 + f < √2. The bits of √½ are taken from those of x, so that k is what is left in the
/// exponent; put where 2⁵² has its last digits, it becomes a float.
#[inline(always)]
fn ln(x: f64) -> f64 {
    const ONE: u64 = 1f64.to_bits();
    const TWO_52: f64 = 4_503_599_627_370_496.0;
    let shifted = x.to_bits() + (ONE - std::f64::consts::FRAC_1_SQRT_2.to_bits());
    let k = f64::from_bits(shifted >> 52 | TWO_52.to_bits()) - (TWO_52 + 1023.0);
    let f = f64::from_bits(x.to_bits() + ONE - (shifted >> 52 << 52)) - 1.0;
    let s = f / (2.0 + f);
    let half = 0.5 * f * f;
    let rest = s * s * polynomial(LN, s * s);
    s * (half + rest) + k * LN_2[1] - half + f + k * LN_2[0]
}

/// (cos, sin) of 2π u for 0 ≤ u < 1.
///
/// 2π u = ½ π k + r with |r| ≤ ¼ π. An odd k swaps the two; the sign of each depends on the second bit of k or k + 1.
#[inline(always)]
fn cos_sin(u: f64) -> (f64, f64) {
    const ROUND: f64 = 6_755_399_441_055_744.0; // 1.5 · 2⁵²: its last bits become k
    let rounded = 4.0 * u + ROUND;
    let k = rounded - ROUND;
    let r = std::f64::consts::TAU * u - k * HALF_PI[0] - k * HALF_PI[1];
    let square = r * r;
    let sin = (r + r * square * polynomial(SIN, square)).to_bits();
    let cos = (1.0 - (0.5 * square - square * square * polynomial(COS, square))).to_bits();
    let k = rounded.to_bits();
    let swap = (cos ^ sin) & (k & 1).wrapping_neg();
    (f64::from_bits(cos ^ swap ^ ((k + 1) & 2) << 62), f64::from_bits(sin ^ swap ^ (k & 2) << 62))
}

/// Two independent standard normal numbers: √(−2 ln(1 − u₁)) times the cosine and times the sine of 2π u₂, for u₁ and u₂ on
/// [0, 1), of 53 bits.
#[inline(always)]
pub fn normal_pair(u1: f64, u2: f64) -> [f64; 2] {
    let radius = (-2.0 * ln(1.0 - u1)).sqrt();
    let (cos, sin) = cos_sin(u2);
    [radius * cos, radius * sin]
}

/// [`normal_pair`] of many `u1` and `u2`; all slices are of one length.
pub fn normal_pairs(u1: &[f64], u2: &[f64], pairs: &mut [[f64; 2]]) {
    for ((u1, u2), pair) in u1.iter().zip(u2).zip(pairs) {
        *pair = normal_pair(*u1, *u2);
    }
}

/// The same, rounded; `normals` is twice as long as the others.
pub fn normals_from_uniforms(u1: &[f64], u2: &[f64], normals: &mut [f32]) {
    for ((u1, u2), normals) in u1.iter().zip(u2).zip(normals.as_chunks_mut::<2>().0) {
        *normals = normal_pair(*u1, *u2).map(|v| v as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// Points of [0, 1) as the generator draws them, by the golden ratio; the ends and the quarters with their
    /// neighbours; and tiny ones.
    fn uniforms(n: u64) -> Vec<f64> {
        let unit = 1.0 / (1u64 << 53) as f64;
        let quarters = [0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875];
        let near = quarters.iter().flat_map(|&u| [u, u + unit, u + 3.0 * unit, (u - unit).max(0.0)]);
        let tiny = (0..53).map(|k| unit * (1u64 << k) as f64);
        let spread = (0..n).map(|i| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 11) as f64 * unit);
        near.chain([1.0 - unit, 1.0 - 2.0 * unit]).chain(tiny).chain(spread).collect()
    }

    #[test]
    fn ln_and_cos_and_sin_are_right_to_15_digits() {
        for u in uniforms(1_000_000) {
            let exact = (1.0 - u).ln();
            assert!((ln(1.0 - u) - exact).abs() <= 4e-16 * exact.abs(), "ln(1 − {u})");
            let ((cos, sin), angle) = (cos_sin(u), TAU * u);
            // Next to a zero the angle itself is known to 1e-16 only; there the error is absolute.
            let close = |value: f64, exact: f64| (value - exact).abs() <= 4e-16 * exact.abs() + 1e-25;
            assert!(close(cos, angle.cos()) && close(sin, angle.sin()), "2π {u}: {cos}, {sin}");
        }
    }

    #[test]
    fn the_normals_are_box_and_mullers() {
        let u1 = uniforms(1_000_000);
        let u2: Vec<f64> = u1.iter().rev().copied().collect();
        let mut normals = vec![f32::NAN; 2 * u1.len()];
        normals_from_uniforms(&u1, &u2, &mut normals);
        for ((u1, u2), normals) in u1.iter().zip(&u2).zip(normals.as_chunks::<2>().0) {
            let (radius, angle) = ((-2.0 * (1.0 - u1).ln()).sqrt(), TAU * u2);
            let expected = [radius * angle.cos(), radius * angle.sin()].map(|v| v as f32);
            for (value, expected) in normals.iter().zip(expected) {
                assert!(expected.next_down() <= *value && *value <= expected.next_up(), "{u1}, {u2}: {normals:?}");
            }
        }
    }

    #[test]
    fn the_ends_are_exact() {
        let (last, zero) = (1.0 - 1.0 / (1u64 << 53) as f64, 0.0);
        let mut normals = [f32::NAN; 4];
        normals_from_uniforms(&[zero, last], &[last, zero], &mut normals);
        assert_eq!(normals, [0.0, 0.0, (106.0 * std::f64::consts::LN_2).sqrt() as f32, 0.0]);
    }
}
