//! Logistic regression, p(B | x) = σ(b + w · x), by Newton's method: the loss
//! Σ sp(∓(b + w · x)) + λ/2 ‖w‖² is convex, and each step solves its quadratic approximation (Cox, 1958).

use crate::data::points::Point;
use crate::logistic::sigmoid;

/// b, w₀, w₁.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Logistic {
    pub weights: [f64; 3],
}

impl Logistic {
    pub fn logit(&self, x: Point) -> f64 {
        let [b, w0, w1] = self.weights;
        b + w0 * x[0] + w1 * x[1]
    }

    /// One step of Newton's, with penalty λ, on the points of both classes.
    #[must_use]
    pub fn step(&self, classes: [&[Point]; 2], penalty: f64) -> Self {
        let mut gradient = [0.0, penalty * self.weights[1], penalty * self.weights[2]];
        let mut hessian = [[0.0; 3]; 3];
        (1..3).for_each(|i| hessian[i][i] = penalty);
        for (points, label) in classes.into_iter().zip([0.0, 1.0]) {
            for x in points {
                let (row, p) = ([1.0, x[0], x[1]], sigmoid(self.logit(*x)));
                for i in 0..3 {
                    gradient[i] += (p - label) * row[i];
                    (0..3).for_each(|j| hessian[i][j] += p * (1.0 - p) * row[i] * row[j]);
                }
            }
        }
        let change = solve(hessian, gradient);
        Self { weights: std::array::from_fn(|i| self.weights[i] - change[i]) }
    }
}

/// x with A x = b, A symmetric and positive: by elimination. Without change where A has become singular.
fn solve(mut a: [[f64; 3]; 3], mut b: [f64; 3]) -> [f64; 3] {
    for i in 0..3 {
        if a[i][i].abs() < 1e-300 {
            return [0.0; 3];
        }
        for j in i + 1..3 {
            let factor = a[j][i] / a[i][i];
            (i..3).for_each(|k| a[j][k] -= factor * a[i][k]);
            b[j] -= factor * b[i];
        }
    }
    for i in (0..3).rev() {
        let known: f64 = (i + 1..3).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORACLE: [[f64; 3]; 2] = [
        [-0.15898937363366, 1.0739310726281266, 0.5100179215809713],
        [-3.236907488160073, 4.595326663833385, 5.406463176360784],
    ];

    /// python: import numpy as np; from sklearn.linear_model import LogisticRegression
    ///         A = [[-1, .2], [-.5, -1], [.3, .4], [-2, 1]]; B = [[1, 0], [.4, 1.2], [2, -.5], [-.2, .9]]
    ///         for C in (1, 100):
    ///             f = LogisticRegression(C=C, tol=1e-12, max_iter=10000).fit(A + B, [0]*4 + [1]*4)
    ///             print(f.intercept_[0], *f.coef_[0])
    #[test]
    fn weights_follow_scikit_learn() {
        let a = [[-1.0, 0.2], [-0.5, -1.0], [0.3, 0.4], [-2.0, 1.0]];
        let b = [[1.0, 0.0], [0.4, 1.2], [2.0, -0.5], [-0.2, 0.9]];
        for (penalty, expected) in [(1.0, ORACLE[0]), (0.01, ORACLE[1])] {
            let mut logistic = Logistic::default();
            (0..25).for_each(|_| logistic = logistic.step([&a, &b], penalty));
            for (weight, expected) in logistic.weights.iter().zip(expected) {
                assert!((weight - expected).abs() < 1e-4, "{penalty}: {logistic:?}");
            }
        }
    }

    #[test]
    fn classes_that_a_line_separates_do_no_harm() {
        let mut logistic = Logistic::default();
        (0..100).for_each(|_| logistic = logistic.step([&[[-1.0, 0.0]], &[[1.0, 0.0]]], 0.0));
        assert!(logistic.weights.iter().all(|w| w.is_finite()), "{logistic:?}");
    }
}
