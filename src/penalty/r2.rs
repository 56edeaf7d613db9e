//! R2: ½ E‖∇ₓD(G(z))‖² over generated points (Mescheder, Geiger and Nowozin, 2018).
//!
//! R1 flattens D where the data are, R2 where G has put its points. In the lab: early on the two lie far
//! apart, and R1 alone leaves D free to be steep under G's feet.

use super::{Penalty, Place, squared_norm};
use burn::tensor::Tensor;

pub struct R2;

impl Penalty for R2 {
    fn id(&self) -> &'static str {
        "r2"
    }

    fn place(&self) -> Place {
        Place::Generated
    }

    fn loss(&self, gradient: Tensor<2>) -> Tensor<1> {
        squared_norm(gradient).mean().mul_scalar(0.5)
    }
}
