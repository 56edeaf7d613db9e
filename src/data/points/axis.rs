//! What an axis of measured data means, and how measurements are brought to a common scale: x = (v − mean) / scale.

use crate::card::{Text, text};
use serde::{Deserialize, Serialize};

/// One axis of a standardised data set: `measured = mean + scale · x`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    pub label: Text<String>,
    /// Empty where it is not known.
    pub unit: Text<String>,
    pub mean: f64,
    pub scale: f64,
}

/// Values closer together than this count as equal: below it f64 loses digits.
const SMALLEST_SPREAD: f64 = 1e-300;

impl Axis {
    /// The axis of `values` (at least 2, of at most 1e300 in size), and they themselves with mean 0 and standard
    /// deviation (n − 1) 1. Equal values keep scale 1 and become 0.
    ///
    /// Sums run over the places between the smallest and the largest value, so that neither a huge scale (1e300) nor
    /// a small spread far from zero (times in milliseconds) loses digits.
    pub(super) fn standardise(name: &str, values: &[f64]) -> (Self, Vec<f64>) {
        let axis = |mean, scale| {
            let label = Text { en: name.into(), zh: name.into() };
            Self { label, unit: text("", "").into(), mean, scale }
        };
        let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &v| (l.min(v), h.max(v)));
        let range = high - low;
        if range < SMALLEST_SPREAD {
            return (axis(low, 1.0), vec![0.0; values.len()]);
        }
        let n = values.len() as f64;
        let places = || values.iter().map(|v| (v - low) / range);
        let mean = places().sum::<f64>() / n;
        let std = (places().map(|p| (p - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        (axis(low + range * mean, range * std), places().map(|p| (p - mean) / std).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// python: import numpy as np; v = np.array([1.5, -2, 7, .25]); s = v.std(ddof=1)
    ///         print(v.mean(), s, *((v - v.mean())/s))
    #[test]
    fn standardising_follows_numpy() {
        let (axis, x) = Axis::standardise("v", &[1.5, -2.0, 7.0, 0.25]);
        let expected = [-0.04900286402886009, -0.9637229925675818, 1.3884144808177026, -0.3756886242212607];
        assert!((axis.mean - 1.6875).abs() < 1e-14 && (axis.scale - 3.8263069662534916).abs() < 1e-14, "{axis:?}");
        assert!(x.iter().zip(expected).all(|(x, e)| (x - e).abs() < 1e-14), "{x:?}");
    }

    #[test]
    fn huge_values_and_distant_values_keep_their_digits() {
        let half = 0.5f64.sqrt();
        for pair in [[-1e300, 1e300], [0.0, 1e-290], [1.7e12, 1.7e12 + 1.0], [1e16, 1e16 + 2.0]] {
            let (axis, x) = Axis::standardise("", &pair);
            assert!((x[0] + half).abs() < 1e-15 && (x[1] - half).abs() < 1e-15, "{pair:?}: {x:?}");
            assert!(((pair[1] - pair[0]) * half / axis.scale - 1.0).abs() < 1e-15, "{pair:?}: {axis:?}");
        }
    }

    #[test]
    fn equal_values_keep_scale_1() {
        for values in [[0.1; 3], [0.0, 5e-324, 0.0]] {
            let (axis, x) = Axis::standardise("", &values);
            assert_eq!((axis.mean, axis.scale, x), (values[0], 1.0, vec![0.0; 3]));
        }
    }
}
