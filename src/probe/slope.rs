//! ∇ₓD: where a point would have to go to be judged more real, in D's own unit per data unit.

use super::Inputs;
use crate::trainer::Gan;
use burn::tensor::Tensor;

/// Arrows along each side of the picture.
pub const SIDE: usize = 25;

/// At the generated points that are shown, `[N_SHOWN, 2]`.
pub fn at_generated(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    let x = gan.generator().forward(inputs.noise.clone());
    Some(gan.look(x, &inputs.real).1)
}

/// On a grid over the picture, `[SIDE², 2]`, first row at the top.
pub fn on_grid(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    Some(gan.look(inputs.arrow_grid.clone(), &inputs.real).1)
}
