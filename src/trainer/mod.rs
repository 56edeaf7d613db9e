//! Training loops. A trainer owns the networks, their optimisers and the random streams that feed them.

pub mod autoencoder;
pub mod autoregressive;
pub mod dirac;
mod experiment;
mod feed;
mod gan;
mod learner;
mod listing;
pub mod lone;
mod small;
mod value;
pub mod weights;

pub use experiment::{Experiment, Latent, Live};
pub use feed::{Feed, noise, rows};
pub use gan::{Gan, Progress};
pub use learner::Learner;
pub use listing::{Cursor, Line, Player, Players, StepLosses, Stride};
pub use value::Value;
