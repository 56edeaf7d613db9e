//! Multilayer perceptron: `depth` hidden layers of `width` units, linear output.
//!
//! Weights N(0, 2 / fan-in) in hidden layers (He et al., 2015), N(0, 1 / fan-in) in the last one,
//! biases 0.

use super::Activation;
use crate::rng::Rng;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Tensor, TensorData};

/// The shape of an [`Mlp`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MlpConfig {
    pub d_input: usize,
    pub d_output: usize,
    /// Units in each hidden layer.
    pub width: usize,
    /// Hidden layers; 0 makes the network linear.
    pub depth: usize,
    pub activation: Activation,
}

/// The network: x `[batch, d_input]` → `[batch, d_output]`.
#[derive(Module, Debug)]
pub struct Mlp {
    hidden: Vec<Linear>,
    output: Linear,
    #[module(skip)]
    activation: Activation,
}

impl MlpConfig {
    /// Fresh weights from `rng`, ready to train (on the device's autodiff side).
    ///
    /// The weights are put in place at once, not lazily: freezing a clone of a lazy parameter would
    /// freeze the original as well (burn 0.22.1, `Param::set_require_grad`).
    pub fn init(&self, rng: &mut Rng, device: &Device) -> Mlp {
        let device = device.clone().autodiff();
        let mut inputs = self.d_input;
        let hidden = (0..self.depth)
            .map(|_| linear(std::mem::replace(&mut inputs, self.width), self.width, 2.0, rng, &device))
            .collect();
        let output = linear(inputs, self.d_output, 1.0, rng, &device);
        Mlp { hidden, output, activation: self.activation }
    }

    /// Weights and biases together.
    pub fn n_parameters(&self) -> usize {
        let sizes: Vec<usize> =
            [self.d_input].into_iter().chain((0..self.depth).map(|_| self.width)).chain([self.d_output]).collect();
        sizes.windows(2).map(|w| (w[0] + 1) * w[1]).sum()
    }
}

/// A linear layer with weights N(0, gain / d_input) and zero biases.
fn linear(d_input: usize, d_output: usize, gain: f64, rng: &mut Rng, device: &Device) -> Linear {
    let std = (gain / d_input as f64).sqrt() as f32;
    let weight: Vec<f32> = rng.normals(d_input * d_output).into_iter().map(|v| std * v).collect();
    Linear {
        weight: Param::from_tensor(Tensor::from_data(TensorData::new(weight, [d_input, d_output]), device)),
        bias: Some(Param::from_tensor(Tensor::zeros([d_output], device))),
    }
}

impl Mlp {
    /// x `[batch, d_input]` → `[batch, d_output]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let h = self.hidden.iter().fold(x, |h, layer| self.activation.apply(layer.forward(h)));
        self.output.forward(h)
    }

    /// The output and its gradient in the input, both as ordinary graphs: y `[batch, 1]`, ∇ₓy
    /// `[batch, d_input]`. Only for networks with one output.
    ///
    /// ∇ₓy = W₁ S₁ W₂ S₂ … w with Sₗ = diag φ′(aₗ): a chain of products, so a penalty on it trains the
    /// weights through burn's first-order autodiff, exactly.
    pub fn forward_with_input_gradient(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let [batch, _] = x.dims();
        let mut h = x;
        let mut slopes = Vec::with_capacity(self.hidden.len());
        for layer in &self.hidden {
            let (next, slope) = self.activation.apply_with_slope(layer.forward(h));
            h = next; // [batch, width]
            slopes.push(slope);
        }
        let y = self.output.forward(h); // [batch, 1]
        let w = self.output.weight.val().transpose(); // [1, width]
        let width = w.dims()[1];
        let mut gradient = w.expand([batch, width]);
        for (layer, slope) in self.hidden.iter().zip(slopes).rev() {
            gradient = (gradient * slope).matmul(layer.weight.val().transpose()); // [batch, inputs of the layer]
        }
        (y, gradient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::rng::Stream;

    fn discriminator(activation: Activation) -> (Mlp, Device) {
        let device = device::cpu().autodiff();
        let config = MlpConfig { d_input: 2, d_output: 1, width: 16, depth: 2, activation };
        (config.init(&mut Rng::new(3, Stream::WeightsD), &device), device)
    }

    fn flat<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().iter::<f32>().collect()
    }

    #[test]
    fn input_gradient_is_what_autodiff_finds() {
        for activation in [Activation::Relu, Activation::LeakyRelu, Activation::Tanh] {
            let (d, device) = discriminator(activation);
            let noise = TensorData::new(Rng::new(4, Stream::Probe).normals(16), [8, 2]);
            let x = Tensor::<2>::from_data(noise, &device).require_grad();
            let y = d.clone().no_grad().forward(x.clone());
            let expected = flat(x.grad(&y.clone().sum().backward()).unwrap());
            let (y_explicit, gradient) = d.forward_with_input_gradient(x.detach());
            for (a, b) in expected.iter().zip(flat(gradient)) {
                assert!((a - b).abs() < 1e-5, "{activation:?}: {a} against {b}");
            }
            for (a, b) in flat(y).iter().zip(flat(y_explicit)) {
                assert!((a - b).abs() < 1e-5, "{activation:?}: {a} against {b}");
            }
        }
    }

    #[test]
    fn parameters_are_counted() {
        let config = MlpConfig { d_input: 2, d_output: 1, width: 16, depth: 2, activation: Activation::LeakyRelu };
        assert_eq!(config.n_parameters(), 48 + 272 + 17);
        let (d, _) = discriminator(Activation::LeakyRelu);
        assert_eq!(config.n_parameters(), d.num_params());
    }

    #[test]
    fn freezing_a_clone_leaves_the_original_trainable() {
        let (d, _) = discriminator(Activation::LeakyRelu);
        let frozen = d.clone().no_grad();
        assert!(!frozen.output.weight.val().is_require_grad());
        assert!(d.output.weight.val().is_require_grad());
    }
}
