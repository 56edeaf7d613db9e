//! For tests: how far a number is from the exact one.

/// |value − expected| in units in the last place of `expected`, which may be subnormal.
pub fn ulps(value: f32, expected: f64) -> f64 {
    let nearest = (expected as f32).abs();
    (f64::from(value) - expected).abs() / (f64::from(nearest.next_up()) - f64::from(nearest))
}

/// Every 1999th of all bit patterns: both signs, every exponent, what is subnormal, infinite and NaN. 1999 is prime, so
/// that the low bits are as mixed as the high ones.
pub fn floats() -> impl Iterator<Item = f32> {
    (0..=u32::MAX).step_by(1999).map(f32::from_bits)
}
