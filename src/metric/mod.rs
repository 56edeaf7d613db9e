//! Numbers that say how good the generated points are. Plain f64 arithmetic on the host.
//!
//! Each metric is one file: a function of two sets of points, public so that it can be held against SciPy
//! and scikit-learn (`tests/metrics.rs`), and its entry in [`METRICS`]. [`Yardstick`] reads them all.
//!
//! Add one: write its file, implement [`Metric`], and name it in [`METRICS`].

pub mod attributes;
mod collapse;
pub mod directions;
pub mod energy_distance;
pub mod faces;
pub mod features;
mod gaussian;
mod high_quality;
pub mod jensen_shannon;
mod levels;
pub mod manifold;
pub mod modes;
mod precision;
mod recall;
pub mod reverse_kl;
pub mod sliced_wasserstein;
pub mod worlds;
mod yardstick;

pub use collapse::{has_collapsed, spread};
pub use modes::{ModeScore, mode_score};
pub use yardstick::Yardstick;

use crate::card::{Card, Text};
use crate::data::points::{Modes, Point};
use serde::Serialize;

/// Points drawn from each generator for a reading (Srivastava et al., 2017, use the same number).
pub const N_SAMPLES: usize = 2_500;

/// Every metric, in the order of the page's table.
pub static METRICS: &[&dyn Metric] = &[
    &modes::ModesCaptured,
    &high_quality::HighQuality,
    &reverse_kl::ReverseKl,
    &energy_distance::EnergyDistance,
    &sliced_wasserstein::SlicedWasserstein,
    &jensen_shannon::JensenShannon,
    &precision::Precision,
    &recall::Recall,
];

/// A number for how close generated points are to the real ones.
pub trait Metric: Sync {
    fn card(&self) -> Card;

    fn scale(&self) -> Scale;

    fn better(&self) -> Better;

    /// Works out what the real side contributes. None where the data have no modes and the metric needs them.
    fn scorer(&self, real: &Reference) -> Option<Scorer>;
}

/// A metric's card with how to print its values.
#[derive(Debug, Serialize)]
pub struct MetricCard {
    #[serde(flatten)]
    pub card: Card,
    pub scale: Scale,
    pub better: Better,
}

impl MetricCard {
    pub fn new(
        id: &'static str,
        label: Text,
        formula: &'static str,
        reference: &'static str,
        scale: Scale,
        better: Better,
    ) -> Self {
        Self { card: Card { id, label, formula, reference }, scale, better }
    }

    pub fn of(metric: &dyn Metric) -> Self {
        Self { card: metric.card(), scale: metric.scale(), better: metric.better() }
    }
}

/// The real side of every reading.
#[derive(Clone, Copy)]
pub struct Reference<'a> {
    pub points: &'a [Point],
    pub modes: Option<&'a Modes>,
    /// Half the width of the picture's square, in data units.
    pub half_width: f64,
}

/// Scores generated points. Never panics; NaN where the metric has no value, as for no points at all.
pub type Scorer = Box<dyn Fn(&[Point]) -> f64>;

/// What a metric's values are, hence how to print them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scale {
    /// How many of the data's so many `of`.
    Count {
        of: Text,
    },
    /// In [0, 1].
    Share,
    Nats,
    /// In data units.
    Distance,
}

/// Which way a metric improves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    Higher,
    Lower,
}

/// Flat coordinates, `[n, 2]`, as points.
pub fn pairs(values: &[f32]) -> Vec<Point> {
    values.chunks_exact(2).map(|p| [p[0] as f64, p[1] as f64]).collect()
}

/// The first `n` points, or all there are. Points are drawn independently, so the first are as good as any.
fn first(points: &[Point], n: usize) -> &[Point] {
    &points[..n.min(points.len())]
}

/// A scorer of the first `n` points; NaN where any point is not finite.
fn finite_scorer(n: usize, score: impl Fn(&[Point]) -> f64 + 'static) -> Option<Scorer> {
    let finite = |points: &[Point]| points.iter().flatten().all(|v| v.is_finite());
    Some(Box::new(move |points| if finite(points) { score(first(points, n)) } else { f64::NAN }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::text;
    use crate::data::points::DISTRIBUTIONS;
    use crate::rng::{Rng, Stream};

    #[test]
    fn ids_are_unique_and_cards_are_complete() {
        let cards: Vec<_> = METRICS.iter().map(|m| m.card()).collect();
        for (i, card) in cards.iter().enumerate() {
            assert!(cards[..i].iter().all(|other| other.id != card.id), "{}", card.id);
            assert!(![card.formula, card.reference, card.label.en, card.label.zh].contains(&""), "{}", card.id);
        }
    }

    #[test]
    fn scales_travel_by_name() {
        let json = |scale: Scale| serde_json::to_value(scale).unwrap();
        assert_eq!(json(Scale::Nats), serde_json::json!({ "kind": "nats" }));
        let count = json(Scale::Count { of: text("modes", "模式") });
        assert_eq!(count, serde_json::json!({ "kind": "count", "of": { "en": "modes", "zh": "模式" } }));
    }

    /// Bad points on the generated side or none on either: no panic, and never a flattering number.
    #[test]
    fn points_that_are_not_finite_and_empty_sets_do_no_harm() {
        for data in DISTRIBUTIONS {
            let real = pairs(&data.sample(200, &mut Rng::new(1, Stream::Metric)));
            let (modes, half_width) = (data.modes(), data.half_width());
            for points in [&real[..], &real[..1], &[]] {
                let reference = Reference { points, modes, half_width };
                for metric in METRICS {
                    let Some(score) = metric.scorer(&reference) else { continue };
                    let counts_quality = ["modes", "high_quality"].contains(&metric.card().id);
                    for bad in [vec![], vec![[f64::NAN, 0.0]; 9], vec![[f64::INFINITY, f64::NEG_INFINITY]; 9]] {
                        let value = score(&bad);
                        assert!(if counts_quality { value == 0.0 } else { value.is_nan() }, "{}", metric.card().id);
                    }
                    let mut spoiled = real.clone();
                    spoiled[199] = [0.0, f64::NAN];
                    assert_eq!(score(&spoiled).is_nan(), !counts_quality, "{}", metric.card().id);
                    score(&real[..1]);
                }
            }
        }
    }
}
