//! A stack of layers, dense or convolutional, with a linear output.
//!
//! | architecture | layers |
//! | --- | --- |
//! | dense | `depth` hidden layers of `width` units: a multilayer perceptron |
//! | narrowing | from a picture to numbers: windows of stride 2 halve the side until it is at most 4, `width` channels at first and twice as many each time; then a dense layer |
//! | widening | the same way back: a dense layer to 4 × 4 or less, then 3 × 3 windows, each giving four pixels for one (Shi et al., 2016) |
//!
//! The latter two follow Radford, Metz and Chintala (2016). Weights N(0, 2 / fan-in) in hidden layers (He et al., 2015), N(0, 1 / fan-in) in the last one,
//! biases 0.

use super::Activation;
use super::patches::{Grid, Patches, Window};
use super::spectral_norm::SingularVectors;
use crate::rng::Rng;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::activation::softmax;
use burn::tensor::{Device, Int, Tensor, TensorData};

/// The shape of an [`Network`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkConfig {
    pub d_input: usize,
    pub d_output: usize,
    pub architecture: Architecture,
    /// Units in each hidden layer; channels beside the picture.
    pub width: usize,
    /// Hidden layers of a dense network; 0 makes it linear. A convolutional one has as many as its picture asks for.
    pub depth: usize,
    pub activation: Activation,
    /// Divide every weight matrix by its largest singular value.
    pub spectral_norm: bool,
    pub output: Output,
}

impl NetworkConfig {
    /// A plain network without hidden layers: what a network of its own says is how it differs.
    pub const DENSE: Self = Self {
        d_input: 1,
        d_output: 1,
        architecture: Architecture::Dense,
        width: 1,
        depth: 0,
        activation: Activation::Relu,
        spectral_norm: false,
        output: Output::Linear,
    };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    Dense,
    /// Convolutional, from a square picture.
    Narrowing,
    /// Convolutional, to a square picture.
    Widening,
}

/// What is made of the last layer's numbers a.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// a
    Linear,
    /// tanh(a / 2), between −1 and 1: twice the logistic of a, less 1.
    Tanh,
    /// Of each so many numbers the largest is 1 and the others are 0; on the way back as if it were softmax(a), straight
    /// through likewise.
    OneHot(usize),
    /// −1 or 1, the sign of a; on the way back as if it were tanh(a / 2) (straight through: Bengio, Léonard and
    /// Courville, 2013).
    Sign,
}

/// What a layer is made of: a weight matrix `[inputs, outputs]`, and the patches that meet it.
struct Plan {
    shape: [usize; 2],
    patches: Option<(Grid, Window)>,
}

/// The network: x `[batch, d_input]` → `[batch, d_output]`.
#[derive(Module, Debug)]
pub struct Network {
    /// The hidden layers and the linear output.
    layers: Vec<Linear>,
    /// One entry a layer: where it is convolutional.
    #[module(skip)]
    patches: Vec<Option<Patches>>,
    /// Where the pixels of a picture stand in the last layer's output.
    #[module(skip)]
    pixels: Option<Patches>,
    #[module(skip)]
    activation: Activation,
    #[module(skip)]
    output: Output,
    /// One entry a layer where weights are normalised, else empty.
    #[module(skip)]
    spectral: Vec<SingularVectors>,
}

impl NetworkConfig {
    /// Fresh weights from `rng`, ready to train (on the device's autodiff side).
    ///
    /// The weights are put in place at once, not lazily: freezing a clone of a lazy parameter would
    /// freeze the original as well (burn 0.22.1, `Param::set_require_grad`).
    pub fn init(&self, rng: &mut Rng, device: &Device) -> Network {
        let autodiff = device.clone().autodiff();
        let shapes = self.shapes();
        let (plans, pixels) = self.plans();
        let gain = |layer| if layer == shapes.len() - 1 { 1.0 } else { 2.0 };
        let layers = shapes.iter().enumerate().map(|(i, shape)| linear(*shape, gain(i), rng, &autodiff)).collect();
        let patches = |(grid, window)| Patches::new(grid, window);
        let mut network = Network {
            layers,
            patches: plans.into_iter().map(|plan| plan.patches.map(patches)).collect(),
            pixels: pixels.map(|grid| patches((grid, PIXEL))),
            activation: self.activation,
            output: self.output,
            spectral: Vec::new(),
        };
        if self.spectral_norm {
            network.spectral = shapes.iter().map(|shape| SingularVectors::new(*shape, rng, device)).collect();
            network.settle_singular_vectors();
        }
        network
    }

    /// Weights and biases together.
    pub fn n_parameters(&self) -> usize {
        self.shapes().iter().map(|[inputs, outputs]| (inputs + 1) * outputs).sum()
    }

    /// Values that change with training without being trained: singular vectors.
    pub fn n_buffers(&self) -> usize {
        if self.spectral_norm { self.shapes().iter().map(|[inputs, outputs]| inputs + outputs).sum() } else { 0 }
    }

    /// `[inputs, outputs]` of each layer's weight matrix.
    pub fn shapes(&self) -> Vec<[usize; 2]> {
        self.plans().0.into_iter().map(|plan| plan.shape).collect()
    }

    /// Every layer, and how the last one leaves the pixels where it makes several at each place.
    fn plans(&self) -> (Vec<Plan>, Option<Grid>) {
        match self.architecture {
            Architecture::Dense => {
                let hidden = std::iter::repeat_n(self.width, self.depth);
                let sizes: Vec<usize> = [self.d_input].into_iter().chain(hidden).chain([self.d_output]).collect();
                (sizes.windows(2).map(|pair| dense(pair[0], pair[1])).collect(), None)
            }
            Architecture::Narrowing => {
                let mut grid = Grid { side: self.d_input.isqrt(), channels: 1, block: 1 };
                let mut plans = Vec::new();
                while grid.side > SMALLEST {
                    let window =
                        Window { side: if grid.side.is_multiple_of(2) { 4 } else { 3 }, stride: 2, padding: 1 };
                    let channels = if plans.is_empty() { self.width } else { 2 * grid.channels };
                    plans.push(convolution(grid, window, channels));
                    grid = Grid { side: grid.side.div_ceil(2), channels, block: 1 };
                }
                plans.push(dense(grid.d(), self.d_output));
                (plans, None)
            }
            Architecture::Widening => {
                let mut sides = vec![self.d_output.isqrt()];
                while let Some(side) = sides.last().copied().filter(|side| *side > SMALLEST) {
                    sides.push(side.div_ceil(2));
                }
                let doublings = sides.len() - 1;
                let Some(last) = sides.pop().filter(|_| doublings > 0) else {
                    return (vec![dense(self.d_input, self.d_output)], None);
                };
                let mut grid = Grid { side: last, channels: self.width << (doublings - 1), block: 1 };
                let mut plans = vec![dense(self.d_input, grid.d())];
                while let Some(side) = sides.pop() {
                    let channels = if sides.is_empty() { 1 } else { grid.channels / 2 };
                    plans.push(convolution(grid, Window { side: 3, stride: 1, padding: 1 }, 4 * channels));
                    grid = Grid { side, channels, block: 2 };
                }
                (plans, Some(grid))
            }
        }
    }
}

/// Pictures of this side, or a smaller one, are not halved any more.
const SMALLEST: usize = 4;
/// A window of one pixel.
const PIXEL: Window = Window { side: 1, stride: 1, padding: 0 };

fn dense(inputs: usize, outputs: usize) -> Plan {
    Plan { shape: [inputs, outputs], patches: None }
}

fn convolution(grid: Grid, window: Window, outputs: usize) -> Plan {
    Plan { shape: [window.side * window.side * grid.channels, outputs], patches: Some((grid, window)) }
}

/// 1 for the largest number of each row and 0 for the others; the first of equals. `[rows, n]`
pub fn one_hot(numbers: Tensor<2>) -> Tensor<2> {
    let [rows, n] = numbers.dims();
    let place = Tensor::<1, Int>::arange(0..n as i64, &numbers.device()).reshape([1, n]).expand([rows, n]);
    numbers.argmax(1).expand([rows, n]).equal(place).float()
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

impl Network {
    /// x `[batch, d_input]` → `[batch, d_output]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len() - 1;
        let h = (0..last).fold(x, |h, layer| self.activation.apply(self.layer(layer, h)));
        let out = self.layer(last, h);
        let out = self.pixels.as_ref().map_or(out.clone(), |pixels| pixels.rows(pixels.unfold(out)));
        match self.output {
            Output::Linear => out,
            Output::Tanh => out.mul_scalar(0.5).tanh(),
            Output::Sign => {
                let soft = out.mul_scalar(0.5).tanh();
                let hard = soft.clone().detach().greater_elem(0.0).float().mul_scalar(2.0).sub_scalar(1.0);
                soft.clone() + (hard - soft.detach())
            }
            Output::OneHot(n) => {
                let [batch, d] = out.dims();
                let soft = softmax(out.reshape([batch * d / n, n]), 1);
                let hard = one_hot(soft.clone().detach());
                (soft.clone() + (hard - soft.detach())).reshape([batch, d])
            }
        }
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
            gradient = self.pull_back(layer, gradient * slope); // [batch, inputs of the layer]
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

    /// One layer on rows `[batch, d]`, before its nonlinearity.
    fn layer(&self, layer: usize, x: Tensor<2>) -> Tensor<2> {
        match &self.patches[layer] {
            Some(patches) => patches.rows(self.affine(layer, patches.unfold(x))),
            None => self.affine(layer, x),
        }
    }

    /// The transpose of a layer's linear part: the gradient in its input of whatever has this gradient in its output.
    fn pull_back(&self, layer: usize, gradient: Tensor<2>) -> Tensor<2> {
        let transposed = self.weight(layer).transpose();
        match &self.patches[layer] {
            Some(patches) => patches.fold(patches.places(gradient).matmul(transposed)),
            None => gradient.matmul(transposed),
        }
    }

    /// x `[n, inputs]` → `[n, outputs]`: x W + b.
    fn affine(&self, layer: usize, x: Tensor<2>) -> Tensor<2> {
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

    fn config(activation: Activation, spectral_norm: bool) -> NetworkConfig {
        let architecture = Architecture::Dense;
        NetworkConfig {
            d_input: 2,
            d_output: 1,
            architecture,
            width: 16,
            depth: 2,
            activation,
            spectral_norm,
            output: Output::Linear,
        }
    }

    /// From pictures of 14 × 14, by way of 7 × 7 and 4 × 4.
    fn narrowing(activation: Activation, spectral_norm: bool) -> NetworkConfig {
        let architecture = Architecture::Narrowing;
        NetworkConfig { d_input: 196, architecture, width: 4, ..config(activation, spectral_norm) }
    }

    fn network(config: NetworkConfig) -> Network {
        config.init(&mut Rng::new(3, Stream::WeightsD), &device::cpu())
    }

    fn flat<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().iter::<f32>().collect()
    }

    #[test]
    fn input_gradient_is_what_autodiff_finds() {
        let device = device::cpu().autodiff();
        let kinds = [Activation::Relu, Activation::LeakyRelu, Activation::Tanh].into_iter().flat_map(|activation| {
            [false, true].into_iter().flat_map(move |norm| [config(activation, norm), narrowing(activation, norm)])
        });
        for config in kinds {
            let d = network(config);
            let noise = TensorData::new(Rng::new(4, Stream::Probe).normals(8 * config.d_input), [8, config.d_input]);
            let x = Tensor::<2>::from_data(noise, &device).require_grad();
            let y = d.clone().no_grad().forward(x.clone());
            let expected = flat(x.grad(&y.clone().sum().backward()).unwrap());
            let (y_explicit, gradient) = d.forward_with_input_gradient(x.detach());
            for (a, b) in expected.iter().zip(flat(gradient)) {
                assert!((a - b).abs() < 1e-5, "{config:?}: {a} against {b}");
            }
            for (a, b) in flat(y).iter().zip(flat(y_explicit)) {
                assert!((a - b).abs() < 1e-5, "{config:?}: {a} against {b}");
            }
        }
    }

    #[test]
    fn pictures_of_every_side_come_out_and_go_in() {
        for side in [3, 4, 5, 7, 8, 14, 16, 28] {
            let g = NetworkConfig {
                d_input: 6,
                d_output: side * side,
                architecture: Architecture::Widening,
                width: 3,
                ..config(Activation::Relu, false)
            };
            let noise =
                Tensor::from_data(TensorData::new(Rng::new(4, Stream::Probe).normals(12), [2, 6]), &device::cpu());
            let pictures = network(g).valid().forward(noise);
            assert_eq!(pictures.dims(), [2, side * side]);
            let d = NetworkConfig { d_input: side * side, ..narrowing(Activation::Relu, false) };
            let scores = network(d).valid().forward(pictures.clone());
            assert_eq!(scores.dims(), [2, 1]);
            assert_eq!(d.n_parameters(), network(d).num_params());
            assert_eq!(g.n_parameters(), network(g).num_params());
            let [one, other] = [0, 1].map(|i| flat(pictures.clone().slice([i..i + 1, 0..side * side])));
            assert!(one.iter().zip(&other).all(|(a, b)| a != b), "{side}: noise moves every pixel");
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
