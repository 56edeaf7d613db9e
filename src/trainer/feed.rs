//! What feeds a player: real rows, noise, and what is laid over D's inputs. Each from a stream of its
//! own, so that updating D and then G by hand draws the same numbers as taking whole steps.

use super::Latent;
use super::Player;
use crate::data::Reals;
use crate::rng::{Rng, Stream};
use burn::tensor::{Device, Tensor, TensorData};
use serde::{Deserialize, Serialize};

/// One player's streams.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    real: Rng,
    noise: Rng,
    blur: Rng,
}

impl Feed {
    pub fn new(seed: u64, player: Player) -> Self {
        let streams = match player {
            Player::D => [Stream::RealForD, Stream::NoiseForD, Stream::BlurForD],
            Player::G => [Stream::RealForG, Stream::NoiseForG, Stream::BlurForG],
        };
        let [real, noise, blur] = streams.map(|stream| Rng::new(seed, stream));
        Self { real, noise, blur }
    }

    /// `n` real rows, `[n, dim]`.
    pub fn real(&mut self, data: &dyn Reals, n: usize, device: &Device) -> Tensor<2> {
        rows(data.rows(n, &mut self.real), data.dim(), device)
    }

    /// Noise for `n` points, `[n, latent_dim]`.
    pub fn noise(&mut self, latent: Latent, n: usize, device: &Device) -> Tensor<2> {
        noise(latent, n, &mut self.noise, device)
    }

    /// Normal noise over `n` rows, `[n, d]`, of standard deviation `std` in data units.
    pub fn blur(&mut self, n: usize, d: usize, std: f64, device: &Device) -> Tensor<2> {
        rows(self.blur.normals(n * d), d, device).mul_scalar(std)
    }

    /// A place between 0 and 1 for each of `n` pairs of points, `[n, 1]`.
    pub fn places(&mut self, n: usize, device: &Device) -> Tensor<2> {
        let values: Vec<f32> = (0..n).map(|_| self.blur.uniform() as f32).collect();
        Tensor::from_data(TensorData::new(values, [n, 1]), device)
    }
}

/// Noise for `n` points, `[n, latent.dim]`.
pub fn noise(latent: Latent, n: usize, rng: &mut Rng, device: &Device) -> Tensor<2> {
    rows(latent.draw(n, rng), latent.dim, device)
}

/// Flat values as rows, `[n, d]`.
pub fn rows(values: Vec<f32>, d: usize, device: &Device) -> Tensor<2> {
    let n = values.len() / d;
    Tensor::from_data(TensorData::new(values, [n, d]), device)
}
