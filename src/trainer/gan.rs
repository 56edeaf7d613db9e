//! The GAN algorithm (Goodfellow et al., 2014), step by step:
//!
//! 1. with G fixed, `d_steps` times: draw real x and noise z, descend D's loss on D(x) and D(G(z));
//! 2. with D fixed, `g_steps` times: draw new noise z, descend G's loss on D(G(z)).
//!
//! Real points and the two kinds of noise come from streams of their own, so updating D and then G by
//! hand gives the same run as taking whole steps.

use super::Learner;
use crate::experiment::{Experiment, Latent};
use crate::nn::{Ema, Mlp, unravel};
use crate::penalty;
use crate::rng::{Rng, Stream};
use burn::module::Module;
use burn::tensor::{Device, Tensor, TensorData};
use serde::{Deserialize, Serialize};

/// Which networks a step updates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Update {
    D,
    G,
    Both,
}

/// The losses of one step, `[1]` each; none for a network that was not updated.
#[derive(Clone)]
pub struct StepLosses {
    pub d: Option<Tensor<1>>,
    pub g: Option<Tensor<1>>,
}

/// The two players and what feeds them.
pub struct Gan {
    pub experiment: Experiment,
    pub g: Learner,
    pub d: Learner,
    pub ema: Ema,
    device: Device,
    real: Rng,
    noise_d: Rng,
    noise_g: Rng,
}

impl Gan {
    pub fn new(experiment: Experiment, device: &Device) -> Self {
        let seed = experiment.seed;
        let net = |config: &crate::nn::MlpConfig, stream| config.init(&mut Rng::new(seed, stream), device);
        let g = Learner::new(net(&experiment.generator, Stream::WeightsG), experiment.optimizer_g);
        let d = Learner::new(net(&experiment.discriminator, Stream::WeightsD), experiment.optimizer_d);
        let ema = Ema { decay: experiment.ema_decay, theta: g.theta.clone() };
        Self {
            ema,
            g,
            d,
            device: device.clone(),
            real: Rng::new(seed, Stream::RealForD),
            noise_d: Rng::new(seed, Stream::NoiseForD),
            noise_g: Rng::new(seed, Stream::NoiseForG),
            experiment,
        }
    }

    /// One step of the algorithm, or the part of it that `update` names.
    pub fn step(&mut self, update: Update) -> StepLosses {
        let (d_steps, g_steps) = match update {
            Update::Both => (self.experiment.live.d_steps, self.experiment.live.g_steps),
            Update::D => (1, 0),
            Update::G => (0, 1),
        };
        let mut losses = StepLosses { d: None, g: None };
        for _ in 0..d_steps {
            losses.d = Some(self.update_d());
        }
        for _ in 0..g_steps {
            losses.g = Some(self.update_g());
        }
        losses
    }

    /// G fixed: D learns to tell `batch` real points from `batch` generated ones. Returns the objective's
    /// loss `[1]`, without the penalty: it is the one that can be read against 2 ln 2.
    fn update_d(&mut self) -> Tensor<1> {
        let live = &self.experiment.live;
        let batch = self.experiment.batch;
        let real = points(self.experiment.data.sample(batch, &mut self.real), &self.device).autodiff(); // [batch, 2]
        let z = noise(&self.experiment, batch, &mut self.noise_d, &self.device); // [batch, latent_dim]
        let fake = self.g.net.valid().forward(z).autodiff(); // [batch, 2]

        let net = &self.d.net;
        let logits_fake = net.forward(fake); // [batch, 1]
        let (loss, lr) = (|real| live.objective.discriminator_loss(real, logits_fake), live.lr_d);
        if live.r1 > 0.0 {
            let (logits_real, gradient) = net.forward_with_input_gradient(real);
            let loss = loss(logits_real);
            self.d.descend(&(loss.clone() + penalty::r1(gradient, live.r1)), lr);
            loss.without_autodiff()
        } else {
            let loss = loss(net.forward(real));
            self.d.descend(&loss, lr);
            loss.without_autodiff()
        }
    }

    /// D fixed: G learns to score higher with `batch` new points. Returns G's loss `[1]`.
    fn update_g(&mut self) -> Tensor<1> {
        let live = &self.experiment.live;
        let z = noise(&self.experiment, self.experiment.batch, &mut self.noise_g, &self.device);
        let fake = self.g.net.forward(z.autodiff()); // [batch, 2]
        let logits = self.d.net.clone().no_grad().forward(fake); // [batch, 1]
        let loss = live.objective.generator_loss(logits);
        self.g.descend(&loss, live.lr_g);
        self.ema.update(&self.g.theta);
        loss.without_autodiff()
    }

    /// G as it is, for looking at.
    pub fn generator(&self) -> Mlp {
        self.g.net.valid()
    }

    /// G with its averaged parameters.
    pub fn generator_ema(&self) -> Mlp {
        unravel(self.g.net.valid(), &self.ema.theta)
    }

    /// D as it is, for looking at.
    pub fn discriminator(&self) -> Mlp {
        self.d.net.valid()
    }

    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Everything that training changes: tensors (to be read from the device) and the rest.
    pub fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let (g, d) = (self.g.vectors(), self.d.vectors());
        let progress = Progress {
            g_vectors: g.len(),
            d_vectors: d.len(),
            g_updates: self.g.n_updates,
            d_updates: self.d.n_updates,
            streams: [&self.real, &self.noise_d, &self.noise_g].map(Clone::clone),
        };
        (g.into_iter().chain(d).chain([self.ema.theta.clone()]).collect(), progress)
    }

    /// Puts back what [`save`](Self::save) gave, read to the host: vectors end to end.
    ///
    /// # Errors
    ///
    /// When the number of values does not fit these networks.
    pub fn restore(&mut self, values: &[f32], progress: &Progress) -> Result<(), String> {
        let (n_g, n_d) = (self.experiment.generator.n_parameters(), self.experiment.discriminator.n_parameters());
        let sizes = || {
            let g = std::iter::repeat_n(n_g, progress.g_vectors);
            g.chain(std::iter::repeat_n(n_d, progress.d_vectors)).chain([n_g])
        };
        let (optimizer_g, optimizer_d) = (self.experiment.optimizer_g, self.experiment.optimizer_d);
        let fits = optimizer_g.fits(progress.g_vectors, progress.g_updates)
            && optimizer_d.fits(progress.d_vectors, progress.d_updates);
        if !fits || sizes().sum::<usize>() != values.len() {
            return Err(format!("{} values do not fit these networks", values.len()));
        }
        let mut rest = values;
        let mut vectors: Vec<Tensor<1>> = sizes()
            .map(|n| {
                let (head, tail) = rest.split_at(n);
                rest = tail;
                Tensor::from_floats(head, &self.device)
            })
            .collect();
        self.ema.theta = vectors.pop().expect("the average comes last");
        let d = vectors.split_off(progress.g_vectors);
        self.g.restore(vectors, progress.g_updates);
        self.d.restore(d, progress.d_updates);
        [self.real, self.noise_d, self.noise_g] = progress.streams.clone();
        Ok(())
    }
}

/// The part of a checkpoint that is not tensors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// How many vectors each network brings: θ and its optimiser's state.
    pub g_vectors: usize,
    pub d_vectors: usize,
    pub g_updates: u64,
    pub d_updates: u64,
    /// Real points, D's noise, G's noise.
    pub streams: [Rng; 3],
}

/// Noise for `n` points, `[n, latent_dim]`.
pub fn noise(experiment: &Experiment, n: usize, rng: &mut Rng, device: &Device) -> Tensor<2> {
    let values = match experiment.latent {
        Latent::Gaussian => rng.normals(n * experiment.latent_dim),
        Latent::Uniform => rng.uniforms(n * experiment.latent_dim),
    };
    Tensor::from_data(TensorData::new(values, [n, experiment.latent_dim]), device)
}

/// Flat coordinates as `[n, 2]`.
pub fn points(values: Vec<f32>, device: &Device) -> Tensor<2> {
    let n = values.len() / 2;
    Tensor::from_data(TensorData::new(values, [n, 2]), device)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::settings::Settings;

    fn gan(settings: &[(&str, &str)]) -> Gan {
        let raw = settings.iter().map(|(k, v)| (k.to_string(), (*v).into())).collect();
        Gan::new(Experiment::from(&Settings::parse(&raw).unwrap()), &device::cpu())
    }

    fn losses(gan: &mut Gan, n: usize) -> Vec<f32> {
        let step = |_| {
            let StepLosses { d, g } = gan.step(Update::Both);
            [d, g].map(|loss| loss.unwrap().into_scalar::<f32>())
        };
        (0..n).flat_map(step).collect()
    }

    fn theta(gan: &Gan) -> Vec<f32> {
        [&gan.g.theta, &gan.d.theta, &gan.ema.theta]
            .into_iter()
            .flat_map(|t| t.to_data().iter::<f32>().collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_200_losses_twice() {
        let run = |seed| losses(&mut gan(&[("seed", seed)]), 200);
        let first = run("4");
        assert!(first.iter().all(|v| v.is_finite()));
        assert_eq!(first, run("4"));
        assert_ne!(first, run("5"));
    }

    #[test]
    fn d_then_g_by_hand_is_a_whole_step() {
        let (mut whole, mut by_hand) = (gan(&[]), gan(&[]));
        for _ in 0..5 {
            whole.step(Update::Both);
            by_hand.step(Update::D);
            by_hand.step(Update::G);
        }
        assert_eq!(theta(&whole), theta(&by_hand));
    }

    #[test]
    fn a_fixed_network_does_not_move() {
        let mut gan = gan(&[]);
        let before = [&gan.g.theta, &gan.d.theta].map(|t| t.to_data());
        gan.step(Update::D);
        assert_eq!(gan.g.theta.to_data(), before[0]);
        assert_ne!(gan.d.theta.to_data(), before[1]);
        let d = gan.d.theta.to_data();
        gan.step(Update::G);
        assert_eq!(gan.d.theta.to_data(), d);
        assert_ne!(gan.g.theta.to_data(), before[0]);
    }

    #[test]
    fn a_restored_run_goes_on_as_if_nothing_had_happened() {
        for optimizer in ["adam", "sgd"] {
            let settings =
                [("optimizer_g", optimizer), ("optimizer_d", optimizer), ("momentum", "0.5"), ("width_g", "8")];
            let mut original = gan(&settings);
            losses(&mut original, 7);
            let (tensors, progress) = original.save();
            let values = device::block_on(device::read(tensors)).unwrap().concat();
            let mut twin = gan(&settings);
            twin.restore(&values, &progress).unwrap();
            assert_eq!(losses(&mut original, 5), losses(&mut twin, 5));
            assert_eq!(theta(&original), theta(&twin));
            assert!(twin.restore(&values[1..], &progress).is_err());
        }
    }
}
