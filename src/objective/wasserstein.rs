//! Wasserstein: the critic's mean difference; with a critic of slope at most 1 its supremum is the earth
//! mover's distance.
//!
//! D: f − r.  G: −f.
//!
//! In the lab: without a bound on the critic's slope (clipping, gradient penalty, spectral norm) the
//! difference runs off to infinity.

use super::{Objective, Unit};
use crate::card::{Card, text};
use burn::tensor::Tensor;

pub struct Wasserstein;

impl Objective for Wasserstein {
    fn card(&self) -> Card {
        Card {
            id: "wasserstein",
            label: text("Wasserstein", "Wasserstein"),
            formula: "D: f − r · G: −f",
            reference: "Arjovsky et al. 2017",
        }
    }

    fn unit(&self) -> Unit {
        Unit::Score
    }

    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        fake.mean() - real.mean()
    }

    fn generator_loss(&self, _: &dyn Fn() -> Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        fake.mean().neg()
    }
}
