//! Arithmetic on slices, one pass each, written so that the compiler makes vectors of it.
//!
//! Nothing here knows of tensors or devices. The crate stands alone because it is compiled for speed, the rest of the
//! laboratory for size.

mod activation;
mod descent;
mod distance;
mod exp;
mod fourier;
mod gaussian;
mod layers;
mod losses;
mod matmul;
mod operations;
mod patches;
mod plane;
mod softplus;
mod sweep;
mod tanh;
#[cfg(test)]
mod ulp;

pub use activation::{Activation, LEAK};
pub use descent::{AdamRates, Finish, SgdRates, adam, sgd};
pub use distance::squared_distance;
pub use exp::exp;
pub use fourier::{fourier, fourier_pull_back, fourier_push};
pub use gaussian::{normal_pair, normal_pairs, normals_from_uniforms};
pub use layers::{Gradients, Layer, Layers, Scratch};
pub use losses::{cross_entropy, mean_softplus};
#[cfg(target_arch = "wasm32")]
pub use matmul::fused;
pub use matmul::{Matrix, Start, matmul};
pub use operations::operations;
pub use patches::{PatchTable, fold, unfold};
pub use plane::{is_covered, keep_nearest, keep_smallest, sort, squared_distance_in_plane, sum_of_distances};
pub use softplus::{sigmoid, softplus};
pub use sweep::{N_STRINGS, sweep};
pub use tanh::{tanh, tanh_of_half, tanh_of_half_backward};
