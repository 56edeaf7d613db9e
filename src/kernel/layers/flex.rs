//! The passes on flex: one call into the kernel each.

use super::lent::Lent;
use super::passes::{Found, Kept, Passes};
use crate::kernel::flex::{made, numbers, tensor};
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
        let mut tape = Lent::new(kept.net.tape(n));
        let [x, theta] = [&kept.x, &kept.theta].map(numbers);
        let y = made([n, kept.net.d_output()], |y| {
            SCRATCH.with_borrow_mut(|scratch| kept.net.forward(&theta, &x, &mut tape, y, scratch));
        });
        (y, Some(Arc::new(tape)))
    }

    fn evaluate(kept: &Kept<Self>) -> FloatTensor<Self> {
        let [x, theta] = [&kept.x, &kept.theta].map(numbers);
        made([kept.x.shape()[0], kept.net.d_output()], |y| {
            SCRATCH.with_borrow_mut(|scratch| kept.net.evaluate(&theta, &x, y, scratch));
        })
    }

    fn slope(kept: &Kept<Self>) -> (FloatTensor<Self>, Self::Hidden) {
        let n = kept.x.shape()[0];
        let mut chain = Lent::new(kept.net.chain(n));
        let theta = numbers(&kept.theta);
        let slope = made([n, kept.net.d_input()], |slope| {
            SCRATCH.with_borrow_mut(|scratch| {
                kept.net.slope(&theta, left(&kept.hidden), &mut chain, slope, scratch);
            });
        });
        (slope, Some(Arc::new(chain)))
    }

    fn backward(kept: &Kept<Self>, in_y: FloatTensor<Self>, wanted: [bool; 2]) -> Found<Self> {
        let in_y = numbers(&in_y);
        found(kept, wanted, |theta, x, into, scratch| {
            kept.net.backward(theta, x, left(&kept.hidden), &in_y, into, scratch);
        })
    }

    fn both_backward(
        kept: &Kept<Self>,
        in_y: FloatTensor<Self>,
        in_slope: FloatTensor<Self>,
        wanted: [bool; 2],
    ) -> Found<Self> {
        let [in_y, in_slope] = [&in_y, &in_slope].map(numbers);
        found(kept, wanted, |theta, x, into, scratch| {
            let (tape, chain) = (left(&kept.hidden), left(&kept.chain));
            kept.net.both_backward(theta, x, tape, chain, &in_y, &in_slope, into, scratch);
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
    let mut in_x = wanted[0].then(|| vec![0.0; x.len()]);
    let mut in_theta = wanted[1].then(|| vec![0.0; theta.len()]);
    let into = Gradients { theta: in_theta.as_deref_mut(), x: in_x.as_deref_mut() };
    SCRATCH.with_borrow_mut(|scratch| back(&theta, &x, into, scratch));
    [in_x.map(|in_x| tensor(in_x, kept.x.shape())), in_theta.map(|in_theta| tensor(in_theta, kept.theta.shape()))]
}
