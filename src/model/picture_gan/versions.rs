//! G and D as they were: version 1, 2, 3 … of each, kept through a run, and what each D says of each G.

use crate::nn::{Discriminator, Generator};
use burn::tensor::Tensor;
use std::cell::RefCell;

/// Versions kept; then every second one goes, and they are kept twice as far apart.
const MOST: usize = 8;
/// Steps between the first versions.
const FIRST_GAP: u64 = 100;

#[derive(Clone)]
pub struct Version {
    pub step: u64,
    pub g: Generator,
    pub d: Discriminator,
}

#[derive(Clone)]
pub struct Versions {
    gap: u64,
    /// In order; those after `now` belong to a future that may or may not come again.
    kept: Vec<Version>,
    now: u64,
    /// What [`scores`](Self::scores) gave: looked at many times a second, it changes once in hundreds of steps.
    scores: RefCell<Option<Tensor<2>>>,
}

impl Default for Versions {
    fn default() -> Self {
        Self { gap: FIRST_GAP, kept: Vec::new(), now: 0, scores: RefCell::default() }
    }
}

impl Versions {
    /// The run has come to `step`: keeps this version if it is time to. A future known from going back is forgotten.
    pub fn take(&mut self, step: u64, version: impl FnOnce() -> (Generator, Discriminator)) {
        self.kept.truncate(self.kept().len());
        self.now = step;
        if self.kept.last().is_some_and(|last| step < last.step + self.gap) {
            return;
        }
        self.scores.take();
        let (g, d) = version();
        self.kept.push(Version { step, g, d });
        if self.kept.len() > MOST {
            let mut keep = [true, false].into_iter().cycle();
            self.kept.retain(|_| keep.next() == Some(true));
            self.gap *= 2;
        }
    }

    /// Those up to now.
    pub fn kept(&self) -> &[Version] {
        &self.kept[..self.kept.partition_point(|version| version.step <= self.now)]
    }

    /// The run has gone back, or forth, to `step`.
    pub fn go_to(&mut self, step: u64) {
        self.now = step;
        self.scores.take();
    }

    /// Pictures of every version from the same `noise`, `[n_versions · n, d]`.
    pub fn pictures(&self, noise: &Tensor<2>) -> Option<Tensor<2>> {
        let pictures: Vec<_> = self.kept().iter().map(|version| version.g.forward(noise.clone())).collect();
        (!pictures.is_empty()).then(|| Tensor::cat(pictures, 0))
    }

    /// What every D has against the first picture of its own G, from the same `noise` `[1, …]`: ∇D there, `[n_versions, d]`.
    pub fn objections(&self, noise: &Tensor<2>, real: &Tensor<2>) -> Option<Tensor<2>> {
        let slope = |version: &Version| version.d.look(version.g.forward(noise.clone()), real).1;
        let slopes: Vec<_> = self.kept().iter().map(slope).collect();
        (!slopes.is_empty()).then(|| Tensor::cat(slopes, 0))
    }

    /// How every D scores every picture of every G, `[n_versions of D, n_versions of G · n]`, in logits; `noise` and
    /// `real` are the same all through a run.
    pub fn scores(&self, noise: &Tensor<2>, real: &Tensor<2>) -> Option<Tensor<2>> {
        if self.scores.borrow().is_none() {
            let pictures = self.pictures(noise)?;
            let n = pictures.dims()[0];
            let row = |version: &Version| version.d.scores(pictures.clone(), real).reshape([1, n]);
            *self.scores.borrow_mut() = Some(Tensor::cat(self.kept().iter().map(row).collect(), 0));
        }
        self.scores.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::nn::{Activation, Architecture, DiscriminatorConfig, GeneratorConfig, NetworkConfig, Output};
    use crate::rng::{Rng, Stream};
    use burn::module::Module;

    fn players() -> (Generator, Discriminator) {
        let (architecture, activation) = (Architecture::Dense, Activation::Relu);
        let [d_input, d_output, width, depth] = [1, 4, 1, 1];
        let network = NetworkConfig {
            d_input,
            d_output,
            architecture,
            width,
            depth,
            activation,
            output: Output::Tanh,
            ..NetworkConfig::DENSE
        };
        let g = GeneratorConfig { network, n_given: 0 };
        let d = DiscriminatorConfig {
            d_data: 4,
            architecture,
            width,
            depth,
            activation,
            spectral_norm: false,
            n_frequencies: 0,
            frequency_scale: 0.0,
            pack: 1,
            minibatch_std: false,
        };
        (g.init(&mut Rng::new(1, Stream::WeightsG), &device::cpu()).valid(), d.init(1, &device::cpu()).valid())
    }

    fn steps(versions: &Versions) -> Vec<u64> {
        versions.kept().iter().map(|version| version.step).collect()
    }

    #[test]
    fn versions_spread_out_and_outlive_going_back() {
        let mut versions = Versions::default();
        (0..=1_000).for_each(|step| versions.take(step, players));
        assert_eq!(steps(&versions), [0, 200, 400, 600, 800, 1_000]);
        versions.go_to(500);
        assert_eq!(steps(&versions), [0, 200, 400]);
        versions.go_to(1_000);
        assert_eq!(steps(&versions), [0, 200, 400, 600, 800, 1_000]);
        versions.go_to(500);
        versions.take(501, players);
        versions.go_to(1_000);
        assert_eq!(steps(&versions), [0, 200, 400], "another future has begun");
        (502..=700).for_each(|step| versions.take(step, players));
        assert_eq!(steps(&versions), [0, 200, 400, 600]);
    }
}
