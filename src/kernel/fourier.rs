//! Fourier features of points, [x, sin(B x), cos(B x)], and the gradient in x of what looks at them.

#![allow(deprecated)] // ndarray: see device.rs

#[cfg(feature = "flex")]
use crate::kernel::flex::{made, numbers};
use crate::kernel::tracked;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, unary};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, TensorMetadata, backend_extension};
use burn::tensor::{Slice, Tensor};

/// Points x `[n, d]` → features `[n, d + 2 m]`, for frequencies B `[d, m]`; d is 1 or 2.
pub fn fourier(x: Tensor<2>, frequencies: Tensor<2>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::fourier(x.into_dispatch(), frequencies.into_dispatch()))
}

/// The gradient in x `[n, d]` of what has the gradient g `[n, d + 2 m]` in the `features` of x:
/// g_x + (g_sin ⊙ cos Bx − g_cos ⊙ sin Bx) Bᵀ. A loss may look at it.
pub fn fourier_pull_back(features: Tensor<2>, gradient: Tensor<2>, frequencies: Tensor<2>) -> Tensor<2> {
    let [features, gradient, frequencies] = [features, gradient, frequencies].map(Tensor::into_dispatch);
    Tensor::from_dispatch(Dispatch::fourier_pull_back(features, gradient, frequencies))
}

#[backend_extension(
    Autodiff,
    Flex: cfg(feature = "flex"),
    NdArray: cfg(feature = "ndarray"),
    Cube: cfg(feature = "webgpu")
)]
trait FourierOps: Backend {
    fn fourier(x: FloatTensor<Self>, frequencies: FloatTensor<Self>) -> FloatTensor<Self> {
        let angle = Self::float_matmul(x.clone(), frequencies);
        Self::float_cat(vec![x, Self::float_sin(angle.clone()), Self::float_cos(angle)], 1)
    }

    fn fourier_pull_back(
        features: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        frequencies: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let d = frequencies.shape()[0];
        let ([_, sin, cos], [g, g_sin, g_cos]) = (parts::<Self>(features, d), parts::<Self>(gradient, d));
        let angular = Self::float_sub(Self::float_mul(g_sin, cos), Self::float_mul(g_cos, sin));
        Self::float_add(g, Self::float_matmul(angular, Self::float_transpose(frequencies)))
    }

    /// The transpose of the above: how features change when x changes by `dx` `[n, d]`.
    fn fourier_push(
        features: FloatTensor<Self>,
        dx: FloatTensor<Self>,
        frequencies: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let [_, sin, cos] = parts::<Self>(features, frequencies.shape()[0]);
        let angle = Self::float_matmul(dx.clone(), frequencies);
        let in_cos = Self::float_neg(Self::float_mul(angle.clone(), sin));
        Self::float_cat(vec![dx, Self::float_mul(angle, cos), in_cos], 1)
    }

    /// The gradient in the features of what has the gradient `dx` in what was pulled back.
    fn fourier_bend(
        gradient: FloatTensor<Self>,
        dx: FloatTensor<Self>,
        frequencies: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let [g, g_sin, g_cos] = parts::<Self>(gradient, frequencies.shape()[0]);
        let angle = Self::float_matmul(dx, frequencies);
        let nothing = Self::float_zeros(g.shape(), &g.device(), g.dtype().into());
        let in_sin = Self::float_neg(Self::float_mul(angle.clone(), g_cos));
        Self::float_cat(vec![nothing, in_sin, Self::float_mul(angle, g_sin)], 1)
    }
}

/// Of features, or of a gradient in them: what belongs to x, to the sines and to the cosines.
fn parts<B: Backend>(features: FloatTensor<B>, d: usize) -> [FloatTensor<B>; 3] {
    let [n, width] = features.shape().dims();
    let m = (width - d) / 2;
    [0..d, d..d + m, d + m..width]
        .map(|columns| B::float_slice(features.clone(), &[Slice::from(0..n), Slice::from(columns)]))
}

#[cfg(feature = "flex")]
impl FourierOps for burn::backend::Flex {
    fn fourier(x: FloatTensor<Self>, frequencies: FloatTensor<Self>) -> FloatTensor<Self> {
        let [d, m] = frequencies.shape().dims();
        let shape = [x.shape()[0], d + 2 * m];
        made(shape, |features| genlab_kernel::fourier(d, &numbers(&x), &numbers(&frequencies), features))
    }

    fn fourier_pull_back(
        features: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        frequencies: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let d = frequencies.shape()[0];
        let shape = [features.shape()[0], d];
        let [features, gradient, frequencies] = [&features, &gradient, &frequencies].map(numbers);
        made(shape, |in_x| genlab_kernel::fourier_pull_back(d, &features, &gradient, &frequencies, in_x))
    }

    fn fourier_push(
        features: FloatTensor<Self>,
        dx: FloatTensor<Self>,
        frequencies: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let d = frequencies.shape()[0];
        let shape = features.shape();
        let [features, dx, frequencies] = [&features, &dx, &frequencies].map(numbers);
        made(shape, |change| genlab_kernel::fourier_push(d, &features, &dx, &frequencies, change))
    }
}

#[cfg(feature = "ndarray")]
impl FourierOps for burn::backend::NdArray {}

#[cfg(feature = "webgpu")]
impl FourierOps for burn::backend::Wgpu {}

/// Frequencies are constants.
impl<B: FourierOps, C: CheckpointStrategy> FourierOps for Autodiff<B, C> {
    fn fourier(x: FloatTensor<Self>, frequencies: FloatTensor<Self>) -> FloatTensor<Self> {
        let ((x, node), frequencies) = (x.into_parts(), frequencies.into_primitive());
        let features = B::fourier(x, frequencies.clone());
        tracked::<B, C, _, 1>(Features, [node], (features.clone(), frequencies), features)
    }

    fn fourier_pull_back(
        features: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        frequencies: FloatTensor<Self>,
    ) -> FloatTensor<Self> {
        let nodes = [features.node(), gradient.node()];
        let state = [features, gradient, frequencies].map(|t| t.into_primitive());
        let [f, g, b] = state.clone();
        let in_x = B::fourier_pull_back(f, g, b);
        tracked::<B, C, _, 2>(PullBack, nodes, state, in_x)
    }
}

#[derive(Debug)]
struct Features;

impl<B: FourierOps> Backward<B, 1> for Features {
    /// The features and B.
    type State = (FloatTensor<B>, FloatTensor<B>);

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let (features, frequencies) = ops.state;
        unary::<B, _>(ops.parents, ops.node, gradients, |g| B::fourier_pull_back(features, g, frequencies));
    }
}

#[derive(Debug)]
struct PullBack;

impl<B: FourierOps> Backward<B, 2> for PullBack {
    /// The features, the gradient in them, and B.
    type State = [FloatTensor<B>; 3];

    fn backward(self, ops: Ops<Self::State, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let dx = gradients.consume::<B>(&ops.node);
        let ([in_features, in_gradient], [features, gradient, frequencies]) = (ops.parents, ops.state);
        if let Some(parent) = in_features {
            gradients.register::<B>(parent.id, B::fourier_bend(gradient, dx.clone(), frequencies.clone()));
        }
        if let Some(parent) = in_gradient {
            gradients.register::<B>(parent.id, B::fourier_push(features, dx, frequencies));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{self, DeviceKind};
    use crate::kernel::flat;
    use burn::tensor::{Device, TensorData};

    fn numbers(shape: [usize; 2], device: &Device) -> Tensor<2> {
        let values: Vec<f32> = (0..shape[0] * shape[1]).map(|i| (1.3 * i as f32 + shape[1] as f32).sin()).collect();
        Tensor::from_data(TensorData::new(values, shape), device)
    }

    /// The same in burn's own operations, which autodiff knows its way back from.
    fn composed(x: Tensor<2>, b: Tensor<2>) -> Tensor<2> {
        let angle = x.clone().matmul(b);
        Tensor::cat(vec![x, angle.clone().sin(), angle.cos()], 1)
    }

    fn close(found: Tensor<2>, expected: Tensor<2>) {
        for (found, expected) in flat(found).into_iter().zip(flat(expected)) {
            assert!((found - expected).abs() < 1e-5, "{found} against {expected}");
        }
    }

    /// Values and gradients on both CPU devices; of what is pulled back too, in all it is made from.
    #[test]
    fn they_are_what_autodiff_finds() {
        for (kind, d) in
            [(DeviceKind::Flex, 1), (DeviceKind::Flex, 2), (DeviceKind::Ndarray, 1), (DeviceKind::Ndarray, 2)]
        {
            let (width, sines) = (d + 10, d..d + 5);
            let device = device::block_on(device::open(kind)).unwrap().autodiff();
            let (b, weights) = (numbers([d, 5], &device), numbers([7, width], &device));
            let x = numbers([7, d], &device).require_grad();
            let own = || fourier(x.clone(), b.clone()); // a graph is used up by its way back
            close(own(), composed(x.clone(), b.clone()));
            let gradient = |features: Tensor<2>| x.grad(&(features * weights.clone()).sum().backward()).unwrap();
            let expected = gradient(composed(x.clone(), b.clone()));
            close(gradient(own()), expected.clone());

            let weights = weights.clone().require_grad();
            let back = fourier_pull_back(own(), weights.clone(), b.clone());
            close(back.clone().detach(), expected.autodiff());
            let gradients = back.square().sum().backward();
            let [_, sin, cos] =
                [0..d, sines.clone(), d + 5..width].map(|part| composed(x.clone(), b.clone()).slice([0..7, part]));
            let [g, g_sin, g_cos] = [0..d, sines, d + 5..width].map(|part| weights.clone().slice([0..7, part]));
            let by_hand = g + (g_sin * cos - g_cos * sin).matmul(b.transpose());
            let expected = by_hand.square().sum().backward();
            close(x.grad(&gradients).unwrap(), x.grad(&expected).unwrap());
            close(weights.grad(&gradients).unwrap(), weights.grad(&expected).unwrap());
        }
    }
}
