//! Convolution as a dense layer on patches: every patch of a picture is a row, and all rows meet the same weights.
//!
//! What is a neighbour of what stands in a table, made once a network; so whatever moves pixels about, such as
//! strides and sub-pixel upsampling (Shi et al., 2016), is a matter of the table and costs nothing.

use crate::kernel::{PatchTable, unfold};
use burn::tensor::Tensor;
use std::sync::Arc;

/// Pixels of `channels` numbers each, on a square, as a flat row.
///
/// With `block` 1 pixel after pixel; with `block` b as a layer leaves them that made b × b pixels at each of its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    pub side: usize,
    pub channels: usize,
    pub block: usize,
}

/// A square window that moves over a [`Grid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub side: usize,
    pub stride: usize,
    pub padding: usize,
}

/// Places on a side of what a window gives.
pub fn places(grid: Grid, window: Window) -> usize {
    (grid.side + 2 * window.padding - window.side) / window.stride + 1
}

/// All patches that a window finds on a grid.
#[derive(Clone, Debug)]
pub struct Patches {
    table: Arc<PatchTable>,
    n_places: usize,
}

impl Grid {
    /// Numbers in a row, those of pixels beyond the side included (a block may reach over it).
    pub fn d(&self) -> usize {
        let places = self.side.div_ceil(self.block);
        places * places * self.block * self.block * self.channels
    }

    /// Where a pixel's numbers begin.
    fn index(&self, [y, x]: [usize; 2]) -> usize {
        let b = self.block;
        let place = y / b * self.side.div_ceil(b) + x / b;
        (place * b * b + y % b * b + x % b) * self.channels
    }

    /// Where the pixels of the window at a place stand; None in the padding.
    fn patch(self, window: Window, [row, column]: [usize; 2]) -> impl Iterator<Item = Option<usize>> {
        let at = move |place: usize, k: usize| {
            (place * window.stride + k).checked_sub(window.padding).filter(|i| *i < self.side)
        };
        let pixels = (0..window.side * window.side).map(move |k| [k / window.side, k % window.side]);
        pixels.map(move |[i, j]| at(row, i).zip(at(column, j)).map(|(y, x)| self.index([y, x])))
    }
}

/// Where the patches of a window's places stand, row by row.
pub fn table(grid: Grid, window: Window) -> PatchTable {
    let side = places(grid, window);
    let starts = (0..side * side).flat_map(|place| grid.patch(window, [place / side, place % side]));
    PatchTable { d: grid.d(), run: grid.channels, starts: starts.collect() }
}

impl Patches {
    pub fn new(grid: Grid, window: Window) -> Self {
        let side = places(grid, window);
        Self { table: Arc::new(table(grid, window)), n_places: side * side }
    }

    /// Numbers in a patch.
    fn width(&self) -> usize {
        self.table.n() / self.n_places
    }

    /// Rows `[n, d]` → patches `[n · n_places, width]`.
    pub fn unfold(&self, x: Tensor<2>) -> Tensor<2> {
        let n = x.dims()[0];
        unfold(x, &self.table).reshape([n * self.n_places, self.width()])
    }

    /// What stands at each place, `[n · n_places, outputs]`, as rows `[n, n_places · outputs]`.
    pub fn rows(&self, y: Tensor<2>) -> Tensor<2> {
        let [n, outputs] = y.dims();
        y.reshape([n / self.n_places, self.n_places * outputs])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::rng::{Rng, Stream};
    use burn::tensor::TensorData;

    fn noise(seed: u64, shape: [usize; 2]) -> Tensor<2> {
        let values = Rng::new(seed, Stream::Probe).normals(shape[0] * shape[1]);
        Tensor::from_data(TensorData::new(values, shape), &device::cpu())
    }

    fn flat(x: Tensor<2>) -> Vec<f32> {
        x.into_data().iter().collect()
    }

    const CASES: [(Grid, Window); 4] = [
        (Grid { side: 6, channels: 1, block: 1 }, Window { side: 4, stride: 2, padding: 1 }),
        (Grid { side: 5, channels: 3, block: 1 }, Window { side: 3, stride: 2, padding: 1 }),
        (Grid { side: 5, channels: 2, block: 2 }, Window { side: 3, stride: 1, padding: 1 }),
        (Grid { side: 4, channels: 1, block: 2 }, Window { side: 1, stride: 1, padding: 0 }),
    ];

    /// ⟨unfold x, p⟩ = ⟨x, q⟩ for every x and p, q being what p sends back.
    #[test]
    fn the_way_back_is_the_transpose_of_unfold() {
        for (grid, window) in CASES {
            let patches = Patches::new(grid, window);
            let x = noise(1, [3, grid.d()]).autodiff().require_grad();
            let p = noise(2, patches.unfold(x.clone()).dims());
            let left = (patches.unfold(x.clone()) * p.autodiff()).sum();
            let sent_back = x.grad(&left.backward()).unwrap();
            let (left, right) =
                (left.into_scalar::<f32>(), (x.without_autodiff() * sent_back).sum().into_scalar::<f32>());
            assert!((left - right).abs() < 1e-3, "{left} against {right}");
        }
    }

    /// By four loops, as in the textbook.
    #[test]
    fn a_dense_layer_on_patches_is_a_convolution() {
        for (grid, window) in CASES {
            let Grid { side, channels, .. } = grid;
            let patches = Patches::new(grid, window);
            let (x, outputs) = (noise(1, [2, grid.d()]), 3);
            let weight = noise(2, [patches.width(), outputs]);
            let found = flat(patches.rows(patches.unfold(x.clone()).matmul(weight.clone())));
            let (x, weight, out) = (flat(x), flat(weight), places(grid, window));
            for (at, value) in found.into_iter().enumerate() {
                let [n, place, o] = [at / outputs / out / out, at / outputs % (out * out), at % outputs];
                let mut expected = 0.0;
                for k in 0..window.side * window.side {
                    let pixel = [place / out, place % out].into_iter().zip([k / window.side, k % window.side]);
                    let pixel: Vec<_> = pixel.map(|(p, k)| p * window.stride + k).collect();
                    let inside = pixel.iter().all(|i| (window.padding..side + window.padding).contains(i));
                    for c in (0..channels).filter(|_| inside) {
                        let i = grid.index([pixel[0] - window.padding, pixel[1] - window.padding]) + c;
                        expected += x[n * grid.d() + i] * weight[(k * channels + c) * outputs + o];
                    }
                }
                assert!((value - expected).abs() < 1e-4, "{value} against {expected}");
            }
        }
    }

    /// A block's pixels stand side by side: places 0 and 1 hold the squares at the left and at the right.
    #[test]
    fn a_block_is_a_square_of_pixels() {
        let grid = Grid { side: 4, channels: 1, block: 2 };
        let window = Window { side: 1, stride: 1, padding: 0 };
        let x = Tensor::<1>::from_floats(
            [0., 1., 4., 5., 2., 3., 6., 7., 8., 9., 12., 13., 10., 11., 14., 15.],
            &device::cpu(),
        );
        let picture = Patches::new(grid, window).unfold(x.reshape([1, 16]));
        assert_eq!(flat(picture), (0..16).map(|i| i as f32).collect::<Vec<_>>());
    }
}
