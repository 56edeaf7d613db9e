//! The discriminator's landscape: σ(D(x)), the probability of "real", on a square grid.

use super::Inputs;
use crate::trainer::Gan;
use burn::tensor::{Tensor, activation};

/// Cells along each side of the picture.
pub const SIDE: usize = 50;

/// σ(D) at the cells' centres, `[SIDE, SIDE]`, first row at the top.
pub fn probability(gan: &Gan, inputs: &Inputs) -> Tensor<2> {
    activation::sigmoid(gan.discriminator().forward(inputs.grid.clone())).reshape([SIDE, SIDE])
}

/// Centres of the cells of the square |x|, |y| < half_width, row by row from the top: `[SIDE², 2]` flat.
pub fn grid(half_width: f64) -> Vec<f32> {
    let center = |i: usize| half_width * ((2 * i + 1) as f64 / SIDE as f64 - 1.0);
    (0..SIDE * SIDE).flat_map(|i| [center(i % SIDE) as f32, -center(i / SIDE) as f32]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_starts_at_the_top_left_and_is_symmetric() {
        let grid = grid(5.0);
        assert_eq!(&grid[..2], &[-4.9, 4.9]);
        assert_eq!(&grid[grid.len() - 2..], &[4.9, -4.9]);
        assert!(grid.iter().map(|&v| v as f64).sum::<f64>().abs() < 1e-3);
    }
}
