//! A network so small that its gradient is worked out on the host, without autodiff, with Adam to follow it.

use crate::optimizer::adam::rates;
use crate::rng::Rng;
use genlab_kernel::{Activation, Finish, Gradients, Layers, Scratch, adam};
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Small {
    net: Arc<Layers>,
    /// θ, then Adam's m and v.
    pub vectors: [Vec<f32>; 3],
    pub n_updates: u64,
    /// The rows of the last pass, and what its hidden layers gave.
    rows: Vec<f32>,
    tape: Vec<f32>,
    scratch: Scratch,
}

const BETAS: [f64; 2] = [0.5, 0.99];

impl Small {
    /// Weights N(0, 2 / inputs) in hidden layers (He et al., 2015), N(0, 1 / inputs) in the last; biases 0.
    pub fn new(sizes: &[usize], rng: &mut Rng) -> Self {
        let net = Layers::dense(sizes, Activation::LeakyRelu);
        let last = net.layers().len() - 1;
        let mut theta: Vec<f32> = Vec::with_capacity(net.n_parameters());
        for (i, layer) in net.layers().iter().enumerate() {
            let std = (if i == last { 1.0f32 } else { 2.0 } / layer.inputs as f32).sqrt();
            theta.extend(rng.normals(layer.inputs * layer.outputs).into_iter().map(|v| std * v));
            theta.extend(std::iter::repeat_n(0.0, layer.outputs));
        }
        let zeros = vec![0.0; theta.len()];
        Self {
            net: Arc::new(net),
            vectors: [theta, zeros.clone(), zeros],
            n_updates: 0,
            rows: Vec::new(),
            tape: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    pub fn theta(&self) -> &[f32] {
        &self.vectors[0]
    }

    pub fn n_parameters(&self) -> usize {
        self.net.n_parameters()
    }

    /// Rows `[n, inputs]` → `[n, outputs]`.
    pub fn forward(&mut self, rows: &[f32]) -> Vec<f32> {
        let n = rows.len() / self.net.d_input();
        self.rows.clear();
        self.rows.extend_from_slice(rows);
        self.tape.resize(self.net.tape(n), 0.0);
        let mut y = vec![0.0; n * self.net.d_output()];
        self.net.forward(&self.vectors[0], rows, &mut self.tape, &mut y, &mut self.scratch);
        y
    }

    /// From the loss's gradient in the last output: that in θ, and that in its rows.
    pub fn backward(&mut self, in_output: &[f32]) -> (Vec<f32>, Vec<f32>) {
        let (mut in_theta, mut in_rows) = (vec![0.0; self.n_parameters()], vec![0.0; self.rows.len()]);
        let into = Gradients { theta: Some(&mut in_theta), x: Some(&mut in_rows) };
        self.net.backward(&self.vectors[0], &self.rows, &self.tape, in_output, into, &mut self.scratch);
        (in_theta, in_rows)
    }

    /// One update down a gradient in θ.
    pub fn descend(&mut self, mut gradient: Vec<f32>, lr: f64) {
        self.n_updates += 1;
        let [theta, m, v] = &mut self.vectors;
        adam(theta, &mut gradient, [m, v], &mut [], rates(BETAS, lr, self.n_updates), Finish::NONE);
        *theta = gradient;
    }

    /// Puts back θ, m and v, end to end, as they were after `n_updates`.
    pub fn restore(&mut self, values: &[f32], n_updates: u64) {
        let n = self.n_parameters();
        self.vectors.iter_mut().zip(values.chunks_exact(n)).for_each(|(vector, values)| vector.copy_from_slice(values));
        self.n_updates = n_updates;
    }
}
