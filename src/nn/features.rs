//! What a picture of a digit looks like to a small classifier: the space that pictures are compared in.
//!
//! 14 × 14 ink `[n, 196]` → 128 → 32 → 10 logits, ReLU between. The 32 numbers before the last layer are the features
//! (Heusel et al., 2017, use those of Inception). Its weights are trained once, by `examples/features.rs`, and frozen.

use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::tensor::{Device, Tensor, TensorData, activation};
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

/// `[inputs, outputs]` of each layer.
pub const SHAPES: [[usize; 2]; 3] = [[SIDE * SIDE, 128], [128, N_FEATURES], [N_FEATURES, 10]];
/// Pictures are brought to this side first.
pub const SIDE: usize = 14;
pub const N_FEATURES: usize = 32;

/// The network.
#[derive(Module, Debug)]
pub struct FeatureNet {
    layers: Vec<Linear>,
}

/// Its weights and biases, layer by layer, each flat.
pub struct FeatureWeights([[Vec<f32>; 2]; 3]);

impl FeatureWeights {
    pub fn new(layers: [[Vec<f32>; 2]; 3]) -> Self {
        Self(layers)
    }

    /// Reads a safetensors file with `{layer}.weight` and `{layer}.bias`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, in words that follow "it must be".
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
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
        for (i, [inputs, outputs]) in SHAPES.into_iter().enumerate() {
            layers[i] = [tensor(format!("{i}.weight"), &[inputs, outputs])?, tensor(format!("{i}.bias"), &[outputs])?];
        }
        Ok(Self(layers))
    }

    /// The file for [`decode`](Self::decode).
    pub fn encode(&self) -> Vec<u8> {
        let bytes = |values: &Vec<f32>| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
        let named = self.0.iter().zip(SHAPES).enumerate().flat_map(|(i, ([weight, bias], [inputs, outputs]))| {
            let weight = (format!("{i}.weight"), vec![inputs, outputs], bytes(weight));
            [weight, (format!("{i}.bias"), vec![outputs], bytes(bias))]
        });
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
        FeatureNet { layers: self.0.iter().zip(SHAPES).map(layer).collect() }
    }
}

impl FeatureNet {
    /// Ink `[n, 196]` → features `[n, 32]`.
    pub fn features(&self, ink: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len() - 1;
        self.layers[..last].iter().fold(ink, |h, layer| activation::relu(layer.forward(h)))
    }

    /// Features `[n, 32]` → logits of the ten classes `[n, 10]`.
    pub fn logits(&self, features: Tensor<2>) -> Tensor<2> {
        self.layers[self.layers.len() - 1].forward(features)
    }
}

/// Pictures of `side` × `side` ink, `[n, side²]`, at 14 × 14: means of 2 × 2 pixels where they are twice as large.
pub fn at_feature_size(ink: Tensor<2>, side: usize) -> Tensor<2> {
    if side == SIDE {
        return ink;
    }
    let n = ink.dims()[0];
    let halves = ink.reshape([n, SIDE, 2, SIDE, 2]).mean_dim(4).mean_dim(2);
    halves.reshape([n, SIDE * SIDE])
}
