//! Both networks as a safetensors file, for Python (`safetensors.numpy.load_file`) and back.
//!
//! | tensor | shape |
//! | --- | --- |
//! | `generator.{layer}.weight`, `generator_ema.…`, `discriminator.…` | `[inputs, outputs]` |
//! | `generator.{layer}.bias`, … | `[outputs]` |
//! | `discriminator.frequencies`, where D has Fourier features | `[2, n]` |
//!
//! A layer is `x @ weight + bias`. The file's metadata hold `settings` (JSON) and `step`.

use super::Gan;
use crate::protocol::RawSettings;
use burn::tensor::Tensor;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use std::collections::HashMap;

/// The networks in the file, in the order of [`Gan::weights`].
const NETWORKS: [&str; 3] = ["generator", "generator_ema", "discriminator"];

impl Gan {
    /// What a file holds: θ of G, of its average and of D, and D's frequencies if it has any, flat.
    pub fn weights(&self) -> Vec<Tensor<1>> {
        let thetas = [&self.g.theta, self.g.average(), &self.d.theta].map(Clone::clone);
        thetas.into_iter().chain(self.d.net.frequencies()).collect()
    }

    /// The file for [`weights`](Self::weights), read to the host.
    pub fn encode_weights(&self, values: &[Vec<f32>], settings: String, step: u64) -> Vec<u8> {
        let mut tensors: Vec<(String, Vec<usize>, &[f32])> = Vec::new();
        for ((network, shapes), theta) in NETWORKS.iter().zip(self.layer_shapes()).zip(values) {
            let mut rest = theta.as_slice();
            for (layer, [inputs, outputs]) in shapes.into_iter().enumerate() {
                for (name, shape) in [("weight", vec![inputs, outputs]), ("bias", vec![outputs])] {
                    let (head, tail) = rest.split_at(shape.iter().product());
                    rest = tail;
                    tensors.push((format!("{network}.{layer}.{name}"), shape, head));
                }
            }
        }
        if let Some(frequencies) = values.get(NETWORKS.len()) {
            tensors.push(("discriminator.frequencies".into(), vec![2, frequencies.len() / 2], frequencies));
        }
        let bytes: Vec<Vec<u8>> =
            tensors.iter().map(|(.., values)| values.iter().flat_map(|v| v.to_le_bytes()).collect()).collect();
        let views = tensors.iter().zip(&bytes).map(|((name, shape, _), bytes)| {
            (name, TensorView::new(Dtype::F32, shape.clone(), bytes).expect("the shape fits its values"))
        });
        let about = HashMap::from([("settings".into(), settings), ("step".into(), step.to_string())]);
        serialize(views, Some(about)).expect("plain tensors are always written")
    }

    /// Puts the weights of a file in place, with fresh optimisers. Without an average, G itself is it.
    ///
    /// # Errors
    ///
    /// What is wrong with the file, in words that follow "it must be".
    pub fn decode_weights(&mut self, bytes: &[u8]) -> Result<(), String> {
        let file = SafeTensors::deserialize(bytes).map_err(|e| format!("a safetensors file ({e})"))?;
        let [g, ema, d] = self.layer_shapes();
        let g = theta(&file, "generator", &g)?;
        let ema = if file.tensor("generator_ema.0.weight").is_ok() {
            theta(&file, "generator_ema", &ema)?
        } else {
            g.clone()
        };
        let d = theta(&file, "discriminator", &d)?;
        let [g, ema, d] = [g, ema, d].map(|values| Tensor::from_floats(values.as_slice(), self.device()));
        self.g.restore(vec![g], 0);
        self.d.restore(vec![d], 0);
        self.d.net.settle_singular_vectors();
        self.g.restore_average(ema);
        Ok(())
    }

    /// `[inputs, outputs]` of each layer of each of [`NETWORKS`].
    fn layer_shapes(&self) -> [Vec<[usize; 2]>; 3] {
        let g = self.experiment.generator.network.shapes();
        [g.clone(), g, self.experiment.discriminator.network().shapes()]
    }
}

/// The settings that a file was saved with; none where it does not say.
pub fn settings(bytes: &[u8]) -> Option<RawSettings> {
    let (_, metadata) = SafeTensors::read_metadata(bytes).ok()?;
    serde_json::from_str(metadata.metadata().as_ref()?.get("settings")?).ok()
}

/// One network's parameters, end to end.
fn theta(file: &SafeTensors, network: &str, shapes: &[[usize; 2]]) -> Result<Vec<f32>, String> {
    let mut values = Vec::new();
    for (layer, [inputs, outputs]) in shapes.iter().enumerate() {
        for (name, shape) in [("weight", vec![*inputs, *outputs]), ("bias", vec![*outputs])] {
            let name = format!("{network}.{layer}.{name}");
            let due = || format!("a file whose {name} is a float32 tensor of shape {shape:?}");
            let tensor = file.tensor(&name).map_err(|_| due())?;
            if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
                return Err(due());
            }
            let floats = tensor.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            values.extend(floats);
        }
    }
    if values.iter().any(|v| !v.is_finite()) {
        return Err(format!("a file whose {network} holds finite numbers"));
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points::{self, Source};
    use crate::device;
    use crate::model;
    use crate::trainer::Experiment;
    use crate::trainer::Stride;
    use std::sync::Arc;

    fn gan(seed: u32, width: u32) -> Gan {
        let ring = Arc::new(Source::Registered(points::find("ring8").unwrap()));
        let raw = [("seed", seed), ("width_g", width), ("fourier", 3)].map(|(k, v)| (k.to_string(), v.into())).into();
        Gan::new(Experiment::new(&model::settings(&raw).unwrap(), ring), &device::cpu())
    }

    fn values(gan: &Gan) -> Vec<Vec<f32>> {
        device::block_on(device::read(gan.weights())).unwrap()
    }

    #[test]
    fn a_file_brings_the_weights_back() {
        let mut original = gan(1, 8);
        original.advance(Stride::Both);
        let bytes = original.encode_weights(&values(&original), r#"{"seed":1}"#.into(), 1);
        assert_eq!(settings(&bytes).unwrap()["seed"], 1);
        let mut twin = gan(1, 8);
        twin.decode_weights(&bytes).unwrap();
        assert_eq!(values(&twin), values(&original));
        twin.advance(Stride::Both);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let bytes = gan(1, 8).encode_weights(&values(&gan(1, 8)), "{}".into(), 0);
        let mut other = gan(1, 9);
        let before = values(&other);
        let message = other.decode_weights(&bytes).unwrap_err();
        assert_eq!(message, "a file whose generator.0.weight is a float32 tensor of shape [2, 9]");
        assert!(other.decode_weights(b"junk").unwrap_err().starts_with("a safetensors file"));
        assert!(other.decode_weights(&bytes[..bytes.len() - 1]).is_err());
        assert_eq!(values(&other), before);
    }
}
