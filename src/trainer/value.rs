//! What a step leaves behind for the curves.

use burn::tensor::Tensor;

/// A number that may still have to be read from the device.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "there are few, and most are tensors")]
pub enum Value {
    Known(f32),
    /// `[1]`
    OnDevice(Tensor<1>),
}
