//! Adam (Kingma and Ba, 2015), with bias correction:
//!
//! m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  Δθ = −lr · m̂ / (√v̂ + ε)
//!
//! with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) and ε = 10⁻⁸. The first step moves every weight by lr
//! against the sign of its gradient.

use super::Optimizer;
use crate::kernel::{AdamRates, Averaged, Finish, adam};
use burn::tensor::Tensor;

const EPSILON: f64 = 1e-8;

#[derive(Debug)]
pub struct Adam {
    beta1: f64,
    beta2: f64,
    n_steps: u64,
    /// m and v, each `[n_parameters]`.
    moments: Option<(Tensor<1>, Tensor<1>)>,
}

impl Adam {
    pub fn new(beta1: f64, beta2: f64) -> Self {
        Self { beta1, beta2, n_steps: 0, moments: None }
    }
}

/// The scalars of step `t`, the first being 1, with both corrections folded in:
/// m̂ / (√v̂ + ε) = s·m / (√v + ε·√c₂), s = √c₂ / c₁.
pub fn rates([beta1, beta2]: [f64; 2], lr: f64, t: u64) -> AdamRates {
    let root = (1.0 - libm::pow(beta2, t as f64)).sqrt();
    let scale = -lr * root / (1.0 - libm::pow(beta1, t as f64));
    AdamRates { beta1: beta1 as f32, beta2: beta2 as f32, scale: scale as f32, epsilon: (EPSILON * root) as f32 }
}

impl Optimizer for Adam {
    fn descend(&mut self, at: Averaged, gradient: Tensor<1>, lr: f64, finish: Finish) -> Averaged {
        self.n_steps += 1;
        let rates = rates([self.beta1, self.beta2], lr, self.n_steps);
        let (m, v) = self.moments.take().unwrap_or_else(|| (gradient.zeros_like(), gradient.zeros_like()));
        let (moved, [m, v]) = adam(at, gradient, [m, v], rates, finish);
        self.moments = Some((m, v));
        moved
    }

    fn state(&self) -> Vec<Tensor<1>> {
        self.moments.iter().flat_map(|(m, v)| [m.clone(), v.clone()]).collect()
    }

    fn restore(&mut self, state: Vec<Tensor<1>>, n_steps: u64) {
        self.n_steps = n_steps;
        self.moments = match <[_; 2]>::try_from(state) {
            Ok([m, v]) => Some((m, v)),
            Err(_) => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::optimizer::tests::plain;

    /// python: import jax; jax.config.update("jax_enable_x64", True)
    ///         import jax.numpy as jnp; m = v = 0; x = jnp.array([1., -2., .5]); out = []
    ///         for t in range(1, 4):
    ///             g = jax.grad(lambda x: (x**2 + x**3).sum())(x)
    ///             m = .5*m + .5*g; v = .9*v + .1*g*g
    ///             x = x - .1 * (m/(1-.5**t)) / (jnp.sqrt(v/(1-.9**t)) + 1e-8)
    ///         print(x.tolist())
    #[test]
    fn three_steps_follow_the_reference() {
        let device = device::cpu();
        let mut adam = Adam::new(0.5, 0.9);
        let mut x = Tensor::<1>::from_floats([1.0, -2.0, 0.5], &device);
        for _ in 0..3 {
            let gradient = x.clone().mul_scalar(2.0) + x.clone().square().mul_scalar(3.0);
            x = adam.descend(plain(x), gradient, 0.1, Finish::NONE).theta;
        }
        let expected = [0.709_802_1, -2.305_251_5, 0.220_559_25];
        for (value, expected) in x.into_data().iter::<f32>().zip(expected) {
            assert!((value - expected).abs() < 2e-6, "{value} against {expected}");
        }
    }

    #[test]
    fn the_first_step_is_the_rate_against_the_sign() {
        let device = device::cpu();
        let gradient = Tensor::<1>::from_floats([3.0, -0.001, 200.0], &device);
        let moved = Adam::new(0.5, 0.999).descend(plain(gradient.zeros_like()), gradient, 0.01, Finish::NONE);
        for (change, expected) in moved.theta.into_data().iter::<f32>().zip([-0.01, 0.01, -0.01]) {
            assert!((change - expected).abs() < 1e-6, "{change}");
        }
    }
}
