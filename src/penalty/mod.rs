//! Penalties on the slope of the discriminator, ∇ₓD.
//!
//! Add one: write its file, implement [`Penalty`], name it in [`PENALTIES`] and give it a knob of the same
//! id in `settings.rs`: its weight.

mod gradient_penalty;
mod r1;
mod r2;

use burn::tensor::Tensor;

/// Every penalty on offer.
pub static PENALTIES: &[&dyn Penalty] = &[&r1::R1, &r2::R2, &gradient_penalty::GradientPenalty];

/// Where a penalty looks at the slope of D.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Real,
    Generated,
    /// At points x̂ = u x + (1 − u) G(z), u uniform on [0, 1).
    Between,
}

/// A price on the slope of D.
pub trait Penalty: Sync {
    /// The id of the knob that holds its weight.
    fn id(&self) -> &'static str;

    fn place(&self) -> Place;

    /// The term of weight 1, `[1]`, for ∇ₓD `[rows, d_input]` at the penalty's place.
    fn loss(&self, gradient: Tensor<2>) -> Tensor<1>;
}

/// ‖∇ₓD‖² of each row, `[rows, 1]`.
fn squared_norm(gradient: Tensor<2>) -> Tensor<2> {
    gradient.square().sum_dim(1)
}
