//! How good an autoencoder's inventions are: for digits and faces in the space of a classifier's features, for strokes by the
//! distance to the nearest one.

use super::{AutoencoderModel, mixture};
use crate::card::text;
use crate::data::faces::Faces;
use crate::data::pictures::{Pictures, strokes};
use crate::data::worlds::World;
use crate::kernel::cross_entropy;
use crate::metric::features::cards as feature_cards;
use crate::metric::{Better, MetricCard, Scale, faces};
use crate::model::feature_gauge::{FeatureGauge, N};
use crate::model::world_gauge::{self, WorldGauge};
use crate::nn::FeatureWeights;
use crate::protocol::Reading;
use crate::rng::{Rng, Stream};
use crate::trainer::rows;
use burn::tensor::{Device, Tensor};

/// A number of the code is in use when its means vary by more than this (Burda, Grosse and Salakhutdinov, 2016).
const ACTIVE: f64 = 0.01;

#[expect(clippy::large_enum_variant, reason = "there is one a run")]
pub(super) enum Gauge {
    Features(FeatureGauge),
    Strokes,
    World(WorldGauge),
}

/// Cards of all that is read.
pub(super) fn cards() -> Vec<MetricCard> {
    let mut cards = feature_cards();
    cards.extend(world_gauge::cards());
    cards.extend(faces::cards());
    cards.extend([
        MetricCard::new(
            "test_reconstruction",
            text("reconstruction of test pictures", "测试图片的重建"),
            "Σ over pixels of −x ln p − (1 − x) ln(1 − p), nats a picture",
            "",
            Scale::Nats,
            Better::Lower,
        ),
        MetricCard::new(
            "active_units",
            text("numbers of the code in use", "用到的编码维数"),
            "how many means vary by more than 0.01 over test pictures",
            "Burda et al. 2016",
            Scale::Count { of: text("numbers", "维") },
            Better::Higher,
        ),
        MetricCard::new(
            "spread",
            text("mean spread of a code", "编码的平均散布"),
            "mean of eˢ over test pictures",
            "Kingma and Welling 2014",
            Scale::Distance,
            Better::Higher,
        ),
        MetricCard::new(
            "midpoint",
            text("middle of the line to the nearest stroke", "连线中点到最近笔画的距离"),
            "Euclidean distance in ink to the nearest of 241 strokes",
            "",
            Scale::Distance,
            Better::Lower,
        ),
    ]);
    cards
}

impl Gauge {
    pub fn features(weights: &FeatureWeights, faces: Option<&Faces>, device: &Device) -> Self {
        Self::Features(FeatureGauge::new(weights, faces, device))
    }

    pub fn strokes() -> Self {
        Self::Strokes
    }

    pub fn world(world: &World) -> Self {
        Self::World(WorldGauge::new(world))
    }

    /// What [`read`](Self::read) asks to have read: the code's means and spreads and the reconstruction of test pictures;
    /// then for strokes the middle of the line, for all else both kinds of inventions.
    pub fn measured(&self, model: &AutoencoderModel, step: u64) -> Vec<Tensor<2>> {
        let (net, shown, device) = (model.trainer.net(), &model.shown, model.trainer.device());
        let code = model.codes(&net);
        let spread = code.log_std.map_or_else(|| code.mean.zeros_like(), Tensor::exp);
        let error = cross_entropy(net.decode(code.mean.clone()), shown.coded_ink.clone()).reshape([1, 1]);
        let mut tensors = vec![code.mean, spread, error];
        if let Self::Strokes = self {
            let line = model.line_codes(&net);
            let [n, d] = line.dims();
            tensors.push(net.picture(line.slice([n / 2..n / 2 + 1, 0..d])));
            return tensors;
        }
        let n = if let Self::World(_) = self { world_gauge::N } else { N };
        let rng = &mut Rng::new(model.trainer.run.seed ^ step, Stream::Metric);
        let noise = rows(rng.normals(n * model.d_code()), model.d_code(), device);
        let fitted = model.fitted(&net, mixture(n, shown.coded.len(), rng, device));
        let kinds = [noise, fitted].map(|codes| net.picture(codes));
        match self {
            Self::Features(features) => tensors.extend(features.measured(&model.data, kinds, device)),
            _ => tensors.extend(kinds),
        }
        tensors
    }

    pub fn read(&mut self, step: u64, data: &Pictures, measured: &[Vec<f32>]) -> Vec<Reading> {
        let [means, spreads, error, rest @ ..] = measured else { unreachable!("three tensors come first") };
        let lone = |id, live: f64, max| Reading { id, live, ema: f64::NAN, floor: f64::NAN, chance: f64::NAN, max };
        let d_code = means.len() / data.test().len().clamp(1, super::N_CODES);
        let mut readings = match self {
            Self::Strokes => {
                let ends = [0, data.train().len() - 1].map(|i| data.picture(data.train()[i]));
                let blend: Vec<f32> = ends[0].iter().zip(ends[1]).map(|(a, b)| (a + b) / 2.0).collect();
                let chance = strokes::nearest(&blend).0;
                vec![Reading { floor: 0.0, chance, ..lone("midpoint", strokes::nearest(&rest[0]).0, None) }]
            }
            Self::Features(features) => features.read(data, rest),
            Self::World(gauge) => {
                let [prior, fitted] = rest else { unreachable!("two kinds of inventions") };
                let mut readings = gauge.read([prior, fitted]);
                readings.push(gauge.read_sampled([prior, fitted], &mut Rng::new(step, Stream::Metric)));
                readings
            }
        };
        readings.push(lone("test_reconstruction", error[0] as f64, None));
        if spreads.iter().any(|spread| *spread != 0.0) {
            let mean = spreads.iter().map(|v| *v as f64).sum::<f64>() / spreads.len() as f64;
            readings.push(lone("spread", mean, None));
        }
        let active = (0..d_code).filter(|&k| variance(means.iter().skip(k).step_by(d_code)) > ACTIVE).count();
        readings.push(lone("active_units", active as f64, Some(d_code as f64)));
        readings
    }
}

fn variance<'a>(values: impl Iterator<Item = &'a f32> + Clone) -> f64 {
    let n = values.clone().count().max(1) as f64;
    let mean = values.clone().map(|v| *v as f64).sum::<f64>() / n;
    values.map(|v| (*v as f64 - mean).powi(2)).sum::<f64>() / n
}
