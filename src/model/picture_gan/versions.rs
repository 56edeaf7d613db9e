//! G and D as they were: version 1, 2, 3 … of each, kept through a run, and what each D says of each G.

use crate::nn::{Discriminator, Network};
use burn::tensor::Tensor;

/// Versions kept; then every second one goes, and they are kept twice as far apart.
const MOST: usize = 8;
/// Steps between the first versions.
const FIRST_GAP: u64 = 100;

pub struct Version {
    pub step: u64,
    pub g: Network,
    pub d: Discriminator,
}

pub struct Versions {
    gap: u64,
    kept: Vec<Version>,
}

impl Default for Versions {
    fn default() -> Self {
        Self { gap: FIRST_GAP, kept: Vec::new() }
    }
}

impl Versions {
    /// Keeps this version if it is time to.
    pub fn take(&mut self, step: u64, version: impl FnOnce() -> (Network, Discriminator)) {
        if self.kept.last().is_some_and(|last| step < last.step + self.gap) {
            return;
        }
        let (g, d) = version();
        self.kept.push(Version { step, g, d });
        if self.kept.len() > MOST {
            let mut keep = [true, false].into_iter().cycle();
            self.kept.retain(|_| keep.next() == Some(true));
            self.gap *= 2;
        }
    }

    pub fn kept(&self) -> &[Version] {
        &self.kept
    }

    /// Pictures of every version from the same `noise`, `[n_versions · n, d]`.
    pub fn pictures(&self, noise: &Tensor<2>) -> Option<Tensor<2>> {
        let pictures: Vec<_> = self.kept.iter().map(|version| version.g.forward(noise.clone())).collect();
        (!pictures.is_empty()).then(|| Tensor::cat(pictures, 0))
    }

    /// How every D scores every picture of every G, `[n_versions of D, n_versions of G · n]`, in logits.
    pub fn scores(&self, noise: &Tensor<2>, real: &Tensor<2>) -> Option<Tensor<2>> {
        let pictures = self.pictures(noise)?;
        let n = pictures.dims()[0];
        let row = |version: &Version| version.d.look(pictures.clone(), real).0.reshape([1, n]);
        Some(Tensor::cat(self.kept.iter().map(row).collect(), 0))
    }
}
