//! The generator: a network that makes rows of numbers, or completes rows whose beginning is given.
//!
//! code `[n, latent_dim + n_given]`, noise z with what is given beside it → network → `[n, d − n_given]` → what is given
//! with that beside it, `[n, d]`. With nothing given it is a plain network (Goodfellow et al., 2014), else a conditional
//! generator (Mirza and Osindero, 2014).

use super::{Network, NetworkConfig};
use crate::rng::Rng;
use burn::module::Module;
use burn::tensor::{Device, Tensor};

/// The shape of a [`Generator`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeneratorConfig {
    /// Its input is a code, its output what is not given.
    pub network: NetworkConfig,
    /// Numbers at the beginning of a row that are given.
    pub n_given: usize,
}

/// The network, and how much of a row is given.
#[derive(Module, Debug)]
pub struct Generator {
    network: Network,
    #[module(skip)]
    n_given: usize,
}

impl GeneratorConfig {
    pub fn init(&self, rng: &mut Rng, device: &Device) -> Generator {
        Generator { network: self.network.init(rng, device), n_given: self.n_given }
    }
}

impl Generator {
    /// Codes `[n, latent_dim + n_given]` → rows `[n, d]`.
    pub fn forward(&self, code: Tensor<2>) -> Tensor<2> {
        self.completed(code, Network::forward)
    }

    /// [`forward`](Self::forward) with G held fixed.
    pub fn forward_fixed(&self, code: Tensor<2>) -> Tensor<2> {
        self.completed(code, Network::forward_fixed)
    }

    fn completed(&self, code: Tensor<2>, forward: impl Fn(&Network, Tensor<2>) -> Tensor<2>) -> Tensor<2> {
        if self.n_given == 0 {
            return forward(&self.network, code);
        }
        let [n, width] = code.dims();
        let given = code.clone().slice([0..n, width - self.n_given..width]);
        Tensor::cat(vec![given, forward(&self.network, code)], 1)
    }
}

/// Noise `[n, latent_dim]` with the beginnings of `rows` `[n, d]` beside it: codes `[n, latent_dim + n_given]`.
pub fn code(noise: Tensor<2>, rows: Tensor<2>, n_given: usize) -> Tensor<2> {
    let n = rows.dims()[0];
    Tensor::cat(vec![noise, rows.slice([0..n, 0..n_given])], 1)
}

/// Rows `[n, d]`, each with the beginning of the row before it: a real picture with what was given of another.
pub fn mismatched(rows: Tensor<2>, n_given: usize) -> Tensor<2> {
    let [n, d] = rows.dims();
    let [last, others] = [n - 1..n, 0..n - 1].map(|which| rows.clone().slice([which, 0..n_given]));
    Tensor::cat(vec![Tensor::cat(vec![last, others], 0), rows.slice([0..n, n_given..d])], 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::nn::{Activation, Output};
    use crate::rng::Stream;
    use burn::tensor::TensorData;

    #[test]
    fn what_is_given_comes_out_as_it_went_in_and_moves_the_rest() {
        let network = NetworkConfig {
            d_input: 2 + 3,
            d_output: 4,
            width: 8,
            depth: 1,
            activation: Activation::Tanh,
            output: Output::Tanh,
            ..NetworkConfig::DENSE
        };
        let device = device::cpu();
        let g = GeneratorConfig { network, n_given: 3 }.init(&mut Rng::new(1, Stream::WeightsG), &device).valid();
        let rows = |values: [f32; 14]| Tensor::<2>::from_data(TensorData::new(values.to_vec(), [2, 7]), &device);
        let noise = Tensor::from_data(TensorData::new(vec![0.3f32, -1.0, 0.3, -1.0], [2, 2]), &device);
        let real = rows([0.1, 0.2, 0.3, 9.0, 9.0, 9.0, 9.0, -0.5, 0.5, 1.0, 9.0, 9.0, 9.0, 9.0]);
        let made: Vec<f32> = g.forward(code(noise, real, 3)).into_data().iter().collect();
        assert_eq!((&made[..3], &made[7..10]), (&[0.1f32, 0.2, 0.3][..], &[-0.5f32, 0.5, 1.0][..]));
        let swapped: Vec<f32> =
            mismatched(rows([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, -1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0]), 3)
                .into_data()
                .iter()
                .collect();
        assert_eq!(swapped, [-1.0, -2.0, -3.0, 4.0, 5.0, 6.0, 7.0, 1.0, 2.0, 3.0, -4.0, -5.0, -6.0, -7.0]);
        assert!(made[3..7].iter().zip(&made[10..]).all(|(a, b)| a != b && a.abs() < 1.0));
    }
}
