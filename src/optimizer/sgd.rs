//! Stochastic gradient descent with momentum (Polyak, 1964): u ← momentum · u + g,  Δθ = −lr · u.

use super::Optimizer;
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
    fn change(&mut self, gradient: Tensor<1>, lr: f64) -> Tensor<1> {
        if self.momentum == 0.0 {
            return gradient.mul_scalar(-lr);
        }
        let velocity = match self.velocity.take() {
            Some(u) => u.mul_scalar(self.momentum) + gradient,
            None => gradient,
        };
        self.velocity = Some(velocity.clone());
        velocity.mul_scalar(-lr)
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

    /// Constant gradient 1: u = 1, 1.5, 1.75 with momentum 0.5.
    #[test]
    fn momentum_adds_up() {
        let device = device::cpu();
        let mut sgd = Sgd::new(0.5);
        for expected in [-0.1, -0.15, -0.175] {
            let change: f32 = sgd.change(Tensor::ones([1], &device), 0.1).into_scalar();
            assert!((change - expected).abs() < 1e-7, "{change}");
        }
    }
}
