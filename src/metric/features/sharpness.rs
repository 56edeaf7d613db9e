//! Sharpness: the mean of 2 |p − ½| over all pixels p of a set of pictures, p in [0, 1].
//!
//! 1 where every pixel is black or white, ½ for pixels uniform on [0, 1], 0 for plain grey. Means of pictures are
//! blurred, so an autoencoder with too small a code reads below its data. It does not see what is drawn.

/// In [0, 1]; pixels outside [0, 1] count as its nearer end. NaN without pixels or where any is NaN.
pub fn sharpness(pixels: &[f32]) -> f64 {
    let sum: f64 = pixels.iter().map(|p| (2.0 * p.clamp(0.0, 1.0) as f64 - 1.0).abs()).sum();
    sum / pixels.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_by_hand() {
        assert_eq!(sharpness(&[0.0, 1.0, 1.0]), 1.0);
        assert_eq!(sharpness(&[0.5; 9]), 0.0);
        assert_eq!(sharpness(&[0.25, 0.75, 0.0, 0.5]), 0.5);
        assert_eq!(sharpness(&[-3.0, 7.0, f32::INFINITY]), 1.0);
        assert!(sharpness(&[]).is_nan() && sharpness(&[0.0, f32::NAN]).is_nan());
    }

    /// The midpoints of 10 000 equal steps.
    #[test]
    fn uniform_pixels_read_one_half_and_their_negative_the_same() {
        let uniform: Vec<f32> = (0..10_000).map(|i| (i as f32 + 0.5) / 10_000.0).collect();
        let negative: Vec<f32> = uniform.iter().map(|p| 1.0 - p).collect();
        assert!((sharpness(&uniform) - 0.5).abs() < 1e-7);
        assert!((sharpness(&negative) - 0.5).abs() < 1e-7);
    }
}
