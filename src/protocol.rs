//! What the page and the laboratory say to each other. No logic.
//!
//! One way round: commands go in, events come out; nobody waits for a reply. Events carry the `run`
//! they belong to, and the page drops those of an older one. `tests/golden/protocol.json` is read by
//! both sides' tests. Floats travel as `Float32Array` in the browser and as lists in JSON.

use crate::settings::{Refusal, Settings};
use crate::trainer::{Progress, Update};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Settings as they arrive: any words under any names.
pub type RawSettings = BTreeMap<String, Value>;

/// From the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Begin a run, from fresh weights or where `checkpoint` left off.
    Start {
        run: u32,
        settings: RawSettings,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        checkpoint: Option<Checkpoint>,
    },
    Play,
    /// Stop, and forget steps asked for by hand.
    Pause,
    /// Take `count` steps by hand, of D, of G or of both.
    Step {
        what: Update,
        count: u32,
    },
    /// Change live settings without starting anew.
    Tune {
        settings: RawSettings,
    },
    /// Compute these probes, and no others, with each snapshot.
    Watch {
        probes: Vec<String>,
    },
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
        n_parameters: Players<usize>,
    },
    /// A command was taken in while there is no run.
    Idle,
    /// A command was taken in; these settings are in force.
    Tuned {
        run: u32,
        settings: Settings,
    },
    Snapshot(Snapshot),
    Checkpoint {
        run: u32,
        checkpoint: Checkpoint,
    },
    /// A command was not carried out; the run before it goes on.
    Failed {
        run: u32,
        #[serde(flatten)]
        refusal: Refusal,
        message: String,
    },
}

/// One number for each player.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Players<T> {
    pub d: T,
    pub g: T,
}

/// The state of a run at one step.
#[derive(Clone, Debug, Serialize)]
pub struct Snapshot {
    pub run: u32,
    /// Steps taken.
    pub step: u64,
    pub playing: bool,
    /// Updates of each network.
    pub updates: Players<u64>,
    /// The losses of the steps since the last snapshot, in nats.
    pub losses: Losses,
    /// Readings of all metrics; empty where none were due.
    pub metrics: Vec<Reading>,
    pub health: Health,
    /// Watched probes by name.
    pub probes: BTreeMap<&'static str, Matrix>,
}

/// One loss per step, from step `first` on; NaN where that network was not updated.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Losses {
    pub first: u64,
    pub d: Vec<f32>,
    pub g: Vec<f32>,
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

/// Is there still something to learn from?
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Health {
    /// The first step at which a loss or a generated point was not a finite number.
    pub diverged_at: Option<u64>,
    /// Since which step the generator covers only a part of the data (see `metric::has_collapsed`).
    pub collapsed_at: Option<u64>,
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
    /// All vectors end to end: θ and optimiser state of G, then of D, then the average of G.
    pub values: Vec<f32>,
}
