//! One step of Adam.

#![allow(deprecated)] // ndarray: see device.rs

use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Dispatch, backend_extension};
use burn::tensor::Tensor;
use genlab_kernel::AdamRates;

/// The change of θ, and the new moments m and v, each `[n]`. Not on the autodiff side.
pub fn adam(gradient: Tensor<1>, m: Tensor<1>, v: Tensor<1>, rates: AdamRates) -> [Tensor<1>; 3] {
    let (change, m, v) = Dispatch::adam(gradient.into_dispatch(), m.into_dispatch(), v.into_dispatch(), rates);
    [change, m, v].map(Tensor::from_dispatch)
}

#[backend_extension(
    Flex: cfg(feature = "cpu"),
    NdArray: cfg(feature = "cpu"),
    Cube: cfg(feature = "webgpu")
)]
trait AdamOps: Backend {
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
impl AdamOps for burn::backend::Flex {
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

#[cfg(feature = "cpu")]
impl AdamOps for burn::backend::NdArray {}

#[cfg(feature = "webgpu")]
impl AdamOps for burn::backend::Wgpu {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{self, DeviceKind};
    use crate::kernel::flat;

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
