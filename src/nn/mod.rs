//! Networks and what acts on their weights.

mod autoencoder;
mod discriminator;
pub mod features;
mod fourier_features;
mod generator;
mod network;
mod parameters;
mod patches;
mod spectral_norm;

pub use crate::kernel::Activation;
pub use autoencoder::{Autoencoder, AutoencoderConfig, Code};
pub use discriminator::{Discriminator, DiscriminatorConfig};
pub use features::{FeatureNet, FeatureWeights, Subject};
pub use generator::{Generator, GeneratorConfig, code, mismatched};
pub use network::{Architecture, Network, NetworkConfig, Output, one_hot};
pub use parameters::{ravel, ravel_gradients, unravel};

use burn::tensor::Tensor;

/// A constant on the autodiff side where `other` is, so that the two can be combined.
fn on_side_of<const D: usize, const E: usize>(other: &Tensor<D>, constant: &Tensor<E>) -> Tensor<E> {
    if other.is_autodiff() { constant.clone().autodiff() } else { constant.clone() }
}
