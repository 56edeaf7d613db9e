//! Generated pictures against those of a set, in the space of a classifier's features: what has to be read from the
//! device, and the readings made of it. The real side is read once, with the first reading.

use crate::data::pictures::Pictures;
use crate::metric::features::Yardstick;
use crate::nn::FeatureWeights;
use crate::nn::features::{FeatureNet, N_FEATURES, at_feature_size};
use crate::protocol::Reading;
use crate::trainer::rows;
use burn::tensor::{Device, Tensor};

/// Pictures on each side of a comparison.
pub(super) const N: usize = 2_000;
/// Pictures whose sharpness is read.
const N_SHARP: usize = 256;

pub(super) struct FeatureGauge {
    net: FeatureNet,
    yardstick: Option<Yardstick>,
}

impl FeatureGauge {
    pub fn new(weights: &FeatureWeights, device: &Device) -> Self {
        Self { net: weights.net(device), yardstick: None }
    }

    /// The classifier's opinion of pictures, `[n, 10]`, in logits.
    pub fn classes(&self, ink: Tensor<2>, side: usize) -> Tensor<2> {
        self.net.logits(self.net.features(at_feature_size(ink, side)))
    }

    /// What [`read`](Self::read) asks to have read for two kinds of generated pictures, [`N`] each.
    pub fn measured(&self, data: &Pictures, kinds: [Tensor<2>; 2], device: &Device) -> Vec<Tensor<2>> {
        let features = |ink| self.net.features(at_feature_size(ink, data.side));
        let mut tensors = Vec::new();
        for ink in kinds {
            tensors.push(ink.clone().slice([0..N_SHARP, 0..data.dim()]));
            tensors.push(features(ink));
        }
        if self.yardstick.is_none() {
            let [test, train] = [data.test(), data.train()].map(|places| data.rows(&places[..N.min(places.len())]));
            let inks = [test, train, Yardstick::independent_pixels(data, N)];
            tensors.extend(inks.map(|ink| features(rows(ink, data.dim(), device))));
        }
        tensors
    }

    pub fn read(&mut self, data: &Pictures, measured: &[Vec<f32>]) -> Vec<Reading> {
        let [ink, features, other_ink, other_features, real @ ..] = measured else {
            unreachable!("two kinds of pictures were read")
        };
        let yardstick = self.yardstick.get_or_insert_with(|| {
            let [test, train, independent] = real else { unreachable!("real pictures at the first reading") };
            Yardstick::new(data, N_FEATURES, [test, train, independent])
        });
        yardstick.read([ink, other_ink], [features, other_features])
    }
}
