//! What models of points in the plane share: points as matrices, and a point that the reader asks about.

use crate::data::points::Point;
use crate::protocol::Matrix;

/// `[n, 2]`
pub(super) fn matrix(points: &[Point]) -> Matrix {
    Matrix { shape: [points.len(), 2], values: points.iter().flatten().map(|v| *v as f32).collect() }
}

/// The reader's point.
///
/// # Errors
///
/// What it must be, in words that follow "it must be".
pub(super) fn asked(values: &[f32]) -> Result<Point, String> {
    match values {
        [x, y] if x.is_finite() && y.is_finite() => Ok([f64::from(*x), f64::from(*y)]),
        _ => Err("two finite numbers, a point of the plane".into()),
    }
}
