//! How good generated pictures are, seen as rows of numbers: a classifier's features, or the pixels themselves. Rows
//! are f32, `[n, d]` flat.

pub mod frechet;
pub mod sharpness;
pub(super) mod symmetric;
pub mod vectors;

use super::{Better, MetricCard, Scale};
use crate::card::text;
use crate::data::pictures::Pictures;
use crate::protocol::Reading;
use crate::rng::{Rng, Stream};
use frechet::{Gaussian, frechet};
use sharpness::sharpness;
use vectors::Region;

/// Neighbours, as Kynkäänniemi et al. (2019) advise, and rows of each side; the cost is their product.
const K: usize = 3;
const N_REGION: usize = 1_000;

/// The metrics of [`Yardstick`].
pub fn cards() -> Vec<MetricCard> {
    vec![
        MetricCard::new(
            "frechet",
            text("Fréchet distance", "Fréchet 距离"),
            "‖m₁ − m₂‖² + tr(S₁ + S₂ − 2 (S₁ S₂)^½) of the features",
            "Heusel et al. 2017",
            Scale::Distance,
            Better::Lower,
        ),
        MetricCard::new(
            "precision",
            text("precision", "精确率"),
            "share of generated pictures within some real one's distance to its 3rd real neighbour",
            "Kynkäänniemi et al. 2019",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            "recall",
            text("recall", "召回率"),
            "share of real pictures within some generated one's distance to its 3rd generated neighbour",
            "Kynkäänniemi et al. 2019",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            "sharpness",
            text("sharpness", "清晰度"),
            "mean of 2 |p − ½| over all pixels",
            "",
            Scale::Share,
            Better::Higher,
        ),
    ]
}

/// Measures generated pictures against the test pictures of a set. Floor: as many training pictures. Chance: pictures
/// whose pixels are right one by one and know nothing of each other.
pub struct Yardstick {
    d: usize,
    test: Vec<f32>,
    gaussian: Option<Gaussian>,
    region: Option<Region>,
    /// Of each metric: floor and chance level.
    levels: [Scores; 2],
}

#[derive(Clone, Copy)]
struct Scores {
    frechet: f64,
    precision: f64,
    recall: f64,
    sharpness: f64,
}

impl Yardstick {
    /// From the features `[n, d]` of test pictures, training pictures and [`independent_pixels`](Self::independent_pixels).
    pub fn new(data: &Pictures, d: usize, [test, train, independent]: [&[f32]; 3]) -> Self {
        let nothing = Scores { frechet: f64::NAN, precision: f64::NAN, recall: f64::NAN, sharpness: f64::NAN };
        let mut yardstick = Self {
            d,
            test: first(test, d).to_vec(),
            gaussian: Gaussian::fit(test, d),
            region: Region::new(first(test, d), d, K),
            levels: [nothing; 2],
        };
        let n = N_REGION.min(data.train().len());
        let inks = [data.rows(&data.train()[..n]), Self::independent_pixels(data, n)];
        yardstick.levels = [0, 1].map(|i| yardstick.score(&inks[i], [train, independent][i]));
        yardstick
    }

    /// Each pixel taken from a training picture of its own: `[n, side²]` flat.
    pub fn independent_pixels(data: &Pictures, n: usize) -> Vec<f32> {
        let mut rng = Rng::new(0, Stream::Metric);
        let train = data.train();
        let mut pixel = |place: usize| data.picture(train[rng.below(train.len())])[place];
        (0..n * data.dim()).map(|i| pixel(i % data.dim())).collect()
    }

    /// Readings of two kinds of generated pictures: their ink and their features.
    pub fn read(&self, ink: [&[f32]; 2], features: [&[f32]; 2]) -> Vec<Reading> {
        let [live, ema] = [0, 1].map(|i| self.score(ink[i], features[i]));
        let [floor, chance] = self.levels;
        let reading = |id, of: fn(&Scores) -> f64, max| Reading {
            id,
            live: of(&live),
            ema: of(&ema),
            floor: of(&floor),
            chance: of(&chance),
            max,
        };
        vec![
            reading("frechet", |s| s.frechet, None),
            reading("precision", |s| s.precision, Some(1.0)),
            reading("recall", |s| s.recall, Some(1.0)),
            reading("sharpness", |s| s.sharpness, Some(1.0)),
        ]
    }

    fn score(&self, ink: &[f32], features: &[f32]) -> Scores {
        let some = first(features, self.d);
        let distance = self.gaussian.as_ref().zip(Gaussian::fit(features, self.d)).map(|(a, b)| frechet(a, &b));
        let recall = Region::new(some, self.d, K).map(|region| region.share(&self.test));
        Scores {
            frechet: distance.unwrap_or(f64::NAN),
            precision: self.region.as_ref().map_or(f64::NAN, |region| region.share(some)),
            recall: recall.unwrap_or(f64::NAN),
            sharpness: sharpness(ink),
        }
    }
}

/// At most [`N_REGION`] rows.
fn first(rows: &[f32], d: usize) -> &[f32] {
    &rows[..rows.len().min(N_REGION * d)]
}
