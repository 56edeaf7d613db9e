//! Least squares: D aims at 1 for real and 0 for generated points, G at 1 for its own.
//!
//! D: (r − 1)² + f².  G: (f − 1)².
//!
//! In the lab: a point far on the right side of the boundary still pays, so D never saturates.

use super::{Objective, Unit};
use crate::card::{Card, text};
use burn::tensor::Tensor;

pub struct LeastSquares;

impl Objective for LeastSquares {
    fn card(&self) -> Card {
        Card {
            id: "least_squares",
            label: text("Least squares", "最小二乘"),
            formula: "D: (r − 1)² + f² · G: (f − 1)²",
            reference: "Mao et al. 2017",
        }
    }

    fn unit(&self) -> Unit {
        Unit::Label
    }

    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        real.sub_scalar(1.0).square().mean() + fake.square().mean()
    }

    fn generator_loss(&self, _: &dyn Fn() -> Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        fake.sub_scalar(1.0).square().mean()
    }
}
