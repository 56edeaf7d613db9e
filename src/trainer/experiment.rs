//! Settings turned into the typed description of a run.

use super::Players;
use crate::data::{Range, Reals};
use crate::nn::{Activation, Architecture, DiscriminatorConfig, GeneratorConfig, NetworkConfig, Output};
use crate::objective::{self, Objective};
use crate::optimizer::OptimizerConfig;
use crate::penalty::{PENALTIES, Penalty};
use crate::rng::Rng;
use crate::settings::Settings;
use std::sync::Arc;

/// A GAN. Built from [`Settings`], hence within every bound.
#[derive(Clone)]
pub struct Experiment {
    pub seed: u64,
    pub data: Arc<dyn Reals>,
    pub latent: Latent,
    pub batch: usize,
    pub generator: GeneratorConfig,
    pub discriminator: DiscriminatorConfig,
    /// What D takes from every row before it looks, if anything: the mean row.
    pub center: Option<Vec<f32>>,
    pub optimizer_g: OptimizerConfig,
    pub optimizer_d: OptimizerConfig,
    pub ema_decay: f64,
    pub live: Live,
}

/// The settings that may change while training.
#[derive(Clone)]
pub struct Live {
    pub objective: &'static dyn Objective,
    /// Penalties in force, with their weights.
    pub penalties: Vec<(&'static dyn Penalty, f64)>,
    /// The bound on each of D's parameters, if there is one.
    pub clip: Option<f64>,
    /// Standard deviation of the noise on what D sees, data units.
    pub instance_noise: f64,
    /// What the objective counts in G's loss.
    pub adversarial: f64,
    /// What the squared distance from the real row counts there, where G completes one; per row, as networks see it.
    pub distance: f64,
    /// What real rows with the beginning of others count among D's negatives, beside generated ones (Reed et al., 2016).
    pub mismatched: f64,
    pub lr_g: f64,
    pub lr_d: f64,
    /// D updates a step.
    pub d_steps: u64,
    /// G updates a step.
    pub g_steps: u64,
}

/// How z is drawn: `dim` coordinates, each N(0, 1) or uniform on [−1, 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Latent {
    pub dim: usize,
    pub gaussian: bool,
}

impl Latent {
    /// `n` draws, `[n, dim]` flat.
    pub fn draw(self, n: usize, rng: &mut Rng) -> Vec<f32> {
        if self.gaussian { rng.normals(n * self.dim) } else { rng.uniforms(n * self.dim) }
    }
}

impl From<&Settings> for Live {
    fn from(s: &Settings) -> Self {
        let weighted = |penalty: &&'static dyn Penalty| (*penalty, s.number(penalty.id()));
        Self {
            objective: objective::find(s.choice("objective")).expect("settings name a registered objective"),
            penalties: PENALTIES.iter().map(weighted).filter(|(_, weight)| *weight > 0.0).collect(),
            clip: Some(s.number("clip")).filter(|clip| *clip > 0.0),
            instance_noise: s.number("instance_noise"),
            // Only what is completed has a real row to be compared with.
            adversarial: if s.has("adversarial") { s.number("adversarial") } else { 1.0 },
            distance: if s.has("distance") { s.number("distance") } else { 0.0 },
            mismatched: if s.has("mismatched") { s.number("mismatched") } else { 0.0 },
            lr_g: s.number("lr_g"),
            lr_d: s.number("lr_d"),
            d_steps: s.integer("d_steps"),
            g_steps: s.integer("g_steps"),
        }
    }
}

impl Experiment {
    /// Of each network.
    pub fn n_parameters(&self) -> Players<usize> {
        Players { d: self.discriminator.network().n_parameters(), g: self.generator.network.n_parameters() }
    }

    pub fn new(s: &Settings, data: Arc<dyn Reals>) -> Self {
        let d_data = data.dim();
        // Only pictures have neighbours.
        let convolutional = s.has("network") && s.choice("network") == "convolutional";
        let latent = Latent { dim: s.integer("latent_dim") as usize, gaussian: s.choice("latent") == "gaussian" };
        Self {
            seed: s.integer("seed"),
            latent,
            batch: s.integer("batch") as usize,
            generator: GeneratorConfig {
                n_given: data.n_given(),
                network: NetworkConfig {
                    d_input: latent.dim + data.n_given(),
                    d_output: d_data - data.n_given(),
                    architecture: if convolutional { Architecture::Widening } else { Architecture::Dense },
                    width: s.integer("width_g") as usize,
                    depth: s.integer("depth_g") as usize,
                    activation: Activation::of(s.choice("activation_g")),
                    output: output(s, data.range()),
                    ..NetworkConfig::DENSE
                },
            },
            discriminator: DiscriminatorConfig {
                d_data,
                architecture: if convolutional { Architecture::Narrowing } else { Architecture::Dense },
                width: s.integer("width_d") as usize,
                depth: s.integer("depth_d") as usize,
                activation: Activation::of(s.choice("activation_d")),
                spectral_norm: s.switch("spectral_norm"),
                // Only points have Fourier features.
                n_frequencies: if s.has("fourier") { s.integer("fourier") as usize } else { 0 },
                frequency_scale: if s.has("fourier") { s.number("fourier_scale") } else { 0.0 },
                pack: s.integer("pack") as usize,
                minibatch_std: s.switch("minibatch_std"),
            },
            center: if s.has("centered") && s.switch("centered") { data.mean() } else { None },
            optimizer_g: optimizer(s, "optimizer_g"),
            optimizer_d: optimizer(s, "optimizer_d"),
            ema_decay: s.number("ema"),
            live: Live::from(s),
            data,
        }
    }
}

/// Only pictures have a choice of how to stay within bounds.
fn output(s: &Settings, range: Range) -> Output {
    match range {
        Range::Line => Output::Linear,
        Range::OneHot(n) => Output::OneHot(n),
        Range::Bounded if s.has("output") && s.choice("output") == "sign" => Output::Sign,
        Range::Bounded => Output::Tanh,
    }
}

fn optimizer(s: &Settings, id: &str) -> OptimizerConfig {
    match s.choice(id) {
        "sgd" => OptimizerConfig::Sgd { momentum: s.number("momentum") },
        "adam" => OptimizerConfig::Adam { beta1: s.number("beta1"), beta2: s.number("beta2") },
        other => unreachable!("optimizer {other}"),
    }
}
