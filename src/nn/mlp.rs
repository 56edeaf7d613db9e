//! Multilayer perceptron: `depth` hidden layers of `width` units, linear output.
//!
//! Weights N(0, 2 / fan-in) in hidden layers (He et al., 2015), N(0, 1 / fan-in) in the last one,
//! biases 0.

use super::Activation;
use super::spectral_norm::SingularVectors;
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
    /// Divide every weight matrix by its largest singular value.
    pub spectral_norm: bool,
    /// Ends in tanh(a / 2), between −1 and 1: twice the logistic of a, less 1.
    pub bounded: bool,
}

/// The network: x `[batch, d_input]` → `[batch, d_output]`.
#[derive(Module, Debug)]
pub struct Mlp {
    /// The hidden layers and the linear output.
    layers: Vec<Linear>,
    #[module(skip)]
    activation: Activation,
    #[module(skip)]
    bounded: bool,
    /// One entry a layer where weights are normalised, else empty.
    #[module(skip)]
    spectral: Vec<SingularVectors>,
}

impl MlpConfig {
    /// Fresh weights from `rng`, ready to train (on the device's autodiff side).
    ///
    /// The weights are put in place at once, not lazily: freezing a clone of a lazy parameter would
    /// freeze the original as well (burn 0.22.1, `Param::set_require_grad`).
    pub fn init(&self, rng: &mut Rng, device: &Device) -> Mlp {
        let autodiff = device.clone().autodiff();
        let shapes = self.shapes();
        let gain = |layer| if layer == self.depth { 1.0 } else { 2.0 };
        let layers = shapes.iter().enumerate().map(|(i, shape)| linear(*shape, gain(i), rng, &autodiff)).collect();
        let mut mlp = Mlp { layers, activation: self.activation, bounded: self.bounded, spectral: Vec::new() };
        if self.spectral_norm {
            mlp.spectral = shapes.iter().map(|shape| SingularVectors::new(*shape, rng, device)).collect();
            mlp.settle_singular_vectors();
        }
        mlp
    }

    /// Weights and biases together.
    pub fn n_parameters(&self) -> usize {
        self.shapes().iter().map(|[inputs, outputs]| (inputs + 1) * outputs).sum()
    }

    /// Values that change with training without being trained: singular vectors.
    pub fn n_buffers(&self) -> usize {
        if self.spectral_norm { self.shapes().iter().map(|[inputs, outputs]| inputs + outputs).sum() } else { 0 }
    }

    /// `[inputs, outputs]` of each layer.
    pub fn shapes(&self) -> Vec<[usize; 2]> {
        let hidden = std::iter::repeat_n(self.width, self.depth);
        let sizes: Vec<usize> = [self.d_input].into_iter().chain(hidden).chain([self.d_output]).collect();
        sizes.windows(2).map(|pair| [pair[0], pair[1]]).collect()
    }
}

/// Enough for σ to be right to a percent when weights are new.
const SETTLING_ITERATIONS: usize = 16;

/// A linear layer with weights N(0, gain / inputs) and zero biases.
fn linear([inputs, outputs]: [usize; 2], gain: f64, rng: &mut Rng, device: &Device) -> Linear {
    let std = (gain / inputs as f64).sqrt() as f32;
    let weight: Vec<f32> = rng.normals(inputs * outputs).into_iter().map(|v| std * v).collect();
    Linear {
        weight: Param::from_tensor(Tensor::from_data(TensorData::new(weight, [inputs, outputs]), device)),
        bias: Some(Param::from_tensor(Tensor::zeros([outputs], device))),
    }
}

impl Mlp {
    /// x `[batch, d_input]` → `[batch, d_output]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len() - 1;
        let h = (0..last).fold(x, |h, layer| self.activation.apply(self.layer(layer, h)));
        let out = self.layer(last, h);
        if self.bounded { out.mul_scalar(0.5).tanh() } else { out }
    }

    /// The output and its gradient in the input, both as ordinary graphs: y `[batch, 1]`, ∇ₓy
    /// `[batch, d_input]`. Only for networks with one output, unbounded.
    ///
    /// ∇ₓy = W₁ S₁ W₂ S₂ … w with Sₗ = diag φ′(aₗ): a chain of products, so a penalty on it trains the
    /// weights through burn's first-order autodiff, exactly.
    pub fn forward_with_input_gradient(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let [batch, _] = x.dims();
        let last = self.layers.len() - 1;
        let mut h = x;
        let mut slopes = Vec::with_capacity(last);
        for layer in 0..last {
            let (next, slope) = self.activation.apply_with_slope(self.layer(layer, h));
            h = next; // [batch, width]
            slopes.push(slope);
        }
        let y = self.layer(last, h); // [batch, 1]
        let w = self.weight(last).transpose(); // [1, width]
        let width = w.dims()[1];
        let mut gradient = w.expand([batch, width]);
        for (layer, slope) in slopes.into_iter().enumerate().rev() {
            gradient = (gradient * slope).matmul(self.weight(layer).transpose()); // [batch, inputs of the layer]
        }
        (y, gradient)
    }

    /// One power iteration for every normalised weight, before an update changes the weights again.
    pub fn follow_singular_vectors(&mut self) {
        for (layer, vectors) in self.layers.iter().zip(&mut self.spectral) {
            vectors.follow(layer.weight.val().without_autodiff());
        }
    }

    /// Finds the singular vectors of new weights.
    pub fn settle_singular_vectors(&mut self) {
        (0..SETTLING_ITERATIONS).for_each(|_| self.follow_singular_vectors());
    }

    /// What changes with training without being trained, `[n_buffers]`; none where nothing does.
    pub fn buffers(&self) -> Option<Tensor<1>> {
        let vectors: Vec<_> = self.spectral.iter().map(SingularVectors::ravel).collect();
        (!vectors.is_empty()).then(|| Tensor::cat(vectors, 0))
    }

    /// Puts back what [`buffers`](Self::buffers) gave.
    pub fn restore_buffers(&mut self, buffers: &Tensor<1>) {
        let mut start = 0;
        for vectors in &mut self.spectral {
            let end = start + vectors.shape().iter().sum::<usize>();
            vectors.unravel(buffers.clone().slice(start..end));
            start = end;
        }
    }

    /// x `[batch, inputs]` → `[batch, outputs]` of one layer, before its nonlinearity.
    fn layer(&self, layer: usize, x: Tensor<2>) -> Tensor<2> {
        if self.spectral.is_empty() {
            return self.layers[layer].forward(x);
        }
        let bias = self.layers[layer].bias.as_ref().expect("every layer has a bias").val();
        x.matmul(self.weight(layer)) + bias.unsqueeze()
    }

    /// The weight in force `[inputs, outputs]`: normalised where that is asked for.
    fn weight(&self, layer: usize) -> Tensor<2> {
        let weight = self.layers[layer].weight.val();
        self.spectral.get(layer).map_or_else(|| weight.clone(), |vectors| vectors.normalize(weight.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::rng::Stream;

    fn config(activation: Activation, spectral_norm: bool) -> MlpConfig {
        MlpConfig { d_input: 2, d_output: 1, width: 16, depth: 2, activation, spectral_norm, bounded: false }
    }

    fn network(config: MlpConfig) -> Mlp {
        config.init(&mut Rng::new(3, Stream::WeightsD), &device::cpu())
    }

    fn flat<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().iter::<f32>().collect()
    }

    #[test]
    fn input_gradient_is_what_autodiff_finds() {
        let device = device::cpu().autodiff();
        for activation in [Activation::Relu, Activation::LeakyRelu, Activation::Tanh] {
            for spectral_norm in [false, true] {
                let d = network(config(activation, spectral_norm));
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
    }

    /// A normalised network of depth n with 1-Lipschitz activations has slope at most 1.
    #[test]
    fn spectral_norm_bounds_the_slope() {
        let d = network(config(Activation::Relu, true));
        let x = Tensor::from_data(TensorData::new(Rng::new(4, Stream::Probe).normals(400), [200, 2]), &device::cpu());
        let (_, gradient) = d.valid().forward_with_input_gradient(x);
        let steepest = gradient.square().sum_dim(1).max().into_scalar::<f32>().sqrt();
        assert!(steepest < 1.05 && steepest > 0.05, "{steepest}");
    }

    #[test]
    fn parameters_and_buffers_are_counted() {
        let plain = config(Activation::LeakyRelu, false);
        assert_eq!((plain.n_parameters(), plain.n_buffers()), (48 + 272 + 17, 0));
        assert_eq!(plain.n_parameters(), network(plain).num_params());
        let spectral = config(Activation::LeakyRelu, true);
        let d = network(spectral);
        assert_eq!(spectral.n_parameters(), d.num_params());
        assert_eq!(d.buffers().unwrap().dims(), [spectral.n_buffers()]);
    }

    #[test]
    fn freezing_a_clone_leaves_the_original_trainable() {
        let d = network(config(Activation::LeakyRelu, false));
        let frozen = d.clone().no_grad();
        assert!(!frozen.layers[0].weight.val().is_require_grad());
        assert!(d.layers[0].weight.val().is_require_grad());
    }
}
