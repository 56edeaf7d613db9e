//! Trains the network that reads factors of faces from their pictures, and writes its weights.
//!
//! ```text
//! cargo run --release --example reader
//! ```
//!
//! 16,000 faces of its own, at 16 × 16 and at 24 × 24 in turns, every value blurred by N(0, 0.03²); cross entropy of each
//! choice, ten times the squared error of each value; Adam at 2e-3, falling to 0 along a half cosine; 12,000 batches of 128.
//! Prints what it reads of the test faces that models are judged by, at both sizes.

use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData, activation};
use genlab::data::faces::{self, FACTORS, Face, Faces, N_NUMBERS, Values};
use genlab::device;
use genlab::metric::faces::{read, strangeness};
use genlab::nn::{FeatureNet, FeatureWeights, Subject};
use genlab::optimizer::OptimizerConfig;
use genlab::rng::{Rng, Stream};
use genlab::trainer::Learner;
use std::error::Error;

const N_FACES: usize = 16_000;
const BATCH: usize = 128;
const STEPS: usize = 12_000;
const SIDES: [usize; 2] = [16, 24];
const RATE: f64 = 2e-3;
const BLUR: f32 = 0.03;
const SEED: u64 = 1;

fn main() -> Result<(), Box<dyn Error>> {
    let device = device::cpu();
    let rng = &mut Rng::new(SEED, Stream::WeightsEncoder);
    let own: Vec<Face> = (0..N_FACES).map(|_| faces::draw(rng)).collect();
    let pictures = SIDES.map(|side| own.iter().map(|face| faces::paint(face, side)).collect::<Vec<_>>());
    let net = FeatureWeights::random(Subject::Faces, rng).net(&device.clone().autodiff());
    let mut learner = Learner::new(net, OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 });
    for step in 0..STEPS {
        let batch: Vec<usize> = (0..BATCH).map(|_| rng.below(N_FACES)).collect();
        let mut rows: Vec<f32> = batch.iter().flat_map(|place| &pictures[step % 2][*place]).copied().collect();
        let blur = rng.normals(rows.len());
        rows.iter_mut().zip(blur).for_each(|(value, noise)| *value += BLUR * noise);
        let said = said(&learner.net, rows, SIDES[step % 2], &device.clone().autodiff());
        let loss = loss(said, &batch.iter().map(|place| own[*place]).collect::<Vec<_>>(), &device.clone().autodiff());
        let rate = 0.5 * RATE * (1.0 + (std::f64::consts::PI * step as f64 / STEPS as f64).cos());
        let gradient = learner.gradient(&loss);
        learner.descend(gradient, rate, None);
    }
    let net = learner.net.valid();
    for side in SIDES {
        report(&net, &Faces::new(side), &device);
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/faces/reader.safetensors");
    std::fs::write(path, FeatureWeights::of(Subject::Faces, &net).encode())?;
    Ok(())
}

fn said(net: &FeatureNet, rows: Vec<f32>, side: usize, device: &Device) -> Tensor<2> {
    let d = 3 * side * side;
    let n = rows.len() / d;
    let pictures = Tensor::from_data(TensorData::new(rows, [n, d]), device);
    net.logits(net.features(Subject::Faces.fitted(pictures, side)))
}

/// Of what is said `[n, 29]`.
fn loss(said: Tensor<2>, own: &[Face], device: &Device) -> Tensor<1> {
    let n = own.len();
    let column = |values: Vec<f32>, width: usize| Tensor::<2>::from_data(TensorData::new(values, [n, width]), device);
    let terms = FACTORS.iter().zip(faces::places()).enumerate().map(|(i, (factor, place))| {
        let part = said.clone().slice([0..n, place]);
        match factor.values {
            Values::Choice(options) => {
                let one_hot = |value: f32| (0..options.len()).map(move |k| f32::from(u8::from(k == value as usize)));
                let target = column(own.iter().flat_map(|face| one_hot(face[i])).collect(), options.len());
                (activation::log_softmax(part, 1) * target).sum_dim(1).mean().neg()
            }
            Values::Range { low, .. } => {
                let target = column(own.iter().map(|face| face[i]).collect(), 1);
                (part - target).div_scalar(1.0 - low).square().mean().mul_scalar(10.0)
            }
        }
    });
    terms.reduce(|a, b| a + b).expect("there are factors")
}

/// The share of each choice that is read right, the root mean square error of each value, and how strange real faces are.
fn report(net: &FeatureNet, faces: &Faces, device: &Device) {
    let (data, n) = (&faces.pictures, faces.pictures.test().len());
    let said: Vec<f32> = said(net, data.rows(data.test()), data.side, device).into_data().iter().collect();
    let read: Vec<Face> = said.chunks_exact(N_NUMBERS).map(read).collect();
    let pairs = || read.iter().zip(data.test().iter().map(|place| &faces.factors[*place]));
    for (i, factor) in FACTORS.iter().enumerate() {
        match factor.values {
            Values::Choice(_) => {
                let right = pairs().filter(|(read, face)| read[i] == face[i]).count();
                println!("{} × {0}  {:9} {:.4} right", data.side, factor.id, right as f64 / n as f64);
            }
            Values::Range { .. } => {
                let squared: f32 = pairs().map(|(read, face)| (read[i] - face[i]) * (read[i] - face[i])).sum();
                println!(
                    "{} × {0}  {:9} {:.4} off (root mean square)",
                    data.side,
                    factor.id,
                    (squared / n as f32).sqrt()
                );
            }
        }
    }
    let mut strange: Vec<f64> =
        data.test().iter().zip(&read).map(|(place, read)| strangeness(data.picture(*place), read, data.side)).collect();
    strange.sort_by(f64::total_cmp);
    println!("{} × {0}  strangeness: median {:.4}, 99 % below {:.4}", data.side, strange[n / 2], strange[n * 99 / 100]);
}
