//! flex, where a network is one operation on slices, against ndarray, where it is composed of burn's own: the same losses
//! and gradients from the same state, all through a run, for every objective with every penalty.

use super::*;
use crate::data::points::{self, Source};
use crate::device::{self, DeviceKind};
use crate::model;
use crate::objective::OBJECTIVES;
use crate::penalty::PENALTIES;
use std::sync::Arc;

const STEPS: usize = 100;
/// Of the length of a gradient, and of a loss.
const WITHIN: f64 = 1e-5;

fn gan(settings: &[(String, String)], kind: DeviceKind) -> Gan {
    let raw = settings.iter().map(|(k, v)| (k.clone(), v.as_str().into())).collect();
    let ring = Arc::new(Source::Registered(points::find("ring8").unwrap()));
    let device = device::block_on(device::open(kind)).unwrap();
    Gan::new(Experiment::new(&model::settings(&raw).unwrap(), ring), &device)
}

/// Goes on to the next gradient: the loss and the gradient in θ.
fn differentiated(gan: &mut Gan) -> [Vec<f64>; 2] {
    loop {
        gan.advance(Stride::Line);
        if let Some((loss, gradient)) = gan.under_way.as_ref().and_then(|work| work.descent.as_ref()) {
            return [loss, gradient].map(|tensor| tensor.to_data().iter::<f64>().collect());
        }
    }
}

fn length(v: impl IntoIterator<Item = f64>) -> f64 {
    v.into_iter().map(|v| v * v).sum::<f64>().sqrt()
}

fn compare(settings: &[(&str, &str)]) {
    let small = [("width_g", "16"), ("width_d", "16"), ("batch", "32")].map(|(k, v)| (k.to_string(), v.to_string()));
    let own = settings.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string()));
    let settings: Vec<_> = small.into_iter().chain(own).collect();
    let [mut fused, mut composed] = [DeviceKind::Flex, DeviceKind::Ndarray].map(|kind| gan(&settings, kind));
    for step in 0..STEPS {
        for _ in 0..2 {
            let ([loss, gradient], [loss2, gradient2]) = (differentiated(&mut fused), differentiated(&mut composed));
            let scale = loss2[0].abs().max(1.0); // a loss may be a difference of two terms of about 1
            assert!((loss[0] - loss2[0]).abs() <= WITHIN * scale, "{settings:?}, {step}: {loss:?} against {loss2:?}");
            let apart = length(gradient.iter().zip(&gradient2).map(|(a, b)| a - b)) / length(gradient2);
            assert!(apart <= WITHIN, "{settings:?}, step {step}: {apart}");
            fused.advance(Stride::Line);
            composed.advance(Stride::Line);
        }
        let (tensors, progress) = fused.save();
        let values = device::block_on(device::read(tensors)).unwrap().concat();
        composed.restore(&values, &progress).unwrap();
    }
}

#[test]
fn every_objective_with_every_penalty() {
    for objective in OBJECTIVES {
        let id = objective.card().id;
        compare(&[("objective", id), ("r1", "0"), ("r2", "0")]);
        for penalty in PENALTIES {
            let plain = [("objective", id), ("r1", "0"), ("r2", "0")].into_iter().filter(|(k, _)| *k != penalty.id());
            compare(&plain.chain([(penalty.id(), "0.5")]).collect::<Vec<_>>());
        }
    }
}

/// Whatever else changes what a network is or sees.
#[test]
fn every_kind_of_network() {
    for activation in ["relu", "leaky_relu", "tanh"] {
        compare(&[("activation_d", activation), ("activation_g", activation), ("r1", "0.5"), ("r2", "0.5")]);
    }
    compare(&[("fourier", "0"), ("depth_d", "3"), ("depth_g", "1")]);
    compare(&[("depth_d", "0"), ("depth_g", "0")]);
    compare(&[("spectral_norm", "on"), ("r1", "0.5")]);
    compare(&[("pack", "2")]);
    compare(&[("minibatch_std", "on"), ("r1", "0"), ("r2", "0")]);
    compare(&[("optimizer_d", "sgd"), ("momentum", "0.5"), ("clip", "0.1")]);
}

#[test]
fn a_gradient_is_compared_and_not_a_zero() {
    let mut gan = gan(&[], DeviceKind::Flex);
    let [loss, gradient] = differentiated(&mut gan);
    assert!(loss[0] > 0.1 && length(gradient) > 1e-3);
}
