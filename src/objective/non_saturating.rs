//! The non-saturating game: G maximises ln σ(D(G(z))), as the algorithm box of the first GAN paper
//! advises and as practice does.
//!
//! D: sp(−r) + sp(f).  G: sp(−f).
//!
//! In the lab: when D is sure (f ≪ 0), G's gradient tends to 1 instead of 0.

use super::{Objective, Unit};
use crate::card::{Card, text};
use crate::kernel::{mean_softplus, telling_apart};
use burn::tensor::Tensor;

pub struct NonSaturating;

impl Objective for NonSaturating {
    fn card(&self) -> Card {
        Card {
            id: "non_saturating",
            label: text("Non-saturating", "非饱和"),
            formula: "D: sp(−r) + sp(f) · G: sp(−f)",
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
        mean_softplus(-1.0, fake)
    }
}
