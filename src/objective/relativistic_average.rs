//! Relativistic average: each point is compared with the mean score of the other kind.
//!
//! D: sp(−(r − f̄)) + sp(f − r̄).  G: the same with r and f exchanged.
//!
//! In the lab: pairing is the stricter teacher; the average forgives a mode that is left out.

use super::{Objective, Unit};
use crate::card::{Card, text};
use crate::kernel::telling_apart;
use burn::tensor::Tensor;

pub struct RelativisticAverage;

impl Objective for RelativisticAverage {
    fn card(&self) -> Card {
        Card {
            id: "relativistic_average",
            label: text("Relativistic average", "相对平均"),
            formula: "D: sp(f̄ − r) + sp(f − r̄) · G: sp(r̄ − f) + sp(r − f̄)",
            reference: "Jolicoeur-Martineau 2018",
        }
    }

    fn unit(&self) -> Unit {
        Unit::Score
    }

    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        average(real, fake)
    }

    fn generator_loss(&self, real: &dyn Fn() -> Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        average(fake, real())
    }
}

/// mean sp(−(a − b̄)) + mean sp(b − ā), each row `[rows, 1]` against the other's mean.
fn average(a: Tensor<2>, b: Tensor<2>) -> Tensor<1> {
    let mean = |t: &Tensor<2>| t.clone().mean_dim(0); // [1, 1]
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    telling_apart(a - mean_b, b - mean_a)
}
