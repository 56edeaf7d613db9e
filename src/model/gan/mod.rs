//! A GAN on points of the plane: two multilayer perceptrons, a distribution with or without known density,
//! metrics with their floors, and words for what goes wrong.

mod health;
pub(super) mod knobs;
mod presets;

use super::around_gan::AroundGan;
use super::{Curve, Family, Judged, Sight};
use crate::card::text;
use crate::data::points::own::Own;
use crate::data::points::{self, Source};
use crate::metric::{self, METRICS, MetricCard, Yardstick};
use crate::probe::{self, Inputs, PROBES};
use crate::protocol::Judgement;
use crate::rng::{Rng, Stream};
use crate::settings::{Refusal, Settings};
use crate::trainer::{Experiment, Gan, noise};
use burn::tensor::{Device, Tensor};
use health::Health;
use std::sync::Arc;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("GAN on points", "平面点上的 GAN"),
    presets: presets::PRESETS,
    curves: &[Curve { id: "loss_d", label: text("D", "D") }, Curve { id: "loss_g", label: text("G", "G") }],
    columns: [("", text("G", "G")), ("ema", text("G averaged", "平均 G"))],
    levels: [text("real points", "真实点"), text("one gaussian", "一个高斯")],
    metrics: || METRICS.iter().map(|metric| MetricCard::of(*metric)).collect(),
    ground: || None, // the data's
    probes: || PROBES.iter().map(|probe| probe.id).collect(),
    looks_apart: true,
    needs: |_| &[],
    start: |settings, luggage, device| {
        let own = luggage.points.map(Own::new).transpose()?;
        let data = source(settings, own)?;
        let experiment = Experiment::new(settings, Arc::new(data.clone()));
        Ok(Box::new(PointsGan::new(experiment, data, device)))
    },
};

/// A GAN with what it is looked at and measured with.
struct PointsGan {
    gan: Gan,
    inputs: Inputs,
    yardstick: Yardstick,
    health: Health,
}

impl PointsGan {
    fn new(experiment: Experiment, data: Source, device: &Device) -> Self {
        let yardstick = Yardstick::new(data.clone(), experiment.seed);
        let gan = Gan::new(experiment, device);
        Self { inputs: Inputs::new(&gan, data), gan, yardstick, health: Health::default() }
    }
}

/// Where the real points come from.
pub(super) fn source(settings: &Settings, own: Option<Own>) -> Result<Source, Refusal> {
    match (points::find(settings.choice("data")), own) {
        (Some(distribution), _) => Ok(Source::Registered(distribution)),
        (None, Some(own)) => Ok(Source::Own(Arc::new(own))),
        (None, None) => Err(Refusal::new("data", "own", "drawn, pasted or dropped first")),
    }
}

impl AroundGan for PointsGan {
    fn gan(&self) -> &Gan {
        &self.gan
    }

    fn gan_mut(&mut self) -> &mut Gan {
        &mut self.gan
    }

    fn see(&self, id: &str) -> Option<Sight<'_>> {
        let probe = probe::find(id)?;
        let tensor = (probe.read)(&self.gan, &self.inputs)?;
        let finish = probe
            .finish
            .map(|finish| -> super::Finish<'_> { Box::new(move |values| finish(&self.gan, &self.inputs, values)) });
        Some(Sight::OnDevice(tensor, finish))
    }

    /// Points of G and of its average, D on real and generated points, and ∇ₓD on the latter.
    fn measured(&self, step: u64) -> Vec<Tensor<2>> {
        let gan = &self.gan;
        let rng = &mut Rng::new(gan.experiment.seed ^ step, Stream::Metric);
        let z = noise(gan.experiment.latent, metric::N_SAMPLES, rng, gan.device());
        let real = &self.inputs.real;
        let on_real = gan.scores(real.clone(), real);
        let (on_fake, slope) = gan.look(gan.generator().forward(self.inputs.noise.clone()), real);
        vec![gan.generator().forward(z.clone()), gan.generator_ema().forward(z), on_real, on_fake, slope]
    }

    fn judge(&mut self, step: u64, measured: &[Vec<f32>]) -> Judged {
        let [live, ema, real, fake, slope] = measured else { unreachable!("five tensors were read") };
        let metrics = self.yardstick.read(live, ema);
        let judgement = Judgement::new(real, fake, slope, 2);
        let unit = self.gan.experiment.live.objective.unit();
        let health = self.health.judge(step, self.yardstick.has_collapsed(live), &metrics, unit, judgement);
        Judged { metrics, judgement: Some(judgement), health }
    }
}
