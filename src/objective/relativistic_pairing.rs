//! Relativistic pairing: D says which of two points, one real and one generated, is the real one.
//!
//! D: sp(−(r − f)).  G: sp(−(f − r)).
//!
//! In the lab: every mode that G leaves out is compared with, so none may be forgotten; with R1 and R2 it
//! is the objective of Huang et al., 2024 ("R3GAN").

use super::{Objective, Unit};
use crate::card::{Card, text};
use crate::kernel::mean_softplus;
use burn::tensor::Tensor;

pub struct RelativisticPairing;

impl Objective for RelativisticPairing {
    fn card(&self) -> Card {
        Card {
            id: "relativistic_pairing",
            label: text("Relativistic pairing", "相对配对"),
            formula: "D: sp(f − r) · G: sp(r − f)",
            reference: "Jolicoeur-Martineau 2018",
        }
    }

    fn unit(&self) -> Unit {
        Unit::Score
    }

    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        mean_softplus(1.0, fake - real)
    }

    fn generator_loss(&self, real: &dyn Fn() -> Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        mean_softplus(1.0, real() - fake)
    }
}
