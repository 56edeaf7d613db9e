//! A network together with the optimiser that trains it.

use crate::nn::{ravel, ravel_gradients, unravel};
use crate::optimizer::{Optimizer, OptimizerConfig};
use burn::module::Module;
use burn::tensor::Tensor;

/// One player of the game: its network, its parameters θ end to end, and its optimiser.
pub struct Learner<M> {
    /// On the autodiff side, ready to train.
    pub net: M,
    /// The parameters of `net`, `[n_parameters]`.
    pub theta: Tensor<1>,
    optimizer: Box<dyn Optimizer>,
    /// Updates so far.
    pub n_updates: u64,
}

impl<M: Module> Learner<M> {
    pub fn new(net: M, optimizer: OptimizerConfig) -> Self {
        Self { theta: ravel(&net), net, optimizer: optimizer.init(), n_updates: 0 }
    }

    /// The gradient of `loss` `[1]` in θ, `[n_parameters]`.
    pub fn gradient(&self, loss: &Tensor<1>) -> Tensor<1> {
        ravel_gradients(&self.net, &mut loss.backward())
    }

    /// One update down `gradient` `[n_parameters]`; every parameter is then kept within ±`clip`, if given.
    pub fn descend(&mut self, gradient: Tensor<1>, lr: f64, clip: Option<f64>) {
        let theta = self.theta.clone() + self.optimizer.change(gradient, lr);
        self.set(clip.map_or(theta.clone(), |clip| theta.clamp(-clip, clip)));
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
