//! A network so small that its gradient is worked out on the host, without autodiff, with Adam to follow it.

use crate::optimizer::adam::rates;
use crate::rng::Rng;
use genlab_kernel::{MlpShape, Tape, adam};

#[derive(Clone, Debug)]
pub struct Small {
    shape: MlpShape,
    /// θ, then Adam's m and v.
    pub vectors: [Vec<f32>; 3],
    pub n_updates: u64,
    tape: Tape,
}

const BETAS: [f64; 2] = [0.5, 0.99];

impl Small {
    /// Weights N(0, 2 / inputs) in hidden layers (He et al., 2015), N(0, 1 / inputs) in the last; biases 0.
    pub fn new(sizes: Vec<usize>, rng: &mut Rng) -> Self {
        let shape = MlpShape(sizes);
        let last = shape.layers().len() - 1;
        let theta: Vec<f32> = shape
            .layers()
            .enumerate()
            .flat_map(|(layer, [inputs, outputs])| {
                let std = (if layer == last { 1.0 } else { 2.0 } / inputs as f32).sqrt();
                let weights = rng.normals(inputs * outputs).into_iter().map(move |v| std * v);
                weights.chain(std::iter::repeat_n(0.0, outputs)).collect::<Vec<_>>()
            })
            .collect();
        let zeros = vec![0.0; theta.len()];
        Self { shape, vectors: [theta, zeros.clone(), zeros], n_updates: 0, tape: Tape::default() }
    }

    pub fn theta(&self) -> &[f32] {
        &self.vectors[0]
    }

    pub fn n_parameters(&self) -> usize {
        self.shape.n_parameters()
    }

    /// Rows `[n, inputs]` → `[n, outputs]`.
    pub fn forward(&mut self, rows: &[f32]) -> Vec<f32> {
        self.shape.forward(&self.vectors[0], rows, &mut self.tape);
        self.tape.output().to_vec()
    }

    /// From the loss's gradient in the last output: that in θ, and that in its rows.
    pub fn backward(&mut self, in_output: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let mut gradient = vec![0.0; self.n_parameters()];
        let in_rows = self.shape.backward(&self.vectors[0], in_output, &mut gradient, &mut self.tape);
        (gradient, in_rows.to_vec())
    }

    /// One update down a gradient in θ.
    pub fn descend(&mut self, mut gradient: Vec<f32>, lr: f64) {
        self.n_updates += 1;
        let [theta, m, v] = &mut self.vectors;
        adam(&mut gradient, m, v, rates(BETAS, lr, self.n_updates));
        theta.iter_mut().zip(gradient).for_each(|(theta, change)| *theta += change);
    }

    /// Puts back θ, m and v, end to end, as they were after `n_updates`.
    pub fn restore(&mut self, values: &[f32], n_updates: u64) {
        let n = self.n_parameters();
        self.vectors.iter_mut().zip(values.chunks_exact(n)).for_each(|(vector, values)| vector.copy_from_slice(values));
        self.n_updates = n_updates;
    }
}
