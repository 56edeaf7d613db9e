//! A network with one hidden layer on every string of 16 bits.

use crate::activation::LEAK;

/// Strings of 16 bits.
pub const N_STRINGS: usize = 1 << 16;
/// `scores[s]` for each string s, bit 15 first, a bit standing for ±1: y = v · φ(Wᵀ x + b) + c with
/// φ(a) = max(a, 0.2 a), θ = W `[16, width]`, b, v, c.
///
/// Wᵀ x is a sum over the upper and one over the lower eight bits, and there are 256 of each: so a string costs one
/// addition a unit and not sixteen, and unlike in Gray-code order no error adds up.
pub fn sweep(theta: &[f32], width: usize, scores: &mut [f32]) {
    let (weights, rest) = theta.split_at(16 * width);
    let (biases, rest) = rest.split_at(width);
    let (out, last) = rest.split_at(width);
    let upper = halves(&weights[..8 * width], biases);
    let lower = halves(&weights[8 * width..], &vec![0.0; width]);
    for (upper, scores) in upper.chunks_exact(width).zip(scores.chunks_exact_mut(256)) {
        for (lower, score) in lower.chunks_exact(width).zip(scores) {
            *score = last[0] + unit_sum(upper, lower, out);
        }
    }
}

/// Σ v φ(a + b). Eight running sums.
#[inline(always)]
fn unit_sum(a: &[f32], b: &[f32], v: &[f32]) -> f32 {
    let unit = |a: f32, b: f32, v: f32| {
        let sum = a + b;
        v * if sum > LEAK * sum { sum } else { LEAK * sum }
    };
    let ((a, a_rest), (b, b_rest), (v, v_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>(), v.as_chunks::<8>());
    let mut sums = [0f32; 8];
    for ((a, b), v) in a.iter().zip(b).zip(v) {
        for k in 0..8 {
            sums[k] += unit(a[k], b[k], v[k]);
        }
    }
    let rest = a_rest.iter().zip(b_rest).zip(v_rest).map(|((a, b), v)| unit(*a, *b, *v));
    sums.iter().sum::<f32>() + rest.sum::<f32>()
}

/// What eight bits contribute to each unit, `[256, width]`, from `start` on.
fn halves(weights: &[f32], start: &[f32]) -> Vec<f32> {
    let width = start.len();
    let mut sums = Vec::with_capacity(256 * width);
    for byte in 0..256 {
        let from = sums.len();
        sums.extend_from_slice(start);
        for (bit, weights) in weights.chunks_exact(width).enumerate() {
            let sign = if byte >> (7 - bit) & 1 == 1 { 1.0 } else { -1.0 };
            sums[from..].iter_mut().zip(weights).for_each(|(sum, weight)| *sum += sign * weight);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Layers, Scratch};

    #[test]
    fn every_string_scores_as_it_does_alone() {
        for width in [1, 8, 19] {
            let net = Layers::dense(&[16, width, 1], Activation::LeakyRelu);
            let theta: Vec<f32> = (0..net.n_parameters()).map(|i| ((i * 37 % 101) as f32 - 50.0) / 60.0).collect();
            let mut scores = vec![0.0; N_STRINGS];
            sweep(&theta, width, &mut scores);
            let (mut tape, mut y) = (vec![0.0; width], [0.0]);
            for string in (0..N_STRINGS).step_by(97) {
                let x: Vec<f32> = (0..16).map(|bit| if string >> (15 - bit) & 1 == 1 { 1.0 } else { -1.0 }).collect();
                net.forward(&theta, &x, &mut tape, &mut y, &mut Scratch::default());
                assert!((scores[string] - y[0]).abs() < 1e-4, "{string}");
            }
        }
    }
}
