//! An encoder and a decoder: x `[batch, d]` → code `[batch, d_code]` → picture.
//!
//! Plain (Hinton and Salakhutdinov, 2006), the encoder gives the code itself. Variational (Kingma and Welling, 2014), it
//! gives a mean m and a log standard deviation s for each number of the code; the code is m + eˢ ε with ε ~ N(0, I).
//! The decoder ends in logits; their logistic is ink.

use super::{Network, NetworkConfig};
use crate::rng::{Rng, Stream};
use burn::module::Module;
use burn::tensor::{Device, Tensor, activation};

/// The shape of an [`Autoencoder`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AutoencoderConfig {
    /// Its `d_output` is the picture's size and its `d_input` the code's.
    pub decoder: NetworkConfig,
    pub variational: bool,
}

#[derive(Module, Debug)]
pub struct Autoencoder {
    encoder: Network,
    decoder: Network,
    #[module(skip)]
    variational: bool,
}

/// Where a picture lies among the codes.
#[derive(Clone)]
pub struct Code {
    /// m `[batch, d_code]`; a plain autoencoder's code itself.
    pub mean: Tensor<2>,
    /// s `[batch, d_code]`, within [`LOG_STD`].
    pub log_std: Option<Tensor<2>>,
}

/// Beyond these a spread is as good as none, or drowns everything.
pub const LOG_STD: [f64; 2] = [-6.0, 3.0];

impl AutoencoderConfig {
    pub fn init(&self, seed: u64, device: &Device) -> Autoencoder {
        let rng = |stream| Rng::new(seed, stream);
        Autoencoder {
            encoder: self.encoder().init(&mut rng(Stream::WeightsEncoder), device),
            decoder: self.decoder.init(&mut rng(Stream::WeightsG), device),
            variational: self.variational,
        }
    }

    /// The decoder turned round.
    pub fn encoder(&self) -> NetworkConfig {
        let NetworkConfig { d_input, d_output, .. } = self.decoder;
        let d_code = if self.variational { 2 * d_input } else { d_input };
        NetworkConfig { d_input: d_output, d_output: d_code, ..self.decoder }
    }

    pub fn n_parameters(&self) -> usize {
        self.encoder().n_parameters() + self.decoder.n_parameters()
    }
}

impl Autoencoder {
    /// x `[batch, d]`
    pub fn encode(&self, x: Tensor<2>) -> Code {
        let code = self.encoder.forward(x);
        if !self.variational {
            return Code { mean: code, log_std: None };
        }
        let [batch, both] = code.dims();
        let log_std = code.clone().slice([0..batch, both / 2..both]).clamp(LOG_STD[0], LOG_STD[1]);
        Code { mean: code.slice([0..batch, 0..both / 2]), log_std: Some(log_std) }
    }

    /// Codes `[batch, d_code]` → logits `[batch, d]`.
    pub fn decode(&self, code: Tensor<2>) -> Tensor<2> {
        self.decoder.forward(code)
    }

    /// Codes `[batch, d_code]` → ink `[batch, d]`, in (0, 1).
    pub fn picture(&self, code: Tensor<2>) -> Tensor<2> {
        activation::sigmoid(self.decode(code))
    }
}

impl Code {
    /// m + eˢ ε with ε `[batch, d_code]`; m where there is no spread.
    pub fn sample(&self, noise: Tensor<2>) -> Tensor<2> {
        match &self.log_std {
            Some(log_std) => self.mean.clone() + log_std.clone().exp() * noise,
            None => self.mean.clone(),
        }
    }
}
