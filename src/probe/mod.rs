//! What the pictures need to see of a run. A probe reads the models and never trains them.
//!
//! Add one: write its function and name it in [`PROBES`]. Only watched probes are computed.

mod landscape;
mod samples;

use crate::data::points::Distribution;
use crate::rng::{Rng, Stream};
use crate::trainer::{Gan, noise, points};
use burn::tensor::{Device, Tensor};

/// One reading: a matrix of f32.
#[derive(Clone, Copy)]
pub struct Probe {
    pub id: &'static str,
    /// Rows and columns of the reading.
    pub shape: [usize; 2],
    pub read: fn(&Gan, &Inputs) -> Tensor<2>,
}

/// Points shown of each kind.
pub const N_SHOWN: usize = 512;

/// Every probe.
pub static PROBES: &[Probe] = &[
    Probe { id: "real", shape: [N_SHOWN, 2], read: samples::real },
    Probe { id: "generated", shape: [N_SHOWN, 2], read: samples::generated },
    Probe { id: "generated_ema", shape: [N_SHOWN, 2], read: samples::generated_ema },
    Probe { id: "landscape", shape: [landscape::SIDE, landscape::SIDE], read: landscape::probability },
];

/// The probe with this id.
pub fn find(id: &str) -> Option<&'static Probe> {
    PROBES.iter().find(|p| p.id == id)
}

/// What the probes feed to the models: fixed for a run, so that a dot can be followed with the eye.
pub struct Inputs {
    /// `[N_SHOWN, latent_dim]`
    pub noise: Tensor<2>,
    /// `[N_SHOWN, 2]`
    pub real: Tensor<2>,
    /// The landscape's grid, `[SIDE², 2]`, rows from the top of the picture down.
    pub grid: Tensor<2>,
}

impl Inputs {
    pub fn new(gan: &Gan) -> Self {
        let (experiment, device): (_, &Device) = (&gan.experiment, gan.device());
        let data: &dyn Distribution = experiment.data;
        let stream = |stream| Rng::new(experiment.seed, stream);
        Self {
            noise: noise(experiment, N_SHOWN, &mut stream(Stream::Probe), device),
            real: points(data.sample(N_SHOWN, &mut stream(Stream::Display)), device),
            grid: points(landscape::grid(data.half_width()), device),
        }
    }
}
