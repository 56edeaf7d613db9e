//! What G is given: noise, and what it is told of the picture that it is to make.

use crate::data::Reals;
use crate::data::faces::description::{self, ATTRIBUTES};
use crate::data::ink::{Given, Ink};
use crate::nn::code;
use crate::protocol::Matrix;
use crate::rng::Rng;
use crate::trainer::{Latent, noise, rows};
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

pub(super) struct Coder {
    pub data: Arc<Ink>,
    pub latent: Latent,
    pub device: Device,
}

impl Coder {
    pub fn n_given(&self) -> usize {
        self.data.n_given()
    }

    /// Rows of `n` test pictures as networks see them, `[n, dim]`: the i-th is number `which(i)` of the test set, which begins
    /// anew after its last.
    pub fn real(&self, n: usize, which: impl Fn(usize) -> usize) -> Tensor<2> {
        let test = self.data.pictures.test();
        let places: Vec<usize> = (0..n).map(|i| test[which(i) % test.len()]).collect();
        rows(self.data.test_rows(&places), self.data.dim(), &self.device)
    }

    /// Codes `[n, latent_dim + n_given]` for the same test pictures, each with noise from `rng`.
    pub fn draw(&self, n: usize, which: impl Fn(usize) -> usize, rng: &mut Rng) -> Tensor<2> {
        let z = noise(self.latent, n, rng, &self.device);
        if self.n_given() == 0 { z } else { code(z, self.real(n, which), self.n_given()) }
    }

    /// Codes `[n, latent_dim + n_given]` with what is given `[n_given]` beside each z `[n, latent_dim]`.
    pub fn beside(&self, z: Tensor<2>, given: &[f32]) -> Tensor<2> {
        let n = z.dims()[0];
        if given.is_empty() { z } else { Tensor::cat(vec![z, rows(given.repeat(n), given.len(), &self.device)], 1) }
    }

    /// What is given of the first test picture, as networks see it, `[n_given]`.
    pub fn first_given(&self) -> Vec<f32> {
        let mut row = self.data.test_rows(&self.data.pictures.test()[..1]);
        row.truncate(self.n_given());
        row
    }

    /// The pictures of rows `[n, dim]`, in [0, 1], `[n, d]`.
    pub fn ink(&self, made: Tensor<2>) -> Tensor<2> {
        self.pixels(made).add_scalar(1.0).mul_scalar(0.5)
    }

    /// What rows `[n, dim]` say of pixels, `[n, d]`.
    pub fn pixels(&self, rows: Tensor<2>) -> Tensor<2> {
        let ([n, dim], start) = (rows.dims(), self.data.n_beside());
        if start == 0 { rows } else { rows.slice([0..n, start..dim]) }
    }

    /// Rows of pictures in [0, 1] `[n, d]` with what is `given` `[n_given]` of each.
    pub fn rows(&self, ink: Tensor<2>, given: &[f32]) -> Tensor<2> {
        let (n, seen) = (ink.dims()[0], ink.mul_scalar(2.0).sub_scalar(1.0));
        if self.data.n_beside() == 0 {
            return seen;
        }
        Tensor::cat(vec![rows(given.repeat(n), given.len(), &self.device), seen], 1)
    }

    /// What is given of the first `n` test pictures, as a picture: its upper half over blank paper, or its drawing.
    pub fn given(&self, n: usize) -> Option<Tensor<2>> {
        let real = self.real(n, |i| i);
        match &self.data.given {
            Given::UpperHalf => {
                let (d, n_given) = (self.data.dim(), self.n_given());
                let paper = Tensor::zeros([n, d - n_given], &self.device);
                Some(Tensor::cat(vec![self.ink(real).slice([0..n, 0..n_given]), paper], 1))
            }
            Given::Drawing(_) => Some(real.slice([0..n, 0..self.n_given()]).add_scalar(1.0).mul_scalar(0.5)),
            _ => None,
        }
    }

    /// What is said of the first `n` test pictures, each number 0 or 1, `[n, n_given]`.
    pub fn descriptions(&self, n: usize) -> Option<Matrix> {
        let Given::Description(faces) = &self.data.given else { return None };
        let places = &self.data.pictures.test()[..n];
        let said = places.iter().map(|place| description::describe_test(&faces.factors[*place], *place));
        Some(Matrix { shape: [n, self.n_given()], values: said.flat_map(|said| description::code(&said)).collect() })
    }

    /// Codes for every hair colour with every eye colour, all with the first of the codes `like`.
    pub fn pairs(&self, like: &Tensor<2>) -> Option<Tensor<2>> {
        let Given::Description(_) = self.data.given else { return None };
        let [hair, _, eye, ..] = &ATTRIBUTES;
        let pair =
            |h: usize, e: usize| self.data.seen(&description::code(&[Some(h as u8), None, Some(e as u8), None, None]));
        let said: Vec<f32> =
            (0..hair.options.len()).flat_map(|h| (0..eye.options.len()).flat_map(move |e| pair(h, e))).collect();
        let n = hair.options.len() * eye.options.len();
        let z = like.clone().slice([0..1, 0..self.latent.dim]).expand([n, self.latent.dim]);
        Some(Tensor::cat(vec![z, rows(said, self.n_given(), &self.device)], 1))
    }

    /// Squared distance of pictures `[n, d]` in [0, 1] from the test pictures of which something was given, mean over pictures,
    /// `[1, 1]`.
    pub fn error(&self, made: Tensor<2>) -> Tensor<2> {
        let real = self.real(made.dims()[0], |i| i);
        (made - self.ink(real)).square().sum_dim(1).mean().reshape([1, 1])
    }

    /// That of the mean training picture, whatever is given.
    pub fn chance(&self) -> f64 {
        let (pictures, known) = (&self.data.pictures, self.n_given() - self.data.n_beside());
        let (mean, test) = (pictures.mean(), pictures.test());
        let apart = |index: usize| {
            let pixels = pictures.picture(index).iter().zip(&mean).skip(known);
            pixels.map(|(ink, mean)| f64::from(ink - mean) * f64::from(ink - mean)).sum::<f64>()
        };
        test.iter().map(|index| apart(*index)).sum::<f64>() / test.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::pictures::Pictures;
    use crate::device;
    use crate::rng::Stream;

    fn flat(tensor: Tensor<2>) -> Vec<f32> {
        tensor.into_data().iter().collect()
    }

    #[test]
    fn what_is_given_stands_beside_the_noise_and_only_what_is_made_counts() {
        let data = Arc::new(Pictures::whole(2, 1, vec![0.0, 1.0, 0.5, 0.25, 1.0, 0.0, 0.0, 1.0], vec![0, 0]));
        let latent = Latent { dim: 2, gaussian: true };
        let coder = Coder { data: Arc::new(Ink::new(data, Given::UpperHalf)), latent, device: device::cpu() };
        let z = rows(vec![7.0, 8.0, 9.0, 10.0], 2, &device::cpu());
        assert_eq!(coder.first_given(), [-1.0, 1.0]);
        assert_eq!(flat(coder.beside(z, &[-1.0, 1.0])), [7.0, 8.0, -1.0, 1.0, 9.0, 10.0, -1.0, 1.0]);
        let drawn = coder.draw(3, |i| i, &mut Rng::new(1, Stream::Probe));
        assert_eq!(flat(drawn.slice([0..3, 2..4])), [-1.0, 1.0, 1.0, -1.0, -1.0, 1.0]);
        assert_eq!(flat(coder.given(2).unwrap()), [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
        let half_right = rows(vec![0.0, 1.0, 0.5, 0.25, 1.0, 0.0, 1.0, 1.0], 4, &device::cpu());
        assert_eq!(flat(coder.error(half_right)), [0.5]);
        // The lower half's mean is (.25, .625), and each picture lies (.25, .375) from it.
        assert!((coder.chance() - (0.0625 + 0.140_625)).abs() < 1e-9);
    }
}
