//! A whole stack of layers as one operation, and its gradient in the input as another, both with ways back worked out by
//! hand: autodiff sees one node where it would see a dozen.

#![allow(deprecated)] // ndarray: see device.rs

#[cfg(any(feature = "ndarray", feature = "webgpu"))]
mod composed;
#[cfg(feature = "flex")]
mod flex;
#[cfg(feature = "flex")]
mod lent;
mod passes;
#[cfg(test)]
mod tests;

use crate::kernel::tracked;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, TensorMetadata, backend_extension};
use burn::tensor::Tensor;
use genlab_kernel::Layers;
use passes::{Found, Kept, Passes};
use std::sync::{Arc, Mutex};

/// The network with parameters θ `[n_parameters]` on rows x `[n, d_input]`: y `[n, d_output]`.
pub fn layers(x: Tensor<2>, theta: Tensor<1>, net: &Arc<Layers>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::layers(x.into_dispatch(), theta.into_dispatch(), net.clone()))
}

/// y `[n, 1]` of a network with one output, and ∇ₓy `[n, d_input]`. A loss may look at both.
pub fn layers_with_slope(x: Tensor<2>, theta: Tensor<1>, net: &Arc<Layers>) -> (Tensor<2>, Tensor<2>) {
    let (y, slope) = Dispatch::layers_with_slope(x.into_dispatch(), theta.into_dispatch(), net.clone());
    (Tensor::from_dispatch(y), Tensor::from_dispatch(slope))
}

#[backend_extension(
    Autodiff,
    Flex: cfg(feature = "flex"),
    NdArray: cfg(feature = "ndarray"),
    Cube: cfg(feature = "webgpu")
)]
trait LayersOps: Backend {
    fn layers(x: FloatTensor<Self>, theta: FloatTensor<Self>, net: Arc<Layers>) -> FloatTensor<Self>;

    fn layers_with_slope(
        x: FloatTensor<Self>,
        theta: FloatTensor<Self>,
        net: Arc<Layers>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);
}

/// Where nobody asks for gradients, what the way back would need is dropped.
macro_rules! without_gradients {
    ($backend:ty) => {
        impl LayersOps for $backend {
            fn layers(x: FloatTensor<Self>, theta: FloatTensor<Self>, net: Arc<Layers>) -> FloatTensor<Self> {
                Self::evaluate(&Kept::new(x, theta, net))
            }

            fn layers_with_slope(
                x: FloatTensor<Self>,
                theta: FloatTensor<Self>,
                net: Arc<Layers>,
            ) -> (FloatTensor<Self>, FloatTensor<Self>) {
                let mut kept = Kept::new(x, theta, net);
                let (y, hidden) = Self::forward(&kept);
                kept.hidden = hidden;
                (y, Self::slope(&kept).0)
            }
        }
    };
}

#[cfg(feature = "flex")]
without_gradients!(burn::backend::Flex);
#[cfg(feature = "ndarray")]
without_gradients!(burn::backend::NdArray);
#[cfg(feature = "webgpu")]
without_gradients!(burn::backend::Wgpu);

impl<B: LayersOps + Passes, C: CheckpointStrategy> LayersOps for Autodiff<B, C> {
    fn layers(x: FloatTensor<Self>, theta: FloatTensor<Self>, net: Arc<Layers>) -> FloatTensor<Self> {
        let ((x, x_node), (theta, theta_node)) = (x.into_parts(), theta.into_parts());
        match Output.prepare::<C>([x_node, theta_node]).compute_bound().stateful() {
            OpsKind::Tracked(prep) => {
                let mut kept = Kept::<B>::new(x, theta, net);
                let (y, hidden) = B::forward(&kept);
                kept.hidden = hidden;
                prep.finish(kept, y)
            }
            OpsKind::UnTracked(prep) => prep.finish(B::layers(x, theta, net)),
        }
    }

    fn layers_with_slope(
        x: FloatTensor<Self>,
        theta: FloatTensor<Self>,
        net: Arc<Layers>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let nodes = [x.node(), theta.node()];
        let mut kept = Kept::<B>::new(x.primitive().clone(), theta.primitive().clone(), net);
        let (y, hidden) = B::forward(&kept);
        kept.hidden = hidden;
        let (slope, chain) = B::slope(&kept);
        kept.chain = chain;
        let met = Met::<B>::default();
        let y = tracked::<B, C, _, 2>(OutputAndSlope, nodes, (kept, met.clone()), y);
        let slope = tracked::<B, C, _, 1>(Slope, [y.node()], (y.primitive().clone(), met), slope);
        (y, slope)
    }
}

#[derive(Debug)]
struct Output;

impl<B: Passes> Backward<B, 2> for Output {
    type State = Kept<B>;

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        go_back(ops, gradients, B::backward);
    }
}

/// The gradient in the slope, from where it comes to where that in the output comes: they go back together.
type Met<B> = Arc<Mutex<Option<FloatTensor<B>>>>;

/// The slope, for autodiff made of the output: so its gradient is there before the output's is asked for.
#[derive(Debug)]
struct Slope;

impl<B: Passes> Backward<B, 1> for Slope {
    /// The output, and where the gradient is left.
    type State = (FloatTensor<B>, Met<B>);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let (y, met) = ops.state;
        *met.lock().expect("nobody panics with it") = Some(gradients.consume::<B>(&ops.node));
        if let [Some(output)] = ops.parents {
            // Of itself nothing, but enough for the output's turn to come where the loss does not look at it.
            gradients.register::<B>(output.id, B::float_zeros(y.shape(), &y.device(), y.dtype().into()));
        }
    }
}

#[derive(Debug)]
struct OutputAndSlope;

impl<B: Passes> Backward<B, 2> for OutputAndSlope {
    type State = (Kept<B>, Met<B>);

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let in_slope = ops.state.1.lock().expect("nobody panics with it").take();
        let ops = Ops { parents: ops.parents, node: ops.node, state: ops.state.0 };
        go_back(ops, gradients, |kept, in_y, wanted| match in_slope {
            Some(in_slope) => B::both_backward(kept, in_y, in_slope, wanted),
            None => B::backward(kept, in_y, wanted),
        });
    }
}

/// Takes the gradient of what an operation gave, and hands on those of x and of θ where they are asked for.
fn go_back<B: Passes>(
    ops: Ops<Kept<B>, 2>,
    gradients: &mut Gradients,
    pass: impl FnOnce(&Kept<B>, FloatTensor<B>, [bool; 2]) -> Found<B>,
) {
    let gradient = gradients.consume::<B>(&ops.node);
    let wanted = ops.parents.each_ref().map(Option::is_some);
    for (parent, found) in ops.parents.into_iter().zip(pass(&ops.state, gradient, wanted)) {
        if let Some((parent, found)) = parent.zip(found) {
            gradients.register::<B>(parent.id, found);
        }
    }
}
