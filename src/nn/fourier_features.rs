//! Fourier features: a point x becomes [x, sin(Bx), cos(Bx)] (Tancik et al., 2020).
//!
//! An MLP learns smooth functions first; sines of many frequencies let it see fine structure. In the lab:
//! without them D's landscape is a smooth hill and twenty-five small modes melt into one.

use super::on_side_of;
use crate::kernel::{fourier, fourier_pull_back};
use crate::rng::Rng;
use burn::tensor::{Device, Tensor, TensorData};

/// The frequencies B, `[d, n]`, fixed for a run: N(0, scale²) in radians per data unit.
#[derive(Clone, Debug)]
pub struct FourierFeatures {
    frequencies: Tensor<2>,
}

impl FourierFeatures {
    /// For points of `d` numbers, 1 or 2.
    pub fn new(d: usize, n: usize, scale: f64, rng: &mut Rng, device: &Device) -> Self {
        let values = rng.normals(d * n).into_iter().map(|v| scale as f32 * v).collect::<Vec<_>>();
        Self { frequencies: Tensor::from_data(TensorData::new(values, [d, n]), device) }
    }

    /// x `[n, d]` → [x, sin(Bx), cos(Bx)], `[n, d + 2 n_frequencies]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let frequencies = on_side_of(&x, &self.frequencies);
        fourier(x, frequencies)
    }

    /// The gradient in x `[n, d]` of what has the gradient `gradient` in the features of x.
    pub fn pull_back(&self, features: Tensor<2>, gradient: Tensor<2>) -> Tensor<2> {
        let frequencies = on_side_of(&gradient, &self.frequencies);
        fourier_pull_back(features, gradient, frequencies)
    }

    /// B `[d, n]`, flat.
    pub fn frequencies(&self) -> Tensor<1> {
        let [rows, n] = self.frequencies.dims();
        self.frequencies.clone().reshape([rows * n])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::rng::Stream;

    #[test]
    fn the_pulled_back_gradient_is_what_autodiff_finds() {
        let device = device::cpu();
        let features = FourierFeatures::new(2, 5, 2.0, &mut Rng::new(1, Stream::Frequencies), &device);
        let x = TensorData::new(Rng::new(2, Stream::Probe).normals(12), [6, 2]);
        let weights = TensorData::new(Rng::new(3, Stream::Probe).normals(6 * 12), [6, 12]);
        let x = Tensor::<2>::from_data(x, &device.clone().autodiff()).require_grad();
        let weights = Tensor::<2>::from_data(weights, &device.autodiff());
        let out = features.forward(x.clone());
        let expected = x.grad(&(out.clone() * weights.clone()).sum().backward()).unwrap();
        let found = features.pull_back(out, weights).without_autodiff();
        let worst: f32 = (found - expected).abs().max().into_scalar();
        assert!(worst < 1e-4, "{worst}");
    }
}
