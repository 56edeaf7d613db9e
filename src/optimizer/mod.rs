//! Optimisers on the flat parameter vector θ.
//!
//! Each takes θ a step down its gradient, in one pass on the CPU. Their state is flat too, so a checkpoint is a list of
//! vectors.

pub(crate) mod adam;
mod sgd;

pub use adam::Adam;
pub use sgd::Sgd;

use crate::kernel::{Averaged, Finish};
use burn::tensor::Tensor;

/// Which optimiser, with its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OptimizerConfig {
    Adam { beta1: f64, beta2: f64 },
    Sgd { momentum: f64 },
}

/// An optimiser and its state.
pub trait Optimizer {
    /// The next θ and its average, down the gradient of the loss `[n_parameters]` at rate `lr`.
    fn descend(&mut self, at: Averaged, gradient: Tensor<1>, lr: f64, finish: Finish) -> Averaged;

    /// The state's vectors, each `[n_parameters]`, in a fixed order. Empty before the first step.
    fn state(&self) -> Vec<Tensor<1>>;

    /// Puts back what [`state`](Self::state) gave after `n_steps` steps.
    fn restore(&mut self, state: Vec<Tensor<1>>, n_steps: u64);
}

impl OptimizerConfig {
    /// Can `n_vectors`, θ included, be what a learner holds after `n_updates` updates?
    pub fn fits(self, n_vectors: usize, n_updates: u64) -> bool {
        let state = match self {
            Self::Adam { .. } => 2,
            Self::Sgd { momentum } => usize::from(momentum > 0.0),
        };
        n_vectors == 1 + if n_updates > 0 { state } else { 0 }
    }

    pub fn init(self) -> Box<dyn Optimizer> {
        match self {
            Self::Adam { beta1, beta2 } => Box::new(Adam::new(beta1, beta2)),
            Self::Sgd { momentum } => Box::new(Sgd::new(momentum)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody asks for an average.
    pub fn plain(theta: Tensor<1>) -> Averaged {
        Averaged { theta, average: None }
    }
}
