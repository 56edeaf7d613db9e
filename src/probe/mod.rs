//! What the pictures need to see of a run. A probe reads the models and never trains them.
//!
//! Add one: write its function and name it in [`PROBES`]. Only watched probes are computed.

mod batch;
mod landscape;
mod manifold;
mod optimal;
mod samples;
mod slope;
mod weights;

pub use landscape::grid;

use crate::data::points::Source;
use crate::protocol::Matrix;
use crate::rng::{Rng, Stream};
use crate::trainer::{Gan, noise, rows};
use burn::tensor::{Device, Tensor};
use std::cell::OnceCell;

/// One reading: a matrix of f32.
#[derive(Clone, Copy)]
pub struct Probe {
    pub id: &'static str,
    /// What is read off the device; none where there is nothing to see.
    pub read: fn(&Gan, &Inputs) -> Option<Tensor<2>>,
    /// What is worked out of it on the host, if anything.
    pub finish: Option<Finish>,
}

/// From what was read off the device to what is shown.
pub type Finish = fn(&Gan, &Inputs, Vec<f32>) -> Matrix;

/// Points shown of each kind.
pub const N_SHOWN: usize = 512;

const fn probe(id: &'static str, read: fn(&Gan, &Inputs) -> Option<Tensor<2>>) -> Probe {
    Probe { id, read, finish: None }
}

/// Every probe.
pub static PROBES: &[Probe] = &[
    probe("real", samples::real),
    probe("generated", samples::generated),
    probe("generated_ema", samples::generated_ema),
    probe("landscape", landscape::landscape),
    probe("slope_generated", slope::at_generated),
    probe("slope_grid", slope::on_grid),
    probe("noise_grid", manifold::noise_grid),
    probe("manifold", manifold::manifold),
    Probe { id: "optimal", read: optimal::generated, finish: Some(optimal::discriminator) },
    probe("batch_real", batch::real),
    probe("batch_generated", batch::generated),
    probe("weights_g", weights::generator),
    probe("weights_d", weights::discriminator),
];

/// The probe with this id.
pub fn find(id: &str) -> Option<&'static Probe> {
    PROBES.iter().find(|p| p.id == id)
}

/// What the probes feed to the models: fixed for a run, so that a dot can be followed with the eye.
pub struct Inputs {
    pub data: Source,
    /// `[N_SHOWN, latent_dim]`
    pub noise: Tensor<2>,
    /// `[N_SHOWN, 2]`
    pub real: Tensor<2>,
    /// The landscape's grid, rows from the top of the picture down, `[SIDE², 2]`.
    pub grid: Tensor<2>,
    /// A coarser grid for arrows.
    pub arrow_grid: Tensor<2>,
    /// Noise on a regular grid, `[nodes, latent_dim]`.
    pub noise_grid: Tensor<2>,
    /// Noise for the density of G, `[optimal::N_SAMPLES, latent_dim]`.
    many: OnceCell<Tensor<2>>,
    /// The data's density on the landscape's grid.
    density: OnceCell<Option<Vec<f64>>>,
}

impl Inputs {
    pub fn new(gan: &Gan, data: Source) -> Self {
        let (experiment, device): (_, &Device) = (&gan.experiment, gan.device());
        let stream = |stream| Rng::new(experiment.seed, stream);
        let half_width = data.half_width();
        Self {
            noise: noise(experiment.latent, N_SHOWN, &mut stream(Stream::Probe), device),
            real: rows(data.sample(N_SHOWN, &mut stream(Stream::Display)), 2, device),
            grid: rows(grid(half_width, landscape::SIDE), 2, device),
            arrow_grid: rows(grid(half_width, slope::SIDE), 2, device),
            noise_grid: manifold::grid(experiment.latent, device),
            data,
            many: OnceCell::new(),
            density: OnceCell::new(),
        }
    }
}
