//! Hinge: D cares only for points that are not yet a margin of 1 on their side.
//!
//! D: max(0, 1 − r) + max(0, 1 + f).  G: −f.
//!
//! In the lab: points that D is sure of stop moving it.

use super::{Objective, Unit};
use crate::card::{Card, text};
use burn::tensor::{Tensor, activation};

pub struct Hinge;

impl Objective for Hinge {
    fn card(&self) -> Card {
        Card {
            id: "hinge",
            label: text("Hinge", "合页"),
            formula: "D: max(0, 1 − r) + max(0, 1 + f) · G: −f",
            reference: "Lim and Ye 2017",
        }
    }

    fn unit(&self) -> Unit {
        Unit::Score
    }

    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        activation::relu(real.neg().add_scalar(1.0)).mean() + activation::relu(fake.add_scalar(1.0)).mean()
    }

    fn generator_loss(&self, _: &dyn Fn() -> Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        fake.mean().neg()
    }
}
