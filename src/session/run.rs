//! One run: a trainer, what has been asked of it, and what is known of it.

use super::health::Health;
use crate::data::points::own::Own;
use crate::device;
use crate::experiment::{Experiment, Live};
use crate::metric::{self, Yardstick};
use crate::probe::{Inputs, Probe};
use crate::protocol::*;
use crate::rng::{Rng, Stream};
use crate::settings::{self, Refusal, Settings};
use crate::trainer::weights;
use crate::trainer::{Gan, Players, StepLosses, Stride, noise};
use burn::tensor::{Device, Tensor};
use std::collections::{BTreeMap, VecDeque};

/// Metrics are read at most once in this many steps, and whenever training stands still.
const METRIC_INTERVAL: u64 = 250;

/// The most strides a single `step` command may ask for.
pub const MAX_STEPS: u32 = 10_000;

pub(super) struct Run {
    id: u32,
    settings: Settings,
    gan: Gan,
    inputs: Inputs,
    yardstick: Yardstick,
    step: u64,
    /// The stride of playing; none while paused.
    playing: Option<Stride>,
    /// Strides asked for by hand and not yet taken.
    by_hand: VecDeque<(Stride, u32)>,
    /// Losses not yet read from the device, from step `unread_from` on.
    unread: Vec<StepLosses>,
    unread_from: u64,
    metrics_at: Option<u64>,
    health: Health,
    stopped: Option<Stop>,
}

impl Run {
    pub fn start(start: Start, device: &Device) -> Result<Self, Refusal> {
        let Start { run: id, settings: raw, checkpoint, points, weights } = start;
        let raw = weights.as_deref().map_or(raw.clone(), |bytes| with_settings_of(bytes, raw));
        let settings = Settings::parse(&raw)?;
        let experiment = Experiment::new(&settings, points.map(Own::new).transpose()?)?;
        let yardstick = Yardstick::new(experiment.data.clone(), experiment.seed);
        let mut gan = Gan::new(experiment, device);
        let mut step = 0;
        if let Some(weights) = weights {
            let taken = gan.decode_weights(&weights);
            taken.map_err(|bound| Refusal::new("weights", format!("{} bytes", weights.len()), bound))?;
        }
        if let Some(checkpoint) = checkpoint {
            let restored = gan.restore(&checkpoint.values, &checkpoint.progress);
            restored.map_err(|e| Refusal::new("checkpoint", e, "taken from a run with the same networks"))?;
            step = checkpoint.step;
        }
        Ok(Self {
            id,
            inputs: Inputs::new(&gan),
            settings,
            gan,
            yardstick,
            step,
            playing: None,
            by_hand: VecDeque::new(),
            unread: Vec::new(),
            unread_from: step + 1,
            metrics_at: None,
            health: Health::default(),
            stopped: None,
        })
    }

    pub fn id(&self) -> u32 {
        self.id
    }

    pub fn started(&self) -> Event {
        let (d, g) = (&self.gan.experiment.discriminator, &self.gan.experiment.generator);
        let n_parameters = Players { d: d.mlp().n_parameters(), g: g.n_parameters() };
        Event::Started { run: self.id, step: self.step, settings: self.settings.clone(), n_parameters }
    }

    pub fn tuned(&self) -> Event {
        Event::Tuned { run: self.id, settings: self.settings.clone() }
    }

    pub fn busy(&self) -> bool {
        self.playing.is_some() || !self.by_hand.is_empty()
    }

    pub fn has_diverged(&self) -> bool {
        self.health.state.diverged_at.is_some()
    }

    /// Plays in strides of `by`. Steps asked for by hand are forgotten.
    pub fn play(&mut self, by: Stride) -> Result<(), Refusal> {
        if !matches!(by, Stride::Line | Stride::Both) {
            return Err(Refusal::new("by", format!("{by:?}").to_lowercase(), "line or both"));
        }
        self.pause();
        self.stopped = None;
        self.playing = Some(by).filter(|_| !self.has_diverged());
        Ok(())
    }

    /// Stops, and forgets steps asked for by hand.
    pub fn pause(&mut self) {
        self.by_hand.clear();
        self.playing = None;
    }

    pub fn step_by_hand(&mut self, what: Stride, count: u32) -> Result<(), Refusal> {
        if !(1..=MAX_STEPS).contains(&count) {
            return Err(Refusal::new("count", count, format!("a whole number from 1 to {MAX_STEPS}")));
        }
        self.playing = None;
        if !self.has_diverged() {
            self.by_hand.push_back((what, count));
        }
        Ok(())
    }

    pub fn tune(&mut self, raw: &RawSettings) -> Result<(), Refusal> {
        if let Some((key, value)) = raw.iter().find(|(key, _)| settings::find(key).is_some_and(|k| !k.live)) {
            return Err(Refusal::new(key, value, "set before the run starts"));
        }
        self.settings = self.settings.with(raw)?;
        self.gan.experiment.live = Live::from(&self.settings);
        Ok(())
    }

    pub fn advance(&mut self, n: u32) {
        for _ in 0..n {
            let Some(stride) = self.next_stride() else { break };
            let Some(losses) = self.gan.advance(stride) else { continue };
            self.unread.push(losses);
            self.step += 1;
            if self.playing.is_some() && self.step == self.settings.integer("stop_steps") {
                self.stop(Stop::Steps);
            }
        }
    }

    /// The next stride, if there is to be one.
    fn next_stride(&mut self) -> Option<Stride> {
        let Some((stride, left)) = self.by_hand.front_mut() else { return self.playing };
        let stride = *stride;
        *left -= 1;
        if *left == 0 {
            self.by_hand.pop_front();
        }
        Some(stride)
    }

    fn stop(&mut self, reason: Stop) {
        self.pause();
        self.stopped = Some(reason);
    }

    pub async fn snapshot(&mut self, watched: &[&'static Probe]) -> Result<Snapshot, String> {
        let due =
            self.metrics_at.is_none_or(|at| self.step >= at + METRIC_INTERVAL || (!self.busy() && self.step != at));

        // Everything that a picture or a number needs, in one read.
        let seen = watched.iter().filter_map(|probe| Some((*probe, (probe.read)(&self.gan, &self.inputs)?)));
        let (probes, mut tensors): (Vec<&Probe>, Vec<Tensor<2>>) = seen.unzip();
        let shapes: Vec<_> = tensors.iter().map(Tensor::dims).collect();
        if due {
            tensors.extend(self.measured());
        }
        let unread = std::mem::take(&mut self.unread);
        let losses: Vec<_> = unread.iter().flat_map(|l| [&l.d, &l.g]).flatten().cloned().collect();
        let has_losses = !losses.is_empty();
        if has_losses {
            let n = losses.len();
            tensors.push(Tensor::cat(losses, 0).reshape([n, 1]));
        }
        let mut read = device::read(tensors).await?;

        let values = if has_losses { read.pop() } else { None };
        let (losses, diverged) = self.unpack_losses(&unread, values.unwrap_or_default());
        let measured = read.split_off(probes.len());
        let (metrics, judgement) = if due { self.judge(&measured) } else { Default::default() };
        let matrices = probes.into_iter().zip(shapes).zip(read).map(|((probe, shape), values): ((&Probe, _), _)| {
            let matrix = match probe.finish {
                Some(finish) => finish(&self.gan, &self.inputs, values),
                None => Matrix { shape, values },
            };
            (probe.id, matrix)
        });
        let probes: BTreeMap<_, _> = matrices.collect();
        self.look_for_divergence(diverged, &probes);
        Ok(Snapshot {
            run: self.id,
            step: self.step,
            playing: self.playing.is_some(),
            cursor: self.gan.cursor(),
            updates: Players { d: self.gan.d.n_updates, g: self.gan.g.n_updates },
            losses,
            metrics,
            judgement,
            health: self.health.state,
            stopped: self.stopped,
            probes,
        })
    }

    /// What metrics and judgement are made of: points of G and of its average, D on real and generated points,
    /// and ∇ₓD on the latter.
    fn measured(&self) -> [Tensor<2>; 5] {
        let gan = &self.gan;
        let rng = &mut Rng::new(gan.experiment.seed ^ self.step, Stream::Metric);
        let z = noise(gan.experiment.latent, metric::N_SAMPLES, rng, gan.device());
        let real = &self.inputs.real;
        let (on_real, _) = gan.look(real.clone(), real);
        let (on_fake, slope) = gan.look(gan.generator().forward(self.inputs.noise.clone()), real);
        [gan.generator().forward(z.clone()), gan.generator_ema().forward(z), on_real, on_fake, slope]
    }

    fn judge(&mut self, measured: &[Vec<f32>]) -> (Vec<Reading>, Option<Judgement>) {
        let [live, ema, real, fake, slope] = measured else { unreachable!("five tensors were read") };
        self.metrics_at = Some(self.step);
        let metrics = self.yardstick.read(live, ema);
        let judgement = Judgement::new(real, fake, slope);
        let unit = self.gan.experiment.live.objective.unit();
        self.health.judge(self.step, self.yardstick.has_collapsed(live), &metrics, unit, judgement);
        if self.playing.is_some() && self.settings.switch("stop_converged") && self.health.state.converged_at.is_some()
        {
            self.stop(Stop::Converged);
        }
        (metrics, Some(judgement))
    }

    /// Lays the losses that exist back on the steps they belong to; NaN marks a network that was not
    /// updated. Also the first step whose loss is not finite.
    fn unpack_losses(&mut self, unread: &[StepLosses], values: Vec<f32>) -> (Losses, Option<u64>) {
        let mut values = values.into_iter();
        let mut losses = Losses { first: self.unread_from, ..Losses::default() };
        let mut diverged = None;
        for (step, taken) in (self.unread_from..).zip(unread) {
            for (loss, list) in [(&taken.d, &mut losses.d), (&taken.g, &mut losses.g)] {
                let value = loss.as_ref().and_then(|_| values.next());
                if value.is_some_and(|v| !v.is_finite()) {
                    diverged = diverged.or(Some(step));
                }
                list.push(value.unwrap_or(f32::NAN));
            }
        }
        self.unread_from = self.step + 1;
        (losses, diverged)
    }

    /// `in_losses` is the first step whose loss was not finite.
    fn look_for_divergence(&mut self, in_losses: Option<u64>, probes: &BTreeMap<&'static str, Matrix>) {
        let bad_points = probes.get("generated").is_some_and(|m| m.values.iter().any(|v| !v.is_finite()));
        let found = in_losses.or(bad_points.then_some(self.step));
        if let (None, Some(step)) = (self.health.state.diverged_at, found) {
            self.health.state.diverged_at = Some(step);
            self.stop(Stop::Diverged);
        }
    }

    pub async fn weights(&self) -> Result<Vec<u8>, String> {
        let values = device::read(self.gan.weights()).await?;
        let settings = serde_json::to_string(&self.settings).expect("settings are plain data");
        Ok(self.gan.encode_weights(&values, settings, self.step))
    }

    pub async fn checkpoint(&self) -> Result<Checkpoint, String> {
        let (tensors, progress) = self.gan.save();
        Ok(Checkpoint { step: self.step, progress, values: device::read(tensors).await?.concat() })
    }
}

/// The settings that a file of weights names, on the device that was asked for; `raw` where it names none.
fn with_settings_of(bytes: &[u8], raw: RawSettings) -> RawSettings {
    let Some(mut settings) = weights::settings(bytes) else { return raw };
    settings.extend(raw.into_iter().filter(|(key, _)| key == "device"));
    settings
}
