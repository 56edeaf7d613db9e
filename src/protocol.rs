//! What the page and the laboratory say to each other. No logic.
//!
//! One way round: commands go in, events come out; nobody waits for a reply. Events carry the `run`
//! they belong to, and the page drops those of an older one. `tests/golden/protocol.json` is read by
//! both sides' tests. Floats travel as `Float32Array` in the browser and as lists in JSON.

use crate::data::points::Axis;
use crate::model::classes::ClassesProgress;
use crate::model::density::DensityProgress;
use crate::settings::{Refusal, Settings};
use crate::trainer::autoencoder::AutoencoderProgress;
use crate::trainer::autoregressive::AutoregressiveProgress;
use crate::trainer::dirac::Orbit;
use crate::trainer::lone::LoneProgress;
use crate::trainer::{self, Cursor, Stride};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Settings as they arrive: any words under any names.
pub type RawSettings = BTreeMap<String, Value>;

/// One value for each network or curve, by its id.
pub type Named<T> = BTreeMap<&'static str, T>;

/// From the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Begin a run.
    Start(Box<Start>),
    /// Read a table of points (see `data::points::table`).
    Read { text: String },
    /// Take in a set that models ask for by this name (see `data::library`), unpacked.
    Load { name: String, bytes: Vec<u8> },
    /// Take in the reader's own codes, flat.
    Place { values: Vec<f32> },
    /// Take in the reader's own pictures: ink in [0, 1], flat.
    Draw { values: Vec<f32> },
    /// Paint the reader's own face: its factors.
    Paint { values: Vec<f32> },
    /// Train, in whole steps (`both`) or line by line (`line`).
    Play {
        #[serde(default)]
        by: Stride,
    },
    /// Stop, and forget steps asked for by hand.
    Pause,
    /// Take `count` strides by hand.
    Step { what: Stride, count: u32 },
    /// Change live settings without starting anew.
    Tune { settings: RawSettings },
    /// Compute these probes, and no others, with each snapshot.
    Watch { probes: Vec<String> },
}

/// How a run begins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    pub run: u32,
    pub settings: RawSettings,
    /// Go on where this left off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<Checkpoint>,
    /// The reader's own points, where the settings say `data = own`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Begin with the weights of a safetensors file (see `trainer::weights`), and with the settings it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<u8>>,
}

/// The reader's own points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// `[n, 2]` flat, data units.
    pub values: Vec<f32>,
    /// Half the width of the picture; as the points ask for when none is given.
    #[serde(default)]
    pub half_width: Option<f64>,
    /// What the axes measure, where they were read from a table.
    #[serde(default)]
    pub axes: Option<[Axis; 2]>,
}

/// To the page.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A run began, with these settings in full.
    Started {
        run: u32,
        step: u64,
        settings: Settings,
        n_parameters: Named<usize>,
    },
    /// A command was taken in while there is no run.
    Idle,
    /// A command was taken in; these settings are in force.
    Tuned {
        run: u32,
        settings: Settings,
    },
    Snapshot(Snapshot),
    /// What answers to the reader's own codes and pictures, between two snapshots.
    Glance {
        run: u32,
        probes: Named<Matrix>,
    },
    Checkpoint {
        run: u32,
        checkpoint: Checkpoint,
    },
    /// A table was read; the run goes on as it was.
    Table {
        run: u32,
        points: Points,
        n_rows: usize,
    },
    /// Both networks, as a safetensors file.
    Weights {
        run: u32,
        bytes: Vec<u8>,
    },
    /// A command was not carried out; the run before it goes on.
    Failed {
        run: u32,
        #[serde(flatten)]
        refusal: Refusal,
        message: String,
    },
}

/// The state of a run at one step.
#[derive(Clone, Debug, Serialize)]
pub struct Snapshot {
    pub run: u32,
    /// Steps taken.
    pub step: u64,
    pub playing: bool,
    /// The line of the algorithm carried out last, while it is followed line by line; else none.
    pub cursor: Option<Cursor>,
    /// Updates of each network.
    pub updates: Named<u64>,
    /// The steps since the last snapshot.
    pub curves: Curves,
    /// Readings of all metrics; empty where none were due.
    pub metrics: Vec<Reading>,
    /// What D makes of the points on show; none where no metrics were due.
    pub judgement: Option<Judgement>,
    pub health: HealthState,
    /// Why the run stopped by itself; none while it plays or when it was paused.
    pub stopped: Option<Stop>,
    /// Watched probes by name.
    pub probes: BTreeMap<&'static str, Matrix>,
}

/// One value a step for each of the model's curves, from step `first` on; NaN where something did not move.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Curves {
    pub first: u64,
    #[serde(flatten)]
    pub values: Named<Vec<f32>>,
}

/// One metric, live and averaged generator side by side; NaN where it has no value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reading {
    pub id: &'static str,
    pub live: f64,
    pub ema: f64,
    /// What real points score.
    pub floor: f64,
    /// What points of one gaussian with the real points' mean and covariance score.
    pub chance: f64,
    /// The largest possible value of a count or a share.
    pub max: Option<f64>,
}

/// D's mean opinion, in its own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Judgement {
    pub real: f64,
    pub generated: f64,
    /// Mean ‖∇ₓD‖ on the generated points, per data unit.
    pub slope: f64,
}

impl Judgement {
    /// From D on real and on generated rows, and ∇ₓD `[n, d]` flat on the latter.
    pub fn new(real: &[f32], generated: &[f32], slope: &[f32], d: usize) -> Self {
        let mean = |values: &[f32]| values.iter().map(|&v| v as f64).sum::<f64>() / values.len().max(1) as f64;
        let norms: Vec<f32> = slope.chunks_exact(d).map(|g| g.iter().map(|v| v * v).sum::<f32>().sqrt()).collect();
        Self { real: mean(real), generated: mean(generated), slope: mean(&norms) }
    }
}

/// Since which step something holds that a reader should know; none while it does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct HealthState {
    /// The first step at which a loss or a generated point was not a finite number, or out of all bounds.
    pub diverged_at: Option<u64>,
    /// The generator covers only a part of the data (see `metric::has_collapsed`).
    pub collapsed_at: Option<u64>,
    /// D tells the two kinds apart so surely that G learns nothing from it.
    pub won_at: Option<u64>,
    /// The averaged generator has stayed close to the floor.
    pub converged_at: Option<u64>,
}

/// What ended a run by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// `stop_steps` was reached.
    Steps,
    /// `stop_seconds` have passed, says who has a clock.
    Seconds,
    Converged,
    Diverged,
}

/// Row-major values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Matrix {
    pub shape: [usize; 2],
    pub values: Vec<f32>,
}

/// A run at one step, complete: it continues bit for bit on the same device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub step: u64,
    pub progress: Progress,
    /// All vectors of the model end to end.
    pub values: Vec<f32>,
}

/// The part of a checkpoint that is not vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "model", rename_all = "snake_case")]
pub enum Progress {
    Gan(trainer::Progress),
    Dirac(Orbit),
    Autoencoder(AutoencoderProgress),
    Lone(LoneProgress),
    Autoregressive(AutoregressiveProgress),
    Density(DensityProgress),
    Classes(ClassesProgress),
}
