//! Telling autodiff of an operation that has a way back of its own.

use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::ops::{Backward, NodeGuard, OpsKind};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend};

/// `y`, made by `operation` from what stands at `nodes`. `state`, which the way back needs, is dropped where nobody asks
/// for gradients.
pub fn tracked<B: Backend, C: CheckpointStrategy, O: Backward<B, N>, const N: usize>(
    operation: O,
    nodes: [NodeGuard; N],
    state: O::State,
    y: FloatTensor<B>,
) -> FloatTensor<Autodiff<B, C>> {
    match operation.prepare::<C>(nodes).compute_bound().stateful() {
        OpsKind::Tracked(prep) => prep.finish(state, y),
        OpsKind::UnTracked(prep) => prep.finish(y),
    }
}
