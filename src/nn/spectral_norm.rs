//! Spectral normalisation: each weight matrix is divided by its largest singular value (Miyato et al.,
//! 2018), which bounds the network's slope.
//!
//! σ = vᵀ W u with the leading singular vectors followed by one power iteration per update of D:
//! v ← W u / ‖W u‖, u ← Wᵀ v / ‖Wᵀ v‖. The gradient flows through σ, not through u and v.
//!
//! In the lab: D's landscape stays gently sloped everywhere, so G always has something to follow.

use super::on_side_of;
use crate::rng::Rng;
use burn::tensor::{Device, Tensor};

/// The leading singular vectors of one weight matrix `[d_input, d_output]`.
#[derive(Clone, Debug)]
pub struct SingularVectors {
    /// `[d_input, 1]`
    left: Tensor<2>,
    /// `[d_output, 1]`
    right: Tensor<2>,
}

/// Keeps a zero matrix from dividing by zero.
const EPSILON: f64 = 1e-12;

impl SingularVectors {
    /// Random unit vectors.
    pub fn new(shape: [usize; 2], rng: &mut Rng, device: &Device) -> Self {
        let vector =
            |n: usize, rng: &mut Rng| Tensor::<1>::from_floats(rng.normals(n).as_slice(), device).reshape([n, 1]);
        Self { left: unit(vector(shape[0], rng)), right: unit(vector(shape[1], rng)) }
    }

    /// One power iteration towards those of `weight`, which must not be on the autodiff side.
    pub fn follow(&mut self, weight: Tensor<2>) {
        self.left = unit(weight.clone().matmul(self.right.clone()));
        self.right = unit(weight.transpose().matmul(self.left.clone()));
    }

    /// W / σ.
    pub fn normalize(&self, weight: Tensor<2>) -> Tensor<2> {
        let (left, right) = (on_side_of(&weight, &self.left), on_side_of(&weight, &self.right));
        let sigma = left.transpose().matmul(weight.clone().matmul(right)); // [1, 1]
        weight / sigma.clamp_min(EPSILON)
    }

    /// Both vectors end to end, `[d_input + d_output]`.
    pub fn ravel(&self) -> Tensor<1> {
        let [n, m] = self.shape();
        Tensor::cat(vec![self.left.clone().reshape([n]), self.right.clone().reshape([m])], 0)
    }

    /// Puts back what [`ravel`](Self::ravel) gave.
    pub fn unravel(&mut self, vectors: Tensor<1>) {
        let [n, m] = self.shape();
        self.left = vectors.clone().slice(0..n).reshape([n, 1]);
        self.right = vectors.slice(n..n + m).reshape([m, 1]);
    }

    /// `[d_input, d_output]` of the matrix.
    pub fn shape(&self) -> [usize; 2] {
        [self.left.dims()[0], self.right.dims()[0]]
    }
}

/// The vector `[n, 1]` divided by its length.
fn unit(vector: Tensor<2>) -> Tensor<2> {
    let length = vector.clone().square().sum_dim(0).sqrt(); // [1, 1]
    vector / length.clamp_min(EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::rng::Stream;
    use burn::tensor::TensorData;

    /// python: np.linalg.svd(np.array([[3., 0], [4, 5], [0, 1]]), compute_uv=False)[0]  # 6.745831974170611
    #[test]
    fn power_iterations_find_the_largest_singular_value() {
        let device = device::cpu();
        let data = TensorData::new(vec![3.0f32, 0.0, 4.0, 5.0, 0.0, 1.0], [3, 2]);
        let weight = Tensor::<2>::from_data(data, &device);
        let mut vectors = SingularVectors::new([3, 2], &mut Rng::new(1, Stream::WeightsD), &device);
        (0..50).for_each(|_| vectors.follow(weight.clone()));
        let normalized = vectors.normalize(weight).into_data().iter::<f64>().collect::<Vec<_>>();
        let sigma = 3.0 / normalized[0];
        assert!((sigma - 6.745_831_97).abs() < 1e-4, "{sigma}");
        let mut twin = SingularVectors::new([3, 2], &mut Rng::new(2, Stream::WeightsD), &device);
        twin.unravel(vectors.ravel());
        assert_eq!(twin.ravel().into_data(), vectors.ravel().into_data());
    }

    #[test]
    fn a_zero_matrix_stays_finite() {
        let device = device::cpu();
        let mut vectors = SingularVectors::new([3, 2], &mut Rng::new(1, Stream::WeightsD), &device);
        vectors.follow(Tensor::zeros([3, 2], &device));
        let found = vectors.normalize(Tensor::zeros([3, 2], &device)).into_data();
        assert!(found.iter::<f32>().all(|v| v == 0.0));
    }
}
