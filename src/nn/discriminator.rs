//! The discriminator of points or pictures: what it looks at, and a network that judges it.
//!
//! x `[n, 2]` → Fourier features of each point → `pack` points side by side (Lin et al., 2018, "PacGAN") →
//! with the spread of the minibatch beside them (Karras et al., 2018) → network → logits `[n / pack, 1]`.
//!
//! In the lab: a D that sees one point at a time cannot know that all points are the same; a D that sees
//! several, or how far the batch spreads, can.

use super::fourier_features::FourierFeatures;
use super::{Activation, Architecture, Network, NetworkConfig, Output, on_side_of};
use crate::rng::{Rng, Stream};
use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData};

/// The shape of a [`Discriminator`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiscriminatorConfig {
    /// Numbers in what is judged: 1 or 2 for a point, which alone may have Fourier features.
    pub d_data: usize,
    /// Convolutional only for single pictures: neither packs nor the batch's spread are pictures.
    pub architecture: Architecture,
    pub width: usize,
    pub depth: usize,
    pub activation: Activation,
    pub spectral_norm: bool,
    /// Random frequencies of the Fourier features; 0 for none.
    pub n_frequencies: usize,
    /// Their standard deviation, radians per data unit.
    pub frequency_scale: f64,
    /// Points judged together, at least 1.
    pub pack: usize,
    pub minibatch_std: bool,
}

/// The network. Rows of its output are packs of points.
#[derive(Module, Debug)]
pub struct Discriminator {
    network: Network,
    /// `[1, d_data]`, taken from every row.
    #[module(skip)]
    center: Option<Tensor<2>>,
    #[module(skip)]
    fourier: Option<FourierFeatures>,
    #[module(skip)]
    pack: usize,
    #[module(skip)]
    minibatch_std: bool,
}

/// Packs of real points that stand in for a point's companions when single points are looked at.
const N_COMPANIONS: usize = 4;

/// Keeps the square root's slope finite for a batch without spread.
const EPSILON: f64 = 1e-8;

impl DiscriminatorConfig {
    pub fn init(&self, seed: u64, device: &Device) -> Discriminator {
        let fourier = (self.n_frequencies > 0).then(|| {
            let rng = &mut Rng::new(seed, Stream::Frequencies);
            FourierFeatures::new(self.d_data, self.n_frequencies, self.frequency_scale, rng, device)
        });
        let network = self.network().init(&mut Rng::new(seed, Stream::WeightsD), device);
        Discriminator { network, center: None, fourier, pack: self.pack, minibatch_std: self.minibatch_std }
    }

    /// The network behind the features.
    pub fn network(&self) -> NetworkConfig {
        NetworkConfig {
            d_input: self.pack * (self.d_data + 2 * self.n_frequencies) + usize::from(self.minibatch_std),
            d_output: 1,
            architecture: self.architecture,
            width: self.width,
            depth: self.depth,
            activation: self.activation,
            spectral_norm: self.spectral_norm,
            output: Output::Linear,
        }
    }
}

impl Discriminator {
    /// The same D, which sees how rows differ from `center` `[d_data]`. A network whose inputs have no common part learns
    /// their differences sooner (LeCun et al., 1998).
    #[must_use]
    pub fn about(mut self, center: &[f32], device: &Device) -> Self {
        self.center = Some(Tensor::from_data(TensorData::new(center.to_vec(), [1, center.len()]), device));
        self
    }

    /// A batch of rows x `[n, d_data]`, n a multiple of `pack` → logits `[n / pack, 1]`.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.network.forward(self.seen(x))
    }

    /// [`forward`](Self::forward) with D held fixed: gradients reach x alone.
    pub fn forward_fixed(&self, x: Tensor<2>) -> Tensor<2> {
        self.network.forward_fixed(self.seen(x))
    }

    /// What the network sees of a batch of rows.
    fn seen(&self, x: Tensor<2>) -> Tensor<2> {
        let rows = self.packed(self.features(self.centered(x)));
        let spread = self.minibatch_std.then(|| spread(&rows));
        beside(rows, spread)
    }

    /// Logits and their gradient in the points of the row, `[n / pack, d_data pack]`, both as ordinary graphs.
    /// Not for a D that looks at the whole batch: its slope at one point depends on all others.
    pub fn forward_with_input_gradient(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        debug_assert!(!self.minibatch_std);
        let (n, x) = (x.dims()[0], self.centered(x));
        let Some(fourier) = &self.fourier else {
            return self.network.forward_with_input_gradient(self.packed(x));
        };
        let features = fourier.forward(x);
        let width = features.dims()[1];
        let (logits, gradient) = self.network.forward_with_input_gradient(self.packed(features.clone()));
        let gradient = fourier.pull_back(features, gradient.reshape([n, width])); // [n, d_data]
        (logits, self.packed(gradient))
    }

    /// How single rows x `[n, d_data]` score, `[n, 1]`. A D that judges packs sees each with `real` points `[m, 2]` as
    /// companions (the mean over four sets of them); a D that looks at the batch's spread is told that of `real`.
    pub fn scores(&self, x: Tensor<2>, real: &Tensor<2>) -> Tensor<2> {
        let own = self.features(self.centered(x));
        let scores = self.among(&own, real).map(|rows| self.network.forward(rows));
        scores.reduce(|a, b| a + b).expect("there is at least one set").div_scalar(self.n_sets() as f64)
    }

    /// [`scores`](Self::scores), and ∇ₓD there, `[n, d_data]`.
    pub fn look(&self, x: Tensor<2>, real: &Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let own = self.features(self.centered(x));
        let [n, width] = own.dims();
        let looks = self.among(&own, real).map(|rows| {
            let (score, gradient) = self.network.forward_with_input_gradient(rows);
            (score, gradient.slice([0..n, 0..width]))
        });
        let (score, gradient) = looks.reduce(|a, b| (a.0 + b.0, a.1 + b.1)).expect("there is at least one set");
        let gradient = match &self.fourier {
            Some(fourier) => fourier.pull_back(own, gradient),
            None => gradient,
        };
        let mean = 1.0 / self.n_sets() as f64;
        (score.mul_scalar(mean), gradient.mul_scalar(mean))
    }

    /// What the network sees of single rows with these features `own` `[n, width]`, once for each set of companions.
    fn among<'a>(&'a self, own: &'a Tensor<2>, real: &Tensor<2>) -> impl Iterator<Item = Tensor<2>> + 'a {
        let [n, width] = own.dims();
        // A D of single points needs no company: pictures ask for it many times a second.
        let company = self.pack > 1 || self.minibatch_std;
        let real = company.then(|| self.features(self.centered(real.clone())));
        let spread = real.as_ref().filter(|_| self.minibatch_std).map(|real| {
            let whole_packs = self.pack * (real.dims()[0] / self.pack);
            spread(&self.packed(real.clone().slice([0..whole_packs, 0..width])))
        });
        (0..self.n_sets()).map(move |set| {
            let companion = |k: usize| {
                let (real, at) = (real.as_ref().expect("packs have company"), set * (self.pack - 1) + k - 1);
                real.clone().slice([at..at + 1, 0..width]).expand([n, width])
            };
            let row = match self.pack {
                1 => own.clone(),
                pack => Tensor::cat(std::iter::once(own.clone()).chain((1..pack).map(companion)).collect(), 1),
            };
            beside(row, spread.clone())
        })
    }

    /// Sets of companions that a single row is looked at among.
    fn n_sets(&self) -> usize {
        if self.pack > 1 { N_COMPANIONS } else { 1 }
    }

    /// See [`Network::follow_singular_vectors`].
    pub fn follow_singular_vectors(&mut self) {
        self.network.follow_singular_vectors();
    }

    /// See [`Network::settle_singular_vectors`].
    pub fn settle_singular_vectors(&mut self) {
        self.network.settle_singular_vectors();
    }

    /// B of the Fourier features, flat, where there are any.
    pub fn frequencies(&self) -> Option<Tensor<1>> {
        self.fourier.as_ref().map(FourierFeatures::frequencies)
    }

    /// See [`Network::buffers`].
    pub fn buffers(&self) -> Option<Tensor<1>> {
        self.network.buffers()
    }

    /// See [`Network::restore_buffers`].
    pub fn restore_buffers(&mut self, buffers: &Tensor<1>) {
        self.network.restore_buffers(buffers);
    }

    fn centered(&self, x: Tensor<2>) -> Tensor<2> {
        match &self.center {
            Some(center) => x.clone() - on_side_of(&x, center),
            None => x,
        }
    }

    /// `[n, 2]` → `[n, features of a point]`
    fn features(&self, x: Tensor<2>) -> Tensor<2> {
        match &self.fourier {
            Some(fourier) => fourier.forward(x),
            None => x,
        }
    }

    /// `[n, width]` → `[n / pack, pack width]`
    fn packed(&self, x: Tensor<2>) -> Tensor<2> {
        if self.pack == 1 {
            return x;
        }
        let [n, width] = x.dims();
        x.reshape([n / self.pack, self.pack * width])
    }
}

/// The mean over the columns of their standard deviation over the rows, `[1, 1]`.
fn spread(rows: &Tensor<2>) -> Tensor<2> {
    let centered = rows.clone() - rows.clone().mean_dim(0);
    centered.square().mean_dim(0).add_scalar(EPSILON).sqrt().mean_dim(1)
}

/// The rows with one more column that holds `spread` `[1, 1]`, if there is one.
fn beside(rows: Tensor<2>, spread: Option<Tensor<2>>) -> Tensor<2> {
    let Some(spread) = spread else { return rows };
    let n = rows.dims()[0];
    Tensor::cat(vec![rows, spread.expand([n, 1])], 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    fn config() -> DiscriminatorConfig {
        DiscriminatorConfig {
            d_data: 2,
            architecture: Architecture::Dense,
            width: 8,
            depth: 2,
            activation: Activation::Tanh,
            spectral_norm: false,
            n_frequencies: 0,
            frequency_scale: 2.0,
            pack: 1,
            minibatch_std: false,
        }
    }

    fn points(n: usize, seed: u64) -> Tensor<2> {
        let values = TensorData::new(Rng::new(seed, Stream::Probe).normals(2 * n), [n, 2]);
        Tensor::from_data(values, &device::cpu().autodiff())
    }

    fn worst(a: Tensor<2>, b: Tensor<2>) -> f32 {
        (a.without_autodiff() - b.without_autodiff()).abs().max().into_scalar()
    }

    #[test]
    fn about_a_center_is_the_same_d_of_the_difference() {
        for config in [config(), DiscriminatorConfig { pack: 2, minibatch_std: true, ..config() }] {
            let (d, x, real) = (config.init(1, &device::cpu()), points(8, 1), points(8, 2));
            let moved = |x: &Tensor<2>| x.clone() - points(1, 3);
            let center: Vec<f32> = points(1, 3).into_data().iter().collect();
            let about = d.clone().about(&center, &device::cpu());
            assert!(worst(about.forward(x.clone()), d.forward(moved(&x))) < 1e-6);
            let (ours, theirs) = (about.look(x.clone(), &real), d.look(moved(&x), &moved(&real)));
            assert!(worst(ours.0, theirs.0) < 1e-6 && worst(ours.1, theirs.1) < 1e-6);
        }
    }

    #[test]
    fn the_gradient_in_the_points_is_what_autodiff_finds() {
        for (n_frequencies, pack) in [(0, 1), (3, 1), (0, 3), (3, 2)] {
            let d = DiscriminatorConfig { n_frequencies, pack, ..config() }.init(5, &device::cpu());
            let x = points(12, 1).require_grad();
            let logits = d.clone().no_grad().forward(x.clone());
            assert_eq!(logits.dims(), [12 / pack, 1]);
            let expected = x.grad(&logits.clone().sum().backward()).unwrap().reshape([12 / pack, 2 * pack]);
            let (explicit, gradient) = d.forward_with_input_gradient(x.detach());
            assert!(worst(explicit, logits) < 1e-5);
            assert!(worst(gradient, expected) < 1e-4, "{n_frequencies} frequencies, packs of {pack}");
        }
    }

    #[test]
    fn looking_at_single_points_is_judging_them() {
        let d = DiscriminatorConfig { n_frequencies: 3, ..config() }.init(5, &device::cpu());
        let x = points(6, 1);
        let (score, gradient) = d.look(x.clone(), &points(20, 2));
        let (logits, expected) = d.forward_with_input_gradient(x);
        assert!(worst(score, logits) < 1e-6 && worst(gradient, expected) < 1e-6);
    }

    #[test]
    fn a_pack_is_looked_at_among_real_companions() {
        let d = DiscriminatorConfig { pack: 2, ..config() }.init(5, &device::cpu());
        let (x, real) = (points(1, 1), points(20, 2));
        let by_hand = (0..N_COMPANIONS).map(|k| {
            let companion = real.clone().slice([k..k + 1, 0..2]);
            d.forward(Tensor::cat(vec![x.clone(), companion], 0)).into_scalar::<f32>()
        });
        let by_hand: f32 = by_hand.sum::<f32>() / N_COMPANIONS as f32;
        let found: f32 = d.look(x, &real).0.into_scalar();
        assert!((found - by_hand).abs() < 1e-6, "{found} against {by_hand}");
    }

    /// python: x = np.array([[1., 2], [3, 6]]); np.sqrt(x.var(0) + 1e-8).mean()  # 1.5
    #[test]
    fn the_spread_of_a_batch_is_its_mean_standard_deviation() {
        let rows = Tensor::from_data([[1.0f32, 2.0], [3.0, 6.0]], &device::cpu());
        let found: f32 = spread(&rows).into_scalar();
        assert!((found - 1.5).abs() < 1e-6, "{found}");
        let d = DiscriminatorConfig { minibatch_std: true, ..config() }.init(5, &device::cpu());
        let (narrow, wide) = (points(4, 1), points(4, 1).mul_scalar(3.0));
        let score = |real: &Tensor<2>| d.look(points(1, 9), real).0.into_scalar::<f32>();
        assert_ne!(score(&narrow), score(&wide), "D sees how far the batch spreads");
    }
}
