//! A stack of layers on slices: forward keeping what the way back needs, and back to weights and inputs.
//!
//! hₗ₊₁ = φ(hₗ Wₗ + bₗ), the last layer without φ; a convolutional layer does so for every patch of h. θ holds, layer after
//! layer, the weights `[inputs, outputs]` and then the biases `[outputs]`.
//!
//! The way back is worked out by hand (Rumelhart, Hinton and Williams, 1986). With ā the loss's gradient in a = h W + b:
//!
//! | gradient in | formula |
//! | --- | --- |
//! | W | hᵀ ā |
//! | b | sum of ā over the rows |
//! | h | ā Wᵀ, and there ā of the layer below = h̄ ⊙ φ′ |

mod slope;
#[cfg(test)]
mod tests;

use crate::activation::Activation;
use crate::matmul::{Matrix, Start, matmul};
use crate::patches::{PatchTable, fold, unfold};
use std::ops::Range;
use std::sync::Arc;

/// The shape of a stack.
#[derive(Debug)]
pub struct Layers {
    layers: Vec<Layer>,
    activation: Activation,
    n_parameters: usize,
    /// Numbers that a row leaves on the [tape](Self::tape).
    n_hidden: usize,
}

/// Rows that pass together where nothing is kept.
const ROWS: usize = 128;

/// One layer: every patch of a row, or the row itself, meets the same weights.
#[derive(Debug)]
pub struct Layer {
    pub inputs: usize,
    pub outputs: usize,
    pub patches: Option<Arc<PatchTable>>,
}

/// Memory that one pass leaves to the next, so that nothing is allocated once sizes have been seen.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    product: Vec<f32>,
    patches: [Vec<f32>; 2],
    rows: [Vec<f32>; 3],
    tape: Vec<f32>,
    in_tape: Vec<f32>,
}

/// Where gradients are added, as far as they are asked for.
#[derive(Debug, Default)]
pub struct Gradients<'a> {
    /// `[n_parameters]`
    pub theta: Option<&'a mut [f32]>,
    /// `[n, d_input]`
    pub x: Option<&'a mut [f32]>,
}

impl Layer {
    pub fn dense(inputs: usize, outputs: usize) -> Self {
        Self { inputs, outputs, patches: None }
    }

    /// Numbers in a row that it takes.
    pub fn d_input(&self) -> usize {
        self.patches.as_ref().map_or(self.inputs, |table| table.d)
    }

    /// Numbers in a row that it gives.
    pub fn d_output(&self) -> usize {
        self.n_places() * self.outputs
    }

    fn n_places(&self) -> usize {
        self.patches.as_ref().map_or(1, |table| table.n() / self.inputs)
    }

    pub fn n_parameters(&self) -> usize {
        (self.inputs + 1) * self.outputs
    }

    /// Rows `[n, d_input]` → their patches `[n · n_places, inputs]`.
    fn patches<'a>(&self, rows: &'a [f32], memory: &'a mut Vec<f32>) -> Matrix<'a> {
        let values = match &self.patches {
            Some(table) => {
                memory.resize(rows.len() / table.d * table.n(), 0.0);
                unfold(rows, table, memory);
                memory
            }
            None => rows,
        };
        Matrix::new(values, [values.len() / self.inputs, self.inputs])
    }

    /// What the layer gives, or a gradient in it, as rows of one place each.
    fn places<'a>(&self, rows: &'a [f32]) -> Matrix<'a> {
        Matrix::new(rows, [rows.len() / self.outputs, self.outputs])
    }

    fn weights<'a>(&self, theta: &'a [f32]) -> Matrix<'a> {
        Matrix::new(&theta[..self.inputs * self.outputs], [self.inputs, self.outputs])
    }

    /// h `[n, d_input]` → h W + b `[n, d_output]`.
    fn affine(&self, theta: &[f32], h: &[f32], a: &mut [f32], scratch: &mut Scratch) {
        let h = self.patches(h, &mut scratch.patches[0]);
        let biases = &theta[self.inputs * self.outputs..];
        matmul(h, self.weights(theta), Start::Row(biases), a, &mut scratch.product);
    }

    /// The gradient in h `[n, d_input]` of what has the gradient `in_a` `[n, d_output]` in h W + b: in_a Wᵀ.
    fn pull_back(&self, theta: &[f32], in_a: &[f32], in_h: &mut [f32], memory: &mut Vec<f32>, product: &mut Vec<f32>) {
        let (in_a, weights) = (self.places(in_a), self.weights(theta).transposed());
        match &self.patches {
            Some(table) => {
                memory.resize(in_h.len() / table.d * table.n(), 0.0);
                matmul(in_a, weights, Start::Zero, memory, product);
                fold(memory, table, in_h);
            }
            None => matmul(in_a, weights, Start::Zero, in_h, product),
        }
    }
}

impl Layers {
    pub fn new(layers: Vec<Layer>, activation: Activation) -> Self {
        let n_parameters = layers.iter().map(Layer::n_parameters).sum();
        let n_hidden = layers[..layers.len() - 1].iter().map(Layer::d_output).sum();
        Self { layers, activation, n_parameters, n_hidden }
    }

    /// A multilayer perceptron of these layer sizes, the input first and the output last.
    pub fn dense(sizes: &[usize], activation: Activation) -> Self {
        Self::new(sizes.windows(2).map(|pair| Layer::dense(pair[0], pair[1])).collect(), activation)
    }

    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    pub fn activation(&self) -> Activation {
        self.activation
    }

    pub fn n_parameters(&self) -> usize {
        self.n_parameters
    }

    pub fn d_input(&self) -> usize {
        self.layers[0].d_input()
    }

    pub fn d_output(&self) -> usize {
        self.layers[self.layers.len() - 1].d_output()
    }

    /// Numbers that the hidden layers give for `n` rows, layer after layer: what [`forward`](Self::forward) leaves on the
    /// tape.
    pub fn tape(&self, n: usize) -> usize {
        n * self.n_hidden
    }

    /// Where each layer's parameters stand in θ.
    pub fn parameters(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + ExactSizeIterator {
        let ends = self.layers.iter().scan(0, |end, layer| {
            let start = *end;
            *end += layer.n_parameters();
            Some(start..*end)
        });
        ends.collect::<Vec<_>>().into_iter()
    }

    /// The network on rows x `[n, d_input]` into y `[n, d_output]`; the hidden layers' outputs stay on the tape.
    pub fn forward(&self, theta: &[f32], x: &[f32], tape: &mut [f32], y: &mut [f32], scratch: &mut Scratch) {
        let n = x.len() / self.d_input();
        let (mut h, mut theta, mut tape) = (x, theta, tape);
        for layer in &self.layers[..self.layers.len() - 1] {
            let (own, rest) = theta.split_at(layer.n_parameters());
            let (a, after) = tape.split_at_mut(n * layer.d_output());
            layer.affine(own, h, a, scratch);
            self.activation.apply(a);
            (h, theta, tape) = (a, rest, after);
        }
        self.layers[self.layers.len() - 1].affine(theta, h, y, scratch);
    }

    /// [`forward`](Self::forward) where there is no way back: some rows at a time, so that what hidden layers give never
    /// leaves the cache.
    pub fn evaluate(&self, theta: &[f32], x: &[f32], y: &mut [f32], scratch: &mut Scratch) {
        let mut tape = std::mem::take(&mut scratch.tape);
        tape.resize(self.tape(ROWS.min(x.len() / self.d_input())), 0.0);
        for (x, y) in x.chunks(ROWS * self.d_input()).zip(y.chunks_mut(ROWS * self.d_output())) {
            let used = self.tape(x.len() / self.d_input());
            self.forward(theta, x, &mut tape[..used], y, scratch);
        }
        scratch.tape = tape;
    }

    /// From the loss's gradient in y, `[n, d_output]`, of the pass that left the tape: adds its gradient in θ and in x.
    pub fn backward(
        &self,
        theta: &[f32],
        x: &[f32],
        tape: &[f32],
        in_y: &[f32],
        into: Gradients,
        scratch: &mut Scratch,
    ) {
        self.descend(theta, x, tape, in_y, &[], into, scratch);
    }

    /// [`backward`](Self::backward), where the loss also depends on the hidden layers' outputs by themselves: `in_tape`,
    /// laid out as the tape, or empty.
    #[expect(clippy::too_many_arguments, reason = "each is a slice with a meaning of its own")]
    fn descend(
        &self,
        theta: &[f32],
        x: &[f32],
        tape: &[f32],
        in_y: &[f32],
        in_tape: &[f32],
        mut into: Gradients,
        scratch: &mut Scratch,
    ) {
        let n = x.len() / self.d_input();
        let Scratch { product, patches, rows: [above, below, _], .. } = scratch;
        above.clear();
        above.extend_from_slice(in_y);
        let (mut end, mut top) = (theta.len(), tape.len());
        for (i, layer) in self.layers.iter().enumerate().rev() {
            let own = end - layer.n_parameters()..end;
            end = own.start;
            let below_it = if i == 0 { 0 } else { n * layer.d_input() };
            let h = if i == 0 { x } else { &tape[top - below_it..top] };
            if let Some(in_theta) = &mut into.theta {
                let (in_weights, in_biases) = in_theta[own.clone()].split_at_mut(layer.inputs * layer.outputs);
                add_rows(above, in_biases);
                let h = layer.patches(h, &mut patches[0]);
                matmul(h.transposed(), layer.places(above), Start::Keep, in_weights, product);
            }
            if i == 0 && into.x.is_none() {
                return;
            }
            below.resize(n * layer.d_input(), 0.0);
            layer.pull_back(&theta[own], above, below, &mut patches[1], product);
            if i > 0 {
                if let Some(more) = in_tape.get(top - below_it..top) {
                    below.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
                }
                self.activation.by_slope(h, below);
                std::mem::swap(above, below);
                top -= below_it;
            }
        }
        if let Some(in_x) = into.x {
            in_x.iter_mut().zip(below).for_each(|(sum, value)| *sum += *value);
        }
    }
}

/// Adds the rows of a matrix `[n, sums.len()]` to `sums`: a block of columns at a time, whose sums stay in registers.
fn add_rows(rows: &[f32], sums: &mut [f32]) {
    const BLOCK: usize = 16;
    let n = sums.len();
    let (blocks, rest) = sums.as_chunks_mut::<BLOCK>();
    for (q, block) in blocks.iter_mut().enumerate() {
        let mut sums = *block;
        for row in rows.chunks_exact(n) {
            let row: &[f32; BLOCK] = row[q * BLOCK..].first_chunk().expect("a block of the row");
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        *block = sums;
    }
    let from = n - rest.len();
    for (x, sum) in rest.iter_mut().enumerate() {
        *sum = rows.get(from + x..).unwrap_or_default().iter().step_by(n).fold(*sum, |sum, value| sum + value);
    }
}
