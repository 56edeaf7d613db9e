//! What G is given: noise, and where it completes pictures the upper part of real ones.

use crate::data::pictures::Pictures;
use crate::nn::code;
use crate::rng::Rng;
use crate::trainer::{Latent, noise, rows};
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

pub(super) struct Coder {
    pub data: Arc<Pictures>,
    pub latent: Latent,
    /// Pixels from the top that are given.
    pub n_given: usize,
    pub device: Device,
}

impl Coder {
    /// `n` test pictures as networks see them, `[n, d]`: the i-th is number `which(i)` of the test set, which begins anew
    /// after its last.
    pub fn real(&self, n: usize, which: impl Fn(usize) -> usize) -> Tensor<2> {
        let test = self.data.test();
        let places: Vec<usize> = (0..n).map(|i| test[which(i) % test.len()]).collect();
        seen(rows(self.data.rows(&places), self.data.dim(), &self.device))
    }

    /// Codes `[n, latent_dim + n_given]` for the same test pictures, each with noise from `rng`.
    pub fn draw(&self, n: usize, which: impl Fn(usize) -> usize, rng: &mut Rng) -> Tensor<2> {
        self.beside(noise(self.latent, n, rng, &self.device), which)
    }

    /// Codes of the first test picture at the reader's `z` `[n, latent_dim]` flat.
    pub fn at(&self, z: Vec<f32>) -> Tensor<2> {
        self.beside(rows(z, self.latent.dim, &self.device), |_| 0)
    }

    fn beside(&self, z: Tensor<2>, which: impl Fn(usize) -> usize) -> Tensor<2> {
        if self.n_given == 0 {
            return z;
        }
        let real = self.real(z.dims()[0], which);
        code(z, real, self.n_given)
    }

    /// The first `n` test pictures in ink, blank paper where nothing is given, `[n, d]`.
    pub fn given(&self, n: usize) -> Tensor<2> {
        let (d, real) = (self.data.dim(), ink(self.real(n, |i| i)));
        let paper = Tensor::zeros([n, d - self.n_given], &self.device);
        Tensor::cat(vec![real.slice([0..n, 0..self.n_given]), paper], 1)
    }

    /// Squared distance of completed pictures `[n, d]` from the test pictures they complete, in ink, mean over pictures,
    /// `[1, 1]`.
    pub fn error(&self, made: Tensor<2>) -> Tensor<2> {
        let real = self.real(made.dims()[0], |i| i);
        (made - ink(real)).square().sum_dim(1).mean().reshape([1, 1])
    }

    /// That of the mean training picture, whatever is given.
    pub fn chance(&self) -> f64 {
        let (mean, test) = (self.data.mean(), self.data.test());
        let apart = |index: usize| {
            let pixels = self.data.picture(index).iter().zip(&mean).skip(self.n_given);
            pixels.map(|(ink, mean)| f64::from(ink - mean) * f64::from(ink - mean)).sum::<f64>()
        };
        test.iter().map(|index| apart(*index)).sum::<f64>() / test.len() as f64
    }
}

/// From [−1, 1] to ink.
pub(super) fn ink(pictures: Tensor<2>) -> Tensor<2> {
    pictures.add_scalar(1.0).mul_scalar(0.5)
}

/// From ink to [−1, 1].
pub(super) fn seen(ink: Tensor<2>) -> Tensor<2> {
    ink.mul_scalar(2.0).sub_scalar(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::rng::Stream;

    fn flat(tensor: Tensor<2>) -> Vec<f32> {
        tensor.into_data().iter().collect()
    }

    #[test]
    fn what_is_given_stands_beside_the_noise_and_only_what_is_made_counts() {
        let data = Arc::new(Pictures::whole(2, 1, vec![0.0, 1.0, 0.5, 0.25, 1.0, 0.0, 0.0, 1.0], vec![0, 0]));
        let latent = Latent { dim: 2, gaussian: true };
        let coder = Coder { data, latent, n_given: 2, device: device::cpu() };
        assert_eq!(flat(coder.at(vec![7.0, 8.0, 9.0, 10.0])), [7.0, 8.0, -1.0, 1.0, 9.0, 10.0, -1.0, 1.0]);
        let drawn = coder.draw(3, |i| i, &mut Rng::new(1, Stream::Probe));
        assert_eq!(flat(drawn.slice([0..3, 2..4])), [-1.0, 1.0, 1.0, -1.0, -1.0, 1.0]);
        assert_eq!(flat(coder.given(2)), [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
        let half_right = rows(vec![0.0, 1.0, 0.5, 0.25, 1.0, 0.0, 1.0, 1.0], 4, &device::cpu());
        assert_eq!(flat(coder.error(half_right)), [0.5]);
        // The lower half's mean is (.25, .625), and each picture lies (.25, .375) from it.
        assert!((coder.chance() - (0.0625 + 0.140_625)).abs() < 1e-9);
    }
}
