//! A network together with the optimiser that trains it.

use crate::nn::{Mlp, ravel, ravel_gradients, unravel};
use crate::optimizer::{Optimizer, OptimizerConfig};
use burn::tensor::Tensor;

/// One player of the game: its network, its parameters θ end to end, and its optimiser.
pub struct Learner {
    /// On the autodiff side, ready to train.
    pub net: Mlp,
    /// The parameters of `net`, `[n_parameters]`.
    pub theta: Tensor<1>,
    optimizer: Box<dyn Optimizer>,
    /// Updates so far.
    pub n_updates: u64,
}

impl Learner {
    pub fn new(net: Mlp, optimizer: OptimizerConfig) -> Self {
        Self { theta: ravel(&net), net, optimizer: optimizer.init(), n_updates: 0 }
    }

    /// One step down the gradient of `loss` `[1]`, which must depend on `net`.
    pub fn descend(&mut self, loss: &Tensor<1>, lr: f64) {
        let gradient = ravel_gradients(&self.net, &mut loss.backward());
        let theta = self.theta.clone() + self.optimizer.change(gradient, lr);
        self.set(theta);
        self.n_updates += 1;
    }

    fn set(&mut self, theta: Tensor<1>) {
        self.net = unravel(self.net.clone(), &theta);
        self.theta = theta;
    }

    /// θ followed by the optimiser's state, each `[n_parameters]`.
    pub fn vectors(&self) -> Vec<Tensor<1>> {
        std::iter::once(self.theta.clone()).chain(self.optimizer.state()).collect()
    }

    /// Puts back what [`vectors`](Self::vectors) gave after `n_updates` updates.
    pub fn restore(&mut self, mut vectors: Vec<Tensor<1>>, n_updates: u64) {
        let state = vectors.split_off(1);
        self.set(vectors.remove(0));
        self.optimizer.restore(state, n_updates);
        self.n_updates = n_updates;
    }
}
