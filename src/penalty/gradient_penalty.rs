//! Gradient penalty: E(‖∇ₓD(x̂)‖ − 1)² over points x̂ between real and generated ones (Gulrajani et al.,
//! 2017).
//!
//! The critic of the Wasserstein objective has slope 1 almost everywhere between the two; this asks for
//! just that. In the lab: the landscape becomes a plain slope from generated to real points.

use super::{Penalty, Place, squared_norm};
use burn::tensor::Tensor;

pub struct GradientPenalty;

/// Keeps the square root's own slope finite where D is flat.
const EPSILON: f64 = 1e-12;

impl Penalty for GradientPenalty {
    fn id(&self) -> &'static str {
        "gradient_penalty"
    }

    fn place(&self) -> Place {
        Place::Between
    }

    fn loss(&self, gradient: Tensor<2>) -> Tensor<1> {
        squared_norm(gradient).add_scalar(EPSILON).sqrt().sub_scalar(1.0).square().mean()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use burn::tensor::TensorData;

    /// python: g = [[3, 4], [0, 0.5], [0, 0]]; mean of (|g| - 1)^2 = (16 + 0.25 + 1) / 3 = 5.75
    #[test]
    fn by_hand_and_finite_where_d_is_flat() {
        let values = TensorData::new(vec![3.0f32, 4.0, 0.0, 0.5, 0.0, 0.0], [3, 2]);
        let gradient = Tensor::<2>::from_data(values, &device::cpu().autodiff()).require_grad();
        let loss = GradientPenalty.loss(gradient.clone());
        let value: f64 = loss.clone().into_scalar();
        assert!((value - 5.75).abs() < 1e-5, "{value}");
        let slopes = gradient.grad(&loss.backward()).unwrap().into_data();
        assert!(slopes.iter::<f32>().all(f32::is_finite), "{slopes:?}");
    }
}
