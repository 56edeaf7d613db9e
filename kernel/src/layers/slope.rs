//! The gradient of a network's one output in its input, and the way back from that: what a penalty on D's slope needs.
//!
//! ∇ₓy = v₀ of the chain v of the last layer = its weights w, vₗ = (vₗ₊₁ ⊙ φ′(aₗ)) Wₗᵀ. From the loss's gradient q₀ in v₀ the way
//! back goes up the chain: with r = qₗ, p = vₗ₊₁ ⊙ φ′
//!
//! | gradient in | formula |
//! | --- | --- |
//! | Wₗ | rᵀ p |
//! | vₗ₊₁ (qₗ₊₁) | (r Wₗ) ⊙ φ′ |
//! | hₗ₊₁, by way of φ′ = 1 − h² | −2 h ⊙ vₗ₊₁ ⊙ (r Wₗ); none for rectifiers, whose φ′ is constant |
//!
//! and w's is the sum of its q over the rows (double backpropagation: Drucker and Le Cun, 1992).
//!
//! The loss looks at y as well, whose way back is the same chain: its gradient in aₗ is y's own gradient ȳ, row by row, times p. So
//! where neither φ′ nor x asks for more, both ways are one, and Wₗ's gradient is one product:
//!
//! | gradient in | formula |
//! | --- | --- |
//! | Wₗ | (r + ȳ h)ᵀ p |
//! | bₗ | sum of ȳ p over the rows |

use super::{Gradients, Layers, Scratch, add_rows};
use crate::matmul::{Start, matmul};

impl Layers {
    /// Numbers that [`slope`](Self::slope) leaves on its chain for `n` rows: vₗ of the layers between the first and the last.
    pub fn chain(&self, n: usize) -> usize {
        let last = self.layers.len() - 1;
        n * self.layers[..last].iter().skip(1).map(|layer| layer.d_input()).sum::<usize>()
    }

    /// ∇ₓy `[n, d_input]` of the pass that left the tape, for networks of one output.
    pub fn slope(&self, theta: &[f32], tape: &[f32], chain: &mut [f32], slope: &mut [f32], scratch: &mut Scratch) {
        debug_assert_eq!(self.d_output(), 1);
        let n = slope.len() / self.d_input();
        let Scratch { product, patches, rows: [p, ..], .. } = scratch;
        let last = self.layers.len() - 1;
        let mut end = theta.len() - self.layers[last].n_parameters();
        let mut v: &[f32] = &theta[end..theta.len() - 1]; // [1, d], for all rows
        if last == 0 {
            return slope.chunks_exact_mut(v.len()).for_each(|row| row.copy_from_slice(v));
        }
        let (mut top, mut chain) = (tape.len(), chain);
        for (i, layer) in self.layers[..last].iter().enumerate().rev() {
            let start = end - layer.n_parameters();
            let bottom = top - n * layer.d_output();
            p.resize(top - bottom, 0.0);
            self.activation.times_slope(&tape[bottom..top], v, p);
            let here = if i == 0 {
                &mut *slope
            } else {
                let at = chain.len() - n * layer.d_input();
                let (rest, here) = chain.split_at_mut(at);
                chain = rest;
                here
            };
            layer.pull_back(&theta[start..end], p, here, &mut patches[0], product);
            (v, end, top) = (here, start, bottom);
        }
    }

    /// From the loss's gradients in y, `[n, 1]`, and in ∇ₓy, `[n, d_input]`: adds its gradient in θ and in x.
    #[expect(clippy::too_many_arguments, reason = "each is a slice with a meaning of its own")]
    pub fn both_backward(
        &self,
        theta: &[f32],
        x: &[f32],
        tape: &[f32],
        chain: &[f32],
        in_y: &[f32],
        in_slope: &[f32],
        mut into: Gradients,
        scratch: &mut Scratch,
    ) {
        let n = in_y.len();
        let last = self.layers.len() - 1;
        let w = theta.len() - self.layers[last].n_parameters()..theta.len() - 1;
        let curved = !self.activation.is_piecewise_linear();
        let as_one = !curved && into.x.is_none();
        let Scratch { product, patches: [r_patches, patches], rows: [q, p, wide], in_tape, .. } = scratch;
        in_tape.clear();
        q.clear();
        q.extend_from_slice(in_slope);
        let (mut h, mut start, mut bottom, mut link) = (x, 0, 0, 0);
        for (i, layer) in self.layers[..last].iter().enumerate() {
            let own = start..start + layer.n_parameters();
            let above = &tape[bottom..bottom + n * layer.d_output()];
            let v = if i + 1 == last { &theta[w.clone()] } else { &chain[link..link + above.len()] };
            (start, bottom, link) = (own.end, bottom + above.len(), link + above.len());
            p.resize(above.len(), 0.0);
            self.activation.times_slope(above, v, p);
            let r = layer.patches(q, r_patches);
            if let Some(in_theta) = &mut into.theta {
                let (in_weights, in_biases) = in_theta[own.clone()].split_at_mut(layer.inputs * layer.outputs);
                let left = if as_one {
                    add_weighted_rows(p, in_y, in_biases);
                    with_weighted(q, h, in_y, wide);
                    layer.patches(wide, patches)
                } else {
                    r
                };
                matmul(left.transposed(), layer.places(p), Start::Keep, in_weights, product);
            }
            wide.resize(above.len(), 0.0);
            matmul(r, layer.weights(&theta[own]), Start::Zero, wide, product);
            if curved {
                let bend = |((h, v), p): ((&f32, &f32), &f32)| -2.0 * h * v * p;
                in_tape.extend(above.iter().zip(v.iter().cycle()).zip(&*wide).map(bend));
            }
            q.resize(above.len(), 0.0);
            self.activation.times_slope(above, wide, q);
            h = above;
        }
        if let Some(in_theta) = &mut into.theta {
            if as_one {
                with_weighted(q, h, in_y, wide);
                std::mem::swap(q, wide);
                in_theta[w.end] += in_y.iter().sum::<f32>();
            }
            add_rows(q, &mut in_theta[w]);
        }
        if !as_one {
            let in_tape = std::mem::take(in_tape);
            self.descend(theta, x, tape, in_y, &in_tape, into, scratch);
            scratch.in_tape = in_tape;
        }
    }
}

/// `to` ← q + ȳ h, row by row.
fn with_weighted(q: &[f32], h: &[f32], in_y: &[f32], to: &mut Vec<f32>) {
    let d = q.len() / in_y.len().max(1);
    to.resize(q.len(), 0.0);
    for (((to, q), h), in_y) in to.chunks_exact_mut(d).zip(q.chunks_exact(d)).zip(h.chunks_exact(d)).zip(in_y) {
        to.iter_mut().zip(q).zip(h).for_each(|((to, q), h)| *to = q + in_y * h);
    }
}

/// Adds the rows of p, each times its ȳ, to `sums`. A convolution has several rows of p for each ȳ.
fn add_weighted_rows(p: &[f32], in_y: &[f32], sums: &mut [f32]) {
    let d = p.len() / in_y.len().max(1);
    for (p, in_y) in p.chunks_exact(d).zip(in_y) {
        for p in p.chunks_exact(sums.len()) {
            sums.iter_mut().zip(p).for_each(|(sum, p)| *sum += in_y * p);
        }
    }
}
