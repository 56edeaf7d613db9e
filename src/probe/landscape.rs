//! The discriminator's landscape: D(x) on a square grid, in D's own unit.

use super::Inputs;
use crate::trainer::Gan;
use burn::tensor::Tensor;

/// Cells along each side of the picture.
pub const SIDE: usize = 50;

/// D at the cells' centres, `[SIDE, SIDE]`, first row at the top: a probability where the objective makes
/// it one, else a score.
pub fn landscape(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    Some(gan.scores(inputs.grid.clone(), &inputs.real).reshape([SIDE, SIDE]))
}

/// Centres of the cells of the square |x|, |y| < half_width, row by row from the top: `[side², 2]` flat.
pub fn grid(half_width: f64, side: usize) -> Vec<f32> {
    let center = |i: usize| half_width * ((2 * i + 1) as f64 / side as f64 - 1.0);
    (0..side * side).flat_map(|i| [center(i % side) as f32, -center(i / side) as f32]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_starts_at_the_top_left_and_is_symmetric() {
        let grid = grid(5.0, SIDE);
        assert_eq!(&grid[..2], &[-4.9, 4.9]);
        assert_eq!(&grid[grid.len() - 2..], &[4.9, -4.9]);
        assert!(grid.iter().map(|&v| v as f64).sum::<f64>().abs() < 1e-3);
    }
}
