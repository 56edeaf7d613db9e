//! What the metrics read for points of known quality, so that a reader can place a number.
//!
//! *Floor*: what a perfect generator would score on as many points, measured with real points against
//! other real points. *Chance*: what points of one gaussian with the real points' mean and covariance
//! score; the difference is what has been learnt beyond those. Both are means over a few draws and
//! depend on the distribution alone.

use super::gaussian::sample_like;
use super::{METRICS, N_SAMPLES, Reference, pairs};
use crate::data::points::{Distribution, Point};
use crate::rng::{Rng, Stream};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Floor and chance level of one metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    pub floor: f64,
    pub chance: f64,
}

const N_DRAWS: usize = 5;

/// Seed of the draws: beyond the seeds that settings allow, so that no run shares its points.
const SEED: u64 = u64::MAX;

thread_local! {
    /// What was worked out before, so that a restarted run need not wait for it again.
    static KNOWN: RefCell<BTreeMap<u64, Vec<Option<Levels>>>> = const { RefCell::new(BTreeMap::new()) };
}

/// The levels of each of [`METRICS`]; None where the data have no modes and the metric needs them.
pub fn levels(data: &dyn Distribution) -> Vec<Option<Levels>> {
    let rng = &mut Rng::new(SEED, Stream::Display);
    let first = pairs(&data.sample(N_SAMPLES, rng));
    let key = fingerprint(&first);
    let known = KNOWN.with_borrow(|known| known.get(&key).cloned());
    known.unwrap_or_else(|| {
        let levels = measure(data, first, rng);
        KNOWN.with_borrow_mut(|known| known.insert(key, levels.clone()));
        levels
    })
}

/// The same seed draws the same points from the same distribution, and other points from any other.
fn fingerprint(points: &[Point]) -> u64 {
    let mut hasher = DefaultHasher::new();
    points.iter().flatten().for_each(|v| v.to_bits().hash(&mut hasher));
    hasher.finish()
}

fn measure(data: &dyn Distribution, first: Vec<Point>, rng: &mut Rng) -> Vec<Option<Levels>> {
    let (modes, half_width) = (data.modes(), data.half_width());
    let mut real = first;
    let mut sums = vec![Some(Levels { floor: 0.0, chance: 0.0 }); METRICS.len()];
    for _ in 0..N_DRAWS {
        let reference = Reference { points: &real, modes, half_width };
        let fresh = pairs(&data.sample(N_SAMPLES, rng));
        let gaussian = sample_like(&real, N_SAMPLES, rng);
        for (sum, metric) in sums.iter_mut().zip(METRICS) {
            *sum = sum.zip(metric.scorer(&reference)).map(|(sum, score)| Levels {
                floor: sum.floor + score(&fresh) / N_DRAWS as f64,
                chance: sum.chance + score(&gaussian) / N_DRAWS as f64,
            });
        }
        real = fresh;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points::{DISTRIBUTIONS, find};
    use crate::metric::Better;

    #[test]
    fn levels_belong_to_the_distribution_and_are_remembered() {
        let [ring, grid] = ["ring8", "grid25"].map(|id| levels(find(id).unwrap()));
        assert_ne!(ring, grid);
        assert_eq!(ring, levels(find("ring8").unwrap()));
    }

    /// One gaussian is worse than real points by every metric that looks beyond the five numbers it knows.
    #[test]
    fn chance_is_worse_than_the_floor() {
        for data in DISTRIBUTIONS {
            for (metric, levels) in METRICS.iter().zip(levels(*data)) {
                let (id, needs_modes) = (metric.card().id, ["modes", "high_quality", "reverse_kl"]);
                assert_eq!(levels.is_none(), data.modes().is_none() && needs_modes.contains(&id), "{id}");
                let Some(Levels { floor, chance }) = levels else { continue };
                assert!(floor.is_finite() && chance.is_finite(), "{id}");
                // A cloud over everything captures every mode, and covers every real point.
                if !["modes", "reverse_kl", "recall"].contains(&id) {
                    let gap = if metric.better() == Better::Higher { floor - chance } else { chance - floor };
                    assert!(gap > 0.0, "{}, {id}: floor {floor}, chance {chance}", data.card().id);
                }
            }
        }
    }
}
