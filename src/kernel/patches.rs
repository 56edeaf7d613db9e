//! From pictures to their patches and back; each is the other's transpose, and so its way back.

#![allow(deprecated)] // ndarray: see device.rs

#[cfg(feature = "flex")]
use crate::kernel::flex::{made, numbers};
use crate::kernel::tracked;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, unary};
use burn::backend::tensor::{FloatTensor, IntTensor};
use burn::backend::{Autodiff, Backend, Dispatch, TensorMetadata, backend_extension};
use burn::tensor::{Shape, Tensor, TensorData};
use genlab_kernel::PatchTable;
use std::sync::Arc;

/// Pictures `[n, d]` → their patches `[n, table.n()]`, 0 in the padding.
pub fn unfold(pictures: Tensor<2>, table: &Arc<PatchTable>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::unfold(pictures.into_dispatch(), table.clone()))
}

/// The transpose of [`unfold`]: each number of a picture is the sum of what stands for it in the patches.
#[cfg(test)]
fn fold(patches: Tensor<2>, table: &Arc<PatchTable>) -> Tensor<2> {
    Tensor::from_dispatch(Dispatch::fold(patches.into_dispatch(), table.clone()))
}

#[backend_extension(
    Autodiff,
    Flex: cfg(feature = "flex"),
    NdArray: cfg(feature = "ndarray"),
    Cube: cfg(feature = "webgpu")
)]
pub trait PatchOps: Backend {
    fn unfold(pictures: FloatTensor<Self>, table: Arc<PatchTable>) -> FloatTensor<Self> {
        let indices = columns::<Self>(&pictures, places(&table).map(|at| at.unwrap_or(table.d)).collect());
        Self::float_select(with_zeros::<Self>(pictures), 1, indices)
    }

    fn fold(patches: FloatTensor<Self>, table: Arc<PatchTable>) -> FloatTensor<Self> {
        let mut found = vec![Vec::new(); table.d];
        for (position, at) in places(&table).enumerate() {
            if let Some(at) = at {
                found[at].push(position);
            }
        }
        let most = found.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let positions = found.iter().flat_map(|at| (0..most).map(|k| at.get(k).copied().unwrap_or(table.n())));
        let indices = columns::<Self>(&patches, positions.collect());
        let n = patches.shape()[0];
        let terms = Self::float_reshape(
            Self::float_select(with_zeros::<Self>(patches), 1, indices),
            Shape::new([n, table.d, most]),
        );
        Self::float_reshape(Self::float_sum_dim(terms, 2), Shape::new([n, table.d]))
    }
}

/// Where each number of the patches stands in a picture's row; None in the padding.
fn places(table: &PatchTable) -> impl Iterator<Item = Option<usize>> {
    table.starts.iter().flat_map(|start| (0..table.run).map(move |k| start.map(|start| start + k)))
}

fn columns<B: Backend>(beside: &FloatTensor<B>, indices: Vec<usize>) -> IntTensor<B> {
    let n = indices.len();
    let indices = TensorData::new(indices.into_iter().map(|at| at as i32).collect(), [n]);
    B::int_from_data(indices, &beside.device())
}

/// One more column, of zeros, for the padding to point at.
fn with_zeros<B: Backend>(x: FloatTensor<B>) -> FloatTensor<B> {
    let n = x.shape()[0];
    let zeros = B::float_zeros(Shape::new([n, 1]), &x.device(), x.dtype().into());
    B::float_cat(vec![x, zeros], 1)
}

#[cfg(feature = "flex")]
impl PatchOps for burn::backend::Flex {
    fn unfold(pictures: FloatTensor<Self>, table: Arc<PatchTable>) -> FloatTensor<Self> {
        let shape = [pictures.shape()[0], table.n()];
        made(shape, |patches| genlab_kernel::unfold(&numbers(&pictures), &table, patches))
    }

    fn fold(patches: FloatTensor<Self>, table: Arc<PatchTable>) -> FloatTensor<Self> {
        let shape = [patches.shape()[0], table.d];
        made(shape, |pictures| genlab_kernel::fold(&numbers(&patches), &table, pictures))
    }
}

#[cfg(feature = "ndarray")]
impl PatchOps for burn::backend::NdArray {}

#[cfg(feature = "webgpu")]
impl PatchOps for burn::backend::Wgpu {}

impl<B: PatchOps, C: CheckpointStrategy> PatchOps for Autodiff<B, C> {
    fn unfold(pictures: FloatTensor<Self>, table: Arc<PatchTable>) -> FloatTensor<Self> {
        let (pictures, node) = pictures.into_parts();
        tracked::<B, C, _, 1>(Unfold, [node], table.clone(), B::unfold(pictures, table))
    }

    fn fold(patches: FloatTensor<Self>, table: Arc<PatchTable>) -> FloatTensor<Self> {
        let (patches, node) = patches.into_parts();
        tracked::<B, C, _, 1>(Fold, [node], table.clone(), B::fold(patches, table))
    }
}

#[derive(Debug)]
struct Unfold;

impl<B: PatchOps> Backward<B, 1> for Unfold {
    type State = Arc<PatchTable>;

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::fold(gradient, ops.state));
    }
}

#[derive(Debug)]
struct Fold;

impl<B: PatchOps> Backward<B, 1> for Fold {
    type State = Arc<PatchTable>;

    fn backward(self, ops: Ops<Self::State, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        unary::<B, _>(ops.parents, ops.node, gradients, |gradient| B::unfold(gradient, ops.state));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{self, DeviceKind};
    use crate::kernel::flat;

    /// By hand on both CPU devices, values and gradients: each is the other's transpose.
    #[test]
    fn runs_are_copied_and_added_up() {
        let table = Arc::new(PatchTable { d: 6, run: 2, starts: vec![Some(4), None, Some(0), Some(4)] });
        for kind in [DeviceKind::Flex, DeviceKind::Ndarray] {
            let device = device::block_on(device::open(kind)).unwrap().autodiff();
            let counted =
                |n: usize| Tensor::<1>::from_floats((1..=n).map(|i| i as f32).collect::<Vec<_>>().as_slice(), &device);
            let picture = counted(6).reshape([1, 6]).require_grad();
            let patches = unfold(picture.clone(), &table);
            assert_eq!(flat(patches.clone()), [5.0, 6.0, 0.0, 0.0, 1.0, 2.0, 5.0, 6.0]);
            let weights = counted(8).reshape([1, 8]).require_grad();
            let folded = fold(weights.clone(), &table);
            assert_eq!(flat(folded.clone()), [5.0, 6.0, 0.0, 0.0, 8.0, 10.0]);
            let gradient = picture.grad(&(patches * weights.clone().detach()).sum().backward()).unwrap();
            assert_eq!(flat(gradient), [5.0, 6.0, 0.0, 0.0, 8.0, 10.0]);
            let gradient = weights.grad(&(folded * picture.detach()).sum().backward()).unwrap();
            assert_eq!(flat(gradient), [5.0, 6.0, 0.0, 0.0, 1.0, 2.0, 5.0, 6.0]);
        }
    }
}
