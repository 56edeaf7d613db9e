//! What models of points in the plane share: points and gaussians as matrices, and a point that the reader asks about.

use crate::data::points::Point;
use crate::density::Gaussian;
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

/// Weight, mean and Σ₀₀, Σ₀₁, Σ₁₁ of one component of a mixture.
pub(super) type Component = [f64; 6];

pub(super) fn component(weight: f64, Gaussian { mean: [x, y], covariance: [a, b, c], .. }: &Gaussian) -> Component {
    [weight, *x, *y, *a, *b, *c]
}

/// # Errors
///
/// When it is no gaussian, or its weight none.
pub(super) fn weighted(&[weight, x, y, a, b, c]: &Component) -> Result<(f64, Gaussian), String> {
    let gaussian = Gaussian::checked([x, y], [a, b, c]).filter(|_| weight > 0.0 && weight < 1.0 + 1e-6);
    Ok((weight, gaussian.ok_or("no gaussian")?))
}

/// `[n, 6]`
pub(super) fn components(rows: &[Component]) -> Matrix {
    Matrix { shape: [rows.len(), 6], values: rows.iter().flatten().map(|v| *v as f32).collect() }
}
