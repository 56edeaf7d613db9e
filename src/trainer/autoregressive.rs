//! A generator that writes token by token, each from what stands before it: p(x) = Π p(xₜ | x₁ … xₜ₋₁), trained by maximum
//! likelihood (Bengio et al., 2003). With nothing to read, every place is written by itself: p(x) = Π p(xₜ).
//!
//! For sentences of L places over V tokens the network sees `[L · V + L + d_about]`: what stands before the place in one-hot
//! form, 0 from there on; the place itself; and what the sentence is about, if anything (Vinyals et al., 2015, "Show and
//! tell").

use super::{Learner, rows};
use crate::data::language::{Sentences, Texts};
use crate::nn::{Activation, Network, NetworkConfig, one_hot};
use crate::optimizer::OptimizerConfig;
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use burn::module::Module;
use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is trained, on what.
#[derive(Clone)]
pub struct AutoregressiveRun {
    pub seed: u64,
    pub texts: Arc<dyn Texts>,
    /// See what stands before, or only the place?
    pub reads: bool,
    pub net: NetworkConfig,
    pub batch: usize,
    pub optimizer: OptimizerConfig,
    pub ema_decay: f64,
    pub lr: f64,
}

pub struct Autoregressive {
    pub run: AutoregressiveRun,
    learner: Learner<Network>,
    /// Which sentences come next.
    feed: Rng,
    device: Device,
}

/// The part of a checkpoint that is not vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AutoregressiveProgress {
    vectors: usize,
    updates: u64,
    feed: Rng,
}

impl AutoregressiveRun {
    /// As the settings of a writer say; does it see what stands before?
    pub fn new(s: &Settings, texts: Arc<dyn Texts>, reads: bool) -> Self {
        let net = NetworkConfig {
            d_input: Self::d_input(&*texts, reads),
            d_output: texts.language().tokens.len(),
            width: s.integer("width") as usize,
            depth: s.integer("depth") as usize,
            activation: Activation::of(s.choice("activation")),
            ..NetworkConfig::DENSE
        };
        Self {
            seed: s.integer("seed"),
            texts,
            reads,
            net,
            batch: s.integer("batch") as usize,
            optimizer: OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 },
            ema_decay: s.number("ema"),
            lr: s.number("lr"),
        }
    }

    /// Numbers that a network of this kind sees.
    pub fn d_input(texts: &dyn Texts, reads: bool) -> usize {
        let language = texts.language();
        language.length + texts.d_about() + if reads { language.dim() } else { 0 }
    }
}

impl Autoregressive {
    pub fn new(run: AutoregressiveRun, device: &Device) -> Self {
        let net = run.net.init(&mut Rng::new(run.seed, Stream::WeightsG), device);
        let learner = Learner::new(net, run.optimizer).averaged(run.ema_decay);
        Self { learner, feed: Rng::new(run.seed, Stream::RealForG), device: device.clone(), run }
    }

    /// One update. The loss `[1]`: nats a sentence, mean over the batch.
    pub fn step(&mut self) -> Tensor<1> {
        let batch = self.run.texts.draw(self.run.batch, &mut self.feed);
        let [seen, due] = table(&self.run, &batch, &self.device).map(Tensor::autodiff);
        let log_p = log_softmax(self.learner.net.forward(seen), 1); // [batch · L, V]
        let loss = (log_p * due).sum().neg().div_scalar(self.run.batch as f64);
        let gradient = self.learner.gradient(&loss);
        self.learner.descend(gradient, self.run.lr, None);
        loss.without_autodiff()
    }

    /// ln p of every token of some sentences, `[n, L]`.
    pub fn log_chances(&self, net: &Network, sentences: &Sentences) -> Tensor<2> {
        let [seen, due] = table(&self.run, sentences, &self.device);
        let log_p = (log_softmax(net.forward(seen), 1) * due).sum_dim(1); // [n · L, 1]
        log_p.reshape([sentences.tokens.len(), self.run.texts.language().length])
    }

    /// Writes sentences in one-hot form, `[n, L · V]`, with ln p of each token `[n, L]`. `noise` `[n, L · V]` is Gumbel's:
    /// the largest of log p + noise is a draw from p (Gumbel, 1954), and no number has to be read from the device. `about`
    /// `[n, d_about]`, where sentences are about something.
    pub fn write(&self, net: &Network, noise: &Tensor<2>, about: Option<&Tensor<2>>) -> [Tensor<2>; 2] {
        let (chosen, log_p) = self.spell(net, noise, about);
        let own = log_p.iter().zip(&chosen).map(|(log_p, token)| (log_p.clone() * token.clone()).sum_dim(1)).collect();
        [Tensor::cat(chosen, 1), Tensor::cat(own, 1)]
    }

    /// For each place the token that is written there, one-hot, and ln p of every token, `[n, V]` each.
    pub fn spell(
        &self,
        net: &Network,
        noise: &Tensor<2>,
        about: Option<&Tensor<2>>,
    ) -> (Vec<Tensor<2>>, Vec<Tensor<2>>) {
        let language = self.run.texts.language();
        let (length, n_tokens, n) = (language.length, language.tokens.len(), noise.dims()[0]);
        let (mut written, mut log_chances) = (Vec::new(), Vec::new());
        for place in 0..length {
            let mut at = vec![0.0; length];
            at[place] = 1.0;
            let at = rows(at, length, &self.device).expand([n, length]);
            let mut seen: Vec<Tensor<2>> = Vec::new();
            if self.run.reads {
                seen.extend(written.iter().cloned());
                seen.push(Tensor::zeros([n, (length - place) * n_tokens], &self.device));
            }
            seen.push(at);
            seen.extend(about.cloned());
            let seen = Tensor::cat(seen, 1);
            let log_p = log_softmax(net.forward(seen), 1); // [n, V]
            let token = one_hot(log_p.clone() + noise.clone().slice([0..n, place * n_tokens..(place + 1) * n_tokens]));
            log_chances.push(log_p);
            written.push(token);
        }
        (written, log_chances)
    }

    /// The network as it is, for looking at.
    pub fn net(&self) -> Network {
        self.learner.net.valid()
    }

    /// The network with its averaged parameters.
    pub fn net_ema(&self) -> Network {
        self.learner.averaged_net()
    }

    pub fn n_updates(&self) -> u64 {
        self.learner.n_updates
    }

    pub fn device(&self) -> &Device {
        &self.device
    }

    pub fn save(&self) -> (Vec<Tensor<1>>, AutoregressiveProgress) {
        let mut vectors = self.learner.vectors();
        let progress =
            AutoregressiveProgress { vectors: vectors.len(), updates: self.learner.n_updates, feed: self.feed.clone() };
        vectors.push(self.learner.average().clone());
        (vectors, progress)
    }

    /// Puts back what [`save`](Self::save) gave, read to the host: vectors end to end.
    ///
    /// # Errors
    ///
    /// When the number of values does not fit this network.
    pub fn restore(&mut self, values: &[f32], progress: &AutoregressiveProgress) -> Result<(), String> {
        let n = self.run.net.n_parameters();
        let fits = self.run.optimizer.fits(progress.vectors, progress.updates);
        if !fits || values.len() != n * (progress.vectors + 1) || progress.updates >= 1 << 53 {
            return Err(format!("{} values do not fit this network", values.len()));
        }
        let mut vectors: Vec<Tensor<1>> =
            values.chunks_exact(n).map(|vector| Tensor::from_floats(vector, &self.device)).collect();
        self.learner.restore_average(vectors.pop().expect("the average comes last"));
        self.learner.restore(vectors, progress.updates);
        self.feed = progress.feed.clone();
        Ok(())
    }
}

/// For each place of each sentence a row: what is seen `[n · L, d_input]`, and the token due `[n · L, V]`.
fn table(run: &AutoregressiveRun, Sentences { tokens, about }: &Sentences, device: &Device) -> [Tensor<2>; 2] {
    let (language, d_about) = (run.texts.language(), run.texts.d_about());
    let (length, n_tokens) = (language.length, language.tokens.len());
    let d_input = run.net.d_input;
    let d_read = d_input - d_about - length;
    let mut seen = vec![0.0; tokens.len() * length * d_input];
    let mut due = vec![0.0; tokens.len() * length * n_tokens];
    let places = (0..tokens.len()).flat_map(|sentence| (0..length).map(move |place| (sentence, place)));
    for (row, (sentence, place)) in places.enumerate() {
        let (seen, tokens) = (&mut seen[row * d_input..][..d_input], tokens[sentence]);
        if run.reads {
            tokens[..place].iter().enumerate().for_each(|(t, token)| seen[t * n_tokens + *token as usize] = 1.0);
        }
        seen[d_read + place] = 1.0;
        seen[d_read + length..].copy_from_slice(&about[sentence * d_about..][..d_about]);
        due[row * n_tokens + tokens[place] as usize] = 1.0;
    }
    [rows(seen, d_input, device), rows(due, n_tokens, device)]
}

/// Gumbel noise −ln(−ln u), `[n, d]`.
pub fn gumbel(n: usize, d: usize, rng: &mut Rng, device: &Device) -> Tensor<2> {
    let one = |_| -libm::log(-libm::log(rng.uniform().max(f64::MIN_POSITIVE))) as f32;
    rows((0..n * d).map(one).collect(), d, device)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::language::Language;
    use crate::device;

    fn writer(grammar: &str, reads: bool) -> Autoregressive {
        let language = Language::of_grammar(grammar).unwrap();
        let net = NetworkConfig {
            d_input: AutoregressiveRun::d_input(&language, reads),
            d_output: language.tokens.len(),
            width: 16,
            depth: usize::from(reads),
            activation: Activation::Relu,
            ..NetworkConfig::DENSE
        };
        let optimizer = OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 };
        let texts = Arc::new(language);
        let run = AutoregressiveRun { seed: 1, texts, reads, net, batch: 32, optimizer, ema_decay: 0.9, lr: 0.01 };
        Autoregressive::new(run, &device::cpu())
    }

    const AGREE: &str = "s = <a> b <a> | <c> d <c>\na = a | e\nc = c | f";

    fn about_nothing<'a>(tokens: impl IntoIterator<Item = &'a [u8]>) -> Sentences<'a> {
        Sentences { tokens: tokens.into_iter().collect(), about: Vec::new() }
    }

    fn flat<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().iter::<f32>().collect()
    }

    /// The sum over all strings there are of what the network gives each.
    #[test]
    fn probabilities_of_all_strings_sum_to_1() {
        for reads in [false, true] {
            let mut writer = writer("s = a b | b | c a", reads);
            (0..5).for_each(|_| _ = writer.step());
            let n_tokens = writer.run.texts.language().tokens.len() as u8;
            assert_eq!(n_tokens, 4, "three words and the end");
            let all: Vec<[u8; 2]> = (0..n_tokens).flat_map(|a| (0..n_tokens).map(move |b| [a, b])).collect();
            let log_p = flat(writer.log_chances(&writer.net(), &about_nothing(all.iter().map(|row| &row[..]))));
            let mass: f32 = log_p.chunks(2).map(|row| (row[0] + row[1]).exp()).sum();
            assert!((mass - 1.0).abs() < 1e-5, "{reads}: {mass}");
        }
    }

    #[test]
    fn what_is_written_follows_the_probabilities_it_comes_with() {
        let mut writer = writer(AGREE, true);
        (0..50).for_each(|_| _ = writer.step());
        let (net, n) = (writer.net(), 4_000);
        let noise = gumbel(n, writer.run.texts.language().dim(), &mut Rng::new(3, Stream::Probe), &device::cpu());
        let [written, log_p] = writer.write(&net, &noise, None);
        let written = writer.run.texts.language().read(&flat(written));
        let again = flat(writer.log_chances(&net, &about_nothing(written.iter().map(Vec::as_slice))));
        assert!(flat(log_p).iter().zip(&again).all(|(a, b)| (a - b).abs() < 1e-4));
        for sentence in writer.run.texts.language().sentences() {
            let p = flat(writer.log_chances(&net, &about_nothing([sentence.as_slice()]))).iter().sum::<f32>().exp();
            let share = written.iter().filter(|row| *row == sentence).count() as f32 / n as f32;
            assert!((share - p).abs() < 4.0 * (p / n as f32).sqrt() + 1e-3, "{sentence:?}: {share} for {p}");
        }
    }

    /// First and last word agree: who reads what stands before learns it, who does not cannot.
    #[test]
    fn only_who_reads_learns_agreement() {
        let valid = |reads| {
            let mut writer = writer(AGREE, reads);
            (0..300).for_each(|_| _ = writer.step());
            let sentences = about_nothing(writer.run.texts.language().sentences().iter().map(Vec::as_slice));
            let log_p = flat(writer.log_chances(&writer.net(), &sentences));
            log_p.chunks(3).map(|row| row.iter().sum::<f32>().exp()).sum::<f32>()
        };
        let (reading, blind) = (valid(true), valid(false));
        assert!(reading > 0.9 && blind < 0.5, "{reading} {blind}");
    }

    #[test]
    fn a_restored_run_goes_on_as_if_nothing_had_happened() {
        let mut original = writer(AGREE, true);
        (0..3).for_each(|_| _ = original.step());
        let (tensors, progress) = original.save();
        let values = device::block_on(device::read(tensors)).unwrap().concat();
        let mut twin = writer(AGREE, true);
        twin.restore(&values, &progress).unwrap();
        assert_eq!(flat(original.step()), flat(twin.step()));
        assert!(twin.restore(&values[1..], &progress).is_err());
    }
}
