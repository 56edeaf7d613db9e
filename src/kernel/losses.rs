//! Losses that are a mean over rows: value and gradient in one pass.

#![allow(deprecated)] // ndarray: see device.rs

#[cfg(feature = "flex")]
use crate::kernel::flex::{made, numbers, tensor, whole};
use crate::kernel::tracked;
use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::CheckpointStrategy;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Autodiff, Backend, Dispatch, TensorMetadata, backend_extension};
use burn::tensor::{Shape, Tensor};

/// The mean of softplus(sign · x), softplus(x) = ln(1 + eˣ) = −ln σ(−x): `[1]`, finite for every finite x. `sign` is 1 or −1.
pub fn mean_softplus(sign: f32, x: Tensor<2>) -> Tensor<1> {
    Tensor::from_dispatch(Dispatch::mean_softplus(x.into_dispatch(), sign))
}

/// How badly logits r and f `[n, 1]` tell real from generated: mean softplus(−r) + mean softplus(f), `[1]`.
pub fn telling_apart(real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
    Tensor::from_dispatch(Dispatch::telling_apart(real.into_dispatch(), fake.into_dispatch()))
}

/// The cross-entropy of `targets` in [0, 1] under logits l, both `[n, d]`: softplus(l) − t l, summed over a row, mean over rows
/// `[1]`. Targets are constants.
pub fn cross_entropy(logits: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    Tensor::from_dispatch(Dispatch::cross_entropy(logits.into_dispatch(), targets.into_dispatch()))
}

#[backend_extension(
    Autodiff,
    Flex: cfg(feature = "flex"),
    NdArray: cfg(feature = "ndarray"),
    Cube: cfg(feature = "webgpu")
)]
trait LossOps: Backend {
    fn mean_softplus(x: FloatTensor<Self>, sign: f32) -> FloatTensor<Self>;

    fn telling_apart(real: FloatTensor<Self>, fake: FloatTensor<Self>) -> FloatTensor<Self>;

    fn cross_entropy(logits: FloatTensor<Self>, targets: FloatTensor<Self>) -> FloatTensor<Self>;
}

/// Each loss `[1]` with its gradient in what it judges.
trait Losses: Backend {
    fn softplus_and_slopes(x: FloatTensor<Self>, sign: f32) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let share = 1.0 / x.shape().num_elements() as f32;
        let x = if sign < 0.0 { Self::float_neg(x) } else { x };
        let slopes = Self::float_mul_scalar(Self::sigmoid(x.clone()), (sign * share).into());
        (Self::float_mean(softplus::<Self>(x)), slopes)
    }

    fn both_softplus_and_slopes(
        real: FloatTensor<Self>,
        fake: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, [FloatTensor<Self>; 2]) {
        let [real, fake] = [(real, -1.0), (fake, 1.0)].map(|(x, sign)| Self::softplus_and_slopes(x, sign));
        (Self::float_add(real.0, fake.0), [real.1, fake.1])
    }

    fn cross_entropy_and_slopes(
        logits: FloatTensor<Self>,
        targets: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let share = 1.0 / logits.shape()[0] as f32;
        let slopes = Self::float_sub(Self::sigmoid(logits.clone()), targets.clone());
        let each = Self::float_sub(softplus::<Self>(logits.clone()), Self::float_mul(targets, logits));
        let [loss, slopes] = [Self::float_sum(each), slopes].map(|x| Self::float_mul_scalar(x, share.into()));
        (loss, slopes)
    }

    /// The gradient of a loss, times the gradient `by` `[1]` in it.
    fn scaled(slopes: FloatTensor<Self>, by: FloatTensor<Self>) -> FloatTensor<Self> {
        Self::float_mul(slopes, Self::float_reshape(by, Shape::new([1, 1])))
    }
}

fn softplus<B: Backend>(x: FloatTensor<B>) -> FloatTensor<B> {
    let rest = B::float_log1p(B::float_exp(B::float_neg(B::float_abs(x.clone()))));
    B::float_add(B::relu(x), rest)
}

#[cfg(feature = "flex")]
impl Losses for burn::backend::Flex {
    fn softplus_and_slopes(x: FloatTensor<Self>, sign: f32) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let (loss, slopes) = mean_softplus_of(&x, sign);
        (tensor(vec![loss], [1]), slopes)
    }

    fn both_softplus_and_slopes(
        real: FloatTensor<Self>,
        fake: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, [FloatTensor<Self>; 2]) {
        let [real, fake] = [(real, -1.0), (fake, 1.0)].map(|(x, sign)| mean_softplus_of(&x, sign));
        (tensor(vec![real.0 + fake.0], [1]), [real.1, fake.1])
    }

    fn cross_entropy_and_slopes(
        logits: FloatTensor<Self>,
        targets: FloatTensor<Self>,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let (shape, mut loss) = (logits.shape(), 0.0);
        let slopes = made(shape.clone(), |slopes| {
            loss = genlab_kernel::cross_entropy(&numbers(&logits), &numbers(&targets), shape[0], slopes);
        });
        (tensor(vec![loss], [1]), slopes)
    }

    fn scaled(slopes: FloatTensor<Self>, by: FloatTensor<Self>) -> FloatTensor<Self> {
        let by = numbers(&by)[0];
        if by == 1.0 {
            return slopes; // the loss that is differentiated, as a rule
        }
        let mut slopes = whole(slopes);
        slopes.storage_mut::<f32>().iter_mut().for_each(|slope| *slope *= by);
        slopes
    }
}

/// The mean of softplus(sign · x), and its slopes.
#[cfg(feature = "flex")]
fn mean_softplus_of(x: &FloatTensor<burn::backend::Flex>, sign: f32) -> (f32, FloatTensor<burn::backend::Flex>) {
    let mut loss = 0.0;
    let slopes = made(x.shape(), |slopes| loss = genlab_kernel::mean_softplus(&numbers(x), sign, slopes));
    (loss, slopes)
}

#[cfg(feature = "ndarray")]
impl Losses for burn::backend::NdArray {}

#[cfg(feature = "webgpu")]
impl Losses for burn::backend::Wgpu {}

/// Where nobody asks for gradients, slopes are dropped.
macro_rules! without_gradients {
    ($backend:ty) => {
        impl LossOps for $backend {
            fn mean_softplus(x: FloatTensor<Self>, sign: f32) -> FloatTensor<Self> {
                Self::softplus_and_slopes(x, sign).0
            }

            fn telling_apart(real: FloatTensor<Self>, fake: FloatTensor<Self>) -> FloatTensor<Self> {
                Self::both_softplus_and_slopes(real, fake).0
            }

            fn cross_entropy(logits: FloatTensor<Self>, targets: FloatTensor<Self>) -> FloatTensor<Self> {
                Self::cross_entropy_and_slopes(logits, targets).0
            }
        }
    };
}

#[cfg(feature = "flex")]
without_gradients!(burn::backend::Flex);
#[cfg(feature = "ndarray")]
without_gradients!(burn::backend::NdArray);
#[cfg(feature = "webgpu")]
without_gradients!(burn::backend::Wgpu);

impl<B: LossOps + Losses, C: CheckpointStrategy> LossOps for Autodiff<B, C> {
    fn mean_softplus(x: FloatTensor<Self>, sign: f32) -> FloatTensor<Self> {
        let (x, node) = x.into_parts();
        let (loss, slopes) = B::softplus_and_slopes(x, sign);
        tracked::<B, C, _, 1>(Loss, [node], [slopes], loss)
    }

    fn telling_apart(real: FloatTensor<Self>, fake: FloatTensor<Self>) -> FloatTensor<Self> {
        let ((real, real_node), (fake, fake_node)) = (real.into_parts(), fake.into_parts());
        let (loss, slopes) = B::both_softplus_and_slopes(real, fake);
        tracked::<B, C, _, 2>(Loss, [real_node, fake_node], slopes, loss)
    }

    fn cross_entropy(logits: FloatTensor<Self>, targets: FloatTensor<Self>) -> FloatTensor<Self> {
        let (logits, node) = logits.into_parts();
        let (loss, slopes) = B::cross_entropy_and_slopes(logits, targets.into_primitive());
        tracked::<B, C, _, 1>(Loss, [node], [slopes], loss)
    }
}

#[derive(Debug)]
struct Loss;

impl<B: Losses, const N: usize> Backward<B, N> for Loss {
    /// The gradients of the loss.
    type State = [FloatTensor<B>; N];

    fn backward(self, ops: Ops<Self::State, N>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let by = gradients.consume::<B>(&ops.node);
        for (parent, slopes) in ops.parents.into_iter().zip(ops.state) {
            if let Some(parent) = parent {
                gradients.register::<B>(parent.id, B::scaled(slopes, by.clone()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::{self, DeviceKind};
    use crate::kernel::flat;

    fn close(found: Vec<f32>, expected: impl IntoIterator<Item = f64>) {
        for (found, expected) in found.into_iter().zip(expected) {
            assert!(
                (f64::from(found) - expected).abs() <= 2e-6 * expected.abs().max(1e-3),
                "{found} against {expected}"
            );
        }
    }

    /// Both CPU devices, values and gradients, on whole tensors and on views.
    #[test]
    fn losses_and_their_gradients_are_right() {
        let softplus = |x: f64| x.exp().ln_1p();
        let sigma = |x: f64| 1.0 / (1.0 + (-x).exp());
        for kind in [DeviceKind::Flex, DeviceKind::Ndarray] {
            let device = device::block_on(device::open(kind)).unwrap().autodiff();
            let values: Vec<f32> = (0..60).map(|i| 0.7 * i as f32 - 20.0).collect();
            let whole = Tensor::<1>::from_floats(values.as_slice(), &device).reshape([6, 10]);
            let targets = whole.clone().mul_scalar(0.02).add_scalar(0.5);
            let views: [fn(Tensor<2>) -> Tensor<2>; 3] = [|x| x, |x| x.transpose(), |x| x.slice([1..4, 2..9])];
            for view in views {
                let (x, targets) = (view(whole.clone()).require_grad(), view(targets.clone()));
                let (n, d) = (x.dims()[0] as f64, x.dims()[1] as f64);
                let numbers: Vec<f64> = flat(x.clone()).into_iter().map(f64::from).collect();
                for sign in [1.0f32, -1.0] {
                    let s = f64::from(sign);
                    let loss = mean_softplus(sign, x.clone()).mul_scalar(3.0);
                    close(flat(loss.clone()), [3.0 * numbers.iter().map(|x| softplus(s * x)).sum::<f64>() / (n * d)]);
                    let gradient = x.grad(&loss.backward()).unwrap();
                    close(flat(gradient), numbers.iter().map(|x| 3.0 * s * sigma(s * x) / (n * d)));
                }
                let loss = cross_entropy(x.clone(), targets.clone());
                let t: Vec<f64> = flat(targets).into_iter().map(f64::from).collect();
                let each = numbers.iter().zip(&t).map(|(x, t)| softplus(*x) - t * x);
                close(flat(loss.clone()), [each.sum::<f64>() / n]);
                let gradient = x.grad(&loss.backward()).unwrap();
                close(flat(gradient), numbers.iter().zip(&t).map(|(x, t)| (sigma(*x) - t) / n));
            }
        }
    }
}
