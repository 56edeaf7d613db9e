//! Generated pictures against those of a set, in the space of a classifier's features, and of faces factor by factor: what
//! has to be read from the device, and the readings made of it. The real side is read once, with the first reading.

use super::Sight;
use crate::data::faces::{Face, Faces, N_FACTORS, N_NUMBERS};
use crate::data::pictures::Pictures;
use crate::metric::faces::{STRANGE, ids, read, strangeness, total_variation};
use crate::metric::features::Yardstick;
use crate::nn::{FeatureNet, FeatureWeights, Subject};
use crate::protocol::{Matrix, Reading};
use crate::trainer::rows;
use burn::tensor::{Device, Tensor};

/// Pictures on each side of a comparison.
pub(super) const N: usize = 2_000;
/// Pictures whose sharpness is read, and whether they are faces.
const N_SHARP: usize = 256;

pub(super) struct FeatureGauge {
    subject: Subject,
    net: FeatureNet,
    yardstick: Option<Yardstick>,
    factors: Option<FactorGauge>,
}

impl FeatureGauge {
    pub fn new(weights: &FeatureWeights, faces: Option<&Faces>, device: &Device) -> Self {
        let factors = faces.map(FactorGauge::new);
        Self { subject: weights.subject, net: weights.net(device), yardstick: None, factors }
    }

    /// What the classifier says of pictures, where they are of digits: logits `[n, 10]`.
    pub fn classes(&self, ink: Tensor<2>, side: usize) -> Option<Tensor<2>> {
        self.factors.is_none().then(|| self.opinion(ink, side))
    }

    /// What is read from pictures, where they are of faces: the factors and how strange each is, `[n, N_FACTORS + 1]`.
    pub fn faces(&self, ink: Tensor<2>, side: usize) -> Option<Sight<'_>> {
        self.factors.as_ref()?;
        Some(read_faces(&self.net, ink, side))
    }

    fn opinion(&self, ink: Tensor<2>, side: usize) -> Tensor<2> {
        self.net.logits(self.features(ink, side))
    }

    /// The faces of the kind of pictures that was read last.
    pub fn seen(&self, kind: usize) -> Option<&[Face]> {
        self.factors.as_ref().map(|factors| factors.seen[kind].as_slice())
    }

    /// The faces read from real test pictures.
    pub fn seen_real(&self) -> Option<&[Face]> {
        self.factors.as_ref().map(|factors| factors.seen_real.as_slice())
    }

    fn features(&self, ink: Tensor<2>, side: usize) -> Tensor<2> {
        self.net.features(self.subject.fitted(ink, side))
    }

    /// What [`read`](Self::read) asks to have read for two kinds of generated pictures, [`N`] each.
    pub fn measured(&self, data: &Pictures, kinds: [Tensor<2>; 2], device: &Device) -> Vec<Tensor<2>> {
        let mut tensors = Vec::new();
        for ink in kinds {
            tensors.push(ink.clone().slice([0..N_SHARP, 0..data.dim()]));
            let features = self.features(ink, data.side);
            if self.factors.is_some() {
                tensors.push(self.net.logits(features.clone()));
            }
            tensors.push(features);
        }
        if self.yardstick.is_none() {
            let [test, train] = [data.test(), data.train()].map(|places| data.rows(&places[..N.min(places.len())]));
            let inks = [test, train, Yardstick::independent_pixels(data, N)];
            tensors.extend(inks.map(|ink| self.features(rows(ink, data.dim(), device), data.side)));
            if self.factors.is_some() {
                let test = tensors[tensors.len() - 3].clone();
                tensors.push(self.net.logits(test));
            }
        }
        tensors
    }

    pub fn read(&mut self, data: &Pictures, measured: &[Vec<f32>]) -> Vec<Reading> {
        // Of each kind the ink first, the features last, between them what is said of faces.
        let each = if self.factors.is_some() { 3 } else { 2 };
        let (kinds, real) = measured.split_at(2 * each);
        let of = |i: usize| [kinds[i].as_slice(), kinds[each + i].as_slice()];
        let (ink, said, features) = (of(0), of(1), of(each - 1));
        let n_features = self.subject.n_features();
        let yardstick = self.yardstick.get_or_insert_with(|| {
            let [test, train, independent, said @ ..] = real else {
                unreachable!("real pictures at the first reading")
            };
            if let (Some(factors), [said]) = (&mut self.factors, said) {
                factors.seen_real = said.chunks_exact(N_NUMBERS).map(read).collect();
            }
            Yardstick::new(data, n_features, [test, train, independent])
        });
        let mut readings = yardstick.read(ink, features);
        if let Some(factors) = &mut self.factors {
            readings.extend(factors.read(ink, said, data.side));
        }
        readings
    }
}

/// What `reader` reads from pictures of faces `[n, 3 · side²]`: the factors and how strange each is, `[n, N_FACTORS + 1]`.
pub(super) fn read_faces(reader: &FeatureNet, ink: Tensor<2>, side: usize) -> Sight<'static> {
    let said = reader.logits(reader.features(Subject::Faces.fitted(ink.clone(), side)));
    let finish = move |rows: Vec<f32>| {
        let row = |row: &[f32]| {
            let (said, picture) = row.split_at(N_NUMBERS);
            let face = read(said);
            let strange = strangeness(picture, &face, side) as f32;
            face.into_iter().chain([strange])
        };
        let values: Vec<f32> = rows.chunks_exact(N_NUMBERS + 3 * side * side).flat_map(row).collect();
        Matrix { shape: [values.len() / (N_FACTORS + 1), N_FACTORS + 1], values }
    };
    Sight::OnDevice(Tensor::cat(vec![said, ink], 1), Some(Box::new(finish)))
}

/// What is known of real faces, and of those read last.
struct FactorGauge {
    test: Vec<Face>,
    seen: [Vec<Face>; 2],
    seen_real: Vec<Face>,
    /// Distances of the training faces' factors from those.
    floor: [f64; N_FACTORS],
}

impl FactorGauge {
    fn new(faces: &Faces) -> Self {
        let of = |places: &[usize]| places.iter().map(|place| faces.factors[*place]).collect::<Vec<_>>();
        let (test, train) = (of(faces.pictures.test()), of(faces.pictures.train()));
        Self {
            floor: std::array::from_fn(|i| total_variation(&train, &test, i)),
            test,
            seen: Default::default(),
            seen_real: Vec::new(),
        }
    }

    /// Of pictures and of what the reader says of them, two kinds of each.
    fn read(&mut self, ink: [&[f32]; 2], said: [&[f32]; 2], side: usize) -> Vec<Reading> {
        self.seen = said.map(|said| said.chunks_exact(N_NUMBERS).map(read).collect::<Vec<Face>>());
        let [live, ema] = [0, 1].map(|kind| {
            let distances: [f64; N_FACTORS] = std::array::from_fn(|i| total_variation(&self.seen[kind], &self.test, i));
            let pictures: Vec<&[f32]> = ink[kind].chunks_exact(3 * side * side).collect();
            let seen = pictures
                .iter()
                .zip(&self.seen[kind])
                .filter(|(picture, face)| strangeness(picture, face, side) < STRANGE);
            (distances, seen.count() as f64 / pictures.len() as f64)
        });
        let reading = |id, live, ema, floor, chance, max| Reading { id, live, ema, floor, chance, max };
        let distance = |(i, id)| reading(id, live.0[i], ema.0[i], self.floor[i], f64::NAN, Some(1.0));
        ids()
            .into_iter()
            .enumerate()
            .map(distance)
            .chain([reading("faces", live.1, ema.1, 1.0, 0.0, Some(1.0))])
            .collect()
    }
}
