//! Everything the page may offer, from the registries, in one value.

use crate::card::{Card, Text};
use crate::data::faces::description::{self, ATTRIBUTES, Attribute};
use crate::data::faces::{FACTORS, Factor};
use crate::data::points::{Axis, DISTRIBUTIONS, Distribution};
use crate::metric::MetricCard;
use crate::model::{self, Curve, FAMILIES, Family, Ground, Preset};
use crate::objective::{OBJECTIVES, Unit};
use crate::settings::Knob;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Serialize)]
pub struct Catalog {
    /// The first is meant where nothing says otherwise.
    pub models: Vec<ModelCard>,
    pub presets: Vec<PresetCard>,
    pub distributions: Vec<DistributionCard>,
    pub objectives: Vec<ObjectiveCard>,
    /// Of faces, in the order in which they are read.
    pub factors: &'static [Factor],
    /// What can be said of faces.
    pub attributes: &'static [Attribute],
    /// Pairs of options of hair and eyes that are held out of training.
    pub held_out: Vec<[usize; 2]>,
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

/// A preset, and the model it is of.
#[derive(Debug, Serialize)]
pub struct PresetCard {
    pub id: &'static str,
    pub model: &'static str,
    pub label: Text,
    pub look_at: Text,
    pub settings: BTreeMap<&'static str, &'static str>,
    /// See [`Preset::beside`].
    pub beside: BTreeMap<&'static str, &'static str>,
}

/// What a model family offers.
#[derive(Debug, Serialize)]
pub struct ModelCard {
    pub id: &'static str,
    pub label: Text,
    pub knobs: Vec<&'static Knob>,
    pub ground: Option<Ground>,
    pub curves: &'static [Curve],
    pub columns: [Text; 2],
    pub levels: [Text; 2],
    pub metrics: Vec<MetricCard>,
    /// See [`Family::looks_apart`].
    pub looks_apart: bool,
}

pub fn catalog() -> Catalog {
    let distribution = |d: &&dyn Distribution| DistributionCard {
        card: d.card(),
        half_width: d.half_width(),
        axes: d.axes(),
        has_density: d.density([0.0, 0.0], 0.1).is_some(),
    };
    let preset = |(family, preset): (&Family, &Preset)| PresetCard {
        id: preset.id,
        model: family.schema.model,
        label: preset.label,
        look_at: preset.look_at,
        settings: preset.settings.iter().copied().collect(),
        beside: preset.beside.iter().copied().collect(),
    };
    let model = |family: &&'static Family| ModelCard {
        id: family.schema.model,
        label: family.label,
        knobs: family.schema.knobs().collect(),
        ground: (family.ground)(),
        curves: family.curves,
        columns: family.columns.map(|(_, label)| label),
        levels: family.levels,
        metrics: (family.metrics)(),
        looks_apart: family.looks_apart,
    };
    Catalog {
        models: FAMILIES.iter().map(model).collect(),
        presets: model::presets().map(preset).collect(),
        distributions: DISTRIBUTIONS.iter().map(distribution).collect(),
        objectives: OBJECTIVES.iter().map(|o| ObjectiveCard { card: o.card(), unit: o.unit() }).collect(),
        factors: &FACTORS,
        attributes: &ATTRIBUTES,
        held_out: description::held_out(),
    }
}
