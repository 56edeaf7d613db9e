//! Sets of small pictures, row by row from the top: ink in [0, 1], or planes of red, green and blue in [0, 1].

pub mod digits;
pub mod idx;
pub mod strokes;

use crate::rng::{Rng, Stream};
use genlab_kernel::squared_distance;

/// Pictures with their classes, split once into those to train on and those to test with.
pub struct Pictures {
    pub side: usize,
    /// 1, or 3 for colours.
    pub channels: usize,
    pub n_classes: usize,
    /// `[n, channels · side²]` flat.
    pixels: Vec<f32>,
    labels: Vec<u8>,
    train: Vec<usize>,
    test: Vec<usize>,
}

/// Of five pictures one is kept for testing.
const TEST_SHARE: usize = 5;

impl Pictures {
    /// The split is the same in every run: a model's measures never see what any model trained on.
    pub fn new(side: usize, n_classes: usize, pixels: Vec<f32>, labels: Vec<u8>) -> Self {
        let mut order: Vec<usize> = (0..labels.len()).collect();
        Rng::new(0, Stream::Split).shuffle(&mut order);
        let test = order.split_off(order.len() - order.len() / TEST_SHARE);
        Self { side, channels: channels(side, &pixels, &labels), n_classes, pixels, labels, train: order, test }
    }

    /// Few pictures, all of them to train on and to test with.
    pub fn whole(side: usize, n_classes: usize, pixels: Vec<f32>, labels: Vec<u8>) -> Self {
        let all: Vec<usize> = (0..labels.len()).collect();
        Self {
            side,
            channels: channels(side, &pixels, &labels),
            n_classes,
            pixels,
            labels,
            train: all.clone(),
            test: all,
        }
    }

    /// Values of one picture.
    pub fn dim(&self) -> usize {
        self.channels * self.side * self.side
    }

    pub fn train(&self) -> &[usize] {
        &self.train
    }

    pub fn test(&self) -> &[usize] {
        &self.test
    }

    pub fn picture(&self, index: usize) -> &[f32] {
        &self.pixels[index * self.dim()..][..self.dim()]
    }

    pub fn label(&self, index: usize) -> u8 {
        self.labels[index]
    }

    /// The pictures at these places, `[n, dim]` flat.
    pub fn rows(&self, indices: &[usize]) -> Vec<f32> {
        indices.iter().flat_map(|&index| self.picture(index)).copied().collect()
    }

    /// `n` pictures to train on, drawn with replacement.
    pub fn draw(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        let mut rows = Vec::with_capacity(n * self.dim());
        for _ in 0..n {
            rows.extend_from_slice(self.picture(self.train[rng.below(self.train.len())]));
        }
        rows
    }

    /// The `k` training pictures nearest to `picture` `[dim]` by Euclidean distance, nearest first.
    pub fn nearest(&self, picture: &[f32], k: usize) -> Vec<usize> {
        let squared = |index: usize| squared_distance(self.picture(index), picture);
        let mut ranked: Vec<(f32, usize)> = self.train.iter().map(|&index| (squared(index), index)).collect();
        let nearer = |a: &(f32, usize), b: &(f32, usize)| a.0.total_cmp(&b.0);
        if k < ranked.len() {
            ranked.select_nth_unstable_by(k, nearer);
            ranked.truncate(k);
        }
        ranked.sort_by(nearer);
        ranked.into_iter().map(|(_, index)| index).collect()
    }

    /// The same grey pictures at half the side: means of 2 × 2 pixels.
    pub fn halved(&self) -> Self {
        let (side, half) = (self.side, self.side / 2);
        let mean = |picture: &[f32], place: usize| {
            let corner = 2 * (place / half) * side + 2 * (place % half);
            (picture[corner] + picture[corner + 1] + picture[corner + side] + picture[corner + side + 1]) / 4.0
        };
        let pictures = self.pixels.chunks_exact(side * side);
        let pixels = pictures.flat_map(|picture| (0..half * half).map(move |place| mean(picture, place))).collect();
        let (labels, train, test) = (self.labels.clone(), self.train.clone(), self.test.clone());
        Self { side: half, channels: 1, n_classes: self.n_classes, pixels, labels, train, test }
    }

    /// Each pixel's mean over the training pictures, `[dim]`.
    pub fn mean(&self) -> Vec<f32> {
        let mut sums = vec![0.0f64; self.dim()];
        for &index in &self.train {
            self.picture(index).iter().zip(&mut sums).for_each(|(ink, sum)| *sum += *ink as f64);
        }
        sums.into_iter().map(|sum| (sum / self.train.len().max(1) as f64) as f32).collect()
    }
}

fn channels(side: usize, pixels: &[f32], labels: &[u8]) -> usize {
    let channels = pixels.len() / (labels.len() * side * side);
    debug_assert_eq!(pixels.len(), labels.len() * channels * side * side);
    channels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures() -> Pictures {
        let pixels = (0..20 * 16).map(|i| (i % 16) as f32 / 15.0).collect();
        Pictures::new(4, 2, pixels, (0..20).map(|i| (i % 2) as u8).collect())
    }

    #[test]
    fn the_split_is_fixed_and_leaves_nothing_out() {
        let (a, b) = (pictures(), pictures());
        assert_eq!((a.train(), a.test()), (b.train(), b.test()));
        assert_eq!((a.train().len(), a.test().len()), (16, 4));
        let mut all: Vec<_> = a.train().iter().chain(a.test()).copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn a_training_picture_is_nearest_to_itself() {
        let pixels = (0..20 * 16).map(|i| (i / 16) as f32 / 20.0).collect();
        let pictures = Pictures::new(4, 1, pixels, vec![0; 20]);
        for &index in pictures.train() {
            let found = pictures.nearest(pictures.picture(index), 3);
            assert_eq!((found[0], found.len()), (index, 3));
            assert!(found.iter().all(|other| other.abs_diff(index) <= 4));
        }
    }

    #[test]
    fn halving_takes_means_of_four() {
        let half = pictures().halved();
        assert_eq!((half.side, half.dim()), (2, 4));
        let expected = [2.5, 4.5, 10.5, 12.5].map(|v: f32| v / 15.0);
        assert!(half.picture(3).iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{:?}", half.picture(3));
        assert_eq!(half.test(), pictures().test());
    }
}
