//! softplus(x) = ln(1 + eˣ), with its slope σ(x) for the way back.

#![allow(deprecated)] // ndarray: see device.rs

#[cfg(feature = "cpu")]
use crate::kernel::zeros;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, AutodiffBackend, Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;

/// softplus(x) = ln(1 + eˣ) = −ln σ(−x), finite for every finite x.
pub fn softplus<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::softplus(x.into_dispatch()).0)
}

#[backend_extension(
    Autodiff,
    Flex: cfg(feature = "cpu"),
    NdArray: cfg(feature = "cpu"),
    Cube: cfg(feature = "webgpu")
)]
trait SoftplusOps: Backend {
    /// softplus(x) and its slope σ(x).
    fn softplus(x: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let slope = Self::sigmoid(x.clone());
        let rest = Self::float_log1p(Self::float_exp(Self::float_neg(Self::float_abs(x.clone()))));
        (Self::float_add(Self::relu(x), rest), slope)
    }
}

#[cfg(feature = "cpu")]
impl SoftplusOps for burn::backend::Flex {
    fn softplus(x: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let x = x.to_contiguous();
        let empty = || zeros(x.layout().shape().clone());
        let (mut y, mut slope) = (empty(), empty());
        genlab_kernel::softplus(x.storage(), y.storage_mut(), slope.storage_mut());
        (y, slope)
    }
}

#[cfg(feature = "cpu")]
impl SoftplusOps for burn::backend::NdArray {}

#[cfg(feature = "webgpu")]
impl SoftplusOps for burn::backend::Wgpu {}

impl<B: SoftplusOps, C: CheckpointStrategy> SoftplusOps for Autodiff<B, C> {
    fn softplus(x: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let (y, slope) = B::softplus(x.primitive().clone());
        let tracked = match Softplus.prepare::<C>([x.node()]).compute_bound().stateful() {
            OpsKind::Tracked(prep) => prep.finish(slope.clone(), y),
            OpsKind::UnTracked(prep) => prep.finish(y),
        };
        (tracked, Self::from_inner(slope))
    }
}

#[derive(Debug)]
struct Softplus;

impl<B: SoftplusOps> Backward<B, 1> for Softplus {
    /// σ(x)
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::float_mul(gradient, ops.state));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{self, DeviceKind};
    use crate::kernel::flat;

    /// Both CPU devices, values and gradients, on whole tensors and on views.
    #[test]
    fn softplus_and_its_gradient_are_right() {
        for kind in [DeviceKind::Flex, DeviceKind::Ndarray] {
            let device = device::block_on(device::open(kind)).unwrap().autodiff();
            let values: Vec<f32> = (0..60).map(|i| 0.7 * i as f32 - 20.0).collect();
            let whole = Tensor::<1>::from_floats(values.as_slice(), &device).reshape([6, 10]);
            for x in [whole.clone(), whole.clone().transpose(), whole.slice([1..4, 2..9])] {
                let x = x.require_grad();
                let y = softplus(x.clone());
                let gradient = x.grad(&y.clone().square().sum().backward()).unwrap();
                for ((x, y), gradient) in flat(x).into_iter().zip(flat(y)).zip(flat(gradient)) {
                    let x = f64::from(x);
                    let expected = x.exp().ln_1p();
                    assert!((f64::from(y) - expected).abs() <= 1e-6 * expected, "{y} against {expected}");
                    let expected = 2.0 * expected / (1.0 + (-x).exp());
                    assert!((f64::from(gradient) - expected).abs() <= 2e-6 * expected, "{gradient} against {expected}");
                }
            }
        }
    }
}
