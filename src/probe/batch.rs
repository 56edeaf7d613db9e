//! The minibatch of the update under way, while the algorithm is followed line by line.

use super::Inputs;
use crate::trainer::Gan;
use burn::tensor::Tensor;

/// The real points, `[batch, 2]`; none between two updates and while G is updated.
pub fn real(gan: &Gan, _: &Inputs) -> Option<Tensor<2>> {
    gan.batch()[0].map(|x| x.clone().without_autodiff())
}

/// The generated points, `[batch, 2]`; none before they are generated.
pub fn generated(gan: &Gan, _: &Inputs) -> Option<Tensor<2>> {
    gan.batch()[1].map(|x| x.clone().without_autodiff())
}
