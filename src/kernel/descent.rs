//! One step of an optimiser, and of the average of what it trains.

#![allow(deprecated)] // ndarray: see device.rs

#[cfg(feature = "flex")]
use crate::kernel::flex::{numbers, whole};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Backend, Dispatch, DispatchTensor, backend_extension};
use burn::tensor::Tensor;
use genlab_kernel::{AdamRates, Finish, SgdRates};

/// A parameter vector θ and its average θ̄, `[n]` each. Not on the autodiff side.
pub struct Averaged {
    pub theta: Tensor<1>,
    /// Where [`Finish::follow`] asks for one.
    pub average: Option<Tensor<1>>,
}

impl Averaged {
    /// Both as a backend has them. What is not asked for is still an argument: one that nobody reads.
    fn parts(self) -> (DispatchTensor, DispatchTensor) {
        let theta = self.theta.into_dispatch();
        let average = self.average.map_or_else(|| theta.clone(), Tensor::into_dispatch);
        (theta, average)
    }

    fn from_parts(theta: DispatchTensor, average: DispatchTensor, finish: Finish) -> Self {
        let average = finish.follow.map(|_| Tensor::from_dispatch(average));
        Self { theta: Tensor::from_dispatch(theta), average }
    }
}

/// A step of Adam down `gradient` `[n]`: the next θ and θ̄, m and v.
pub fn adam(
    at: Averaged,
    gradient: Tensor<1>,
    [m, v]: [Tensor<1>; 2],
    rates: AdamRates,
    finish: Finish,
) -> (Averaged, [Tensor<1>; 2]) {
    let (theta, average) = at.parts();
    let (gradient, m, v) = (gradient.into_dispatch(), m.into_dispatch(), v.into_dispatch());
    let (theta, average, m, v) = Dispatch::adam(theta, gradient, m, v, average, rates, finish);
    (Averaged::from_parts(theta, average, finish), [Tensor::from_dispatch(m), Tensor::from_dispatch(v)])
}

/// A step of gradient descent: the next θ and θ̄, and the velocity u `[n]` where there is momentum.
pub fn sgd(
    at: Averaged,
    gradient: Tensor<1>,
    velocity: Option<Tensor<1>>,
    rates: SgdRates,
    finish: Finish,
) -> (Averaged, Option<Tensor<1>>) {
    let velocity = velocity.unwrap_or_else(|| gradient.clone()).into_dispatch();
    let (theta, average) = at.parts();
    let (theta, average, velocity) = Dispatch::sgd(theta, gradient.into_dispatch(), velocity, average, rates, finish);
    let velocity = rates.momentum.map(|_| Tensor::from_dispatch(velocity));
    (Averaged::from_parts(theta, average, finish), velocity)
}

#[backend_extension(
    Flex: cfg(feature = "flex"),
    NdArray: cfg(feature = "ndarray"),
    Cube: cfg(feature = "webgpu")
)]
trait DescentOps: Backend {
    /// See [`genlab_kernel::adam`]: the next θ, θ̄, m and v.
    fn adam(
        theta: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        m: FloatTensor<Self>,
        v: FloatTensor<Self>,
        average: FloatTensor<Self>,
        rates: AdamRates,
        finish: Finish,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let AdamRates { beta1, beta2, scale, epsilon } = rates;
        let m = Self::float_add(by::<Self>(m, beta1), by::<Self>(gradient.clone(), 1.0 - beta1));
        let square = Self::float_mul(gradient.clone(), gradient);
        let v = Self::float_add(by::<Self>(v, beta2), by::<Self>(square, 1.0 - beta2));
        let root = Self::float_add_scalar(Self::float_sqrt(v.clone()), epsilon.into());
        let change = Self::float_div(by::<Self>(m.clone(), scale), root);
        let (theta, average) = finished::<Self>(theta, change, average, finish);
        (theta, average, m, v)
    }

    /// See [`genlab_kernel::sgd`]: the next θ, θ̄ and u.
    fn sgd(
        theta: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        velocity: FloatTensor<Self>,
        average: FloatTensor<Self>,
        rates: SgdRates,
        finish: Finish,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let velocity = match rates.momentum {
            Some(momentum) => Self::float_add(by::<Self>(velocity, momentum), gradient),
            None => gradient,
        };
        let change = by::<Self>(velocity.clone(), rates.scale);
        let (theta, average) = finished::<Self>(theta, change, average, finish);
        (theta, average, velocity)
    }
}

fn by<B: Backend>(x: FloatTensor<B>, factor: f32) -> FloatTensor<B> {
    B::float_mul_scalar(x, factor.into())
}

fn finished<B: Backend>(
    theta: FloatTensor<B>,
    change: FloatTensor<B>,
    average: FloatTensor<B>,
    Finish { clip, follow }: Finish,
) -> (FloatTensor<B>, FloatTensor<B>) {
    let moved = B::float_add(theta, change);
    let theta = if clip.is_finite() { B::float_clamp(moved, (-clip).into(), clip.into()) } else { moved };
    let average = match follow {
        Some(follow) => B::float_add(average.clone(), by::<B>(B::float_sub(theta.clone(), average), follow)),
        None => average,
    };
    (theta, average)
}

#[cfg(feature = "flex")]
impl DescentOps for burn::backend::Flex {
    fn adam(
        theta: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        m: FloatTensor<Self>,
        v: FloatTensor<Self>,
        average: FloatTensor<Self>,
        rates: AdamRates,
        finish: Finish,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let (mut gradient, mut m, mut v, mut average) = (whole(gradient), whole(m), whole(v), whole(average));
        let averaged: &mut [f32] = if finish.follow.is_some() { average.storage_mut() } else { &mut [] };
        let moments = [m.storage_mut(), v.storage_mut()];
        genlab_kernel::adam(&numbers(&theta), gradient.storage_mut(), moments, averaged, rates, finish);
        (gradient, average, m, v)
    }

    fn sgd(
        theta: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        velocity: FloatTensor<Self>,
        average: FloatTensor<Self>,
        rates: SgdRates,
        finish: Finish,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>) {
        let (mut gradient, mut velocity, mut average) = (whole(gradient), whole(velocity), whole(average));
        let moving: &mut [f32] = if rates.momentum.is_some() { velocity.storage_mut() } else { &mut [] };
        let averaged: &mut [f32] = if finish.follow.is_some() { average.storage_mut() } else { &mut [] };
        genlab_kernel::sgd(&numbers(&theta), gradient.storage_mut(), moving, averaged, rates, finish);
        (gradient, average, velocity)
    }
}

#[cfg(feature = "ndarray")]
impl DescentOps for burn::backend::NdArray {}

#[cfg(feature = "webgpu")]
impl DescentOps for burn::backend::Wgpu {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{self, DeviceKind};
    use crate::kernel::flat;
    use burn::tensor::Device;

    fn finish(averaged: bool) -> Finish {
        Finish { clip: 0.9, follow: averaged.then_some(0.25) }
    }

    fn at(device: &Device, averaged: bool) -> Averaged {
        let average = Tensor::from_floats([0.5, 0.5, 0.5], device);
        Averaged { theta: Tensor::from_floats([1.0, -2.0, 0.3], device), average: averaged.then_some(average) }
    }

    /// What a step gives on flex and on ndarray.
    fn on_both(step: impl Fn(&Device) -> Vec<Tensor<1>>) {
        let [flex, ndarray] = [DeviceKind::Flex, DeviceKind::Ndarray].map(|kind| {
            let device = device::block_on(device::open(kind)).unwrap();
            step(&device).into_iter().flat_map(flat).collect::<Vec<f32>>()
        });
        assert_eq!(flex.len(), ndarray.len());
        for (a, b) in flex.into_iter().zip(ndarray) {
            assert!((a - b).abs() < 1e-6, "{a} against {b}");
        }
    }

    #[test]
    fn steps_are_the_same_on_both_cpu_devices() {
        for averaged in [false, true] {
            on_both(|device| {
                let tensor = |values: [f32; 3]| Tensor::<1>::from_floats(values, device);
                let rates = AdamRates { beta1: 0.5, beta2: 0.9, scale: -0.1, epsilon: 1e-8 };
                let kept = tensor([0.1, 0.2, -0.3]);
                let moments = [kept.clone(), tensor([0.1, 0.2, 0.3])];
                let (found, moments) =
                    adam(at(device, averaged), tensor([1.0, -2.0, 0.5]), moments, rates, finish(averaged));
                assert_eq!(flat(kept), [0.1, 0.2, -0.3]); // written in place only where nobody else looks
                assert_eq!(found.average.is_some(), averaged);
                [found.theta].into_iter().chain(found.average).chain(moments).collect()
            });
            for momentum in [None, Some([0.1, 0.2, -0.3])] {
                on_both(|device| {
                    let tensor = |values: [f32; 3]| Tensor::<1>::from_floats(values, device);
                    let rates = SgdRates { momentum: momentum.map(|_| 0.5), scale: -0.1 };
                    let (found, velocity) = sgd(
                        at(device, averaged),
                        tensor([1.0, -2.0, 0.5]),
                        momentum.map(tensor),
                        rates,
                        finish(averaged),
                    );
                    assert_eq!(velocity.is_some(), momentum.is_some());
                    [found.theta].into_iter().chain(found.average).chain(velocity).collect()
                });
            }
        }
    }
}
