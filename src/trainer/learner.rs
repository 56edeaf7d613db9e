//! A network together with the optimiser that trains it.

use crate::kernel::{Averaged, Finish};
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
    /// The running average θ̄ ← decay · θ̄ + (1 − decay) · θ, where one is kept. A generator chases its discriminator round
    /// in circles; the average sits in the middle (Yazıcı et al., 2019).
    average: Option<Average>,
    optimizer: Box<dyn Optimizer>,
    /// Updates so far.
    pub n_updates: u64,
}

struct Average {
    decay: f64,
    /// θ̄ `[n_parameters]`
    theta: Tensor<1>,
}

impl<M: Module> Learner<M> {
    pub fn new(net: M, optimizer: OptimizerConfig) -> Self {
        Self { theta: ravel(&net), net, average: None, optimizer: optimizer.init(), n_updates: 0 }
    }

    /// The same, which also averages its parameters from here on.
    #[must_use]
    pub fn averaged(mut self, decay: f64) -> Self {
        self.average = Some(Average { decay, theta: self.theta.clone() });
        self
    }

    /// θ̄ `[n_parameters]`; θ itself where no average is kept.
    pub fn average(&self) -> &Tensor<1> {
        self.average.as_ref().map_or(&self.theta, |average| &average.theta)
    }

    /// Puts an average in place of the one that is kept.
    pub fn restore_average(&mut self, theta: Tensor<1>) {
        if let Some(average) = &mut self.average {
            average.theta = theta;
        }
    }

    /// The network with its averaged parameters, for looking at.
    pub fn averaged_net(&self) -> M {
        unravel(self.net.valid(), self.average())
    }

    /// The gradient of `loss` `[1]` in θ, `[n_parameters]`.
    pub fn gradient(&self, loss: &Tensor<1>) -> Tensor<1> {
        ravel_gradients(&self.net, &mut loss.backward())
    }

    /// One update down `gradient` `[n_parameters]`; every parameter is then kept within ±`clip`, if given.
    pub fn descend(&mut self, gradient: Tensor<1>, lr: f64, clip: Option<f64>) {
        let follow = self.average.as_ref().map(|average| (1.0 - average.decay) as f32);
        let finish = Finish { clip: clip.map_or(f32::INFINITY, |clip| clip as f32), follow };
        let (decay, average) = self.average.take().map(|average| (average.decay, average.theta)).unzip();
        let moved = self.optimizer.descend(Averaged { theta: self.theta.clone(), average }, gradient, lr, finish);
        self.average = decay.zip(moved.average).map(|(decay, theta)| Average { decay, theta });
        self.set(moved.theta);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::nn::NetworkConfig;
    use crate::rng::{Rng, Stream};

    /// θ follows a constant gradient by 1 a step; after n steps θ̄ lies decay (1 − decayⁿ) / (1 − decay) behind.
    #[test]
    fn the_average_follows_at_the_stated_rate() {
        let device = device::cpu();
        let net = NetworkConfig::DENSE.init(&mut Rng::new(1, Stream::WeightsG), &device);
        let mut learner = Learner::new(net, OptimizerConfig::Sgd { momentum: 0.0 }).averaged(0.9);
        for _ in 0..10 {
            learner.descend(Tensor::ones([2], &device), 1.0, None);
        }
        let behind = (learner.average().clone() - learner.theta.clone()).into_data();
        for value in behind.iter::<f32>() {
            assert!((value - 9.0 * (1.0 - 0.9f32.powi(10))).abs() < 1e-5, "{value}");
        }
        learner.restore_average(Tensor::zeros([2], &device));
        assert_eq!(learner.average().to_data(), Tensor::<1>::zeros([2], &device).into_data());
    }
}
