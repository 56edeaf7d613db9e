//! Spectral normalisation: each weight matrix is divided by its largest singular value (Miyato et al.,
//! 2018), which bounds the network's slope.
//!
//! σ = vᵀ W u with the leading singular vectors followed by one power iteration per update of D:
//! v ← W u / ‖W u‖, u ← Wᵀ v / ‖Wᵀ v‖. The gradient flows through σ, not through u and v.
//!
//! In the lab: D's landscape stays gently sloped everywhere, so G always has something to follow.

use super::on_side_of;
use crate::rng::Rng;
use burn::tensor::{Device, Tensor, TensorData};

/// The normalisation of one network's parameters θ `[n_parameters]`, which hold for each layer the weights
/// `[d_input, d_output]` and then the biases.
#[derive(Clone, Debug)]
pub struct SpectralNorm {
    layers: Vec<SingularVectors>,
    /// 1 where a parameter is a weight of the layer, `[n_parameters, n_layers]`.
    weights: Tensor<2>,
    /// 1 where a parameter is a bias, `[1, n_parameters]`.
    biases: Tensor<2>,
    /// ∂σ/∂θ: of each layer v uᵀ, and 0 for biases, `[1, n_parameters]`.
    in_theta: Tensor<2>,
}

/// The leading singular vectors of one weight matrix.
#[derive(Clone, Debug)]
struct SingularVectors {
    /// Where the matrix begins in θ.
    start: usize,
    /// `[d_input, 1]`
    left: Tensor<2>,
    /// `[d_output, 1]`
    right: Tensor<2>,
}

/// Keeps a zero matrix from dividing by zero.
const EPSILON: f64 = 1e-12;
/// Enough for σ to be right to a percent when weights are new.
const SETTLING_ITERATIONS: usize = 16;

impl SpectralNorm {
    /// Random unit vectors for matrices of these shapes.
    pub fn new(shapes: &[[usize; 2]], rng: &mut Rng, device: &Device) -> Self {
        let vector =
            |n: usize, rng: &mut Rng| Tensor::<1>::from_floats(rng.normals(n).as_slice(), device).reshape([n, 1]);
        let (mut layers, mut weights, mut biases) = (Vec::new(), Vec::new(), Vec::new());
        for (i, [d_input, d_output]) in shapes.iter().copied().enumerate() {
            let start = biases.len();
            layers.push(SingularVectors {
                start,
                left: unit(vector(d_input, rng)),
                right: unit(vector(d_output, rng)),
            });
            for (n, is_weight) in [(d_input * d_output, true), (d_output, false)] {
                let row = (0..shapes.len()).map(|layer| f32::from(u8::from(is_weight && layer == i)));
                weights.extend(std::iter::repeat_n(row, n).flatten());
                biases.extend(std::iter::repeat_n(f32::from(u8::from(!is_weight)), n));
            }
        }
        let n = biases.len();
        let mut norm = Self {
            layers,
            weights: Tensor::from_data(TensorData::new(weights, [n, shapes.len()]), device),
            biases: Tensor::from_data(TensorData::new(biases, [1, n]), device),
            in_theta: Tensor::zeros([1, n], device),
        };
        norm.look_again();
        norm
    }

    /// One power iteration towards the singular vectors of θ, which must not be on the autodiff side.
    pub fn follow(&mut self, theta: &Tensor<1>) {
        for layer in &mut self.layers {
            let shape @ [d_input, d_output] = layer.shape();
            let weight = theta.clone().slice(layer.start..layer.start + d_input * d_output).reshape(shape);
            layer.left = unit(weight.clone().matmul(layer.right.clone()));
            layer.right = unit(weight.transpose().matmul(layer.left.clone()));
        }
        self.look_again();
    }

    /// Finds the singular vectors of new weights.
    pub fn settle(&mut self, theta: &Tensor<1>) {
        (0..SETTLING_ITERATIONS).for_each(|_| self.follow(theta));
    }

    /// θ with every W / σ for W.
    pub fn normalize(&self, theta: Tensor<1>) -> Tensor<1> {
        let on_side = |constant: &Tensor<2>| on_side_of(&theta, constant);
        let (weights, row) = (on_side(&self.weights), theta.clone().unsqueeze::<2>()); // [1, n_parameters]
        let sigma = (row.clone() * on_side(&self.in_theta)).matmul(weights.clone()); // [1, n_layers]
        let scale = sigma.clamp_min(EPSILON).recip().matmul(weights.transpose()) + on_side(&self.biases);
        (row * scale).squeeze_dim(0)
    }

    /// All vectors end to end: of each layer the left one, then the right one.
    pub fn ravel(&self) -> Tensor<1> {
        let flat = |layer: &SingularVectors| {
            let [n, m] = layer.shape();
            [layer.left.clone().reshape([n]), layer.right.clone().reshape([m])]
        };
        Tensor::cat(self.layers.iter().flat_map(flat).collect(), 0)
    }

    /// Puts back what [`ravel`](Self::ravel) gave.
    pub fn unravel(&mut self, vectors: &Tensor<1>) {
        let mut start = 0;
        for layer in &mut self.layers {
            let [n, m] = layer.shape();
            layer.left = vectors.clone().slice(start..start + n).reshape([n, 1]);
            layer.right = vectors.clone().slice(start + n..start + n + m).reshape([m, 1]);
            start += n + m;
        }
        self.look_again();
    }

    fn look_again(&mut self) {
        let outer = |layer: &SingularVectors| {
            let [n, m] = layer.shape();
            let outer = layer.left.clone().matmul(layer.right.clone().transpose()).reshape([1, n * m]);
            [outer, Tensor::zeros([1, m], &self.biases.device())]
        };
        self.in_theta = Tensor::cat(self.layers.iter().flat_map(outer).collect(), 1);
    }
}

impl SingularVectors {
    /// `[d_input, d_output]` of the matrix.
    fn shape(&self) -> [usize; 2] {
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

    /// Two layers of 3 × 2 and 2 × 1, with biases 7 and 8 that stay.
    const THETA: [f32; 11] = [3.0, 0.0, 4.0, 5.0, 0.0, 1.0, 7.0, 7.0, 3.0, 4.0, 8.0];

    fn norm(seed: u64) -> SpectralNorm {
        SpectralNorm::new(&[[3, 2], [2, 1]], &mut Rng::new(seed, Stream::WeightsD), &device::cpu())
    }

    fn normalized(norm: &SpectralNorm, theta: [f32; 11]) -> Vec<f32> {
        norm.normalize(Tensor::from_floats(theta, &device::cpu())).into_data().iter().collect()
    }

    /// python: np.linalg.svd(np.array([[3., 0], [4, 5], [0, 1]]), compute_uv=False)[0]  # 6.745831974170611
    #[test]
    fn power_iterations_find_the_largest_singular_values() {
        let mut norm = norm(1);
        let theta = Tensor::<1>::from_floats(THETA, &device::cpu());
        (0..50).for_each(|_| norm.follow(&theta));
        let expected = THETA.iter().enumerate().map(|(i, value)| match i {
            0..6 => value / 6.745_832,
            8..10 => value / 5.0,
            _ => *value,
        });
        for (found, expected) in normalized(&norm, THETA).into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-5, "{found} against {expected}");
        }
    }

    #[test]
    fn what_is_put_back_normalises_alike() {
        let (mut one, mut other) = (norm(1), norm(2));
        one.settle(&Tensor::from_floats(THETA, &device::cpu()));
        other.unravel(&one.ravel());
        assert_eq!(normalized(&one, THETA), normalized(&other, THETA));
        assert_eq!(one.ravel().dims(), [3 + 2 + 2 + 1]);
    }

    /// σ moves with the weights while the singular vectors stand still.
    #[test]
    fn the_gradient_is_a_finite_difference() {
        let mut norm = norm(1);
        norm.settle(&Tensor::from_floats(THETA, &device::cpu()));
        let weights: Vec<f32> = (0..11).map(|i| (1.7 * i as f32).sin()).collect();
        let loss = |theta: [f32; 11]| {
            normalized(&norm, theta).iter().zip(&weights).map(|(a, b)| f64::from(a * b)).sum::<f64>()
        };
        let theta = Tensor::<1>::from_floats(THETA, &device::cpu().autodiff()).require_grad();
        let by = Tensor::<1>::from_floats(weights.as_slice(), &device::cpu().autodiff());
        let gradient = theta.grad(&(norm.normalize(theta.clone()) * by).sum().backward()).unwrap();
        for (i, found) in gradient.into_data().iter::<f64>().enumerate() {
            let at = |h: f32| {
                let mut moved = THETA;
                moved[i] += h;
                loss(moved)
            };
            let expected = (at(1e-2) - at(-1e-2)) / 2e-2;
            assert!((found - expected).abs() < 1e-4, "{i}: {found} against {expected}");
        }
    }

    #[test]
    fn a_zero_matrix_stays_finite() {
        let mut norm = norm(1);
        norm.follow(&Tensor::zeros([11], &device::cpu()));
        assert!(normalized(&norm, [0.0; 11]).iter().all(|v| *v == 0.0));
    }
}
