//! One run: a model, what has been asked of it, and what is known of it.

use crate::data::library::Library;
use crate::device;
use crate::model::{self, Finish, Luggage, Model, Sight};
use crate::protocol::*;
use crate::settings::{Refusal, Settings};
use crate::trainer::{Stride, Value, weights};
use burn::tensor::{Device, Tensor};
use std::collections::{BTreeMap, VecDeque};

/// Metrics are read at most once in this many steps, and whenever training stands still.
const METRIC_INTERVAL: u64 = 250;

/// The most strides a single `step` command may ask for.
pub const MAX_STEPS: u32 = 10_000;

pub(super) struct Run {
    id: u32,
    settings: Settings,
    model: Box<dyn Model>,
    step: u64,
    /// The stride of playing; none while paused.
    playing: Option<Stride>,
    /// Strides asked for by hand and not yet taken.
    by_hand: VecDeque<(Stride, u32)>,
    /// Steps not yet told of, from `unread_from` on: the values of each curve.
    unread: Vec<Vec<Option<Value>>>,
    unread_from: u64,
    metrics_at: Option<u64>,
    health: HealthState,
    stopped: Option<Stop>,
}

impl Run {
    /// `before` is the run whose place this one takes.
    pub fn start(start: Start, library: &Library, device: &Device, before: Option<&Run>) -> Result<Self, Refusal> {
        let Start { run: id, settings: raw, checkpoint, points, weights } = start;
        let raw = weights.as_deref().map_or(raw.clone(), |bytes| with_settings_of(bytes, raw));
        let settings = model::settings(&raw)?;
        // A moment of the past may have had other live settings.
        let goes_back = |before: &&Run| checkpoint.is_some() && settings.is_tuned_from(&before.settings);
        let legacy = before.filter(goes_back).and_then(|before| before.model.leave());
        let mut model = (model::family(&settings).start)(&settings, Luggage { points, library, legacy }, device)?;
        if let Some(weights) = weights {
            let taken = model.decode_weights(&weights);
            taken.map_err(|bound| Refusal::new("weights", format!("{} bytes", weights.len()), bound))?;
        }
        let mut run = Self {
            id,
            settings,
            model,
            step: 0,
            playing: None,
            by_hand: VecDeque::new(),
            unread: Vec::new(),
            unread_from: 1,
            metrics_at: None,
            health: HealthState::default(),
            stopped: None,
        };
        if let Some(checkpoint) = checkpoint {
            run.go_to(&checkpoint)?;
        }
        Ok(run)
    }

    /// Puts the model where a checkpoint was taken. Steps that have not been told of are forgotten.
    pub fn go_to(&mut self, Checkpoint { step, progress, values }: &Checkpoint) -> Result<(), Refusal> {
        let restored = self.model.restore(*step, values, progress);
        restored.map_err(|e| Refusal::new("checkpoint", e, "taken from a run with the same networks"))?;
        self.step = *step;
        self.unread.clear();
        self.unread_from = step + 1;
        Ok(())
    }

    pub fn id(&self) -> u32 {
        self.id
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn step(&self) -> u64 {
        self.step
    }

    pub fn started(&self) -> Event {
        let n_parameters = self.model.n_parameters();
        Event::Started { run: self.id, step: self.step, settings: self.settings.clone(), n_parameters }
    }

    pub fn tuned(&self) -> Event {
        Event::Tuned { run: self.id, settings: self.settings.clone() }
    }

    pub fn busy(&self) -> bool {
        self.playing.is_some() || !self.by_hand.is_empty()
    }

    pub fn has_diverged(&self) -> bool {
        self.health.diverged_at.is_some()
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
            self.stopped = None;
            self.by_hand.push_back((what, count));
        }
        Ok(())
    }

    pub fn tune(&mut self, raw: &RawSettings) -> Result<(), Refusal> {
        if let Some((key, value)) =
            raw.iter().find(|(key, _)| self.settings.schema().find(key).is_some_and(|k| !k.live))
        {
            return Err(Refusal::new(key, value, "set before the run starts"));
        }
        self.settings = self.settings.with(raw.iter().map(|(key, value)| (key.as_str(), value)))?;
        self.model.tune(&self.settings);
        Ok(())
    }

    pub fn place(&mut self, values: &[f32]) -> Result<(), Refusal> {
        let refuse = |bound| Refusal::new("values", format!("{} numbers", values.len()), bound);
        self.model.place(values).map_err(refuse)?;
        self.put_off_metrics();
        Ok(())
    }

    pub fn draw(&mut self, values: &[f32]) -> Result<(), Refusal> {
        let refuse = |bound| Refusal::new("values", format!("{} numbers", values.len()), bound);
        self.model.draw(values).map_err(refuse)?;
        self.put_off_metrics();
        Ok(())
    }

    pub fn paint(&mut self, values: &[f32]) -> Result<(), Refusal> {
        let refuse = |bound| Refusal::new("values", format!("{} numbers", values.len()), bound);
        self.model.paint(values).map_err(refuse)?;
        self.put_off_metrics();
        Ok(())
    }

    /// Whoever turns a dial wants to see what it does, and a reading of all metrics would come in between.
    fn put_off_metrics(&mut self) {
        if self.playing.is_some() {
            self.metrics_at = self.metrics_at.map(|_| self.step);
        }
    }

    pub fn advance(&mut self, n: u32) {
        for _ in 0..n {
            let Some(stride) = self.next_stride() else { break };
            let Some(values) = self.model.advance(stride) else { continue };
            self.unread.push(values);
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

    pub fn time_is_up(&mut self) {
        if self.playing.is_some() {
            self.stop(Stop::Seconds);
        }
    }

    fn stop(&mut self, reason: Stop) {
        self.pause();
        self.stopped = Some(reason);
    }

    /// Metrics are read when they are due, or `put_off` while there is still something to do; the first ones also before that.
    pub async fn snapshot(&mut self, watched: &[&'static str], put_off: bool) -> Result<Snapshot, String> {
        let due = match self.metrics_at {
            None => !put_off || self.busy(),
            Some(at) if self.busy() => !put_off && self.step >= at + METRIC_INTERVAL,
            Some(at) => self.step != at,
        };

        // Everything that a picture or a number needs, in one read.
        let (seen, mut tensors) = Seen::of(&*self.model, watched.iter().copied());
        let n_seen = tensors.len();
        if due {
            tensors.extend(self.model.measured(self.step));
        }
        let n_measured = tensors.len();
        let unread = std::mem::take(&mut self.unread);
        let on_device = unread.iter().flatten().flatten().filter_map(|value| match value {
            Value::OnDevice(tensor) => Some(tensor.clone()),
            Value::Known(_) => None,
        });
        let on_device: Vec<_> = on_device.collect();
        if !on_device.is_empty() {
            let n = on_device.len();
            tensors.push(Tensor::cat(on_device, 0).reshape([n, 1]));
        }
        let mut read = device::read(tensors).await?;

        let values = read.drain(n_measured..).next().unwrap_or_default();
        let measured = read.split_off(n_seen);
        let probes = seen.finish(read);
        let (curves, diverged) = self.unpack(&unread, values);
        let (metrics, judgement) = if due { self.judge(&measured) } else { Default::default() };
        self.look_for_divergence(diverged, &probes);
        Ok(Snapshot {
            run: self.id,
            step: self.step,
            playing: self.playing.is_some(),
            cursor: self.model.cursor(),
            updates: self.model.updates(),
            curves,
            metrics,
            judgement,
            health: self.health,
            stopped: self.stopped,
            probes,
        })
    }

    /// What watched probes see, at once; none where it is no number.
    pub async fn look(&self, watched: &[&'static str]) -> Result<Option<Named<Matrix>>, String> {
        let (seen, tensors) = Seen::of(&*self.model, watched.iter().copied());
        let probes = seen.finish(device::read(tensors).await?);
        Ok(Some(probes).filter(|probes| !shows_divergence(probes)))
    }

    /// Only what answers to the reader's own codes and pictures, at once.
    pub async fn glance(&self, watched: &[&'static str]) -> Result<Named<Matrix>, String> {
        let answers = self.model.answers();
        let (seen, tensors) = Seen::of(&*self.model, watched.iter().copied().filter(|id| answers.contains(id)));
        Ok(seen.finish(device::read(tensors).await?))
    }

    fn judge(&mut self, measured: &[Vec<f32>]) -> (Vec<Reading>, Option<Judgement>) {
        self.metrics_at = Some(self.step);
        let judged = self.model.judge(self.step, measured);
        self.health = HealthState { diverged_at: self.health.diverged_at, ..judged.health };
        if self.playing.is_some() && self.settings.switch("stop_converged") && self.health.converged_at.is_some() {
            self.stop(Stop::Converged);
        }
        (judged.metrics, judged.judgement)
    }

    /// Lays what was read from the device back on the steps and curves it belongs to. Also the first step with a
    /// value that is not finite.
    fn unpack(&mut self, unread: &[Vec<Option<Value>>], read: Vec<f32>) -> (Curves, Option<u64>) {
        let mut read = read.into_iter();
        let curves = model::family(&self.settings).curves.iter();
        let mut lists: Vec<(&'static str, Vec<f32>)> = curves.map(|curve| (curve.id, Vec::new())).collect();
        let mut diverged = None;
        for (step, values) in (self.unread_from..).zip(unread) {
            for (value, (_, list)) in values.iter().zip(&mut lists) {
                let value = match value {
                    Some(Value::Known(value)) => Some(*value),
                    Some(Value::OnDevice(_)) => read.next(),
                    None => None,
                };
                if value.is_some_and(|v| !v.is_finite()) {
                    diverged = diverged.or(Some(step));
                }
                list.push(value.unwrap_or(f32::NAN));
            }
        }
        let first = std::mem::replace(&mut self.unread_from, self.step + 1);
        (Curves { first, values: lists.into_iter().collect() }, diverged)
    }

    /// `in_curves` is the first step with a value that was not finite.
    fn look_for_divergence(&mut self, in_curves: Option<u64>, probes: &Named<Matrix>) {
        let found = in_curves.or((shows_divergence(probes) || self.model.is_lost()).then_some(self.step));
        if let (None, Some(step)) = (self.health.diverged_at, found) {
            self.health.diverged_at = Some(step);
            self.stop(Stop::Diverged);
        }
    }

    pub async fn weights(&self) -> Result<Option<Vec<u8>>, String> {
        let Some(weights) = self.model.weights() else { return Ok(None) };
        let values = device::read(weights).await?;
        let settings = serde_json::to_string(&self.settings).expect("settings are plain data");
        Ok(Some(self.model.encode_weights(&values, settings, self.step)))
    }

    pub async fn checkpoint(&self) -> Result<Checkpoint, String> {
        let (tensors, progress) = self.model.save();
        Ok(Checkpoint { step: self.step, progress, values: device::read(tensors).await?.concat() })
    }
}

/// Is a generated point not a finite number?
fn shows_divergence(probes: &Named<Matrix>) -> bool {
    probes.get("generated").is_some_and(|m| m.values.iter().any(|v| !v.is_finite()))
}

/// What some probes see, on its way from the device.
struct Seen<'a> {
    known: Named<Matrix>,
    awaited: Vec<(&'static str, [usize; 2], Option<Finish<'a>>)>,
}

impl<'a> Seen<'a> {
    /// With the tensors that are to be read.
    fn of(model: &'a dyn Model, probes: impl Iterator<Item = &'static str>) -> (Self, Vec<Tensor<2>>) {
        let (mut seen, mut tensors) = (Self { known: BTreeMap::new(), awaited: Vec::new() }, Vec::new());
        for id in probes {
            match model.see(id) {
                Some(Sight::Known(matrix)) => _ = seen.known.insert(id, matrix),
                Some(Sight::OnDevice(tensor, finish)) => {
                    seen.awaited.push((id, tensor.dims(), finish));
                    tensors.push(tensor);
                }
                None => {}
            }
        }
        (seen, tensors)
    }

    /// From what was read of those tensors.
    fn finish(self, read: Vec<Vec<f32>>) -> Named<Matrix> {
        let mut matrices = self.known;
        for ((id, shape, finish), values) in self.awaited.into_iter().zip(read) {
            let matrix = match finish {
                Some(finish) => finish(values),
                None => Matrix { shape, values },
            };
            matrices.insert(id, matrix);
        }
        matrices
    }
}

/// The settings that a file of weights names, on the device that was asked for; `raw` where it names none.
fn with_settings_of(bytes: &[u8], raw: RawSettings) -> RawSettings {
    let Some(mut settings) = weights::settings(bytes) else { return raw };
    settings.extend(raw.into_iter().filter(|(key, _)| key == "device"));
    settings
}
