//! Everything the page may offer, from the registries, in one value.

use crate::card::Card;
use crate::data::points::{Axis, DISTRIBUTIONS};
use crate::experiment::presets::{PRESETS, Preset};
use crate::metric::{Better, METRICS, Metric, Scale};
use crate::objective::{OBJECTIVES, Unit};
use crate::settings::{KNOBS, Knob};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Catalog {
    pub presets: &'static [Preset],
    pub knobs: &'static [Knob],
    pub distributions: Vec<DistributionCard>,
    pub objectives: Vec<ObjectiveCard>,
    pub metrics: Vec<MetricCard>,
}

/// A distribution's card with what a picture of it needs.
#[derive(Debug, Serialize)]
pub struct DistributionCard {
    #[serde(flatten)]
    pub card: Card,
    pub half_width: f64,
    pub axes: Option<[Axis; 2]>,
    /// Is its density known, and with it the best possible discriminator?
    pub has_density: bool,
}

/// An objective's card with what D's output means under it.
#[derive(Debug, Serialize)]
pub struct ObjectiveCard {
    #[serde(flatten)]
    pub card: Card,
    pub unit: Unit,
}

/// A metric's card with how to print its values.
#[derive(Debug, Serialize)]
pub struct MetricCard {
    #[serde(flatten)]
    pub card: Card,
    pub scale: Scale,
    pub better: Better,
}

pub fn catalog() -> Catalog {
    let distribution = |d: &&dyn crate::data::points::Distribution| DistributionCard {
        card: d.card(),
        half_width: d.half_width(),
        axes: d.axes(),
        has_density: d.density([0.0, 0.0], 0.1).is_some(),
    };
    let metric = |m: &&dyn Metric| MetricCard { card: m.card(), scale: m.scale(), better: m.better() };
    Catalog {
        presets: PRESETS,
        knobs: KNOBS,
        distributions: DISTRIBUTIONS.iter().map(distribution).collect(),
        objectives: OBJECTIVES.iter().map(|o| ObjectiveCard { card: o.card(), unit: o.unit() }).collect(),
        metrics: METRICS.iter().map(metric).collect(),
    }
}
