//! The way back against central differences, and a layer by hand.

use super::*;

/// Reproducible numbers in [−1, 1), no two alike.
fn noise(seed: u32, n: usize) -> Vec<f32> {
    let mut state = seed;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..n).map(next).collect()
}

/// What one pass leaves: y, ∇ₓy, the tape and the chain.
struct Pass {
    y: Vec<f32>,
    slope: Vec<f32>,
    tape: Vec<f32>,
    chain: Vec<f32>,
}

fn pass(net: &Layers, theta: &[f32], x: &[f32]) -> Pass {
    let n = x.len() / net.d_input();
    let mut scratch = Scratch::default();
    let (mut y, mut tape) = (vec![0.0; n * net.d_output()], vec![0.0; net.tape(n)]);
    net.forward(theta, x, &mut tape, &mut y, &mut scratch);
    let (mut slope, mut chain) = (vec![0.0; x.len()], vec![0.0; net.chain(n)]);
    if net.d_output() == 1 {
        net.slope(theta, &tape, &mut chain, &mut slope, &mut scratch);
    }
    Pass { y, slope, tape, chain }
}

/// Pictures of 3 × 3, of which two channels on 2 × 2 places are made.
fn convolution() -> Layer {
    let starts =
        [0, 1, 3, 4].into_iter().flat_map(|corner| [0, 1, 3].map(|by| Some(corner + by)).into_iter().chain([None]));
    Layer { inputs: 4, outputs: 2, patches: Some(Arc::new(PatchTable { d: 9, run: 1, starts: starts.collect() })) }
}

fn stacks(d_output: usize) -> Vec<Layers> {
    let kinds = [Activation::Relu, Activation::LeakyRelu, Activation::Tanh];
    let of = |activation| {
        [
            Layers::dense(&[3, d_output], activation),
            Layers::dense(&[5, 9, d_output], activation),
            Layers::dense(&[4, 11, 7, d_output], activation),
            Layers::new(vec![convolution(), Layer::dense(8, 5), Layer::dense(5, d_output)], activation),
        ]
    };
    kinds.into_iter().flat_map(of).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

/// The slope of `loss` in each of `values`.
fn differences(values: &[f32], loss: impl Fn(&[f32]) -> f64) -> Vec<f64> {
    let at = |i: usize, h: f32| {
        let mut moved = values.to_vec();
        moved[i] += h;
        loss(&moved)
    };
    (0..values.len()).map(|i| (at(i, 1e-3) - at(i, -1e-3)) / 2e-3).collect()
}

fn close(found: &[f32], expected: &[f64], net: &Layers) {
    for (a, b) in found.iter().zip(expected) {
        assert!((f64::from(*a) - b).abs() < 2e-3, "{net:?}: {a} against {b}");
    }
}

#[test]
fn a_layer_by_hand() {
    let net = Layers::dense(&[2, 2, 1], Activation::LeakyRelu);
    let theta = [1.0, 2.0, 3.0, -4.0, 0.5, 0.0, 10.0, 100.0, 1.0];
    let Pass { y, slope, tape, .. } = pass(&net, &theta, &[1.0, 1.0]);
    // a = (1 + 3 + 0.5, 2 − 4 + 0) = (4.5, −2), h = (4.5, −0.4), y = 45 − 40 + 1
    close(&y, &[6.0], &net);
    close(&tape, &[4.5, -0.4], &net);
    // ∂y/∂a = (10, 20)
    close(&slope, &[10.0 + 40.0, 30.0 - 80.0], &net);
    let (mut in_theta, mut in_x) = ([1.0; 9], [0.0; 2]);
    let into = Gradients { theta: Some(&mut in_theta), x: Some(&mut in_x) };
    net.backward(&theta, &[1.0, 1.0], &tape, &[1.0], into, &mut Scratch::default());
    close(&in_x, &[50.0, -50.0], &net);
    close(&in_theta, &[11.0, 21.0, 11.0, 21.0, 11.0, 21.0, 5.5, 0.6, 2.0], &net); // added to what was there
}

#[test]
fn gradients_of_the_output_are_finite_differences() {
    for net in stacks(2) {
        let n = 3;
        let (theta, x) = (noise(1, net.n_parameters()), noise(2, n * net.d_input()));
        let weight = noise(3, n * net.d_output());
        let loss = |theta: &[f32], x: &[f32]| dot(&pass(&net, theta, x).y, &weight);
        let (mut in_theta, mut in_x) = (vec![0.0; theta.len()], vec![0.0; x.len()]);
        let into = Gradients { theta: Some(&mut in_theta), x: Some(&mut in_x) };
        net.backward(&theta, &x, &pass(&net, &theta, &x).tape, &weight, into, &mut Scratch::default());
        close(&in_theta, &differences(&theta, |theta| loss(theta, &x)), &net);
        close(&in_x, &differences(&x, |x| loss(&theta, x)), &net);
    }
}

#[test]
fn the_slope_and_its_gradients_are_finite_differences() {
    for net in stacks(1) {
        let n = 3;
        let (theta, x) = (noise(1, net.n_parameters()), noise(2, n * net.d_input()));
        let weight = noise(3, x.len());
        let Pass { slope, tape, chain, .. } = pass(&net, &theta, &x);
        // Rows do not meet, so the sum over them has each row's own slope.
        close(&slope, &differences(&x, |x| dot(&pass(&net, &theta, x).y, &[1.0; 3])), &net);
        let loss = |theta: &[f32], x: &[f32]| dot(&pass(&net, theta, x).slope, &weight);
        let (mut in_theta, mut in_x) = (vec![0.0; theta.len()], vec![0.0; x.len()]);
        let into = Gradients { theta: Some(&mut in_theta), x: Some(&mut in_x) };
        net.slope_backward(&theta, &x, &tape, &chain, &weight, into, &mut Scratch::default());
        close(&in_theta, &differences(&theta, |theta| loss(theta, &x)), &net);
        close(&in_x, &differences(&x, |x| loss(&theta, x)), &net);
    }
}
