//! What a picture looks like to a small classifier: the space that pictures are compared in, and of faces the factors.
//!
//! | subject | layers, ReLU between | made by |
//! | --- | --- | --- |
//! | digits | 14 × 14 ink → 128 → 32 → 10 logits | `examples/features.rs` |
//! | faces | 3 × 16 × 16 → 64 → 48 → 29: for each factor its logits, or its value | `examples/reader.rs` |
//!
//! The numbers before the last layer are the features (Heusel et al., 2017, use those of Inception). The weights are
//! trained once and frozen.

use super::ravel;
use crate::rng::Rng;
use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Tensor, TensorData, activation};
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

/// What a classifier knows pictures of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Digits,
    Faces,
}

impl Subject {
    /// `[inputs, outputs]` of each layer.
    pub fn shapes(self) -> [[usize; 2]; 3] {
        match self {
            Self::Digits => [[14 * 14, 128], [128, 32], [32, 10]],
            Self::Faces => [[3 * 16 * 16, 64], [64, 48], [48, 29]],
        }
    }

    /// Pictures are brought to this side first.
    pub fn side(self) -> usize {
        match self {
            Self::Digits => 14,
            Self::Faces => 16,
        }
    }

    pub fn n_features(self) -> usize {
        self.shapes()[2][0]
    }

    /// Square pictures of `side` pixels a side, `[n, channels · side²]` from 0 to 1, as its network takes them: at its own
    /// side, colours from −1 to 1.
    pub fn fitted(self, pictures: Tensor<2>, side: usize) -> Tensor<2> {
        let pictures = if side == self.side() { pictures } else { resized(pictures, side, self.side()) };
        match self {
            Self::Digits => pictures,
            Self::Faces => pictures.mul_scalar(2.0).sub_scalar(1.0),
        }
    }
}

/// The network.
#[derive(Module, Debug)]
pub struct FeatureNet {
    layers: Vec<Linear>,
}

/// Its weights and biases, layer by layer, each flat.
pub struct FeatureWeights {
    pub subject: Subject,
    layers: [[Vec<f32>; 2]; 3],
}

impl FeatureWeights {
    /// To train from: weights from N(0, 2 / inputs) (He et al., 2015), no biases.
    pub fn random(subject: Subject, rng: &mut Rng) -> Self {
        let layers = subject.shapes().map(|[inputs, outputs]| {
            let std = (2.0 / inputs as f64).sqrt() as f32;
            [rng.normals(inputs * outputs).into_iter().map(|v| std * v).collect(), vec![0.0; outputs]]
        });
        Self { subject, layers }
    }

    /// Of a network that has been trained.
    pub fn of(subject: Subject, net: &FeatureNet) -> Self {
        let theta: Vec<f32> = ravel(net).into_data().iter().collect();
        let mut rest = theta.as_slice();
        let mut take = |n: usize| {
            let (head, tail) = rest.split_at(n);
            rest = tail;
            head.to_vec()
        };
        Self { subject, layers: subject.shapes().map(|[inputs, outputs]| [inputs * outputs, outputs].map(&mut take)) }
    }

    /// Reads a safetensors file with `{layer}.weight` and `{layer}.bias`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, in words that follow "it must be".
    pub fn decode(subject: Subject, bytes: &[u8]) -> Result<Self, String> {
        let file = SafeTensors::deserialize(bytes).map_err(|e| format!("a safetensors file ({e})"))?;
        let tensor = |name: String, shape: &[usize]| {
            let due = || format!("a file whose {name} is a float32 tensor of shape {shape:?}, all finite");
            let tensor = file.tensor(&name).map_err(|_| due())?;
            let floats = tensor.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            let values: Vec<f32> = floats.collect();
            let fits = tensor.dtype() == Dtype::F32 && tensor.shape() == shape && values.iter().all(|v| v.is_finite());
            fits.then_some(values).ok_or_else(due)
        };
        let mut layers: [[Vec<f32>; 2]; 3] = Default::default();
        for (i, [inputs, outputs]) in subject.shapes().into_iter().enumerate() {
            layers[i] = [tensor(format!("{i}.weight"), &[inputs, outputs])?, tensor(format!("{i}.bias"), &[outputs])?];
        }
        Ok(Self { subject, layers })
    }

    /// The file for [`decode`](Self::decode).
    pub fn encode(&self) -> Vec<u8> {
        let bytes = |values: &Vec<f32>| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
        let named = self.layers.iter().zip(self.subject.shapes()).enumerate().flat_map(
            |(i, ([weight, bias], [inputs, outputs]))| {
                let weight = (format!("{i}.weight"), vec![inputs, outputs], bytes(weight));
                [weight, (format!("{i}.bias"), vec![outputs], bytes(bias))]
            },
        );
        let tensors: Vec<_> = named.collect();
        let views = tensors.iter().map(|(name, shape, bytes)| {
            (name, TensorView::new(Dtype::F32, shape.clone(), bytes).expect("the shape fits its values"))
        });
        serialize(views, None).expect("plain tensors are always written")
    }

    /// The network with these weights on a device.
    pub fn net(&self, device: &Device) -> FeatureNet {
        let layer = |([weight, bias], [inputs, outputs]): (&[Vec<f32>; 2], [usize; 2])| Linear {
            weight: Param::from_tensor(Tensor::from_data(TensorData::new(weight.clone(), [inputs, outputs]), device)),
            bias: Some(Param::from_tensor(Tensor::from_data(TensorData::new(bias.clone(), [outputs]), device))),
        };
        FeatureNet { layers: self.layers.iter().zip(self.subject.shapes()).map(layer).collect() }
    }
}

impl FeatureNet {
    /// Pictures → features `[n, n_features]`.
    pub fn features(&self, ink: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len() - 1;
        self.layers[..last].iter().fold(ink, |h, layer| activation::relu(layer.forward(h)))
    }

    /// Features → what is said of them: `[n, 10]` logits of digits, `[n, 29]` of faces.
    pub fn logits(&self, features: Tensor<2>) -> Tensor<2> {
        self.layers[self.layers.len() - 1].forward(features)
    }
}

/// Square pictures at another side, `[n, channels · to²]`: each pixel is the mean of what lies under it.
fn resized(pictures: Tensor<2>, from: usize, to: usize) -> Tensor<2> {
    let [n, d] = pictures.dims();
    let planes = n * d / (from * from);
    let overlap = |place: usize| {
        let (i, j) = ((place / to) as f32 / from as f32, (place % to) as f32 / to as f32);
        let shared = (i + 1.0 / from as f32).min(j + 1.0 / to as f32) - i.max(j);
        shared.max(0.0) * to as f32
    };
    let shares = TensorData::new((0..from * to).map(overlap).collect::<Vec<f32>>(), [from, to]);
    let shares = Tensor::<2>::from_data(shares, &pictures.device());
    // Along rows, then along columns.
    let along = |pictures: Tensor<2>, other: usize| {
        let narrow = pictures.reshape([planes * other, from]).matmul(shares.clone());
        narrow.reshape([planes, other, to]).swap_dims(1, 2)
    };
    let rows = along(pictures, from); // [planes, to, from]
    along(rows.reshape([planes * to, from]), to).reshape([n, planes / n * to * to])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    #[test]
    fn resizing_takes_the_mean_of_what_lies_under_a_pixel() {
        // Two channels of 3 × 3 to 2 × 2: the middle row and column go half to either side.
        let picture: Vec<f32> = (0..9).map(|i| i as f32).chain([1.0; 9]).collect();
        let small = resized(Tensor::from_data(TensorData::new(picture, [1, 18]), &device::cpu()), 3, 2);
        let values: Vec<f32> = small.into_data().iter().collect();
        let mean = |a: f32, b: f32, c: f32, d: f32| (a + 0.5 * b + 0.5 * c + 0.25 * d) / 2.25;
        let expected =
            [mean(0.0, 1.0, 3.0, 4.0), mean(2.0, 1.0, 5.0, 4.0), mean(6.0, 3.0, 7.0, 4.0), mean(8.0, 5.0, 7.0, 4.0)];
        assert!(
            values.iter().zip(expected.into_iter().chain([1.0; 4])).all(|(a, b)| (a - b).abs() < 1e-6),
            "{values:?}"
        );
    }
}
