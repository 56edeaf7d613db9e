//! Operations that burn would do in many passes, in one on flex: a backend extension. Other devices compose them of
//! burn's own operations, to the same values within rounding.

#![allow(deprecated)] // ndarray: see device.rs

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, AutodiffBackend, Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;
use genlab_kernel::AdamRates;

/// softplus(x) = ln(1 + eˣ) = −ln σ(−x), finite for every finite x.
pub fn softplus<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    Tensor::from_dispatch(Dispatch::softplus(x.into_dispatch()).0)
}

/// One step of Adam on the moments m and v, without autodiff: the change of θ, and the new m and v, each `[n]`.
pub fn adam(gradient: Tensor<1>, m: Tensor<1>, v: Tensor<1>, rates: AdamRates) -> [Tensor<1>; 3] {
    let (change, m, v) = Dispatch::adam(gradient.into_dispatch(), m.into_dispatch(), v.into_dispatch(), rates);
    [change, m, v].map(Tensor::from_dispatch)
}

#[backend_extension(
    Autodiff,
    Flex: cfg(feature = "cpu"),
    NdArray: cfg(feature = "cpu"),
    Cube: cfg(feature = "webgpu")
)]
pub trait Kernels: Backend {
    /// softplus(x) and its slope σ(x).
    fn softplus(x: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let slope = Self::sigmoid(x.clone());
        let rest = Self::float_log1p(Self::float_exp(Self::float_neg(Self::float_abs(x.clone()))));
        (Self::float_add(Self::relu(x), rest), slope)
    }

    /// See [`genlab_kernel::adam`].
    fn adam(
        gradient: FloatTensor<Self>,
        m: FloatTensor<Self>,
        v: FloatTensor<Self>,
        rates: AdamRates,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let AdamRates { beta1, beta2, scale, epsilon } = rates;
        let by = |x, factor: f32| Self::float_mul_scalar(x, factor.into());
        let m = Self::float_add(by(m, beta1), by(gradient.clone(), 1.0 - beta1));
        let v = Self::float_add(by(v, beta2), by(Self::float_mul(gradient.clone(), gradient), 1.0 - beta2));
        let root = Self::float_add_scalar(Self::float_sqrt(v.clone()), epsilon.into());
        (Self::float_div(by(m.clone(), scale), root), m, v)
    }
}

#[cfg(feature = "cpu")]
mod cpu {
    use super::*;
    use burn::backend::{Flex, NdArray};

    impl Kernels for Flex {
        fn softplus(x: FloatTensor<Self>) -> (FloatTensor<Self>, FloatTensor<Self>) {
            let x = x.to_contiguous();
            let empty = || FloatTensor::<Self>::empty(x.layout().shape().clone(), x.dtype());
            let (mut y, mut slope) = (empty(), empty());
            genlab_kernel::softplus(x.storage(), y.storage_mut(), slope.storage_mut());
            (y, slope)
        }

        fn adam(
            gradient: FloatTensor<Self>,
            m: FloatTensor<Self>,
            v: FloatTensor<Self>,
            rates: AdamRates,
        ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
            let [mut gradient, mut m, mut v] = [gradient, m, v].map(|x| x.to_contiguous());
            genlab_kernel::adam(gradient.storage_mut(), m.storage_mut(), v.storage_mut(), rates);
            (gradient, m, v)
        }
    }

    impl Kernels for NdArray {}
}

#[cfg(feature = "webgpu")]
impl Kernels for burn::backend::Wgpu {}

impl<B: Kernels, C: CheckpointStrategy> Kernels for Autodiff<B, C> {
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

impl<B: Kernels> Backward<B, 1> for Softplus {
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

    fn flat<const D: usize>(x: Tensor<D>) -> Vec<f32> {
        x.into_data().iter().collect()
    }

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

    #[test]
    fn adam_is_the_same_on_both_cpu_devices() {
        let rates = AdamRates { beta1: 0.5, beta2: 0.9, scale: -0.1, epsilon: 1e-8 };
        let [flex, ndarray] = [DeviceKind::Flex, DeviceKind::Ndarray].map(|kind| {
            let device = device::block_on(device::open(kind)).unwrap();
            let tensor = |values: [f32; 3]| Tensor::<1>::from_floats(values, &device);
            let kept = tensor([0.1, 0.2, -0.3]);
            let step = adam(tensor([1.0, -2.0, 0.5]), kept.clone(), tensor([0.1, 0.2, 0.3]), rates);
            assert_eq!(flat(kept), [0.1, 0.2, -0.3]); // written in place only where nobody else looks
            step.map(flat)
        });
        for (a, b) in flex.concat().into_iter().zip(ndarray.concat()) {
            assert!((a - b).abs() < 1e-6, "{a} against {b}");
        }
    }
}
