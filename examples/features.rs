//! Trains the classifier whose features pictures of digits are compared in, and writes its weights.
//!
//! ```text
//! cargo run --release --example features
//! ```
//!
//! Adam at 1e-3, falling to 0 along a half cosine; batches of 64; 60 epochs of the 8,000 training digits at 14 × 14.
//! Prints the accuracy on the 2,000 test digits.

use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData, activation};
mod stored;

use genlab::data::library;
use genlab::data::pictures::{Pictures, digits};
use genlab::device;
use genlab::nn::{FeatureNet, FeatureWeights, Subject};
use genlab::optimizer::OptimizerConfig;
use genlab::rng::{Rng, Stream};
use genlab::trainer::Learner;
use std::error::Error;

const BATCH: usize = 64;
const EPOCHS: usize = 60;
const RATE: f64 = 1e-3;
const SEED: u64 = 1;

fn main() -> Result<(), Box<dyn Error>> {
    let pictures = digits::decode(&stored::stored(library::DIGITS)?)?.halved();
    let device = device::cpu();
    let mut rng = Rng::new(SEED, Stream::WeightsEncoder);
    let net = FeatureWeights::random(Subject::Digits, &mut rng).net(&device.clone().autodiff());
    let mut learner = Learner::new(net, OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 });
    let steps = EPOCHS * pictures.train().len() / BATCH;
    for step in 0..steps {
        let places: Vec<usize> = (0..BATCH).map(|_| pictures.train()[rng.below(pictures.train().len())]).collect();
        let rows = pictures.rows(&places);
        let logits = logits(&learner.net, rows, &device.clone().autodiff());
        let loss = (activation::log_softmax(logits, 1) * targets(&pictures, &places, &device)).sum_dim(1).mean().neg();
        let rate = 0.5 * RATE * (1.0 + (std::f64::consts::PI * step as f64 / steps as f64).cos());
        let gradient = learner.gradient(&loss);
        learner.descend(gradient, rate, None);
    }
    let net = learner.net.valid();
    for (name, places) in [("train", pictures.train()), ("test", pictures.test())] {
        println!("{name} accuracy {:.4}", accuracy(&net, &pictures, places, &device));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/digits/features.safetensors");
    std::fs::write(path, FeatureWeights::of(Subject::Digits, &net).encode())?;
    Ok(())
}

fn logits(net: &FeatureNet, rows: Vec<f32>, device: &Device) -> Tensor<2> {
    let [d, _] = Subject::Digits.shapes()[0];
    let n = rows.len() / d;
    net.logits(net.features(Tensor::from_data(TensorData::new(rows, [n, d]), device)))
}

/// One-hot classes, `[n, 10]`.
fn targets(pictures: &Pictures, places: &[usize], device: &Device) -> Tensor<2> {
    let one_hot = |&place: &usize| {
        let label = pictures.label(place);
        (0..10).map(move |class| f32::from(u8::from(class == label)))
    };
    let values: Vec<f32> = places.iter().flat_map(one_hot).collect();
    Tensor::<2>::from_data(TensorData::new(values, [places.len(), 10]), device).autodiff()
}

fn accuracy(net: &FeatureNet, pictures: &Pictures, places: &[usize], device: &Device) -> f64 {
    let values: Vec<f32> = logits(net, pictures.rows(places), device).into_data().iter().collect();
    let best = |row: &[f32]| (0..10).max_by(|a, b| row[*a].total_cmp(&row[*b])).expect("ten classes");
    let right = values.chunks(10).zip(places).filter(|(row, place)| best(row) as u8 == pictures.label(**place));
    right.count() as f64 / places.len() as f64
}
