//! The GAN algorithm (Goodfellow et al., 2014), line by line:
//!
//! 1. with G fixed, `d_steps` times: sample m real points, sample m noise vectors, generate, score with D,
//!    work out D's loss and its gradient, update D;
//! 2. with D fixed, `g_steps` times: sample m noise vectors, generate, score with D, work out G's loss and
//!    its gradient, update G.
//!
//! An update may be interrupted after any line: what it has worked out so far is a [`Work`].

use super::Value;
use crate::protocol::Named;
use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

/// Who is updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Player {
    D,
    G,
}

/// One value for each player.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Players<T> {
    pub d: T,
    pub g: T,
}

impl<T> Players<T> {
    /// By the players' names.
    pub fn named(self) -> Named<T> {
        [("d", self.d), ("g", self.g)].into()
    }

    pub fn of(&mut self, player: Player) -> &mut T {
        match player {
            Player::D => &mut self.d,
            Player::G => &mut self.g,
        }
    }
}

/// A line of the listing. `Real` is a line of D's updates only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Real,
    Noise,
    Generate,
    Score,
    Loss,
    Update,
}

/// The line that was carried out last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cursor {
    pub player: Player,
    pub line: Line,
}

/// How far to go at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stride {
    /// One line of the listing.
    Line,
    /// To the end of D's updates or of G's, whichever is under way.
    Phase,
    /// One update of D, out of turn.
    D,
    /// One update of G, out of turn.
    G,
    /// One iteration, or what is left of it.
    #[default]
    Both,
}

/// The losses of one step, `[1]` each; none for a network that was not updated.
#[derive(Clone, Default)]
pub struct StepLosses {
    pub d: Option<Tensor<1>>,
    pub g: Option<Tensor<1>>,
}

impl StepLosses {
    /// In the order of the curves of a GAN: D, G.
    pub fn values(self) -> Vec<Option<Value>> {
        [self.d, self.g].map(|loss| loss.map(Value::OnDevice)).into()
    }
}

/// An update interrupted between two lines. Rows are `[batch, d]`, logits `[rows, 1]`. G's updates have real rows only
/// where G completes them.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
pub(super) enum Work {
    Sampled { real: Tensor<2> },
    Drawn { real: Option<Tensor<2>>, code: Tensor<2> },
    Generated { real: Option<Tensor<2>>, fake: Tensor<2> },
    Scored { real: Option<Tensor<2>>, fake: Tensor<2>, scores: Scores },
    Differentiated { real: Option<Tensor<2>>, fake: Tensor<2>, loss: Tensor<1>, gradient: Tensor<1> },
}

/// What D says of the batch.
#[derive(Clone)]
pub(super) struct Scores {
    /// None while G is updated.
    pub real: Option<Tensor<2>>,
    pub fake: Tensor<2>,
    /// Of real rows with the beginning of others, where D is to tell them from their own.
    pub mismatched: Option<Tensor<2>>,
    /// The weighted sum of D's penalties, `[1]`.
    pub penalty: Option<Tensor<1>>,
}

impl Work {
    /// The batch as far as it exists: real and generated points.
    pub fn batch(&self) -> [Option<&Tensor<2>>; 2] {
        match self {
            Self::Sampled { real } => [Some(real), None],
            Self::Drawn { real, .. } => [real.as_ref(), None],
            Self::Generated { real, fake }
            | Self::Scored { real, fake, .. }
            | Self::Differentiated { real, fake, .. } => [real.as_ref(), Some(fake)],
        }
    }
}
