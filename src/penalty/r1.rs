//! R1: ½ E‖∇ₓD(x)‖² over real x (Mescheder, Geiger and Nowozin, 2018).
//!
//! D may not be steep where the data are, so at the end of the game it lies flat there and the game
//! stops turning. In the lab: without it the landscape of D keeps rotating round the data.

use super::{Penalty, Place, squared_norm};
use burn::tensor::Tensor;

pub struct R1;

impl Penalty for R1 {
    fn id(&self) -> &'static str {
        "r1"
    }

    fn place(&self) -> Place {
        Place::Real
    }

    fn loss(&self, gradient: Tensor<2>) -> Tensor<1> {
        squared_norm(gradient).mean().mul_scalar(0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::nn::{Activation, Network, NetworkConfig, ravel, ravel_gradients, unravel};
    use crate::rng::{Rng, Stream};
    use burn::tensor::{Device, TensorData};

    fn network(activation: Activation, device: &Device) -> Network {
        let config = NetworkConfig { d_input: 2, d_output: 1, width: 3, depth: 2, activation, ..NetworkConfig::DENSE };
        let d = config.init(&mut Rng::new(1, Stream::WeightsD), device);
        let theta: Vec<f32> = (0..config.n_parameters()).map(|i| (0.7 * i as f32).sin()).collect();
        unravel(d, &Tensor::from_floats(theta.as_slice(), device))
    }

    fn real(device: &Device) -> Tensor<2> {
        let values: Vec<f32> = (0..8).map(|i| (1.3 * i as f32).cos()).collect();
        Tensor::from_data(TensorData::new(values, [4, 2]), &device.clone().autodiff())
    }

    /// θᵢ = sin 0.7 i laid out as [W₁ (2×3), b₁, W₂ (3×3), b₂, w (3×1), b]; xᵢ = cos 1.3 i; γ = 0.4.
    ///
    /// python: import jax; jax.config.update("jax_enable_x64", True)
    ///         import jax.numpy as jnp; t = jnp.sin(.7*jnp.arange(25)); x = jnp.cos(1.3*jnp.arange(8)).reshape(4, 2)
    ///         def d(t, x, act):
    ///             h = act(x @ t[0:6].reshape(2, 3) + t[6:9]); h = act(h @ t[9:18].reshape(3, 3) + t[18:21])
    ///             return h @ t[21:24] + t[24]
    ///         def r1(t, act): g = jax.vmap(jax.grad(lambda x: d(t, x, act)))(x); return .2*(g**2).sum(1).mean()
    ///         for act in (lambda a: jax.nn.leaky_relu(a, .2), jnp.tanh): print(r1(t, act), jax.grad(r1)(t, act))
    const ORACLE: [(Activation, f64, [f64; 25]); 2] = [
        (
            Activation::LeakyRelu,
            0.001976447,
            [
                0.000612, -0.001750, 0.003790, -0.000614, 0.002448, -0.003009, 0.000000, 0.000000, 0.000000, 0.001608,
                0.000947, -0.001194, -0.000066, -0.000322, 0.000406, -0.004131, -0.005782, 0.007288, 0.000000,
                0.000000, 0.000000, 0.004263, 0.020390, 0.015267, 0.000000,
            ],
        ),
        (
            Activation::Tanh,
            0.04239319,
            [
                0.005871, -0.028055, 0.033878, -0.002062, 0.071270, -0.058618, 0.005896, -0.001671, -0.002860,
                0.019128, 0.016013, -0.031096, -0.024615, 0.004958, -0.016122, -0.085241, -0.024247, 0.024323,
                0.037535, -0.011634, 0.030925, 0.091134, 0.129345, 0.082436, 0.000000,
            ],
        ),
    ];

    #[test]
    fn value_and_gradient_follow_the_reference() {
        let device = device::cpu();
        for (activation, value, gradient) in ORACLE {
            let d = network(activation, &device);
            let (_, input_gradient) = d.forward_with_input_gradient(real(&device));
            let penalty = R1.loss(input_gradient).mul_scalar(0.4);
            let found: f64 = penalty.clone().into_scalar();
            assert!((found - value).abs() < 1e-5 * value.abs(), "{activation:?}: {found} against {value}");
            let found = ravel_gradients(&d, &mut penalty.backward());
            for (i, (found, expected)) in found.into_data().iter::<f64>().zip(gradient).enumerate() {
                assert!((found - expected).abs() < 2e-5, "{activation:?} θ{i}: {found} against {expected}");
            }
        }
    }

    #[test]
    fn gradient_agrees_with_finite_differences() {
        let device = device::cpu();
        let d = network(Activation::Tanh, &device);
        let theta = ravel(&d);
        let penalty = |d: &Network| R1.loss(d.forward_with_input_gradient(real(&device)).1);
        let gradient = ravel_gradients(&d, &mut penalty(&d).backward());
        let h = 2e-3f32; // truncation h² and f32 rounding 1/h are about equal here
        for (i, exact) in gradient.into_data().iter::<f32>().enumerate() {
            let nudged = |by: f32| -> f32 {
                let mut values: Vec<f32> = theta.to_data().iter().collect();
                values[i] += by;
                penalty(&unravel(d.clone(), &Tensor::from_floats(values.as_slice(), &device))).into_scalar()
            };
            let slope = (nudged(h) - nudged(-h)) / (2.0 * h);
            assert!((slope - exact).abs() < 2e-3, "θ{i}: {slope} against {exact}");
        }
    }
}
