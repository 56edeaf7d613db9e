//! A discriminator trained alone, on strings of 16 bits.
//!
//! Each round (after the lecture's algorithm; LeCun et al., 2006, call it contrastive):
//!
//! 1. the valid strings are positives;
//! 2. K strings from a [`Source`] are negatives;
//! 3. D goes down the gradient of mean sp(−D) over positives + mean sp(D) over negatives.
//!
//! D is small enough for its gradient to be worked out on the host, without autodiff, and for all 65,536 strings to be
//! scored in every round.

use super::small::Small;
use crate::data::worlds::{N_BITS, bits, neighbours, string_of};
use crate::rng::Rng;
use genlab_kernel::{N_STRINGS, softplus, sweep};
use serde::{Deserialize, Serialize};

/// What D is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judge {
    /// w · x + c: the best string is easy to find.
    Linear,
    /// + Σ over pairs of w x x′ (a Boltzmann machine without hidden units; Ackley, Hinton and Sejnowski, 1985).
    Pairwise,
    /// One hidden layer.
    Mlp { width: usize },
}

/// Where negatives come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    None,
    /// Any string is as likely as any other.
    Random,
    /// A positive with one bit flipped.
    Flipped,
    /// The K strings that D takes for best.
    Argmax,
    /// Draws from softmax(D / T): with T = 1 the gradient is that of the likelihood of a density ∝ eᴰ.
    Soft {
        temperature: f64,
    },
    /// From random strings, by the best flip until none helps or [`FLIPS`] are done.
    Climb,
    /// Draws from a generator that learns to please D.
    Generator,
}

/// What may change while training.
#[derive(Clone, Copy, Debug)]
pub struct LoneLive {
    pub source: Source,
    /// Negatives a round.
    pub k: usize,
    pub lr: f64,
}

/// Flips of a climb, at the most.
pub const FLIPS: usize = 16;

/// D, and a generator for those who want its negatives.
#[derive(Clone, Debug)]
pub struct Lone {
    judge: Judge,
    pub d: Small,
    /// z `[16]` → a `[16]`, of which the signs are bits.
    pub g: Small,
}

/// Units of each of G's two hidden layers.
const WIDTH_G: usize = 64;

/// The part of a checkpoint that is not vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoneProgress {
    pub updates: [u64; 2],
    /// What negatives are drawn from.
    pub rng: Rng,
}

impl Judge {
    /// Numbers that D's first layer sees.
    fn n_features(self) -> usize {
        match self {
            Self::Linear | Self::Mlp { .. } => N_BITS,
            Self::Pairwise => N_BITS + N_BITS * (N_BITS - 1) / 2,
        }
    }

    fn sizes(self) -> Vec<usize> {
        let hidden = if let Self::Mlp { width } = self { Some(width) } else { None };
        [self.n_features()].into_iter().chain(hidden).chain([1]).collect()
    }

    /// What D's first layer sees of a place in the cube [−1, 1]¹⁶, whose corners are the strings.
    fn features(self, x: [f32; N_BITS]) -> impl Iterator<Item = f32> {
        let pairs = (0..N_BITS).flat_map(move |i| (0..i).map(move |j| x[i] * x[j]));
        x.into_iter().chain(pairs).take(self.n_features())
    }
}

impl Lone {
    pub fn new(judge: Judge, rng_d: &mut Rng, rng_g: &mut Rng) -> Self {
        let g = [N_BITS, WIDTH_G, WIDTH_G, N_BITS];
        Self { judge, d: Small::new(&judge.sizes(), rng_d), g: Small::new(&g, rng_g) }
    }

    /// D of some strings.
    pub fn scores(&mut self, strings: &[u16]) -> Vec<f32> {
        let rows: Vec<f32> = strings.iter().flat_map(|string| self.judge.features(bits(*string, -1.0))).collect();
        self.d.forward(&rows)
    }

    /// D of every string.
    pub fn all_scores(&self) -> Vec<f32> {
        let mut scores = vec![0.0; N_STRINGS];
        match self.judge {
            Judge::Mlp { width } => sweep(self.d.theta(), width, &mut scores),
            Judge::Linear | Judge::Pairwise => self.quadratic_scores(&mut scores),
        }
        scores
    }

    /// In Gray-code order, so that from one string to the next only one bit's terms change their sign. In f64: no
    /// error worth the name adds up on the way.
    fn quadratic_scores(&self, scores: &mut [f32]) {
        let theta: Vec<f64> = self.d.theta().iter().map(|v| f64::from(*v)).collect();
        let pair = |i: usize, j: usize| {
            let (i, j) = (i.max(j), i.min(j));
            if self.judge == Judge::Pairwise && i != j { theta[N_BITS + i * (i - 1) / 2 + j] } else { 0.0 }
        };
        let coupling: Vec<[f64; N_BITS]> = (0..N_BITS).map(|i| std::array::from_fn(|j| pair(i, j))).collect();
        let mut x = bits(0, -1.0).map(f64::from);
        let features = self.judge.features(bits(0, -1.0)).map(f64::from);
        let mut score = theta[theta.len() - 1] + features.zip(&theta).map(|(f, w)| f * w).sum::<f64>();
        let mut string = 0usize;
        for step in 1..=N_STRINGS {
            scores[string] = score as f32;
            let bit = step.trailing_zeros() as usize; // from the last bit on
            if bit < N_BITS {
                let i = N_BITS - 1 - bit;
                let field = theta[i] + coupling[i].iter().zip(&x).map(|(w, x)| w * x).sum::<f64>();
                score -= 2.0 * x[i] * field;
                x[i] = -x[i];
                string ^= 1 << bit;
            }
        }
    }

    /// ∂D/∂x at a place x of the cube, times a weight that may depend on D there.
    pub fn slope(&mut self, x: [f32; N_BITS], weight: impl Fn(f32) -> f32) -> [f32; N_BITS] {
        let score = self.d.forward(&self.judge.features(x).collect::<Vec<_>>())[0];
        let (_, in_features) = self.d.backward(&[weight(score)]);
        let mut slope: [f32; N_BITS] = std::array::from_fn(|i| in_features[i]);
        let pairs = (0..N_BITS).flat_map(|i| (0..i).map(move |j| (i, j)));
        for ((i, j), gradient) in pairs.zip(&in_features[N_BITS..]) {
            slope[i] += gradient * x[j];
            slope[j] += gradient * x[i];
        }
        slope
    }

    /// The loss, and its gradient in θ.
    pub fn differentiate(&mut self, positives: &[u16], negatives: &[u16]) -> (f32, Vec<f32>) {
        let strings = [positives, negatives].concat();
        let scores = self.scores(&strings);
        // sp(−D) for positives: the sign turns with them.
        let sign = |i: usize| if i < positives.len() { -1.0 } else { 1.0 };
        let share = |i: usize| 1.0 / if i < positives.len() { positives.len() } else { negatives.len() } as f32;
        let turned: Vec<f32> = scores.iter().enumerate().map(|(i, score)| sign(i) * score).collect();
        let (mut losses, mut slopes) = (turned.clone(), turned.clone());
        softplus(&turned, &mut losses, &mut slopes);
        let loss = losses.iter().enumerate().map(|(i, loss)| share(i) * loss).sum();
        let in_scores: Vec<f32> = slopes.iter().enumerate().map(|(i, slope)| sign(i) * share(i) * slope).collect();
        (loss, self.d.backward(&in_scores).0)
    }

    /// One update of D; where G makes the negatives, then one of G.
    pub fn descend(&mut self, gradient: Vec<f32>, LoneLive { source, k, lr }: LoneLive, rng: &mut Rng) {
        self.d.descend(gradient, lr);
        if source == Source::Generator {
            self.train_generator(k, lr, rng);
        }
    }

    /// G goes down the gradient of mean sp(−D(sign a)), where on the way back sign counts as tanh (Bengio, Léonard and
    /// Courville, 2013).
    fn train_generator(&mut self, k: usize, lr: f64, rng: &mut Rng) {
        let a = self.g.forward(&rng.normals(k * N_BITS));
        let down = |score: f32| {
            let mut sigmoid = [-score];
            genlab_kernel::sigmoid(&mut sigmoid);
            -sigmoid[0] / k as f32 // sp′(−D)
        };
        let in_a: Vec<f32> = a
            .chunks_exact(N_BITS)
            .flat_map(|a| {
                let slope = self.slope(bits(string_of(a), -1.0), down);
                std::array::from_fn::<f32, N_BITS, _>(|i| slope[i] * (1.0 - libm::tanhf(a[i]).powi(2)))
            })
            .collect();
        let (gradient, _) = self.g.backward(&in_a);
        self.g.descend(gradient, lr);
    }

    /// K negatives from a source.
    pub fn negatives(&mut self, source: Source, k: usize, positives: &[u16], rng: &mut Rng) -> Vec<u16> {
        let random = |rng: &mut Rng| (rng.next_u64() >> 48) as u16;
        match source {
            Source::None => Vec::new(),
            Source::Random => (0..k).map(|_| random(rng)).collect(),
            Source::Flipped => (0..k).map(|_| positives[rng.below(positives.len())] ^ 1 << rng.below(N_BITS)).collect(),
            Source::Argmax => best(&self.all_scores(), k),
            Source::Soft { temperature } => soft(&self.all_scores(), k, temperature, rng),
            Source::Generator => self.g.forward(&rng.normals(k * N_BITS)).chunks_exact(N_BITS).map(string_of).collect(),
            Source::Climb => {
                let scores = self.all_scores();
                (0..k).map(|_| climb(&scores, random(rng)).take(FLIPS + 1).last().expect("a start")).collect()
            }
        }
    }
}

/// The `k` strings of the highest scores, the highest first; of equal ones the first string.
pub fn best(scores: &[f32], k: usize) -> Vec<u16> {
    let mut strings: Vec<u16> = (0..=u16::MAX).collect();
    let higher_first = |a: &u16, b: &u16| scores[*b as usize].total_cmp(&scores[*a as usize]).then_with(|| a.cmp(b));
    let k = k.min(strings.len());
    if k < strings.len() {
        strings.select_nth_unstable_by(k, higher_first);
        strings.truncate(k);
    }
    strings.sort_unstable_by(higher_first);
    strings
}

/// `k` independent draws from softmax(scores / T), by the inverse of its distribution function.
fn soft(scores: &[f32], k: usize, temperature: f64, rng: &mut Rng) -> Vec<u16> {
    let most = f64::from(scores.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let mut sum = 0.0;
    let mut add = |score: &f32| {
        sum += libm::exp((f64::from(*score) - most) / temperature);
        sum
    };
    let sums: Vec<f64> = scores.iter().map(&mut add).collect();
    let last = sums.len() - 1;
    let draw = |_| {
        let at = rng.uniform() * sum;
        sums.partition_point(|below| *below <= at).min(last) as u16
    };
    (0..k).map(draw).collect()
}

/// From a start by the best flip, as long as one helps: the start first, the top last.
pub fn climb(scores: &[f32], start: u16) -> impl Iterator<Item = u16> {
    let score = |string: u16| scores[string as usize];
    let best_flip = move |string: &u16| {
        let best = neighbours(*string).max_by(|a, b| score(*a).total_cmp(&score(*b)))?;
        (score(best) > score(*string)).then_some(best)
    };
    std::iter::successors(Some(start), best_flip)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::worlds::World;
    use crate::rng::Stream;

    const JUDGES: [Judge; 3] = [Judge::Linear, Judge::Pairwise, Judge::Mlp { width: 11 }];

    fn lone(judge: Judge) -> Lone {
        let mut lone = Lone::new(judge, &mut Rng::new(3, Stream::WeightsD), &mut Rng::new(3, Stream::WeightsG));
        let biases = Rng::new(4, Stream::WeightsD).normals(lone.d.n_parameters());
        lone.d.vectors[0].iter_mut().zip(biases).for_each(|(v, b)| *v += 0.1 * b);
        lone
    }

    #[test]
    fn every_string_scores_as_it_does_alone() {
        for judge in JUDGES {
            let mut lone = lone(judge);
            let all = lone.all_scores();
            let some: Vec<u16> = (0..=u16::MAX).step_by(131).collect();
            for (string, score) in some.iter().zip(lone.scores(&some)) {
                assert!((all[*string as usize] - score).abs() < 1e-4, "{judge:?} {string}");
            }
        }
    }

    /// A step of plain descent along the gradient that Adam is given lowers the loss by as much as it promises.
    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let (positives, negatives) = ([0x0000, 0xF00F], [0x1234, 0x00FF, 0x8421]);
        for judge in JUDGES {
            let lone = lone(judge);
            let loss = |theta: &[f32]| {
                let mut moved = lone.clone();
                moved.d.vectors[0].copy_from_slice(theta);
                let mean = |strings: &[u16], sign: f64, moved: &mut Lone| {
                    let scores = moved.scores(strings);
                    scores.iter().map(|s| (sign * f64::from(*s)).exp().ln_1p()).sum::<f64>() / strings.len() as f64
                };
                mean(&positives, -1.0, &mut moved) + mean(&negatives, 1.0, &mut moved)
            };
            let mut trained = lone.clone();
            let (told, gradient) = trained.differentiate(&positives, &negatives);
            let live = LoneLive { source: Source::Random, k: 1, lr: 1e-3 };
            trained.descend(gradient, live, &mut Rng::new(1, Stream::NoiseForG));
            assert!((f64::from(told) - loss(lone.d.theta())).abs() < 1e-5);
            // After one step m = (1 − β₁) g.
            for i in 0..lone.d.n_parameters() {
                let at = |h: f32| {
                    let mut theta = lone.d.theta().to_vec();
                    theta[i] += h;
                    loss(&theta)
                };
                let expected = (at(1e-3) - at(-1e-3)) / 2e-3;
                assert!((f64::from(trained.d.vectors[1][i]) / 0.5 - expected).abs() < 2e-3, "{judge:?} {i}");
            }
        }
    }

    #[test]
    fn the_slope_is_a_finite_difference() {
        for judge in JUDGES {
            let mut lone = lone(judge);
            let x: [f32; N_BITS] = Rng::new(8, Stream::Probe).uniforms(N_BITS).try_into().unwrap();
            let slope = lone.slope(x, |_| 1.0);
            let value = |lone: &mut Lone, x| lone.d.forward(&judge.features(x).collect::<Vec<_>>())[0];
            for i in 0..N_BITS {
                let mut at = |h: f32| {
                    let mut moved = x;
                    moved[i] += h;
                    value(&mut lone, moved)
                };
                let expected = (at(1e-2) - at(-1e-2)) / 2e-2;
                assert!((slope[i] - expected).abs() < 5e-3, "{judge:?} {i}: {} against {expected}", slope[i]);
            }
        }
    }

    #[test]
    fn the_best_are_the_best_and_a_climb_ends_where_no_flip_helps() {
        let scores = lone(JUDGES[2]).all_scores();
        let mut sorted = scores.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let found: Vec<f32> = best(&scores, 40).iter().map(|string| scores[*string as usize]).collect();
        assert_eq!(found, sorted[..40]);
        let way: Vec<u16> = climb(&scores, 0x5A5A).collect();
        assert!(way.windows(2).all(|pair| scores[pair[1] as usize] > scores[pair[0] as usize]));
        assert!(way.windows(2).all(|pair| (pair[0] ^ pair[1]).count_ones() == 1));
        let top = *way.last().unwrap();
        assert!(neighbours(top).all(|string| scores[string as usize] <= scores[top as usize]));
    }

    /// Shares of the draws against the probabilities, by Pearson's χ² over 16 cells; the 99.9 % quantile of χ²(15) is 37.7.
    #[test]
    fn soft_draws_follow_the_softmax_and_cold_ones_the_best() {
        let mut scores = lone(JUDGES[1]).all_scores();
        let rng = &mut Rng::new(5, Stream::Metric);
        assert_eq!(soft(&scores, 3, 1e-3, rng), vec![best(&scores, 1)[0]; 3]);
        scores.iter_mut().for_each(|score| *score *= 0.5);
        let weights: Vec<f64> = scores.iter().map(|score| f64::from(*score).exp()).collect();
        let total: f64 = weights.iter().sum();
        let n = 4_000;
        let mut count = [0.0; 16];
        soft(&scores, n, 1.0, rng).iter().for_each(|string| count[*string as usize >> 12] += 1.0);
        let expected = |cell: usize| weights[cell << 12..(cell + 1) << 12].iter().sum::<f64>() / total * n as f64;
        let chi2: f64 = (0..16).map(|cell| (count[cell] - expected(cell)).powi(2) / expected(cell)).sum();
        assert!(chi2 < 37.7, "{chi2}");
    }

    #[test]
    fn negatives_are_what_their_source_says() {
        let positives = World::find("bars").unwrap().valid();
        let mut lone = lone(JUDGES[2]);
        let scores = lone.all_scores();
        let rng = &mut Rng::new(6, Stream::NoiseForD);
        let mut from = |source| lone.negatives(source, 8, &positives, rng);
        assert!(from(Source::None).is_empty());
        assert_eq!(from(Source::Argmax), best(&scores, 8));
        assert!(from(Source::Flipped).iter().all(|s| neighbours(*s).any(|other| positives.contains(&other))));
        let tops = from(Source::Climb);
        assert!(tops.iter().all(|top| climb(&scores, *top).count() == 1));
        assert_eq!(from(Source::Random).len(), 8);
    }

    /// Against a D that wants ink, a generator makes ink.
    #[test]
    fn a_generator_learns_what_d_wants() {
        let mut lone = lone(Judge::Linear);
        lone.d.vectors[0] = [1.0; N_BITS].into_iter().chain([0.0]).collect();
        let rng = &mut Rng::new(7, Stream::NoiseForG);
        let mut ink = |lone: &mut Lone| -> u32 {
            lone.negatives(Source::Generator, 64, &[], rng).iter().map(|string| string.count_ones()).sum()
        };
        let before = ink(&mut lone);
        (0..200).for_each(|_| lone.train_generator(32, 3e-3, &mut Rng::new(9, Stream::NoiseForG)));
        let after = ink(&mut lone);
        assert!(2 * after > 3 * before, "{before} to {after} of 1,024 pixels");
    }
}
