//! Generated strings against the law of their world: what is valid is known, so nothing is estimated but the shares.

use crate::card::text;
use crate::data::worlds::{N_BITS, World, string_of};
use crate::metric::worlds::jsd;
use crate::metric::{Better, MetricCard, Scale};
use crate::protocol::Reading;
use crate::rng::Rng;

/// Strings drawn for a reading.
pub(super) const N: usize = 4_096;

pub(super) struct WorldGauge {
    valid: Vec<u16>,
}

pub(super) fn cards() -> Vec<MetricCard> {
    vec![
        MetricCard::new(
            "validity",
            text("valid pictures", "合法图片的比例"),
            "share of generated pictures that keep the law, each pixel ink above ½",
            "",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            "validity_sampled",
            text("valid with every pixel drawn", "逐像素抽样时合法的比例"),
            "the same, each pixel drawn by itself with the ink as its probability",
            "",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            "modes",
            text("valid pictures found", "出现过的合法图片"),
            "kinds among them",
            "",
            Scale::Count { of: text("pictures", "张图片") },
            Better::Higher,
        ),
        MetricCard::new(
            "jsd",
            text("JSD from the valid pictures", "与合法图片之间的 JSD"),
            "Jensen–Shannon divergence of what is generated from the uniform law on the valid ones, at most ln 2",
            "Lin 1991",
            Scale::Nats,
            Better::Lower,
        ),
    ]
}

impl WorldGauge {
    pub fn new(world: &World) -> Self {
        Self { valid: world.valid() }
    }

    /// Readings of two kinds of generated pictures, ink `[n, 16]` flat each.
    pub fn read(&self, kinds: [&[f32]; 2]) -> Vec<Reading> {
        let [live, other] = kinds.map(|ink| self.numbers(ink));
        let n = self.valid.len() as f64;
        let chance = n / (1 << N_BITS) as f64;
        let reading =
            |id, i: usize, floor, chance, max| Reading { id, live: live[i], ema: other[i], floor, chance, max };
        vec![
            reading("validity", 0, 1.0, chance, Some(1.0)),
            reading("modes", 1, n, n * (1.0 - libm::pow(1.0 - 1.0 / (1 << N_BITS) as f64, N as f64)), Some(n)),
            reading("jsd", 2, 0.0, f64::NAN, None),
        ]
    }

    /// The share that is valid where each pixel is drawn by itself, with its ink as the probability.
    pub fn read_sampled(&self, kinds: [&[f32]; 2], rng: &mut Rng) -> Reading {
        let mut drawn = |ink: &[f32]| -> Vec<f32> {
            ink.iter().map(|ink| if rng.uniform() < f64::from(*ink) { 1.0 } else { 0.0 }).collect()
        };
        let [live, ema] = kinds.map(|ink| self.numbers(&drawn(ink))[0]);
        let chance = self.valid.len() as f64 / (1 << N_BITS) as f64;
        Reading { id: "validity_sampled", live, ema, floor: 1.0, chance, max: Some(1.0) }
    }

    /// Validity, kinds of valid strings, divergence.
    fn numbers(&self, ink: &[f32]) -> [f64; 3] {
        if ink.iter().any(|v| !v.is_finite()) {
            return [f64::NAN; 3];
        }
        let mut p = vec![0.0; 1 << N_BITS];
        let n = ink.len() / N_BITS;
        for row in ink.chunks_exact(N_BITS) {
            let above: [f32; N_BITS] = std::array::from_fn(|i| row[i] - 0.5);
            p[string_of(&above) as usize] += 1.0 / n as f64;
        }
        let valid = || self.valid.iter().map(|string| p[*string as usize]);
        [valid().sum(), valid().filter(|p| *p > 0.0).count() as f64, jsd(&p, &self.valid)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::worlds::bits;
    use crate::rng::Stream;

    #[test]
    fn readings_by_hand() {
        let gauge = WorldGauge::new(World::find("bars").unwrap());
        let ink = |strings: &[u16]| strings.iter().flat_map(|s| bits(*s, 0.0)).collect::<Vec<_>>();
        let all = ink(&gauge.valid);
        let some = ink(&[0x0000, 0xFFFF, 0xFFFF, 0x8000]);
        let readings = gauge.read([&all, &some]);
        let of = |i: usize| (readings[i].live, readings[i].ema);
        assert!((of(0).0 - 1.0).abs() < 1e-12 && of(0).1 == 0.75);
        assert_eq!(of(1), (30.0, 2.0));
        assert!(of(2).0.abs() < 1e-12 && of(2).1 > 0.3);
        assert!(gauge.read([&all, &[f32::NAN; 16]])[0].ema.is_nan());
        // Ink that is sure is drawn as it is; grey paper is valid as often as any string.
        let grey = vec![0.5; 16 * N];
        let reading = gauge.read_sampled([&all, &grey], &mut Rng::new(1, Stream::Metric));
        assert!((reading.live - 1.0).abs() < 1e-12 && reading.ema < 0.004, "{reading:?}");
    }
}
