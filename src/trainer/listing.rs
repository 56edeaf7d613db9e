//! The GAN algorithm (Goodfellow et al., 2014), line by line:
//!
//! 1. with G fixed, `d_steps` times: sample m real points, sample m noise vectors, generate, score with D,
//!    work out D's loss and its gradient, update D;
//! 2. with D fixed, `g_steps` times: sample m noise vectors, generate, score with D, work out G's loss and
//!    its gradient, update G.
//!
//! An update may be interrupted after any line: what it has worked out so far is its [`Work`].

use super::{Feed, Value};
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

/// An update under way: what its lines have made so far, as far as the next ones need it. What was made last says which line
/// is next. Rows are `[batch, d]`, logits `[rows, 1]`.
pub(super) struct Work {
    pub player: Player,
    /// The player's feed as it was before: an update given up is drawn again.
    pub before: Feed,
    /// In G's updates only where G completes real rows.
    pub real: Option<Tensor<2>>,
    /// What G generates from.
    pub code: Option<Tensor<2>>,
    pub fake: Option<Tensor<2>>,
    pub scores: Option<Scores>,
    /// The loss `[1]`, and the gradient in θ `[n_parameters]`.
    pub descent: Option<(Tensor<1>, Tensor<1>)>,
}

/// What D says of the batch.
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
    pub fn begun(player: Player, before: Feed) -> Self {
        Self { player, before, real: None, code: None, fake: None, scores: None, descent: None }
    }

    /// The batch as far as it exists: real and generated points.
    pub fn batch(&self) -> [Option<&Tensor<2>>; 2] {
        [self.real.as_ref(), self.fake.as_ref()]
    }
}
