//! Training an autoencoder: encode, decode, compare.
//!
//! | term | formula, mean over the batch, nats a picture |
//! | --- | --- |
//! | reconstruction | Σ over pixels of the cross-entropy −x ln p − (1 − x) ln(1 − p), p the decoded ink |
//! | KL, exact | Σ over the code of ½ (e²ˢ + m² − 1 − 2s): the divergence of N(m, e²ˢ) from N(0, 1) |
//! | KL, as in the lecture | Σ of eˢ − (1 + s) + m² |
//!
//! The loss is reconstruction + β · KL (Kingma and Welling, 2014; β by Higgins et al., 2017). The lecture's form takes
//! s for a log variance in the penalty (and leaves out the ½) but for a log standard deviation in the noise; both
//! forms are least, 0, at m = s = 0. With β = 0 nothing holds the spread, and it shrinks away.

use super::{Learner, rows};
use crate::data::Reals;
use crate::kernel::cross_entropy;
use crate::nn::{Autoencoder, AutoencoderConfig, Code};
use crate::optimizer::OptimizerConfig;
use crate::rng::{Rng, Stream};
use burn::module::Module;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;
use std::sync::Arc;

/// What is trained, on what.
#[derive(Clone)]
pub struct AutoencoderRun {
    pub seed: u64,
    pub data: Arc<dyn Reals>,
    pub likelihood: Likelihood,
    pub net: AutoencoderConfig,
    pub batch: usize,
    pub optimizer: OptimizerConfig,
    pub live: AutoencoderLive,
}

/// What may change while training.
#[derive(Clone, Copy, Debug)]
pub struct AutoencoderLive {
    pub lr: f64,
    pub beta: f64,
    pub kl: Kl,
}

/// What the decoder's numbers say of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Likelihood {
    /// Their logistic is the probability of ink.
    Bernoulli,
    /// They are the middle of a round gaussian of this standard deviation.
    Gaussian { std: f64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kl {
    Exact,
    Lecture,
}

pub struct AutoencoderTrainer {
    pub run: AutoencoderRun,
    learner: Learner<Autoencoder>,
    feed: AutoencoderFeed,
    device: Device,
}

/// Which pictures come next, and the noise on their codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AutoencoderFeed {
    batch: Rng,
    noise: Rng,
}

/// The part of a checkpoint that is not vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AutoencoderProgress {
    vectors: usize,
    updates: u64,
    feed: AutoencoderFeed,
}

/// The two terms of a step's loss, `[1]` each.
pub struct AutoencoderLosses {
    pub reconstruction: Tensor<1>,
    /// None for a plain autoencoder.
    pub kl: Option<Tensor<1>>,
}

impl AutoencoderTrainer {
    pub fn new(run: AutoencoderRun, device: &Device) -> Self {
        let stream = |stream| Rng::new(run.seed, stream);
        Self {
            learner: Learner::new(run.net.init(run.seed, device), run.optimizer),
            feed: AutoencoderFeed { batch: stream(Stream::Batch), noise: stream(Stream::CodeNoise) },
            device: device.clone(),
            run,
        }
    }

    /// One update.
    pub fn step(&mut self) -> AutoencoderLosses {
        let Self { run, learner, feed, device } = self;
        let (batch, d_code) = (run.batch, run.net.decoder.d_input);
        let x = rows(run.data.rows(batch, &mut feed.batch), run.data.dim(), device).autodiff(); // [batch, d]
        let code = learner.net.encode(x.clone());
        let mut noise = || rows(feed.noise.normals(batch * d_code), d_code, device).autodiff();
        let sample = if code.log_std.is_some() { code.sample(noise()) } else { code.mean.clone() };
        let reconstruction = run.likelihood.loss(learner.net.decode(sample), x);
        let kl = kl(&code, run.live.kl);
        let loss = match &kl {
            Some(kl) => reconstruction.clone() + kl.clone().mul_scalar(run.live.beta),
            None => reconstruction.clone(),
        };
        let gradient = learner.gradient(&loss);
        learner.descend(gradient, run.live.lr, None);
        AutoencoderLosses { reconstruction: reconstruction.without_autodiff(), kl: kl.map(Tensor::without_autodiff) }
    }

    /// The network as it is, for looking at.
    pub fn net(&self) -> Autoencoder {
        self.learner.net.valid()
    }

    pub fn n_updates(&self) -> u64 {
        self.learner.n_updates
    }

    pub fn device(&self) -> &Device {
        &self.device
    }

    pub fn save(&self) -> (Vec<Tensor<1>>, AutoencoderProgress) {
        let vectors = self.learner.vectors();
        let (n, updates) = (vectors.len(), self.learner.n_updates);
        (vectors, AutoencoderProgress { vectors: n, updates, feed: self.feed.clone() })
    }

    /// Puts back what [`save`](Self::save) gave, read to the host: vectors end to end.
    ///
    /// # Errors
    ///
    /// When the number of values does not fit this network.
    pub fn restore(&mut self, values: &[f32], progress: &AutoencoderProgress) -> Result<(), String> {
        let n = self.run.net.n_parameters();
        let fits = self.run.optimizer.fits(progress.vectors, progress.updates);
        if !fits || values.len() != n * progress.vectors || progress.updates >= 1 << 53 {
            return Err(format!("{} values do not fit this network", values.len()));
        }
        let vectors = values.chunks_exact(n).map(|vector| Tensor::from_floats(vector, &self.device)).collect();
        self.learner.restore(vectors, progress.updates);
        self.feed = progress.feed.clone();
        Ok(())
    }
}

impl Likelihood {
    /// − ln p(x) of the decoder's `numbers`, mean over rows `[1]`.
    pub fn loss(self, numbers: Tensor<2>, x: Tensor<2>) -> Tensor<1> {
        match self {
            Self::Bernoulli => cross_entropy(numbers, x),
            Self::Gaussian { std } => {
                let d = x.dims()[1] as f64;
                let apart = (numbers - x).square().sum_dim(1).mean();
                apart.mul_scalar(0.5 / (std * std)).add_scalar(d * libm::log(libm::sqrt(TAU) * std))
            }
        }
    }
}

/// The KL term of a batch, mean over pictures `[1]`; none without a spread.
pub fn kl(code: &Code, form: Kl) -> Option<Tensor<1>> {
    let (m, s) = (code.mean.clone(), code.log_std.clone()?);
    let terms = match form {
        Kl::Exact => {
            let variance = s.clone().mul_scalar(2.0).exp();
            (variance + m.square() - s.mul_scalar(2.0)).sub_scalar(1.0).mul_scalar(0.5)
        }
        Kl::Lecture => (s.clone().exp() - s + m.square()).sub_scalar(1.0),
    };
    Some(terms.sum_dim(1).mean())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Shades;
    use crate::data::pictures::strokes;
    use crate::device;
    use crate::nn::{Activation, NetworkConfig};

    fn run(variational: bool) -> AutoencoderRun {
        let decoder = NetworkConfig {
            d_input: 2,
            d_output: 256,
            width: 16,
            depth: 2,
            activation: Activation::Relu,
            ..NetworkConfig::DENSE
        };
        AutoencoderRun {
            seed: 1,
            data: Arc::new(Shades(Arc::new(strokes::strokes(10.0)))),
            likelihood: Likelihood::Bernoulli,
            net: AutoencoderConfig { decoder, variational },
            batch: 8,
            optimizer: OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 },
            live: AutoencoderLive { lr: 1e-3, beta: 1.0, kl: Kl::Exact },
        }
    }

    fn tensor(values: &[f32], d: usize) -> Tensor<2> {
        rows(values.to_vec(), d, &device::cpu())
    }

    /// python: from scipy.stats import norm; from scipy.integrate import quad; import numpy as np
    ///         m, s = [1, -.5], [.3, -1.2]; f = lambda m, s: quad(lambda x: norm.pdf(x, m, np.exp(s)) *
    ///             (norm.logpdf(x, m, np.exp(s)) - norm.logpdf(x)), -12, 12)[0]; print(sum(map(f, m, s)))
    ///         print(sum(np.exp(s) - 1 - np.array(s) + np.square(m)))
    #[test]
    fn the_exact_kl_is_the_integral_and_the_lectures_is_another_number() {
        let code = Code { mean: tensor(&[1.0, -0.5], 2), log_std: Some(tensor(&[0.3, -1.2], 2)) };
        let value = |form| kl(&code, form).unwrap().into_scalar::<f64>();
        assert!((value(Kl::Exact) - 1.481_418_377).abs() < 1e-6, "{}", value(Kl::Exact));
        assert!((value(Kl::Lecture) - 1.801_053_020).abs() < 1e-6, "{}", value(Kl::Lecture));
        let rest = Code { mean: tensor(&[0.0], 1), log_std: Some(tensor(&[0.0], 1)) };
        assert!([Kl::Exact, Kl::Lecture].iter().all(|form| kl(&rest, *form).unwrap().into_scalar::<f64>() == 0.0));
    }

    /// python: import numpy as np; l = np.array([-2., .5, 40.]); x = np.array([0., .25, 1.]); p = 1/(1+np.exp(-l))
    ///         print(-(x*np.log(p) + (1-x)*np.log1p(-np.minimum(p, 1-1e-16))).sum())
    #[test]
    fn the_cross_entropy_is_that_of_the_logistic() {
        let value = cross_entropy(tensor(&[-2.0, 0.5, 40.0], 3), tensor(&[0.0, 0.25, 1.0], 3)).into_scalar::<f64>();
        assert!((value - 0.976_004_995).abs() < 1e-6, "{value}");
    }

    /// scipy.stats.norm.logpdf([.5, 1], [.1, 2], .2).sum()
    #[test]
    fn the_gaussian_likelihood_is_scipys() {
        let value = Likelihood::Gaussian { std: 0.2 }.loss(tensor(&[0.1, 2.0], 2), tensor(&[0.5, 1.0], 2));
        assert!((value.into_scalar::<f64>() - 13.119_001_24).abs() < 1e-5);
    }

    #[test]
    fn training_lowers_the_loss_and_a_restored_run_goes_on_the_same() {
        for variational in [false, true] {
            let mut trainer = AutoencoderTrainer::new(run(variational), &device::cpu());
            let steps = |trainer: &mut AutoencoderTrainer, n| {
                (0..n).map(|_| trainer.step().reconstruction.into_scalar::<f64>()).collect::<Vec<_>>()
            };
            let early = steps(&mut trainer, 200);
            assert!(early[199] < 0.7 * early[0], "{} to {}", early[0], early[199]);
            let (tensors, progress) = trainer.save();
            let values = device::block_on(device::read(tensors)).unwrap().concat();
            let expected = steps(&mut trainer, 3);
            let mut twin = AutoencoderTrainer::new(run(variational), &device::cpu());
            twin.restore(&values, &progress).unwrap();
            assert_eq!(steps(&mut twin, 3), expected);
            assert!(twin.restore(&values[1..], &progress).is_err());
        }
    }

    #[test]
    fn without_the_kl_term_the_spread_shrinks() {
        let spread = |beta| {
            let mut run = run(true);
            run.live.beta = beta;
            run.live.lr = 5e-3;
            let strokes = strokes::strokes(10.0);
            let x = rows(strokes.rows(strokes.train()), 256, &device::cpu());
            let mut trainer = AutoencoderTrainer::new(run, &device::cpu());
            (0..300).for_each(|_| _ = trainer.step());
            trainer.net().encode(x).log_std.unwrap().exp().mean().into_scalar::<f64>()
        };
        let (with, without) = (spread(1.0), spread(0.0));
        assert!(without < 0.6 * with, "{without} against {with}");
    }
}
