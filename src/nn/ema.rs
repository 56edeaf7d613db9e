//! Exponential moving average of a network's parameters: θ̄ ← decay · θ̄ + (1 − decay) · θ.
//!
//! A generator chases its discriminator round in circles; the average sits in the middle
//! (Yazıcı et al., 2019). Look at the EMA numbers beside the live ones.

use burn::tensor::Tensor;

/// The running average θ̄ `[n_parameters]`, started at the first θ.
#[derive(Clone, Debug)]
pub struct Ema {
    pub decay: f64,
    pub theta: Tensor<1>,
}

impl Ema {
    pub fn update(&mut self, theta: &Tensor<1>) {
        let step = (theta.clone() - self.theta.clone()).mul_scalar(1.0 - self.decay);
        self.theta = self.theta.clone() + step;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    /// θ jumps from 0 to 1: after n updates θ̄ = 1 − decayⁿ.
    #[test]
    fn follows_a_step_at_the_stated_rate() {
        let device = device::cpu();
        let mut ema = Ema { decay: 0.9, theta: Tensor::zeros([3], &device) };
        (0..10).for_each(|_| ema.update(&Tensor::ones([3], &device)));
        for value in ema.theta.into_data().iter::<f32>() {
            assert!((value - (1.0 - 0.9f32.powi(10))).abs() < 1e-6, "{value}");
        }
    }
}
