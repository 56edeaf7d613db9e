//! Who learns the points: explicit densities on the host, a VAE whose density is estimated, a GAN that has none.

use super::Kind;
use crate::data::points::Point;
use crate::density::{Density, Gaussian, Kernel, Mixture, mean_log};
use crate::model;
use crate::nn::{Activation, AutoencoderConfig, NetworkConfig};
use crate::optimizer::OptimizerConfig;
use crate::protocol::RawSettings;
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::autoencoder::{AutoencoderLive, AutoencoderRun, AutoencoderTrainer, Kl, Likelihood};
use crate::trainer::{Experiment, Gan, Stride, Value};
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

#[expect(clippy::large_enum_variant, reason = "there is one a run")]
pub(super) enum Estimator {
    Gaussian(Gaussian),
    Mixture(Mixture),
    /// With − ln p of its own points, each left out of the density that it is judged by.
    Kernel {
        density: Kernel,
        nats: f64,
    },
    Vae(AutoencoderTrainer),
    Gan(Gan),
}

/// Numbers of the VAE's code.
const D_CODE: usize = 2;

impl Estimator {
    pub fn new(kind: Kind, settings: &Settings, points: &Arc<Vec<Point>>, device: &Device) -> Self {
        let seed = settings.integer("seed");
        match kind {
            // Round, and too wide: the first step fits it.
            Kind::Gaussian => {
                Self::Gaussian(Mixture::start(points, 1, &mut Rng::new(seed, Stream::WeightsG)).components[0].1.clone())
            }
            Kind::Mixture => {
                let k = settings.integer("k") as usize;
                Self::Mixture(Mixture::start(points, k.min(points.len()), &mut Rng::new(seed, Stream::WeightsG)))
            }
            Kind::Kernel => kernel(settings, points),
            Kind::Vae => Self::Vae(AutoencoderTrainer::new(vae(settings, points), device)),
            Kind::Gan => {
                let raw: RawSettings = [("seed".to_string(), seed.into())].into();
                let settings = model::settings(&raw).expect("the default GAN with any seed");
                Self::Gan(Gan::new(Experiment::new(&settings, points.clone()), device))
            }
        }
    }

    pub fn tune(&mut self, settings: &Settings, points: &[Point]) {
        if let Self::Kernel { .. } = self {
            *self = kernel(settings, points);
        }
    }

    /// One step, and what the curve shows of it: − ln p of the points learned, or what stands in for it.
    pub fn step(&mut self, points: &[Point]) -> Option<Value> {
        let known = |nats: f64| Some(Value::Known(nats as f32));
        match self {
            Self::Gaussian(gaussian) => {
                *gaussian = Gaussian::fit(points, None);
                known(-mean_log(gaussian, points))
            }
            Self::Mixture(mixture) => {
                *mixture = mixture.step(points);
                known(-mean_log(mixture, points))
            }
            Self::Kernel { nats, .. } => known(*nats),
            Self::Vae(vae) => {
                let losses = vae.step();
                let bound = losses.reconstruction + losses.kl.expect("a VAE has a KL term");
                Some(Value::OnDevice(bound))
            }
            Self::Gan(gan) => gan.advance(Stride::Both)?.d.map(Value::OnDevice),
        }
    }

    /// The density where it is known without asking the device.
    pub fn explicit(&self) -> Option<&dyn Density> {
        match self {
            Self::Gaussian(gaussian) => Some(gaussian),
            Self::Mixture(mixture) => Some(mixture),
            Self::Kernel { density, .. } => Some(density),
            Self::Vae(_) | Self::Gan(_) => None,
        }
    }

    /// What the networks make of noise `[n, latent_dim]`: points of a GAN, middles of a VAE's; none for the others.
    pub fn decode(&self, noise: &Tensor<2>) -> Option<Tensor<2>> {
        match self {
            Self::Vae(vae) => Some(vae.net().decode(noise.clone())),
            Self::Gan(gan) => Some(gan.generator_ema().forward(noise.clone())),
            _ => None,
        }
    }

    /// The density behind what has been decoded: that of a VAE is a gaussian around each of infinitely many middles, of
    /// which these are a sample. A GAN's points have nothing around them.
    pub fn behind(&self, decoded: &[Point]) -> Option<Kernel> {
        let Self::Vae(vae) = self else { return None };
        let Likelihood::Gaussian { std } = vae.run.likelihood else { return None };
        Some(Kernel::new(decoded.to_vec(), std))
    }

    pub fn latent_dim(&self) -> usize {
        match self {
            Self::Gan(gan) => gan.experiment.latent.dim,
            _ => D_CODE,
        }
    }

    pub fn n_parameters(&self) -> usize {
        match self {
            Self::Gaussian(_) => 5,
            Self::Mixture(mixture) => 6 * mixture.components.len() - 1,
            Self::Kernel { density, .. } => 2 * density.centers.len() + 1,
            Self::Vae(vae) => vae.run.net.n_parameters(),
            Self::Gan(gan) => {
                let n = gan.experiment.n_parameters();
                n.d + n.g
            }
        }
    }
}

fn kernel(settings: &Settings, points: &[Point]) -> Estimator {
    let bandwidth = match settings.number("bandwidth") {
        0.0 => Kernel::rule_of_thumb(points),
        width => width,
    };
    let density = Kernel::new(points.to_vec(), bandwidth);
    Estimator::Kernel { nats: -density.mean_log_left_out(), density }
}

fn vae(settings: &Settings, points: &Arc<Vec<Point>>) -> AutoencoderRun {
    let decoder = NetworkConfig {
        d_input: D_CODE,
        d_output: 2,
        width: 64,
        depth: 2,
        activation: Activation::Tanh,
        ..NetworkConfig::DENSE
    };
    AutoencoderRun {
        seed: settings.integer("seed"),
        data: points.clone(),
        likelihood: Likelihood::Gaussian { std: settings.number("spread") },
        net: AutoencoderConfig { decoder, variational: true },
        batch: 128,
        optimizer: OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 },
        live: AutoencoderLive { lr: 2e-3, beta: 1.0, kl: Kl::Exact },
    }
}
