//! What can be trained. A model family brings its settings, its presets, its pictures and its loop; the session
//! runs whatever stands behind [`Model`].
//!
//! Add one: write its module and name it in [`FAMILIES`].

mod around_gan;
mod attribute_gauge;
pub mod autoencoder;
pub mod autoregressive;
pub mod captioner;
pub mod classes;
pub mod density;
mod dial_gauge;
pub mod dirac;
mod drawn;
mod feature_gauge;
pub mod gan;
mod knobs;
mod line;
pub mod line_gan;
pub mod picture_gan;
mod plane;
mod sentences;
pub mod sequence_gan;
pub mod universe;
mod world_gauge;

use crate::card::Text;
use crate::data::library::Library;
use crate::data::points::Axis;
use crate::metric::MetricCard;
use crate::protocol::{HealthState, Judgement, Matrix, Named, Points, Progress, RawSettings, Reading};
use crate::settings::{Refusal, Schema, Settings};
use crate::trainer::{Cursor, Stride, Value};
use burn::tensor::{Device, Tensor};
use serde::Serialize;
use std::any::Any;

/// Every family. The first is meant where neither a preset nor `model` says otherwise.
pub static FAMILIES: &[&Family] = &[
    &gan::FAMILY,
    &line_gan::FAMILY,
    &density::FAMILY,
    &classes::FAMILY,
    &dirac::FAMILY,
    &autoencoder::FAMILY,
    &picture_gan::FAMILY,
    &universe::FAMILY,
    &autoregressive::FAMILY,
    &sequence_gan::FAMILY,
    &captioner::FAMILY,
];

/// A kind of model.
pub struct Family {
    pub schema: &'static Schema,
    pub label: Text,
    /// In the order of the page's menu.
    pub presets: &'static [Preset],
    /// What has one value at every step.
    pub curves: &'static [Curve],
    /// Two kinds of what is generated, measured side by side; the first one's readings carry no suffix.
    pub columns: [(&'static str, Text); 2],
    /// What a metric's floor and its chance level are the scores of.
    pub levels: [Text; 2],
    pub metrics: fn() -> Vec<MetricCard>,
    /// The plane that its picture shows, where that is always the same.
    pub ground: fn() -> Option<Ground>,
    /// Ids of what can be seen of it.
    pub probes: fn() -> Vec<&'static str>,
    /// Do all of them follow from the settings and a checkpoint, whatever the model there has seen before? Then another
    /// thread may look while this one trains.
    pub looks_apart: bool,
    /// What has to be loaded first.
    pub needs: fn(&Settings) -> &'static [&'static str],
    pub start: Start,
}

/// Builds a model from its settings, refusing what cannot be.
pub type Start = fn(&Settings, Luggage, &Device) -> Result<Box<dyn Model>, Refusal>;

/// What a model may be given to learn from.
pub struct Luggage<'a> {
    /// The reader's own points.
    pub points: Option<Points>,
    pub library: &'a Library,
    /// What the run whose past is gone back to left, see [`Model::leave`].
    pub legacy: Option<Legacy>,
}

/// Known to the model that left it.
pub type Legacy = Box<dyn Any>;

/// A square of a plane.
#[derive(Clone, Debug, Serialize)]
pub struct Ground {
    pub half_width: f64,
    pub axes: [Axis; 2],
}

/// A number that is followed step by step.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Curve {
    pub id: &'static str,
    pub label: Text,
}

/// A ready-made run: the settings that differ from the family's defaults, and what to look at.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Stable name, as in links and on the command line.
    pub id: &'static str,
    pub label: Text,
    /// What to look at, in one sentence.
    pub look_at: Text,
    pub settings: &'static [(&'static str, &'static str)],
    /// What a second run beside it changes; empty where there is none.
    pub beside: &'static [(&'static str, &'static str)],
}

const NO_CODES: &str = "left out: this model has no codes";
const NO_PICTURES: &str = "left out: this model looks at no pictures of yours";
const NO_FACES: &str = "left out: this model looks at no faces";

/// A model in training. Nothing in it reads a clock or waits for a device.
pub trait Model {
    /// Takes over the live settings.
    fn tune(&mut self, settings: &Settings);

    /// Goes on by `stride`. When that completes a step: its values, in the order of [`Family::curves`]; none for
    /// what did not move.
    fn advance(&mut self, stride: Stride) -> Option<Vec<Option<Value>>>;

    /// The line of the algorithm carried out last, while it is followed line by line.
    fn cursor(&self) -> Option<Cursor> {
        None
    }

    /// Updates of each network so far.
    fn updates(&self) -> Named<u64>;

    fn n_parameters(&self) -> Named<usize>;

    /// What a probe sees; none where there is nothing to see.
    fn see(&self, probe: &str) -> Option<Sight<'_>>;

    /// Probes that change with what [`place`](Self::place) and [`draw`](Self::draw) take in.
    fn answers(&self) -> &'static [&'static str] {
        &[]
    }

    /// Takes in the reader's own codes, flat.
    ///
    /// # Errors
    ///
    /// What they must be, in words that follow "it must be".
    fn place(&mut self, _values: &[f32]) -> Result<(), String> {
        Err(NO_CODES.into())
    }

    /// Takes in the reader's own pictures: ink, flat.
    ///
    /// # Errors
    ///
    /// What they must be, in words that follow "it must be".
    fn draw(&mut self, _values: &[f32]) -> Result<(), String> {
        Err(NO_PICTURES.into())
    }

    /// Paints the reader's own face: its factors (see `data::faces`).
    ///
    /// # Errors
    ///
    /// What they must be, in words that follow "it must be".
    fn paint(&mut self, _factors: &[f32]) -> Result<(), String> {
        Err(NO_FACES.into())
    }

    /// What [`judge`](Self::judge) asks to have read.
    fn measured(&self, step: u64) -> Vec<Tensor<2>>;

    /// Readings of all metrics, and what they say.
    fn judge(&mut self, step: u64, measured: &[Vec<f32>]) -> Judged;

    /// Has it gone where no picture shows it any more, though every number is still finite?
    fn is_lost(&self) -> bool {
        false
    }

    /// Everything that training changes: tensors (to be read from the device) and the rest.
    fn save(&self) -> (Vec<Tensor<1>>, Progress);

    /// Puts back what [`save`](Self::save) gave at `step`, read to the host: vectors end to end.
    ///
    /// # Errors
    ///
    /// When it does not fit this model; the model is as it was.
    fn restore(&mut self, step: u64, values: &[f32], progress: &Progress) -> Result<(), String>;

    /// What it knows of its own past that no checkpoint holds, for the model that takes its place there.
    fn leave(&self) -> Option<Legacy> {
        None
    }

    /// What a file of its weights holds; none where there is no such file.
    fn weights(&self) -> Option<Vec<Tensor<1>>> {
        None
    }

    /// The file for [`weights`](Self::weights), read to the host.
    fn encode_weights(&self, _values: &[Vec<f32>], _settings: String, _step: u64) -> Vec<u8> {
        Vec::new()
    }

    /// Puts the weights of a file in place.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, in words that follow "it must be".
    fn decode_weights(&mut self, _bytes: &[u8]) -> Result<(), String> {
        Err("left out: this model has no file of weights".into())
    }
}

/// What a probe sees.
#[expect(clippy::large_enum_variant, reason = "there are few, and most are tensors")]
pub enum Sight<'a> {
    Known(Matrix),
    OnDevice(Tensor<2>, Option<Finish<'a>>),
}

/// From what was read off the device to what is shown.
pub type Finish<'a> = Box<dyn FnOnce(Vec<f32>) -> Matrix + 'a>;

/// The outcome of a reading of all metrics.
#[derive(Default)]
pub struct Judged {
    pub metrics: Vec<Reading>,
    pub judgement: Option<Judgement>,
    pub health: HealthState,
}

/// The settings that raw words stand for: the defaults of the model that `preset` or `model` names, changed by
/// the preset, then by the rest.
///
/// # Errors
///
/// The first entry that is unknown, of the wrong type or out of bounds, or does not go with the others.
pub fn settings(raw: &RawSettings) -> Result<Settings, Refusal> {
    let words = |key: &str| raw.get(key).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_string));
    let named = words("preset").map(|id| {
        let found = presets().find(|(_, preset)| preset.id == id);
        found.ok_or_else(|| Refusal::new("preset", &id, like(&id)))
    });
    let (family, preset) = match (named.transpose()?, words("model")) {
        (Some((family, preset)), _) => (family, preset.settings),
        (None, Some(id)) => (find(&id)?, [].as_slice()),
        (None, None) => (FAMILIES[0], [].as_slice()),
    };
    let preset: Vec<_> = preset.iter().map(|&(key, value)| (key, serde_json::Value::from(value))).collect();
    let rest = raw.iter().filter(|(key, _)| *key != "preset").map(|(key, value)| (key.as_str(), value));
    Settings::new(family.schema).with(preset.iter().map(|(key, value)| (*key, value)).chain(rest))
}

/// What a preset's name may be, in words: there are too many to list them all, so those that begin most like `id`.
fn like(id: &str) -> String {
    let shared = |known: &str| known.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
    let mut ids: Vec<&str> = presets().map(|(_, preset)| preset.id).collect();
    ids.sort_by_key(|known| std::cmp::Reverse(shared(known)));
    format!("one of {} experiments, such as {}", ids.len(), ids[..N_LIKE].join(", "))
}

/// Names given to whoever got one wrong.
const N_LIKE: usize = 8;

/// The family of these settings.
pub fn family(settings: &Settings) -> &'static Family {
    find(settings.model()).expect("settings belong to a registered model")
}

/// Every preset with its family.
pub fn presets() -> impl Iterator<Item = (&'static Family, &'static Preset)> {
    FAMILIES.iter().flat_map(|family| family.presets.iter().map(|preset| (*family, preset)))
}

fn find(id: &str) -> Result<&'static Family, Refusal> {
    let ids = || FAMILIES.iter().map(|f| f.schema.model).collect::<Vec<_>>().join(", ");
    let found = FAMILIES.iter().find(|family| family.schema.model == id);
    found.copied().ok_or_else(|| Refusal::new("model", id, format!("one of {}", ids())))
}

/// What a probe shows, waited for.
#[cfg(test)]
fn seen(model: &dyn Model, probe: &str) -> Option<Matrix> {
    use crate::device;
    match model.see(probe)? {
        Sight::Known(matrix) => Some(matrix),
        Sight::OnDevice(tensor, finish) => {
            let shape = tensor.dims();
            let values = device::block_on(device::read(vec![tensor])).unwrap().remove(0);
            Some(finish.map_or(Matrix { shape, values: values.clone() }, |finish| finish(values)))
        }
    }
}
