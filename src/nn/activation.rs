//! Activation functions with their slopes, for networks that also compute ∇ₓ of their output.

use burn::tensor::{Tensor, activation};

/// A hidden layer's nonlinearity φ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// φ(a) = max(a, 0)
    Relu,
    /// φ(a) = max(a, 0.2 a) (Maas et al., 2013)
    LeakyRelu,
    /// φ(a) = tanh a
    Tanh,
}

/// Slope of the leaky rectifier for negative inputs.
const LEAK: f64 = 0.2;

impl Activation {
    /// The one that a setting names.
    pub fn of(id: &str) -> Self {
        match id {
            "relu" => Self::Relu,
            "leaky_relu" => Self::LeakyRelu,
            "tanh" => Self::Tanh,
            other => unreachable!("activation {other}"),
        }
    }

    /// φ(a), any shape.
    pub fn apply(self, a: Tensor<2>) -> Tensor<2> {
        match self {
            Self::Relu => activation::relu(a),
            Self::LeakyRelu => activation::leaky_relu(a, LEAK),
            Self::Tanh => a.tanh(),
        }
    }

    /// (φ(a), φ′(a)). The rectifiers' slope is constant almost everywhere, so it carries no gradient;
    /// tanh's slope 1 − φ² does.
    pub fn apply_with_slope(self, a: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let rectifier = |leak: f64| {
            let positive = a.clone().detach().greater_elem(0.0).float();
            let slope = positive.mul_scalar(1.0 - leak).add_scalar(leak);
            (a.clone() * slope.clone(), slope)
        };
        match self {
            Self::Relu => rectifier(0.0),
            Self::LeakyRelu => rectifier(LEAK),
            Self::Tanh => {
                let h = a.tanh();
                let slope = h.clone().square().neg().add_scalar(1.0);
                (h, slope)
            }
        }
    }
}
