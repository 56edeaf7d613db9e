//! Every pass against the same network in f64 and its central differences, and a layer by hand.

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

/// The network once more, in f64 and in loops: y `[n, d_output]`, and ∇ₓy `[n, d_input]` of the first output.
fn reference(net: &Layers, theta: &[f64], x: &[f64]) -> [Vec<f64>; 2] {
    let rows = x.chunks_exact(net.d_input()).map(|x| {
        // Beside each number its gradient in x.
        let unit = |i: usize| (0..x.len()).map(|j| f64::from(u8::from(i == j))).collect::<Vec<_>>();
        let mut h: Vec<(f64, Vec<f64>)> = x.iter().enumerate().map(|(i, x)| (*x, unit(i))).collect();
        for (i, (layer, own)) in net.layers().iter().zip(net.parameters()).enumerate() {
            let theta = &theta[own];
            let starts = match &layer.patches {
                Some(table) => table.starts.clone(),
                None => (0..layer.inputs).map(Some).collect(),
            };
            let mut next = Vec::new();
            for patch in starts.chunks_exact(layer.inputs) {
                for o in 0..layer.outputs {
                    let mut a = (theta[layer.inputs * layer.outputs + o], vec![0.0; x.len()]);
                    for (k, from) in patch.iter().enumerate().filter_map(|(k, from)| from.map(|from| (k, &h[from]))) {
                        let w = theta[k * layer.outputs + o];
                        a.0 += w * from.0;
                        a.1.iter_mut().zip(&from.1).for_each(|(sum, v)| *sum += w * v);
                    }
                    let slope = match net.activation().leak() {
                        _ if i + 1 == net.layers().len() => 1.0,
                        Some(leak) => {
                            if a.0 > 0.0 {
                                1.0
                            } else {
                                f64::from(leak)
                            }
                        }
                        None => 1.0 - a.0.tanh().powi(2),
                    };
                    let curved = i + 1 < net.layers().len() && net.activation().leak().is_none();
                    let value = if curved { a.0.tanh() } else { slope * a.0 };
                    next.push((value, a.1.into_iter().map(|v| slope * v).collect()));
                }
            }
            h = next;
        }
        h
    });
    let rows: Vec<_> = rows.collect();
    [rows.iter().flatten().map(|(y, _)| *y).collect(), rows.iter().flat_map(|row| row[0].1.clone()).collect()]
}

fn dot(a: &[f64], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * f64::from(*b)).sum()
}

fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().map(|v| f64::from(*v)).collect()
}

/// The slope of `loss` in each of `values`, by central differences in f64.
fn differences(values: &[f32], loss: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let at = |i: usize, h: f64| {
        let mut moved = wide(values);
        moved[i] += h;
        loss(&moved)
    };
    (0..values.len()).map(|i| (at(i, 1e-6) - at(i, -1e-6)) / 2e-6).collect()
}

/// Within 10⁻⁵ of the length of what is expected.
fn close(found: &[f32], expected: &[f64], net: &Layers) {
    let length = |v: &mut dyn Iterator<Item = f64>| v.map(|v| v * v).sum::<f64>().sqrt();
    let apart = length(&mut found.iter().zip(expected).map(|(a, b)| f64::from(*a) - b));
    assert_eq!(found.len(), expected.len());
    assert!(apart <= 1e-5 * length(&mut expected.iter().copied()), "{net:?}: {found:?} against {expected:?}");
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
fn the_output_and_its_gradients_are_right_to_5_digits() {
    for net in stacks(2) {
        let n = 3;
        let (theta, x) = (noise(1, net.n_parameters()), noise(2, n * net.d_input()));
        let weight = noise(3, n * net.d_output());
        let Pass { y, tape, .. } = pass(&net, &theta, &x);
        close(&y, &reference(&net, &wide(&theta), &wide(&x))[0], &net);
        let loss = |theta: &[f64], x: &[f64]| dot(&reference(&net, theta, x)[0], &weight);
        let (mut in_theta, mut in_x) = (vec![0.0; theta.len()], vec![0.0; x.len()]);
        let into = Gradients { theta: Some(&mut in_theta), x: Some(&mut in_x) };
        net.backward(&theta, &x, &tape, &weight, into, &mut Scratch::default());
        close(&in_theta, &differences(&theta, |theta| loss(theta, &wide(&x))), &net);
        close(&in_x, &differences(&x, |x| loss(&wide(&theta), x)), &net);
    }
}

#[test]
fn evaluation_is_the_pass_forward_for_any_number_of_rows() {
    for net in stacks(2) {
        let theta = noise(1, net.n_parameters());
        for n in [1, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS + 7] {
            let x = noise(2, n * net.d_input());
            let mut y = vec![f32::NAN; n * net.d_output()];
            net.evaluate(&theta, &x, &mut y, &mut Scratch::default());
            assert_eq!(y, pass(&net, &theta, &x).y, "{net:?}, {n} rows");
        }
    }
}

#[test]
fn the_slope_and_the_gradients_of_a_loss_of_both_are_right_to_5_digits() {
    for net in stacks(1) {
        let n = 3;
        let (theta, x) = (noise(1, net.n_parameters()), noise(2, n * net.d_input()));
        let weights = [noise(3, n), noise(4, x.len())];
        let Pass { slope, tape, chain, .. } = pass(&net, &theta, &x);
        close(&slope, &reference(&net, &wide(&theta), &wide(&x))[1], &net);
        let loss = |theta: &[f64], x: &[f64]| {
            let [y, slope] = reference(&net, theta, x);
            dot(&y, &weights[0]) + dot(&slope, &weights[1])
        };
        let in_theta_expected = differences(&theta, |theta| loss(theta, &wide(&x)));
        let (mut in_theta, mut in_x) = (vec![0.0; theta.len()], vec![0.0; x.len()]);
        let into = Gradients { theta: Some(&mut in_theta), x: Some(&mut in_x) };
        let mut scratch = Scratch::default();
        net.both_backward(&theta, &x, &tape, &chain, &weights[0], &weights[1], into, &mut scratch);
        close(&in_theta, &in_theta_expected, &net);
        close(&in_x, &differences(&x, |x| loss(&wide(&theta), x)), &net);
        // Without x there are shorter ways.
        let mut in_theta = vec![1.0; theta.len()];
        let into = Gradients { theta: Some(&mut in_theta), x: None };
        net.both_backward(&theta, &x, &tape, &chain, &weights[0], &weights[1], into, &mut scratch);
        in_theta.iter_mut().for_each(|v| *v -= 1.0); // added to what was there
        close(&in_theta, &in_theta_expected, &net);
    }
}
