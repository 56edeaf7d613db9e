//! What is known of a D for certain, because all 65,536 strings have been scored.

use crate::card::text;
use crate::data::worlds::World;
use crate::logistic::log_sum_exp;
use crate::metric::worlds::jsd;
use crate::metric::{Better, MetricCard, Scale};
use crate::protocol::Reading;
use crate::trainer::lone::best;

/// Ids of the readings, in the order of [`read`].
pub const IDS: [&str; 6] =
    ["share_above_zero", "top30_precision", "near_miss_rejection", "invalid_above", "log_z", "jsd"];

pub(super) fn cards() -> Vec<MetricCard> {
    let strings = Scale::Count { of: text("pictures", "张图片") };
    vec![
        MetricCard::new(
            IDS[0],
            text("share of all pictures above 0", "全部图片中大于 0 的比例"),
            "how many of 65,536 D calls real",
            "",
            Scale::Share,
            Better::Lower,
        ),
        MetricCard::new(
            IDS[1],
            text("valid among D’s best 30", "D 的前 30 名中合法的比例"),
            "as many as there are valid pictures",
            "",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            IDS[2],
            text("near misses rejected", "被拒绝的“只差一点”"),
            "of the pictures one pixel away from a valid one, those below the worst valid one",
            "",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            IDS[3],
            text("invalid above the worst valid", "高于最差合法图片的非法图片"),
            "how many",
            "",
            strings,
            Better::Lower,
        ),
        MetricCard::new(
            IDS[4],
            text("ln Z of the density ∝ eᴰ", "密度 ∝ eᴰ 的 ln Z"),
            "ln Σ eᴰ over all pictures",
            "LeCun et al. 2006",
            Scale::Nats,
            Better::Lower,
        ),
        MetricCard::new(
            IDS[5],
            text("JSD of eᴰ / Z from the valid pictures", "eᴰ / Z 与合法图片之间的 JSD"),
            "Jensen–Shannon divergence from the uniform law on the valid ones, at most ln 2",
            "Lin 1991",
            Scale::Nats,
            Better::Lower,
        ),
    ]
}

/// The valid strings of a world and its near misses, found once.
pub(super) struct Facts {
    pub world: &'static World,
    pub valid: Vec<u16>,
    pub near_misses: Vec<u16>,
}

impl Facts {
    pub fn new(world: &'static World) -> Self {
        Self { world, valid: world.valid(), near_misses: world.near_misses() }
    }

    /// The numbers that [`IDS`] name, from the scores of all strings.
    pub fn numbers(&self, scores: &[f32]) -> [f64; 6] {
        let n = scores.len() as f64;
        let of = |strings: &[u16], holds: &dyn Fn(u16) -> bool| {
            strings.iter().filter(|string| holds(**string)).count() as f64 / strings.len() as f64
        };
        let score = |string: u16| scores[string as usize];
        let worst = self.valid.iter().map(|string| score(*string)).fold(f32::INFINITY, f32::min);
        let log_z = log_sum_exp(scores.iter().map(|score| f64::from(*score)));
        let p: Vec<f64> = scores.iter().map(|score| libm::exp(f64::from(*score) - log_z)).collect();
        let above = scores.iter().filter(|score| **score > worst).count();
        let valid_above = self.valid.iter().filter(|string| score(**string) > worst).count();
        [
            scores.iter().filter(|score| **score > 0.0).count() as f64 / n,
            of(&best(scores, self.valid.len()), &self.world.is_valid),
            of(&self.near_misses, &|string| score(string) < worst),
            (above - valid_above) as f64,
            log_z,
            jsd(&p, &self.valid),
        ]
    }

    /// `scores` now, beside those of the untrained D; floors are a perfect D's.
    pub fn read(&self, scores: &[f32], start: &[f64; 6]) -> Vec<Reading> {
        let (n, n_valid) = (scores.len() as f64, self.valid.len() as f64);
        let share = n_valid / n;
        // The worst of the valid ones, if scores were drawn by lot, has one in so many below it.
        let below = 1.0 / (n_valid + 1.0);
        let floors = [share, 1.0, 1.0, 0.0, f64::NAN, 0.0];
        let max = [Some(1.0), Some(1.0), Some(1.0), Some(n - n_valid), None, None];
        let numbers = self.numbers(scores);
        let reading = |i: usize| Reading {
            id: IDS[i],
            live: numbers[i],
            ema: start[i],
            floor: floors[i],
            chance: [0.5, share, below, (1.0 - below) * (n - n_valid), libm::log(n), f64::NAN][i],
            max: max[i],
        };
        (0..IDS.len()).map(reading).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts::new(World::find("bars").unwrap())
    }

    /// A D that is +a on valid strings and −b elsewhere knows everything; every number by hand.
    #[test]
    fn a_perfect_judge_has_perfect_numbers() {
        let facts = facts();
        let scores: Vec<f32> = (0..=u16::MAX).map(|s| if (facts.world.is_valid)(s) { 5.0 } else { -20.0 }).collect();
        let [above, top, near, invalid, log_z, jsd] = facts.numbers(&scores);
        assert_eq!((above, top, near, invalid), (30.0 / 65_536.0, 1.0, 1.0, 0.0));
        let z = 30.0 * 5f64.exp() + 65_506.0 * (-20f64).exp();
        assert!((log_z - z.ln()).abs() < 1e-9 && (0.0..1e-4).contains(&jsd), "{log_z} {jsd}");
    }

    /// A D that knows nothing: uniform on 65,536 against uniform on 30 of them, by hand.
    #[test]
    fn a_judge_without_an_opinion() {
        let facts = facts();
        let [above, _, near, invalid, log_z, jsd] = facts.numbers(&vec![0.0; 65_536]);
        assert_eq!((above, near, invalid), (0.0, 0.0, 0.0));
        assert!((log_z - 65_536f64.ln()).abs() < 1e-9);
        let (p, u) = (1f64 / 65_536.0, 1f64 / 30.0);
        let m = 0.5 * (p + u);
        let kl_p = 30.0 * p * (p / m).ln() + 65_506.0 * p * 2f64.ln();
        let expected = 0.5 * kl_p + 0.5 * 30.0 * u * (u / m).ln();
        assert!((jsd - expected).abs() < 1e-12, "{jsd} against {expected}");
    }

    /// The worst of all: invalid strings above every valid one.
    #[test]
    fn a_judge_upside_down() {
        let facts = facts();
        let scores: Vec<f32> = (0..=u16::MAX).map(|s| if (facts.world.is_valid)(s) { -1.0 } else { 1.0 }).collect();
        let [_, top, near, invalid, _, jsd] = facts.numbers(&scores);
        assert_eq!((top, near, invalid), (0.0, 0.0, 65_506.0));
        assert!(jsd < 2f64.ln() && jsd > 0.6, "{jsd}");
    }
}
