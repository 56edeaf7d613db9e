//! Networks and what acts on their weights.

mod activation;
mod ema;
mod mlp;
mod parameters;

pub use activation::Activation;
pub use ema::Ema;
pub use mlp::{Mlp, MlpConfig};
pub use parameters::{ravel, ravel_gradients, unravel};
