//! Against the same stack in burn's own operations, which autodiff knows its way back from.

use super::*;
use crate::device::{self, DeviceKind};
use crate::kernel::{flat, unfold};
use burn::tensor::{Device, Tensor, TensorData, activation};
use genlab_kernel::{Activation, Layer, PatchTable};

const N: usize = 9;

fn numbers<const D: usize>(shape: [usize; D], seed: f32, device: &Device) -> Tensor<D> {
    let n = shape.iter().product::<usize>();
    let values: Vec<f32> = (0..n).map(|i| (1.3 * i as f32 + seed).sin()).collect();
    Tensor::from_data(TensorData::new(values, shape), device)
}

/// Pictures of 3 × 3, of which two channels on 2 × 2 places are made.
fn convolution() -> Layer {
    let corners = [0, 1, 3, 4].into_iter();
    let starts = corners.flat_map(|corner| [0, 1, 3].map(|by| Some(corner + by)).into_iter().chain([None]));
    Layer { inputs: 4, outputs: 2, patches: Some(Arc::new(PatchTable { d: 9, run: 1, starts: starts.collect() })) }
}

fn stacks(d_output: usize) -> Vec<Layers> {
    let of = |activation| {
        [
            Layers::dense(&[3, d_output], activation),
            Layers::dense(&[2, 16, 16, d_output], activation),
            Layers::dense(&[5, 9, 33, 17, d_output], activation),
            Layers::new(vec![convolution(), Layer::dense(8, 5), Layer::dense(5, d_output)], activation),
        ]
    };
    [Activation::Relu, Activation::LeakyRelu, Activation::Tanh].into_iter().flat_map(of).collect()
}

/// One layer before its nonlinearity, and its weights.
fn affine(net: &Layers, i: usize, h: Tensor<2>, theta: &Tensor<1>) -> (Tensor<2>, Tensor<2>) {
    let (layer, own) = (&net.layers()[i], net.parameters().nth(i).unwrap());
    let middle = own.end - layer.outputs;
    let weights = theta.clone().slice(own.start..middle).reshape([layer.inputs, layer.outputs]);
    let biases = theta.clone().slice(middle..own.end).reshape([1, layer.outputs]);
    let n = h.dims()[0];
    let rows = match &layer.patches {
        Some(table) => unfold(h, table).reshape([n * table.n() / layer.inputs, layer.inputs]),
        None => h,
    };
    ((rows.matmul(weights.clone()) + biases).reshape([n, layer.d_output()]), weights)
}

fn composed(net: &Layers, x: Tensor<2>, theta: &Tensor<1>) -> Tensor<2> {
    let last = net.layers().len() - 1;
    let h = (0..last).fold(x, |h, i| {
        let a = affine(net, i, h, theta).0;
        match net.activation() {
            Activation::Relu => activation::relu(a),
            Activation::LeakyRelu => activation::leaky_relu(a, 0.2),
            Activation::Tanh => a.tanh(),
        }
    });
    affine(net, last, h, theta).0
}

/// Length of the difference by the length of the second.
fn apart<const D: usize>(a: Tensor<D>, b: Tensor<D>) -> f32 {
    let length = |v: Vec<f32>| v.iter().map(|v| v * v).sum::<f32>().sqrt();
    let (a, b) = (flat(a), flat(b));
    length(a.iter().zip(&b).map(|(a, b)| a - b).collect()) / length(b).max(1e-6)
}

fn on_both_devices(check: impl Fn(&Device)) {
    for kind in [DeviceKind::Flex, DeviceKind::Ndarray] {
        check(&device::block_on(device::open(kind)).unwrap().autodiff());
    }
}

#[test]
fn the_output_and_its_gradients_are_what_autodiff_finds() {
    on_both_devices(|device| {
        for net in stacks(2).into_iter().map(Arc::new) {
            let (x, theta) = (numbers([N, net.d_input()], 1.0, device), numbers([net.n_parameters()], 2.0, device));
            let (x, theta) = (x.require_grad(), theta.mul_scalar(0.5).require_grad());
            let both = [layers(x.clone(), theta.clone(), &net), composed(&net, x.clone(), &theta)].map(|y| {
                let gradients = y.clone().square().mean().backward();
                (y, x.grad(&gradients).unwrap(), theta.grad(&gradients).unwrap())
            });
            let [(y, in_x, in_theta), (y2, in_x2, in_theta2)] = both;
            assert!(apart(y, y2) < 1e-5 && apart(in_x, in_x2) < 1e-5 && apart(in_theta, in_theta2) < 1e-5, "{net:?}");
        }
    });
}

#[test]
fn the_slope_is_what_autodiff_finds() {
    on_both_devices(|device| {
        for net in stacks(1).into_iter().map(Arc::new) {
            let (x, theta) = (numbers([N, net.d_input()], 1.0, device), numbers([net.n_parameters()], 2.0, device));
            let (x, theta) = (x.require_grad(), theta.mul_scalar(0.5));
            let (y, slope) = layers_with_slope(x.clone().detach(), theta.clone(), &net);
            let expected = composed(&net, x.clone(), &theta);
            assert!(apart(y, expected.clone()) < 1e-5, "{net:?}");
            let expected = x.grad(&expected.sum().backward()).unwrap();
            assert!(apart(slope.without_autodiff(), expected) < 1e-5, "{net:?}");
        }
    });
}

/// The slope once more, as a chain of products of burn's: a graph that autodiff can go back through.
fn chain(net: &Layers, x: Tensor<2>, theta: &Tensor<1>) -> Tensor<2> {
    let last = net.layers().len() - 1;
    let (mut h, mut slopes, mut weights) = (x.clone(), Vec::new(), Vec::new());
    for i in 0..last {
        let (a, w) = affine(net, i, h, theta);
        let positive = a.clone().detach().greater_elem(0.0).float();
        let rectifier = |leak: f32| positive.clone().mul_scalar(1.0 - leak).add_scalar(leak);
        let slope = match net.activation().leak() {
            Some(leak) => rectifier(leak),
            None => a.clone().tanh().square().neg().add_scalar(1.0),
        };
        h = if net.activation().leak().is_some() { a * slope.clone() } else { a.tanh() };
        slopes.push(slope);
        weights.push(w);
    }
    let w = affine(net, last, h, theta).1.transpose();
    let mut v = w.clone().expand([x.dims()[0], w.dims()[1]]);
    for (slope, w) in slopes.into_iter().zip(weights).rev() {
        v = (v * slope).matmul(w.transpose());
    }
    v
}

/// A loss of the output, of the slope, or of both.
const LOOKS: [[f32; 2]; 3] = [[1.0, 1.0], [0.0, 1.0], [1.0, 0.0]];

/// The gradients in x, if it has one, and in θ.
fn gradients(
    [of_y, of_slope]: [f32; 2],
    (y, slope): (Tensor<2>, Tensor<2>),
    x: &Tensor<2>,
    theta: &Tensor<1>,
) -> (Option<Tensor<2>>, Tensor<1>) {
    let terms = [(of_y, y.square().mean()), (of_slope, slope.square().sum_dim(1).mean())];
    let looked_at =
        terms.into_iter().filter(|(weight, _)| *weight != 0.0).map(|(weight, term)| term.mul_scalar(weight));
    let gradients = looked_at.reduce(|a, b| a + b).unwrap().backward();
    (x.grad(&gradients), theta.grad(&gradients).unwrap())
}

#[test]
fn a_loss_may_look_at_the_slope() {
    on_both_devices(|device| {
        for net in stacks(1).into_iter().filter(|net| net.layers()[0].patches.is_none()).map(Arc::new) {
            for (look, fixed) in LOOKS.into_iter().flat_map(|look| [(look, false), (look, true)]) {
                let (x, theta) = (numbers([N, net.d_input()], 1.0, device), numbers([net.n_parameters()], 2.0, device));
                let (x, theta) = (x.set_require_grad(!fixed), theta.mul_scalar(0.5).require_grad());
                let ours = layers_with_slope(x.clone(), theta.clone(), &net);
                let theirs = (composed(&net, x.clone(), &theta), chain(&net, x.clone(), &theta));
                let (in_x, in_theta) = gradients(look, ours, &x, &theta);
                let (in_x2, in_theta2) = gradients(look, theirs, &x, &theta);
                assert!(apart(in_theta, in_theta2) < 1e-5, "{look:?}, {net:?}");
                assert_eq!(in_x.is_none(), fixed);
                if let Some((in_x, in_x2)) = in_x.zip(in_x2) {
                    assert!(apart(in_x, in_x2) < 1e-5, "{look:?}, {net:?}");
                }
            }
        }
    });
}

/// Of convolutions there is no such chain here; flex stands against f64 (`genlab_kernel`), and the composed passes against flex.
#[test]
fn both_devices_agree_on_convolutions() {
    let devices = [DeviceKind::Flex, DeviceKind::Ndarray].map(|kind| device::block_on(device::open(kind)).unwrap());
    for net in stacks(1).into_iter().filter(|net| net.layers()[0].patches.is_some()).map(Arc::new) {
        for (look, fixed) in LOOKS.into_iter().flat_map(|look| [(look, false), (look, true)]) {
            let [(in_x, in_theta), (in_x2, in_theta2)] = devices.clone().map(|device| {
                let device = device.autodiff();
                let (x, theta) = (numbers([N, 9], 1.0, &device), numbers([net.n_parameters()], 2.0, &device));
                let (x, theta) = (x.set_require_grad(!fixed), theta.mul_scalar(0.5).require_grad());
                gradients(look, layers_with_slope(x.clone(), theta.clone(), &net), &x, &theta)
            });
            assert!(apart(in_theta, in_theta2) < 1e-5, "{look:?}, {net:?}");
            assert!(in_x.zip(in_x2).is_none_or(|(a, b)| apart(a, b) < 1e-5), "{look:?}, {net:?}");
        }
    }
}
