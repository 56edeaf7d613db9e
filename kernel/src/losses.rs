//! Losses that are a mean over rows, each in one pass with its gradient.

use crate::softplus::softplus_of;

/// Running sums, so that the additions of neighbours do not wait for each other.
const LANES: usize = 8;

/// The mean of softplus(sign · x) = −ln σ(−sign · x), and its slope in each x.
pub fn mean_softplus(x: &[f32], sign: f32, slopes: &mut [f32]) -> f32 {
    let share = 1.0 / x.len() as f32;
    let sum = sum_of(x, x, slopes, |x, _| {
        let (y, slope) = softplus_of(sign * x);
        (y, share * sign * slope)
    });
    share * sum
}

/// The cross-entropy of a target t in [0, 1] under the logit l, softplus(l) − t l: summed over each of the `n` rows, mean over
/// rows, and its slope σ(l) − t in each l. All slices are of one length.
pub fn cross_entropy(logits: &[f32], targets: &[f32], n: usize, slopes: &mut [f32]) -> f32 {
    let share = 1.0 / n as f32;
    let sum = sum_of(logits, targets, slopes, |logit, target| {
        let (y, slope) = softplus_of(logit);
        (y - target * logit, share * (slope - target))
    });
    share * sum
}

#[inline(always)]
fn sum_of(a: &[f32], b: &[f32], slopes: &mut [f32], term: impl Fn(f32, f32) -> (f32, f32)) -> f32 {
    let mut sums = [0f32; LANES];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let (slopes, slopes_rest) = slopes.as_chunks_mut::<LANES>();
    for ((a, b), slopes) in a.iter().zip(b).zip(slopes) {
        for lane in 0..LANES {
            let value;
            (value, slopes[lane]) = term(a[lane], b[lane]);
            sums[lane] += value;
        }
    }
    for ((a, b), slope) in a_rest.iter().zip(b_rest).zip(slopes_rest) {
        let value;
        (value, *slope) = term(*a, *b);
        sums[0] += value;
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: usize, scale: f32) -> Vec<f32> {
        (0..n).map(|i| scale * (i as f32 * 0.7).sin()).collect()
    }

    fn close(a: f32, b: f64) {
        assert!((f64::from(a) - b).abs() <= 2e-6 * b.abs().max(1e-3), "{a} against {b}");
    }

    #[test]
    fn both_follow_their_formulas() {
        for n in [1usize, 7, 8, 1_003] {
            let (x, targets) = (numbers(n, 30.0), numbers(n, 0.5).iter().map(|v| v + 0.5).collect::<Vec<_>>());
            let softplus = |x: f64| x.max(0.0) + (-x.abs()).exp().ln_1p();
            let sigma = |x: f64| if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) };
            let mut slopes = vec![0.0; n];
            for sign in [1.0, -1.0] {
                let signed = |x: &f32| f64::from(sign * x);
                close(
                    mean_softplus(&x, sign, &mut slopes),
                    x.iter().map(|x| softplus(signed(x))).sum::<f64>() / n as f64,
                );
                for (x, slope) in x.iter().zip(&slopes) {
                    let expected = f64::from(sign) * sigma(signed(x)) / n as f64;
                    // To a part in a million however small: Adam makes steps of the smallest gradients.
                    assert!((f64::from(*slope) / expected - 1.0).abs() < 1e-6, "{x}: {slope} against {expected}");
                }
            }
            let found = cross_entropy(&x, &targets, 1, &mut slopes);
            let each = x.iter().zip(&targets).map(|(x, t)| softplus(f64::from(*x)) - f64::from(t * x));
            assert!((f64::from(found) - each.sum::<f64>()).abs() < 1e-4 * n as f64);
            for ((x, t), slope) in x.iter().zip(&targets).zip(&slopes) {
                assert!((f64::from(*slope) - (sigma(f64::from(*x)) - f64::from(*t))).abs() < 2e-7);
            }
        }
    }
}
