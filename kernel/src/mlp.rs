//! A multilayer perceptron on slices: forward keeping what the way back needs, and back to weights and inputs.
//!
//! θ holds, layer after layer, the weights `[inputs, outputs]` and then the biases `[outputs]`. Hidden layers end in
//! max(a, 0.2 a) (Maas et al., 2013), the last one is linear.

/// Slope of the leaky rectifier for negative inputs.
pub(crate) const LEAK: f32 = 0.2;

/// Sizes of the layers, the input first and the output last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MlpShape(pub Vec<usize>);

/// What the forward pass leaves for the way back: the input and each layer's output, `[n, size]` each. Its memory is
/// used again.
#[derive(Clone, Debug, Default)]
pub struct Tape {
    layers: Vec<Vec<f32>>,
    gradient: [Vec<f32>; 2],
}

impl Tape {
    /// The network's output, `[n, outputs]`.
    pub fn output(&self) -> &[f32] {
        self.layers.last().map_or(&[], Vec::as_slice)
    }
}

impl MlpShape {
    /// `[inputs, outputs]` of each layer.
    pub fn layers(&self) -> impl DoubleEndedIterator<Item = [usize; 2]> + ExactSizeIterator + '_ {
        self.0.windows(2).map(|pair| [pair[0], pair[1]])
    }

    pub fn n_parameters(&self) -> usize {
        self.layers().map(|[inputs, outputs]| (inputs + 1) * outputs).sum()
    }

    /// The network on rows x `[n, inputs]`.
    pub fn forward(&self, theta: &[f32], x: &[f32], tape: &mut Tape) {
        let n = x.len() / self.0[0];
        let depth = self.0.len() - 1;
        tape.layers.resize(depth + 1, Vec::new());
        tape.layers[0].clear();
        tape.layers[0].extend_from_slice(x);
        let mut rest = theta;
        for (layer, [inputs, outputs]) in self.layers().enumerate() {
            let (weights, after) = rest.split_at(inputs * outputs);
            let (biases, after) = after.split_at(outputs);
            rest = after;
            let (before, here) = tape.layers.split_at_mut(layer + 1);
            let y = &mut here[0];
            y.resize(n * outputs, 0.0);
            for (x, y) in before[layer].chunks_exact(inputs).zip(y.chunks_exact_mut(outputs)) {
                y.copy_from_slice(biases);
                for (x, weights) in x.iter().zip(weights.chunks_exact(outputs)) {
                    add_scaled(y, *x, weights);
                }
                if layer + 1 < depth {
                    y.iter_mut().for_each(|a| *a = if *a > 0.0 { *a } else { LEAK * *a });
                }
            }
        }
    }

    /// From the loss's gradient in the output, `[n, outputs]`, of the pass on the tape: adds its gradient in θ to
    /// `in_theta`, and gives that in the input, `[n, inputs]`.
    pub fn backward<'a>(
        &self,
        theta: &[f32],
        in_output: &[f32],
        in_theta: &mut [f32],
        tape: &'a mut Tape,
    ) -> &'a [f32] {
        let Tape { layers, gradient: [below, above] } = tape;
        above.clear();
        above.extend_from_slice(in_output);
        let mut end = theta.len();
        for (layer, [inputs, outputs]) in self.layers().enumerate().rev() {
            let start = end - (inputs + 1) * outputs;
            let weights = &theta[start..start + inputs * outputs];
            let (in_weights, in_biases) = in_theta[start..end].split_at_mut(inputs * outputs);
            end = start;
            let x = &layers[layer];
            below.resize(x.len(), 0.0);
            let rows = x.chunks_exact(inputs).zip(below.chunks_exact_mut(inputs)).zip(above.chunks_exact(outputs));
            for ((x, below), above) in rows {
                add_scaled(in_biases, 1.0, above);
                let by_input = weights.chunks_exact(outputs).zip(in_weights.chunks_exact_mut(outputs));
                for ((x, below), (weights, in_weights)) in x.iter().zip(below.iter_mut()).zip(by_input) {
                    add_scaled(in_weights, *x, above);
                    let sum = dot(weights, above);
                    // The output of a rectifier has the sign of its input.
                    *below = if layer == 0 || *x > 0.0 { sum } else { LEAK * sum };
                }
            }
            std::mem::swap(below, above);
        }
        above
    }
}

#[inline(always)]
fn add_scaled(sum: &mut [f32], scale: f32, values: &[f32]) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += scale * value;
    }
}

/// Eight running sums, as in [`squared_distance`](crate::squared_distance).
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reproducible numbers in [−1, 1), no two alike.
    fn noise(seed: u32, n: usize) -> Vec<f32> {
        let mut state = seed;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..n).map(next).collect()
    }

    #[test]
    fn a_layer_by_hand() {
        let shape = MlpShape(vec![2, 2, 1]);
        let theta = [1.0, 2.0, 3.0, -4.0, 0.5, 0.0, 10.0, 100.0, 1.0];
        let mut tape = Tape::default();
        shape.forward(&theta, &[1.0, 1.0], &mut tape);
        // a = (1 + 3 + 0.5, 2 − 4 + 0) = (4.5, −2), h = (4.5, −0.4), y = 45 − 40 + 1
        assert_eq!(tape.output(), [6.0]);
        let mut gradient = vec![0.0; 9];
        let in_input = shape.backward(&theta, &[1.0], &mut gradient, &mut tape);
        // ∂y/∂a = (10, 20)
        assert_eq!(in_input, [10.0 + 40.0, 30.0 - 80.0]);
        assert_eq!(gradient, [10.0, 20.0, 10.0, 20.0, 10.0, 20.0, 4.5, -0.4, 1.0]);
    }

    /// Against central differences, for several depths and sizes that no vector divides.
    #[test]
    fn gradients_are_finite_differences() {
        for sizes in [vec![3, 1], vec![5, 9, 2], vec![4, 11, 7, 3]] {
            let shape = MlpShape(sizes);
            let (inputs, outputs, n) = (shape.0[0], *shape.0.last().unwrap(), 3);
            let (theta, x, weight) = (noise(1, shape.n_parameters()), noise(2, n * inputs), noise(3, n * outputs));
            let mut tape = Tape::default();
            let mut loss = |theta: &[f32], x: &[f32]| {
                shape.forward(theta, x, &mut tape);
                tape.output().iter().zip(&weight).map(|(y, w)| f64::from(y * w)).sum::<f64>()
            };
            let mut difference = |values: &[f32], i: usize, in_theta: bool| {
                let mut at = |h: f32| {
                    let mut moved = values.to_vec();
                    moved[i] += h;
                    if in_theta { loss(&moved, &x) } else { loss(&theta, &moved) }
                };
                (at(1e-3) - at(-1e-3)) / 2e-3
            };
            let by_theta: Vec<f64> = (0..theta.len()).map(|i| difference(&theta, i, true)).collect();
            let by_x: Vec<f64> = (0..x.len()).map(|i| difference(&x, i, false)).collect();
            let mut tape = Tape::default();
            shape.forward(&theta, &x, &mut tape);
            let mut in_theta = vec![0.0; theta.len()];
            let in_x = shape.backward(&theta, &weight, &mut in_theta, &mut tape);
            for (a, b) in in_theta.iter().zip(by_theta).chain(in_x.iter().zip(by_x)) {
                assert!((f64::from(*a) - b).abs() < 2e-3, "{a} against {b}");
            }
        }
    }
}
