//! What is trained: settings turned into the typed description of a run, and the presets that teach.

pub mod presets;

use crate::data::points::{self, Distribution};
use crate::nn::{Activation, MlpConfig};
use crate::objective::{self, Objective};
use crate::optimizer::OptimizerConfig;
use crate::settings::Settings;

/// A GAN on points of the plane. Built from [`Settings`], hence within every bound.
#[derive(Clone)]
pub struct Experiment {
    pub seed: u64,
    pub data: &'static dyn Distribution,
    pub latent_dim: usize,
    pub latent: Latent,
    pub batch: usize,
    pub generator: MlpConfig,
    pub discriminator: MlpConfig,
    pub optimizer_g: OptimizerConfig,
    pub optimizer_d: OptimizerConfig,
    pub ema_decay: f64,
    pub live: Live,
}

/// The settings that may change while training.
#[derive(Clone)]
pub struct Live {
    pub objective: &'static dyn Objective,
    /// γ of the R1 penalty; 0 is off.
    pub r1: f64,
    pub lr_g: f64,
    pub lr_d: f64,
    /// D updates a step.
    pub d_steps: u64,
    /// G updates a step.
    pub g_steps: u64,
}

/// How z is drawn, coordinate by coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Latent {
    /// N(0, 1)
    Gaussian,
    /// Uniform on [−1, 1)
    Uniform,
}

impl From<&Settings> for Live {
    fn from(s: &Settings) -> Self {
        Self {
            objective: objective::find(s.choice("objective")).expect("settings name a registered objective"),
            r1: s.number("r1"),
            lr_g: s.number("lr_g"),
            lr_d: s.number("lr_d"),
            d_steps: s.integer("d_steps"),
            g_steps: s.integer("g_steps"),
        }
    }
}

impl From<&Settings> for Experiment {
    fn from(s: &Settings) -> Self {
        let network = |net: &str, d_input, d_output| MlpConfig {
            d_input,
            d_output,
            width: s.integer(&format!("width_{net}")) as usize,
            depth: s.integer(&format!("depth_{net}")) as usize,
            activation: match s.choice(&format!("activation_{net}")) {
                "relu" => Activation::Relu,
                "leaky_relu" => Activation::LeakyRelu,
                "tanh" => Activation::Tanh,
                other => unreachable!("activation {other}"),
            },
        };
        let optimizer = |id: &str| match s.choice(id) {
            "sgd" => OptimizerConfig::Sgd { momentum: s.number("momentum") },
            "adam" => OptimizerConfig::Adam { beta1: s.number("beta1"), beta2: s.number("beta2") },
            other => unreachable!("optimizer {other}"),
        };
        let latent_dim = s.integer("latent_dim") as usize;
        Self {
            seed: s.integer("seed"),
            data: points::find(s.choice("data")).expect("settings name a registered distribution"),
            latent_dim,
            latent: match s.choice("latent") {
                "gaussian" => Latent::Gaussian,
                "uniform" => Latent::Uniform,
                other => unreachable!("latent {other}"),
            },
            batch: s.integer("batch") as usize,
            generator: network("g", latent_dim, 2),
            discriminator: network("d", 2, 1),
            optimizer_g: optimizer("optimizer_g"),
            optimizer_d: optimizer("optimizer_d"),
            ema_decay: s.number("ema"),
            live: Live::from(s),
        }
    }
}
