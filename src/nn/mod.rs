//! Networks and what acts on their weights.

mod activation;
mod discriminator;
mod ema;
mod fourier_features;
mod mlp;
mod parameters;
mod spectral_norm;

pub use activation::Activation;
pub use discriminator::{Discriminator, DiscriminatorConfig};
pub use ema::Ema;
pub use mlp::{Mlp, MlpConfig};
pub use parameters::{ravel, ravel_gradients, unravel};
