//! The passes composed of a backend's own operations, for devices that the kernel knows nothing of. Whatever hidden layers
//! leave is one tensor a layer.

#![allow(deprecated)] // ndarray: see device.rs

use super::passes::{Found, Kept, Passes};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, TensorMetadata, get_device_settings};
use burn::tensor::{Shape, Slice};
use genlab_kernel::{Activation, Layer, Layers};
use std::ops::Range;

/// A backend whose passes are these.
pub trait Composed: Passes<Hidden = Vec<FloatTensor<Self>>> {}

impl<B: Passes<Hidden = Vec<FloatTensor<B>>>> Composed for B {}

macro_rules! compose {
    ($backend:ty) => {
        impl Passes for $backend {
            type Hidden = Vec<FloatTensor<Self>>;

            fn cut(theta: &FloatTensor<Self>, net: &Layers) -> Vec<FloatTensor<Self>> {
                cut::<Self>(theta, net)
            }

            fn forward(kept: &Kept<Self>) -> (FloatTensor<Self>, Self::Hidden) {
                forward(kept)
            }

            fn evaluate(kept: &Kept<Self>) -> FloatTensor<Self> {
                forward(kept).0
            }

            fn slope(kept: &Kept<Self>) -> (FloatTensor<Self>, Self::Hidden) {
                slope(kept)
            }

            fn backward(kept: &Kept<Self>, in_y: FloatTensor<Self>, wanted: [bool; 2]) -> Found<Self> {
                descend(kept, in_y, Vec::new(), wanted)
            }

            fn both_backward(
                kept: &Kept<Self>,
                in_y: FloatTensor<Self>,
                in_slope: FloatTensor<Self>,
                wanted: [bool; 2],
            ) -> Found<Self> {
                both_backward(kept, in_y, in_slope, wanted)
            }
        }
    };
}

#[cfg(feature = "ndarray")]
compose!(burn::backend::NdArray);
#[cfg(feature = "webgpu")]
compose!(burn::backend::Wgpu);

/// Of each layer the weights `[inputs, outputs]` and the biases `[1, outputs]`: once for all passes.
fn cut<B: Composed>(theta: &FloatTensor<B>, net: &Layers) -> Vec<FloatTensor<B>> {
    let part = |range: Range<usize>, shape: [usize; 2]| {
        B::float_reshape(B::float_slice(theta.clone(), &[Slice::from(range)]), Shape::new(shape))
    };
    let parts = net.layers().iter().zip(net.parameters()).flat_map(|(layer, own)| {
        let middle = own.end - layer.outputs;
        [part(own.start..middle, [layer.inputs, layer.outputs]), part(middle..own.end, [1, layer.outputs])]
    });
    parts.collect()
}

/// y `[n, d_output]`, and what the hidden layers gave.
fn forward<B: Composed>(kept: &Kept<B>) -> (FloatTensor<B>, Vec<FloatTensor<B>>) {
    let mut hidden = Vec::new();
    let mut h = kept.x.clone();
    let stack = Stack::of(kept);
    for layer in &stack.0 {
        h = layer.affine(h);
        if hidden.len() + 1 < stack.0.len() {
            h = match kept.net.activation() {
                Activation::Relu => B::relu(h),
                Activation::LeakyRelu => B::leaky_relu(h, LEAK.into()),
                Activation::Tanh => B::float_tanh(h),
            };
            hidden.push(h.clone());
        }
    }
    (h, hidden)
}

/// ∇ₓy `[n, d_input]` of a network with one output, and its chain.
fn slope<B: Composed>(kept: &Kept<B>) -> (FloatTensor<B>, Vec<FloatTensor<B>>) {
    let stack = Stack::of(kept);
    let mut v = stack.last_weights(kept.x.shape()[0]);
    let mut chain = Vec::new();
    for (layer, h) in stack.0.iter().zip(&kept.hidden).rev() {
        chain.push(v.clone());
        v = layer.pull_back(B::float_mul(v, slope_at(kept, h)));
    }
    chain.reverse();
    (v, chain)
}

/// From the loss's gradients in y and in ∇ₓy.
fn both_backward<B: Composed>(
    kept: &Kept<B>,
    in_y: FloatTensor<B>,
    in_slope: FloatTensor<B>,
    wanted: [bool; 2],
) -> Found<B> {
    let stack = Stack::of(kept);
    let curved = !kept.net.activation().is_piecewise_linear();
    let as_one = !curved && !wanted[0];
    let weighted = |rows: &FloatTensor<B>| B::float_mul(rows.clone(), in_y.clone());
    let (mut h, mut q, mut in_theta, mut in_hidden) = (&kept.x, in_slope, Vec::new(), Vec::new());
    for ((layer, above), v) in stack.0.iter().zip(&kept.hidden).zip(&kept.chain) {
        let slope = slope_at(kept, above);
        let r = layer.patches(q.clone());
        if wanted[1] {
            let p = B::float_mul(v.clone(), slope.clone());
            let (left, biases) = if as_one {
                let biases = B::float_sum_dim(layer.places(weighted(&p)), 0);
                (layer.patches(B::float_add(q, weighted(h))), biases)
            } else {
                (r.clone(), layer.no_biases())
            };
            in_theta.extend([B::float_matmul(B::float_transpose(left), layer.places(p)), biases]);
        }
        let up = layer.rows(B::float_matmul(r, layer.weights.clone()));
        if curved {
            let bend = B::float_mul(B::float_mul(above.clone(), v.clone()), up.clone());
            in_hidden.push(B::float_mul_scalar(bend, (-2.0f32).into()));
        }
        q = B::float_mul(up, slope);
        h = above;
    }
    let last = stack.0.last().expect("a network has a layer");
    let (q, biases) =
        if as_one { (B::float_add(q, weighted(h)), B::float_sum_dim(in_y.clone(), 0)) } else { (q, last.no_biases()) };
    in_theta.extend([B::float_sum_dim(q, 0), biases]);
    let found = wanted[1].then(|| flat::<B>(in_theta));
    if as_one {
        return [None, found];
    }
    let [in_x, more] = descend(kept, in_y, in_hidden, wanted);
    [in_x, found.zip(more).map(|(found, more)| B::float_add(found, more))]
}

const LEAK: f32 = genlab_kernel::LEAK;

/// The way back from the output, and from the hidden layers where those have a gradient of their own.
fn descend<B: Composed>(
    kept: &Kept<B>,
    in_y: FloatTensor<B>,
    in_hidden: Vec<FloatTensor<B>>,
    wanted: [bool; 2],
) -> Found<B> {
    let stack = Stack::of(kept);
    let (mut in_a, mut in_theta, mut in_x) = (in_y, Vec::new(), None);
    for (i, layer) in stack.0.iter().enumerate().rev() {
        let h = i.checked_sub(1).map(|below| &kept.hidden[below]);
        if wanted[1] {
            in_theta.extend(layer.in_parameters(h.unwrap_or(&kept.x).clone(), in_a.clone()));
        }
        let Some(h) = h else {
            in_x = wanted[0].then(|| layer.pull_back(in_a));
            break;
        };
        let mut below = layer.pull_back(in_a);
        if let Some(more) = in_hidden.get(i - 1) {
            below = B::float_add(below, more.clone());
        }
        in_a = B::float_mul(below, slope_at(kept, h));
    }
    in_theta.reverse(); // biases come before weights, and the last layer first
    [in_x, wanted[1].then(|| flat::<B>(in_theta))]
}

/// φ′ where φ gave h.
fn slope_at<B: Composed>(kept: &Kept<B>, h: &FloatTensor<B>) -> FloatTensor<B> {
    match kept.net.activation().leak() {
        Some(leak) => {
            let dtype = get_device_settings::<B>(&h.device()).bool_dtype;
            let positive = B::bool_into_float(B::float_greater_elem(h.clone(), 0f32.into(), dtype), h.dtype().into());
            B::float_add_scalar(B::float_mul_scalar(positive, (1.0 - leak).into()), leak.into())
        }
        None => B::float_add_scalar(B::float_neg(B::float_mul(h.clone(), h.clone())), 1f32.into()),
    }
}

/// Tensors end to end, `[n]`.
fn flat<B: Backend>(parts: Vec<FloatTensor<B>>) -> FloatTensor<B> {
    let flat = |part: FloatTensor<B>| {
        let n = part.shape().num_elements();
        B::float_reshape(part, Shape::new([n]))
    };
    B::float_cat(parts.into_iter().map(flat).collect(), 0)
}

/// A network's layers with their parameters.
struct Stack<'a, B: Backend>(Vec<Part<'a, B>>);

struct Part<'a, B: Backend> {
    layer: &'a Layer,
    /// `[inputs, outputs]`
    weights: FloatTensor<B>,
    /// `[1, outputs]`
    biases: FloatTensor<B>,
}

impl<'a, B: Composed> Stack<'a, B> {
    fn of(kept: &'a Kept<B>) -> Self {
        let parameters = kept.parameters.as_chunks::<2>().0;
        let parts = kept.net.layers().iter().zip(parameters).map(|(layer, [weights, biases])| Part {
            layer,
            weights: weights.clone(),
            biases: biases.clone(),
        });
        Self(parts.collect())
    }

    /// The one output's weights, for each of `n` rows: `[n, d]`.
    fn last_weights(&self, n: usize) -> FloatTensor<B> {
        let last = self.0.last().expect("a network has a layer");
        B::float_expand(B::float_transpose(last.weights.clone()), Shape::new([n, last.layer.inputs]))
    }
}

impl<B: Composed> Part<'_, B> {
    /// Rows `[n, d_input]` → what meets the weights, `[n · n_places, inputs]`.
    fn patches(&self, rows: FloatTensor<B>) -> FloatTensor<B> {
        let Some(table) = &self.layer.patches else { return rows };
        let n = rows.shape()[0] * table.n() / self.layer.inputs;
        B::float_reshape(B::unfold(rows, table.clone()), Shape::new([n, self.layer.inputs]))
    }

    /// Rows `[n, d_output]` as places, `[n · n_places, outputs]`.
    fn places(&self, rows: FloatTensor<B>) -> FloatTensor<B> {
        let n = rows.shape().num_elements() / self.layer.outputs;
        B::float_reshape(rows, Shape::new([n, self.layer.outputs]))
    }

    /// Back from places to rows.
    fn rows(&self, places: FloatTensor<B>) -> FloatTensor<B> {
        let n = places.shape().num_elements() / self.layer.d_output();
        B::float_reshape(places, Shape::new([n, self.layer.d_output()]))
    }

    /// h W + b
    fn affine(&self, h: FloatTensor<B>) -> FloatTensor<B> {
        self.rows(B::float_add(B::float_matmul(self.patches(h), self.weights.clone()), self.biases.clone()))
    }

    /// The gradient in h of what has the gradient `in_a` in h W + b.
    fn pull_back(&self, in_a: FloatTensor<B>) -> FloatTensor<B> {
        let in_h = B::float_matmul(self.places(in_a), B::float_transpose(self.weights.clone()));
        let Some(table) = &self.layer.patches else { return in_h };
        let n = in_h.shape().num_elements() / table.n();
        B::fold(B::float_reshape(in_h, Shape::new([n, table.n()])), table.clone())
    }

    /// The gradients in the biases and in the weights.
    fn in_parameters(&self, h: FloatTensor<B>, in_a: FloatTensor<B>) -> [FloatTensor<B>; 2] {
        let in_a = self.places(in_a);
        let in_weights = B::float_matmul(B::float_transpose(self.patches(h)), in_a.clone());
        [B::float_sum_dim(in_a, 0), in_weights]
    }

    fn no_biases(&self) -> FloatTensor<B> {
        B::float_zeros(self.biases.shape(), &self.biases.device(), self.biases.dtype().into())
    }
}
