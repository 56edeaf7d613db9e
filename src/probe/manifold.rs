//! The noise's own grid and where G carries it: how the plane of noise is bent into data.
//!
//! One latent dimension gives a line, two a mesh; of more, the first two are shown and the others held at 0.

use super::Inputs;
use crate::trainer::Gan;
use crate::trainer::Latent;
use burn::tensor::{Device, Tensor, TensorData};

/// Nodes along each side of the mesh.
pub const SIDE: usize = 21;
/// Nodes along the line.
pub const N_LINE: usize = 201;
/// How far the grid reaches where noise is gaussian: 98.8 % of a coordinate's mass.
const REACH: f64 = 2.5;

/// The nodes, `[nodes, dim]`: a mesh row by row from the smallest second coordinate up, or a line.
pub fn grid(latent: Latent, device: &Device) -> Tensor<2> {
    let reach = if latent.gaussian { REACH } else { 1.0 };
    let place = |i: usize, n: usize| (reach * (2.0 * i as f64 / (n - 1) as f64 - 1.0)) as f32;
    let mut values = Vec::new();
    if latent.dim == 1 {
        values.extend((0..N_LINE).map(|i| place(i, N_LINE)));
    } else {
        for node in 0..SIDE * SIDE {
            values.extend([place(node % SIDE, SIDE), place(node / SIDE, SIDE)]);
            values.extend(std::iter::repeat_n(0.0, latent.dim - 2));
        }
    }
    let nodes = values.len() / latent.dim;
    Tensor::from_data(TensorData::new(values, [nodes, latent.dim]), device)
}

/// The nodes in the plane of noise, `[nodes, 2]`; a line lies at height 0.
pub fn noise_grid(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    let grid = inputs.noise_grid.clone();
    let [nodes, dim] = grid.dims();
    if dim == 1 {
        return Some(Tensor::cat(vec![grid, Tensor::zeros([nodes, 1], gan.device())], 1));
    }
    Some(grid.slice([0..nodes, 0..2]))
}

/// Where G carries the nodes, `[nodes, 2]`.
pub fn manifold(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    Some(gan.generator().forward(inputs.noise_grid.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    #[test]
    fn the_grid_is_symmetric_and_as_wide_as_the_noise() {
        for (dim, gaussian, nodes, reach) in
            [(1, true, N_LINE, 2.5), (2, false, SIDE * SIDE, 1.0), (5, true, SIDE * SIDE, 2.5)]
        {
            let grid = grid(Latent { dim, gaussian }, &device::cpu());
            assert_eq!(grid.dims(), [nodes, dim]);
            let values: Vec<f32> = grid.into_data().iter().collect();
            assert_eq!(values.iter().copied().fold(f32::MIN, f32::max), reach);
            assert!(values.iter().sum::<f32>().abs() < 1e-3);
        }
    }
}
