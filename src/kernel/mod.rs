//! Operations that burn would do in many passes, in one on flex: backend extensions, one a file. Other devices compose
//! them of burn's own operations, to the same values within rounding.

mod descent;
#[cfg(feature = "flex")]
mod flex;
mod fourier;
mod layers;
mod losses;
mod patches;
mod tanh;
mod tracked;

pub use descent::{Averaged, adam, sgd};
pub use fourier::{fourier, fourier_pull_back};
pub use genlab_kernel::{Activation, AdamRates, Finish, Layer, Layers, PatchTable, SgdRates};
pub use layers::{layers, layers_with_slope};
pub use losses::{cross_entropy, mean_softplus, telling_apart};
pub use patches::unfold;
pub use tanh::tanh_of_half;
use tracked::tracked;

#[cfg(test)]
use burn::tensor::Tensor;

#[cfg(test)]
fn flat<const D: usize>(x: Tensor<D>) -> Vec<f32> {
    x.into_data().iter().collect()
}
