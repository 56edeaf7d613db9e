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

    /// From the loss's gradient in ∇ₓy, `[n, d_input]`: adds its gradient in θ and in x.
    #[expect(clippy::too_many_arguments, reason = "each is a slice with a meaning of its own")]
    pub fn slope_backward(
        &self,
        theta: &[f32],
        x: &[f32],
        tape: &[f32],
        chain: &[f32],
        in_slope: &[f32],
        mut into: Gradients,
        scratch: &mut Scratch,
    ) {
        let n = x.len() / self.d_input();
        let last = self.layers.len() - 1;
        let w = theta.len() - self.layers[last].n_parameters()..theta.len() - 1;
        let curved = !self.activation.is_piecewise_linear();
        let Scratch { product, patches, rows: [q, p, wide], in_tape, .. } = scratch;
        in_tape.clear();
        q.clear();
        q.extend_from_slice(in_slope);
        let (mut start, mut bottom, mut link) = (0, 0, 0);
        for (i, layer) in self.layers[..last].iter().enumerate() {
            let own = start..start + layer.n_parameters();
            let h = &tape[bottom..bottom + n * layer.d_output()];
            let v = if i + 1 == last { &theta[w.clone()] } else { &chain[link..link + h.len()] };
            (start, bottom, link) = (own.end, bottom + h.len(), link + h.len());
            p.resize(h.len(), 0.0);
            self.activation.times_slope(h, v, p);
            let [r, _] = patches;
            let r = layer.patches(q, r);
            if let Some(in_theta) = &mut into.theta {
                let in_weights = &mut in_theta[own.clone()][..layer.inputs * layer.outputs];
                matmul(r.transposed(), layer.places(p), Start::Keep, in_weights, product);
            }
            wide.resize(h.len(), 0.0);
            matmul(r, layer.weights(&theta[own]), Start::Zero, wide, product);
            if curved {
                let bend = |((h, v), p): ((&f32, &f32), &f32)| -2.0 * h * v * p;
                in_tape.extend(h.iter().zip(v.iter().cycle()).zip(&*wide).map(bend));
            }
            q.resize(h.len(), 0.0);
            self.activation.times_slope(h, wide, q);
        }
        if let Some(in_theta) = &mut into.theta {
            add_rows(q, &mut in_theta[w]);
        }
        if curved {
            wide.clear();
            wide.resize(n, 0.0);
            let (in_y, in_tape) = (std::mem::take(wide), std::mem::take(in_tape));
            self.descend(theta, x, tape, &in_y, &in_tape, into, scratch);
            (scratch.rows[2], scratch.in_tape) = (in_y, in_tape);
        }
    }
}
