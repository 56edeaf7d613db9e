//! The passes on flex: one call into the kernel each.

use super::passes::{Found, Kept, Passes};
use crate::kernel::flex::{numbers, zeros};
use burn::backend::tensor::FloatTensor;
use burn::backend::{Flex, TensorMetadata};
use genlab_kernel::{Gradients, Layers, Scratch};
use std::cell::RefCell;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Passes for Flex {
    /// Slices are cut where they are needed.
    fn cut(_: &FloatTensor<Self>, _: &Layers) -> Vec<FloatTensor<Self>> {
        Vec::new()
    }

    fn forward(kept: &Kept<Self>) -> (FloatTensor<Self>, Vec<FloatTensor<Self>>) {
        let n = kept.x.shape()[0];
        let (mut y, mut tape) = (zeros([n, kept.net.d_output()]), zeros([kept.net.tape(n)]));
        let [x, theta] = [&kept.x, &kept.theta].map(numbers);
        let (y_slice, tape_slice) = (y.storage_mut(), tape.storage_mut());
        SCRATCH.with_borrow_mut(|scratch| {
            kept.net.forward(&theta, &x, tape_slice, y_slice, scratch);
        });
        (y, vec![tape])
    }

    fn evaluate(kept: &Kept<Self>) -> FloatTensor<Self> {
        let mut y = zeros([kept.x.shape()[0], kept.net.d_output()]);
        let [x, theta] = [&kept.x, &kept.theta].map(numbers);
        SCRATCH.with_borrow_mut(|scratch| kept.net.evaluate(&theta, &x, y.storage_mut(), scratch));
        y
    }

    fn slope(kept: &Kept<Self>) -> (FloatTensor<Self>, Vec<FloatTensor<Self>>) {
        let n = kept.x.shape()[0];
        let (mut slope, mut chain) = (zeros([n, kept.net.d_input()]), zeros([kept.net.chain(n)]));
        let theta = numbers(&kept.theta);
        let (slope_slice, chain_slice) = (slope.storage_mut(), chain.storage_mut());
        SCRATCH.with_borrow_mut(|scratch| {
            kept.net.slope(&theta, kept.hidden[0].storage(), chain_slice, slope_slice, scratch);
        });
        (slope, vec![chain])
    }

    fn backward(kept: &Kept<Self>, in_y: FloatTensor<Self>, wanted: [bool; 2]) -> Found<Self> {
        let in_y = numbers(&in_y);
        found(kept, wanted, |theta, x, into, scratch| {
            kept.net.backward(theta, x, kept.hidden[0].storage(), &in_y, into, scratch);
        })
    }

    fn slope_backward(kept: &Kept<Self>, in_slope: FloatTensor<Self>, wanted: [bool; 2]) -> Found<Self> {
        let in_slope = numbers(&in_slope);
        found(kept, wanted, |theta, x, into, scratch| {
            let (tape, chain) = (kept.hidden[0].storage(), kept.chain[0].storage());
            kept.net.slope_backward(theta, x, tape, chain, &in_slope, into, scratch);
        })
    }
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
