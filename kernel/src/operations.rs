//! Counts the floating-point operations of matrix products where they are made, for benchmarks to read.

use std::cell::Cell;

// A thread's own: a number shared between threads would cost small products more than their bookkeeping.
thread_local! {
    static OPERATIONS: Cell<u64> = const { Cell::new(0) };
}

/// Floating-point operations of all products made on this thread so far: 2 m n k for one of `[m, k]` and `[k, n]`.
pub fn operations() -> u64 {
    OPERATIONS.get()
}

/// Takes down one product.
#[inline(always)]
pub(crate) fn count([m, k]: [usize; 2], n: usize) {
    OPERATIONS.set(OPERATIONS.get().wrapping_add(2 * m as u64 * n as u64 * k as u64));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Gradients, Layers, Matrix, Scratch, Start, matmul};

    #[test]
    fn a_product_counts_two_operations_a_term_in_every_layout() {
        for (m, k, n) in [(5, 3, 7), (64, 1, 16), (6, 40, 1), (1, 9, 30), (4, 0, 2), (0, 3, 2)] {
            let (a, b, mut c) = (vec![1.0; m * k], vec![1.0; k * n], vec![0.0; m * n]);
            for transposed in [false, true] {
                let before = operations();
                let a = if transposed { Matrix::new(&a, [k, m]).transposed() } else { Matrix::new(&a, [m, k]) };
                matmul(a, Matrix::new(&b, [k, n]), Start::Zero, &mut c, &mut Vec::new());
                assert_eq!(operations() - before, 2 * (m * k * n) as u64, "[{m}, {k}] [{k}, {n}]");
            }
        }
    }

    /// Forward one product a layer; back one for the weights of each, and one for the inputs of all but the first.
    #[test]
    fn a_pass_through_layers_counts_its_products_and_no_other_thread_s() {
        let (layers, n) = (Layers::dense(&[2, 16, 1], Activation::Tanh), 10);
        let (theta, x, mut tape, mut y) =
            (vec![0.1; layers.n_parameters()], vec![1.0; 2 * n], vec![0.0; 16 * n], vec![0.0; n]);
        let mut scratch = Scratch::default();
        let weights = 2 * 16 + 16;
        let before = operations();
        layers.forward(&theta, &x, &mut tape, &mut y, &mut scratch);
        assert_eq!(operations() - before, (2 * n * weights) as u64);
        let mut in_theta = vec![0.0; theta.len()];
        let into = Gradients { theta: Some(&mut in_theta), x: None };
        layers.backward(&theta, &x, &tape, &y, into, &mut scratch);
        assert_eq!(operations() - before, (2 * n * (2 * weights + 16)) as u64);
        assert_eq!(std::thread::spawn(operations).join().unwrap(), 0);
    }
}
