//! The dots: real points, and what G makes of the same noise again and again.

use super::Inputs;
use crate::trainer::Gan;
use burn::tensor::Tensor;

/// Real points, `[N_SHOWN, 2]`.
pub fn real(_: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    Some(inputs.real.clone())
}

/// G(z) for the fixed noise, `[N_SHOWN, 2]`.
pub fn generated(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    Some(gan.generator().forward(inputs.noise.clone()))
}

/// The same from G's running average, `[N_SHOWN, 2]`.
pub fn generated_ema(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    Some(gan.generator_ema().forward(inputs.noise.clone()))
}
