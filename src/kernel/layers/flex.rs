//! The passes on flex: one call into the kernel each.

use super::lent::Lent;
use super::passes::{Found, Kept, Passes};
use crate::kernel::flex::{numbers, zeros};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Flex, TensorMetadata};
use genlab_kernel::{Gradients, Layers, Scratch};
use std::cell::RefCell;
use std::sync::Arc;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Passes for Flex {
    type Hidden = Option<Arc<Lent>>;

    /// Slices are cut where they are needed.
    fn cut(_: &FloatTensor<Self>, _: &Layers) -> Vec<FloatTensor<Self>> {
        Vec::new()
    }

    fn forward(kept: &Kept<Self>) -> (FloatTensor<Self>, Self::Hidden) {
        let n = kept.x.shape()[0];
        let (mut y, mut tape) = (zeros([n, kept.net.d_output()]), Lent::new(kept.net.tape(n)));
        let [x, theta] = [&kept.x, &kept.theta].map(numbers);
        SCRATCH.with_borrow_mut(|scratch| kept.net.forward(&theta, &x, &mut tape, y.storage_mut(), scratch));
        (y, Some(Arc::new(tape)))
    }

    fn evaluate(kept: &Kept<Self>) -> FloatTensor<Self> {
        let mut y = zeros([kept.x.shape()[0], kept.net.d_output()]);
        let [x, theta] = [&kept.x, &kept.theta].map(numbers);
        SCRATCH.with_borrow_mut(|scratch| kept.net.evaluate(&theta, &x, y.storage_mut(), scratch));
        y
    }

    fn slope(kept: &Kept<Self>) -> (FloatTensor<Self>, Self::Hidden) {
        let n = kept.x.shape()[0];
        let (mut slope, mut chain) = (zeros([n, kept.net.d_input()]), Lent::new(kept.net.chain(n)));
        let theta = numbers(&kept.theta);
        SCRATCH.with_borrow_mut(|scratch| {
            kept.net.slope(&theta, left(&kept.hidden), &mut chain, slope.storage_mut(), scratch);
        });
        (slope, Some(Arc::new(chain)))
    }

    fn backward(kept: &Kept<Self>, in_y: FloatTensor<Self>, wanted: [bool; 2]) -> Found<Self> {
        let in_y = numbers(&in_y);
        found(kept, wanted, |theta, x, into, scratch| {
            kept.net.backward(theta, x, left(&kept.hidden), &in_y, into, scratch);
        })
    }

    fn slope_backward(kept: &Kept<Self>, in_slope: FloatTensor<Self>, wanted: [bool; 2]) -> Found<Self> {
        let in_slope = numbers(&in_slope);
        found(kept, wanted, |theta, x, into, scratch| {
            let (tape, chain) = (left(&kept.hidden), left(&kept.chain));
            kept.net.slope_backward(theta, x, tape, chain, &in_slope, into, scratch);
        })
    }
}

/// What an earlier pass left.
fn left(hidden: &Option<Arc<Lent>>) -> &[f32] {
    hidden.as_deref().expect("the pass before has been made")
}

/// The gradients that a way back adds to nothing.
fn found(
    kept: &Kept<Flex>,
    wanted: [bool; 2],
    back: impl FnOnce(&[f32], &[f32], Gradients, &mut Scratch),
) -> Found<Flex> {
    let [x, theta] = [&kept.x, &kept.theta].map(numbers);
    let mut in_x = wanted[0].then(|| zeros(kept.x.shape()));
    let mut in_theta = wanted[1].then(|| zeros(kept.theta.shape()));
    let into = Gradients {
        theta: in_theta.as_mut().map(FloatTensor::<Flex>::storage_mut),
        x: in_x.as_mut().map(FloatTensor::<Flex>::storage_mut),
    };
    SCRATCH.with_borrow_mut(|scratch| back(&theta, &x, into, scratch));
    [in_x, in_theta]
}
