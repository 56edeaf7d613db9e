//! The one source of randomness: data, noise and initial weights.
//!
//! xoshiro256++ (Blackman and Vigna, 2019) seeded through SplitMix64 (Steele, Lea and Flood, 2014).
//! Every use draws from a stream of its own, so that looking at a model (probes, metrics) never
//! changes how it trains, and updating D then G draws the same numbers as updating both.
//! Transcendental functions come from `libm` and the kernel, hence the same bits natively and in WebAssembly.

use genlab_kernel::normals_from_uniforms;
use serde::{Deserialize, Serialize};

/// What a stream of random numbers is for. The discriminant is part of the seed: never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Stream {
    WeightsG = 1,
    WeightsD = 2,
    RealForD = 3,
    NoiseForD = 4,
    NoiseForG = 5,
    /// Fixed noise behind the dots a reader follows.
    Probe = 6,
    /// Real points on display and behind the metrics' floors.
    Display = 7,
    Metric = 8,
    /// Real points that G's loss compares with.
    RealForG = 9,
    /// What is laid over D's inputs: instance noise, and the places of the gradient penalty.
    BlurForD = 10,
    BlurForG = 11,
    /// Frequencies of the Fourier features.
    Frequencies = 12,
    /// Which pictures are kept for testing.
    Split = 13,
    WeightsEncoder = 14,
    /// Which pictures an autoencoder sees.
    Batch = 15,
    /// The noise on a code.
    CodeNoise = 16,
}

/// A seeded generator of uniform and normal numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "[u32; 8]", into = "[u32; 8]")]
pub struct Rng {
    state: [u64; 4],
}

impl Rng {
    /// The stream `stream` of the run with seed `seed`.
    pub fn new(seed: u64, stream: Stream) -> Self {
        let mut mixer = seed ^ (stream as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        Self { state: std::array::from_fn(|_| split_mix_64(&mut mixer)) }
    }

    pub fn next_u64(&mut self) -> u64 {
        let [s0, s1, s2, s3] = self.state;
        let result = s0.wrapping_add(s3).rotate_left(23).wrapping_add(s0);
        let (s2, s3) = (s2 ^ s0, s3 ^ s1);
        self.state = [s0 ^ s3, s1 ^ s2, s2 ^ (s1 << 17), s3.rotate_left(45)];
        result
    }

    /// Uniform on [0, 1), 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform on {0, …, n − 1} for n ≤ 2³² (Lemire, 2019, without the rejection step: bias below 2⁻⁴⁰ for n < 2²⁴).
    pub fn below(&mut self, n: usize) -> usize {
        debug_assert!(n as u64 <= 1 << 32);
        // ⌊x n / 2⁶⁴⌋ in halves of x: WebAssembly has no product of 128 bits.
        let (x, n) = (self.next_u64(), n as u64);
        let (upper, lower) = (x >> 32, x & u64::from(u32::MAX));
        ((upper * n + ((lower * n) >> 32)) >> 32) as usize
    }

    /// Puts things in an order that is as likely as any other (Fisher and Yates, 1938).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for i in (1..things.len()).rev() {
            things.swap(i, self.below(i + 1));
        }
    }

    /// Two independent standard normal numbers (Box and Muller, 1958).
    pub fn normal_pair(&mut self) -> [f64; 2] {
        let (u1, u2) = (self.uniform(), self.uniform());
        genlab_kernel::normal_pair(u1, u2)
    }

    /// `n` standard normal numbers: those of [`Rng::normal_pair`], many at once. Of an odd number the last is lost.
    pub fn normals(&mut self, n: usize) -> Vec<f32> {
        const PAIRS: usize = 64;
        let ([mut u1, mut u2], mut normals) = ([[0.0; PAIRS]; 2], vec![0.0; n.next_multiple_of(2)]);
        for normals in normals.chunks_mut(2 * PAIRS) {
            let pairs = normals.len() / 2;
            for (u1, u2) in u1[..pairs].iter_mut().zip(&mut u2) {
                (*u1, *u2) = (self.uniform(), self.uniform());
            }
            normals_from_uniforms(&u1[..pairs], &u2[..pairs], normals);
        }
        normals.truncate(n);
        normals
    }

    /// `n` times −1 or 1, as likely: the cheapest numbers of mean 0 and variance 1.
    pub fn signs(&mut self, n: usize) -> Vec<f32> {
        let bits = std::iter::repeat_with(|| self.next_u64());
        let sign = |bit: u64| if bit & 1 == 0 { -1.0 } else { 1.0 };
        bits.take(n.div_ceil(64)).flat_map(|bits| (0..64).map(move |k| sign(bits >> k))).take(n).collect()
    }

    /// `n` numbers uniform on [−1, 1).
    pub fn uniforms(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| (2.0 * self.uniform() - 1.0) as f32).collect()
    }
}

/// On the wire the state travels in halves: JavaScript's numbers do not hold 64 bits.
impl From<Rng> for [u32; 8] {
    fn from(rng: Rng) -> Self {
        std::array::from_fn(|i| (rng.state[i / 2] >> (32 * (i % 2))) as u32)
    }
}

impl From<[u32; 8]> for Rng {
    fn from(halves: [u32; 8]) -> Self {
        Self { state: std::array::from_fn(|i| halves[2 * i] as u64 | (halves[2 * i + 1] as u64) << 32) }
    }
}

fn split_mix_64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The authors' own test vector, as printed by xoshiro256plusplus.c for the state 1, 2, 3, 4.
    #[test]
    fn xoshiro_follows_the_reference() {
        let mut rng = Rng { state: [1, 2, 3, 4] };
        let expected: [u64; 6] =
            [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205, 9973669472204895162];
        assert_eq!(expected, std::array::from_fn(|_| rng.next_u64()));
    }

    /// SplitMix64 from state 0: the first outputs of Vigna's splitmix64.c.
    #[test]
    fn split_mix_follows_the_reference() {
        let mut state = 0;
        assert_eq!(split_mix_64(&mut state), 0xE220_A839_7B1D_CDAF);
        assert_eq!(split_mix_64(&mut state), 0x6E78_9E6A_A1B9_65F4);
    }

    #[test]
    fn streams_differ_and_repeat() {
        let draw = |seed, stream| Rng::new(seed, stream).next_u64();
        assert_eq!(draw(1, Stream::Probe), draw(1, Stream::Probe));
        assert_ne!(draw(1, Stream::Probe), draw(1, Stream::Metric));
        assert_ne!(draw(1, Stream::Probe), draw(2, Stream::Probe));
    }

    #[test]
    fn the_state_survives_the_wire() {
        let rng = Rng::new(9, Stream::NoiseForD);
        assert_eq!(Rng::from(<[u32; 8]>::from(rng.clone())), rng);
    }

    /// The same uniforms in the same order; and the kernel's f64 are so near to libm's that f32 tells none apart.
    #[test]
    fn normals_are_the_pairs_of_libm() {
        for n in [0usize, 1, 2, 127, 128, 129, 2_000_000] {
            let (mut pairs, mut many) = (Rng::new(5, Stream::NoiseForD), Rng::new(5, Stream::NoiseForD));
            let mut pair = || {
                let radius = libm::sqrt(-2.0 * libm::log(1.0 - pairs.uniform()));
                let angle = std::f64::consts::TAU * pairs.uniform();
                [radius * libm::cos(angle), radius * libm::sin(angle)]
            };
            let expected: Vec<f32> = (0..n.div_ceil(2)).flat_map(|_| pair()).map(|v| v as f32).collect();
            let normals = many.normals(n);
            assert!(pairs == many, "{n}");
            assert!(normals == expected[..n], "{n}");
        }
    }

    /// Kolmogorov–Smirnov against N(0, 1); the 0.1 % critical value is 1.95 / √n.
    #[test]
    fn normals_are_normal() {
        let n = 100_000;
        let mut sample = Rng::new(7, Stream::NoiseForG).normals(n);
        sample.sort_by(f32::total_cmp);
        let cdf = |x: f64| 0.5 * libm::erfc(-x / std::f64::consts::SQRT_2);
        let distance = sample.iter().enumerate().map(|(i, &x)| (cdf(x as f64) - (i as f64 + 0.5) / n as f64).abs());
        assert!(distance.fold(0.0, f64::max) < 1.95 / (n as f64).sqrt());
    }

    /// Mean, and the products of neighbours, within five standard errors of 0.
    #[test]
    fn signs_are_fair_and_independent() {
        let n = 100_000;
        let signs = Rng::new(7, Stream::Metric).signs(n);
        assert!(signs.len() == n && signs.iter().all(|sign| sign.abs() == 1.0));
        let within = 5.0 / (n as f32).sqrt();
        assert!((signs.iter().sum::<f32>() / n as f32).abs() < within);
        for lag in [1, 63, 64] {
            let products: f32 = signs.iter().zip(&signs[lag..]).map(|(a, b)| a * b).sum();
            assert!((products / n as f32).abs() < within, "{lag}");
        }
    }

    /// Of both halves of x, and of what is carried from one to the other.
    #[test]
    fn below_is_the_upper_half_of_the_product() {
        let mut rng = Rng::new(3, Stream::RealForD);
        for n in
            (0..=32).map(|bits| 1usize << bits).flat_map(|n| [n - 1, n, n + 1]).filter(|n| (1..=1 << 32).contains(n))
        {
            for _ in 0..1_000 {
                let x = rng.clone().next_u64();
                assert_eq!(rng.below(n) as u128, (u128::from(x) * n as u128) >> 64, "{x}, {n}");
            }
        }
    }

    /// Pearson's χ² over 64 cells; the 99.9 % quantile of χ²(63) is 103.4.
    #[test]
    fn below_is_uniform() {
        let (cells, n) = (64, 64_000);
        let mut rng = Rng::new(3, Stream::RealForD);
        let mut count = vec![0.0; cells];
        (0..n).for_each(|_| count[rng.below(cells)] += 1.0);
        let expected = n as f64 / cells as f64;
        let chi2: f64 = count.iter().map(|c: &f64| (c - expected).powi(2) / expected).sum();
        assert!(chi2 < 103.4, "{chi2}");
    }
}
