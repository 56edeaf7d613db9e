//! Stochastic gradient descent with momentum (Polyak, 1964): u ← momentum · u + g,  Δθ = −lr · u.

use super::Optimizer;
use crate::kernel::{Averaged, Finish, SgdRates, sgd};
use burn::tensor::Tensor;

#[derive(Debug)]
pub struct Sgd {
    momentum: f64,
    /// u `[n_parameters]`; none without momentum.
    velocity: Option<Tensor<1>>,
}

impl Sgd {
    pub fn new(momentum: f64) -> Self {
        Self { momentum, velocity: None }
    }
}

impl Optimizer for Sgd {
    fn descend(&mut self, at: Averaged, gradient: Tensor<1>, lr: f64, finish: Finish) -> Averaged {
        let momentum = Some(self.momentum as f32).filter(|momentum| *momentum > 0.0);
        let velocity = momentum.map(|_| self.velocity.take().unwrap_or_else(|| gradient.zeros_like()));
        let rates = SgdRates { momentum, scale: -lr as f32 };
        let (moved, velocity) = sgd(at, gradient, velocity, rates, finish);
        self.velocity = velocity;
        moved
    }

    fn state(&self) -> Vec<Tensor<1>> {
        self.velocity.iter().cloned().collect()
    }

    fn restore(&mut self, state: Vec<Tensor<1>>, _n_steps: u64) {
        self.velocity = state.into_iter().next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::optimizer::tests::plain;

    /// Constant gradient 1: u = 1, 1.5, 1.75 with momentum 0.5.
    #[test]
    fn momentum_adds_up() {
        let device = device::cpu();
        let mut sgd = Sgd::new(0.5);
        for expected in [-0.1, -0.15, -0.175] {
            let (from, gradient) = (Tensor::zeros([1], &device), Tensor::ones([1], &device));
            let change: f32 = sgd.descend(plain(from), gradient, 0.1, Finish::NONE).theta.into_scalar();
            assert!((change - expected).abs() < 1e-7, "{change}");
        }
    }
}
