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
use super::patches::{Grid, Patches, Window, table};
use super::spectral_norm::SpectralNorm;
use crate::kernel::{Layer, Layers, layers, layers_with_slope, tanh_of_half};
use crate::rng::Rng;
use burn::module::{Module, Param};
use burn::tensor::activation::softmax;
use burn::tensor::{Device, Int, Tensor};
use std::sync::Arc;

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
    /// The parameters end to end, `[n_parameters]`: layer after layer the weights `[inputs, outputs]`, then the biases.
    theta: Param<Tensor<1>>,
    #[module(skip)]
    layers: Arc<Layers>,
    /// Where the pixels of a picture stand in the last layer's output.
    #[module(skip)]
    pixels: Option<Patches>,
    #[module(skip)]
    output: Output,
    /// Where weights are normalised.
    #[module(skip)]
    spectral: Option<SpectralNorm>,
}

impl NetworkConfig {
    /// Fresh weights from `rng`, ready to train (on the device's autodiff side).
    ///
    /// The weights are put in place at once, not lazily: freezing a clone of a lazy parameter would
    /// freeze the original as well (burn 0.22.1, `Param::set_require_grad`).
    pub fn init(&self, rng: &mut Rng, device: &Device) -> Network {
        let (plans, pixels) = self.plans();
        let shapes: Vec<[usize; 2]> = plans.iter().map(|plan| plan.shape).collect();
        let layers = plans.into_iter().map(|Plan { shape: [inputs, outputs], patches }| {
            let patches = patches.map(|(grid, window)| Arc::new(table(grid, window)));
            Layer { inputs, outputs, patches }
        });
        let theta = Tensor::<1>::from_floats(fresh(&shapes, rng).as_slice(), device);
        let mut spectral = self.spectral_norm.then(|| SpectralNorm::new(&shapes, rng, device));
        if let Some(spectral) = &mut spectral {
            spectral.settle(&theta);
        }
        Network {
            theta: Param::from_tensor(theta.autodiff()),
            layers: Arc::new(Layers::new(layers.collect(), self.activation)),
            pixels: pixels.map(|grid| Patches::new(grid, PIXEL)),
            output: self.output,
            spectral,
        }
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

/// θ of a new network: weights N(0, gain / inputs), biases 0.
fn fresh(shapes: &[[usize; 2]], rng: &mut Rng) -> Vec<f32> {
    let mut theta = Vec::new();
    for (i, [inputs, outputs]) in shapes.iter().enumerate() {
        let gain = if i == shapes.len() - 1 { 1.0 } else { 2.0 };
        let std = (gain / *inputs as f64).sqrt() as f32;
        theta.extend(rng.normals(inputs * outputs).into_iter().map(|v| std * v));
        theta.extend(std::iter::repeat_n(0.0, *outputs));
    }
    theta
}

impl Network {
    /// x `[batch, d_input]` → `[batch, d_output]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.forward_with(self.theta.val(), x)
    }

    /// [`forward`](Self::forward) with the network held fixed: gradients reach x alone.
    pub fn forward_fixed(&self, x: Tensor<2>) -> Tensor<2> {
        self.forward_with(self.theta.val().without_autodiff().autodiff(), x)
    }

    fn forward_with(&self, theta: Tensor<1>, x: Tensor<2>) -> Tensor<2> {
        let out = layers(x, self.in_force(theta), &self.layers);
        let out = match &self.pixels {
            Some(pixels) => pixels.rows(pixels.unfold(out)),
            None => out,
        };
        match self.output {
            Output::Linear => out,
            Output::Tanh => tanh_of_half(out),
            Output::Sign => {
                let soft = tanh_of_half(out);
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
    pub fn forward_with_input_gradient(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        layers_with_slope(x, self.in_force(self.theta.val()), &self.layers)
    }

    /// θ with normalised weights where that is asked for.
    fn in_force(&self, theta: Tensor<1>) -> Tensor<1> {
        match &self.spectral {
            Some(spectral) => spectral.normalize(theta),
            None => theta,
        }
    }

    /// One power iteration for every normalised weight, before an update changes the weights again.
    pub fn follow_singular_vectors(&mut self) {
        if let Some(spectral) = &mut self.spectral {
            spectral.follow(&self.theta.val().without_autodiff());
        }
    }

    /// Finds the singular vectors of new weights.
    pub fn settle_singular_vectors(&mut self) {
        if let Some(spectral) = &mut self.spectral {
            spectral.settle(&self.theta.val().without_autodiff());
        }
    }

    /// What changes with training without being trained, `[n_buffers]`; none where nothing does.
    pub fn buffers(&self) -> Option<Tensor<1>> {
        self.spectral.as_ref().map(SpectralNorm::ravel)
    }

    /// Puts back what [`buffers`](Self::buffers) gave.
    pub fn restore_buffers(&mut self, buffers: &Tensor<1>) {
        if let Some(spectral) = &mut self.spectral {
            spectral.unravel(buffers);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::rng::Stream;
    use burn::tensor::TensorData;

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
        assert!(!frozen.theta.val().is_require_grad());
        assert!(d.theta.val().is_require_grad());
    }
}
