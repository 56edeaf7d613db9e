//! Training loops. A trainer owns the networks, their optimisers and the random streams that feed them.

mod gan;
mod learner;

pub use gan::{Gan, Progress, StepLosses, Update, noise, points};
pub use learner::Learner;
