//! The minimax game of the first GAN paper: G descends what D ascends.
//!
//! D: sp(−r) + sp(f).  G: −sp(f) = ln(1 − σ(f)).
//!
//! In the lab: when D is sure (f ≪ 0), G's gradient σ(f) vanishes and G stops learning.

use super::{Objective, Unit};
use crate::card::{Card, text};
use crate::kernel::{mean_softplus, telling_apart};
use burn::tensor::Tensor;

pub struct Minimax;

impl Objective for Minimax {
    fn card(&self) -> Card {
        Card {
            id: "minimax",
            label: text("Minimax", "极小极大"),
            formula: "D: sp(−r) + sp(f) · G: −sp(f)",
            reference: "Goodfellow et al. 2014",
        }
    }

    fn unit(&self) -> Unit {
        Unit::Probability
    }

    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        telling_apart(real, fake)
    }

    fn generator_loss(&self, _: &dyn Fn() -> Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        mean_softplus(1.0, fake).neg()
    }
}
