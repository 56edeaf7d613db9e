//! tanh(x / 2), which is 2 σ(x) − 1: what keeps pictures between −1 and 1.

#![allow(deprecated)] // ndarray: see device.rs

#[cfg(feature = "flex")]
use crate::kernel::flex::{made, numbers, whole};
use crate::kernel::tracked;
#[cfg(feature = "flex")]
use burn::backend::TensorMetadata;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, unary};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;

/// tanh(x / 2), any shape.
pub fn tanh_of_half<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::tanh_of_half(x.into_dispatch()))
}

#[backend_extension(
    Autodiff,
    Flex: cfg(feature = "flex"),
    NdArray: cfg(feature = "ndarray"),
    Cube: cfg(feature = "webgpu")
)]
trait TanhOps: Backend {
    fn tanh_of_half(x: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::float_tanh(Self::float_mul_scalar(x, 0.5f32.into()))
    }

    /// The gradient in x: times ½ (1 − y²).
    fn tanh_of_half_backward(y: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let square = Self::float_mul(y.clone(), y);
        let slope = Self::float_add_scalar(Self::float_mul_scalar(square, (-0.5f32).into()), 0.5f32.into());
        Self::float_mul(gradient, slope)
    }
}

#[cfg(feature = "flex")]
impl TanhOps for burn::backend::Flex {
    fn tanh_of_half(x: FloatTensor<Self>) -> FloatTensor<Self> {
        made(x.shape(), |y| genlab_kernel::tanh_of_half(&numbers(&x), y))
    }

    fn tanh_of_half_backward(y: FloatTensor<Self>, gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        let mut gradient = whole(gradient);
        genlab_kernel::tanh_of_half_backward(&numbers(&y), gradient.storage_mut());
        gradient
    }
}

#[cfg(feature = "ndarray")]
impl TanhOps for burn::backend::NdArray {}

#[cfg(feature = "webgpu")]
impl TanhOps for burn::backend::Wgpu {}

impl<B: TanhOps, C: CheckpointStrategy> TanhOps for Autodiff<B, C> {
    fn tanh_of_half(x: FloatTensor<Self>) -> FloatTensor<Self> {
        let (x, node) = x.into_parts();
        let y = B::tanh_of_half(x);
        tracked::<B, C, _, 1>(Squash, [node], y.clone(), y)
    }
}

#[derive(Debug)]
struct Squash;

impl<B: TanhOps> Backward<B, 1> for Squash {
    /// y
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::tanh_of_half_backward(ops.state, gradient));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{self, DeviceKind};
    use crate::kernel::flat;

    #[test]
    fn values_and_gradients_are_right_on_both_cpu_devices() {
        for kind in [DeviceKind::Flex, DeviceKind::Ndarray] {
            let device = device::block_on(device::open(kind)).unwrap().autodiff();
            let values: Vec<f32> = (0..60).map(|i| 0.3 * i as f32 - 9.0).collect();
            let x = Tensor::<1>::from_floats(values.as_slice(), &device).reshape([6, 10]).transpose().require_grad();
            let y = tanh_of_half(x.clone());
            let gradient = x.grad(&y.clone().square().sum().backward()).unwrap();
            for ((x, y), gradient) in flat(x).into_iter().zip(flat(y)).zip(flat(gradient)) {
                let expected = (0.5 * f64::from(x)).tanh();
                assert!((f64::from(y) - expected).abs() < 3e-7, "{y} against {expected}");
                let expected = expected * (1.0 - expected * expected);
                assert!((f64::from(gradient) - expected).abs() < 1e-6, "{gradient} against {expected}");
            }
        }
    }
}
