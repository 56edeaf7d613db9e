//! All parameters of a network, layer by layer: weights `[inputs, outputs]` row by row, then biases.

use super::Inputs;
use crate::trainer::Gan;
use burn::tensor::Tensor;

/// θ of G, `[1, n_parameters]`.
pub fn generator(gan: &Gan, _: &Inputs) -> Option<Tensor<2>> {
    Some(gan.g.theta.clone().unsqueeze())
}

/// θ of D, `[1, n_parameters]`.
pub fn discriminator(gan: &Gan, _: &Inputs) -> Option<Tensor<2>> {
    Some(gan.d.theta.clone().unsqueeze())
}
