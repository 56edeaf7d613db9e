//! Operations that burn would do in many passes, in one on flex: backend extensions, one a file. Other devices compose
//! them of burn's own operations, to the same values within rounding.

mod adam;
mod layers;
mod patches;
mod softplus;

pub use adam::adam;
pub use genlab_kernel::{Activation, AdamRates, Layer, Layers, PatchTable};
pub use layers::{layers, layers_with_slope};
pub use patches::unfold;
pub use softplus::softplus;

#[cfg(test)]
use burn::tensor::Tensor;

#[cfg(test)]
fn flat<const D: usize>(x: Tensor<D>) -> Vec<f32> {
    x.into_data().iter().collect()
}
