//! The state machine between commands and training. It reads no clock: whoever drives it decides how
//! many steps to take between two snapshots.

use crate::device;
use crate::experiment::{Experiment, Live};
use crate::metric::{self, Yardstick};
use crate::probe::{self, Inputs, Probe};
use crate::protocol::*;
use crate::rng::{Rng, Stream};
use crate::settings::{self, Refusal, Settings};
use crate::trainer::{Gan, StepLosses, Update, noise};
use burn::tensor::{Device, Tensor};
use std::collections::{BTreeMap, VecDeque};

/// Metrics are read at most once in this many steps, and whenever training stands still.
const METRIC_INTERVAL: u64 = 100;

/// The most steps a single `step` command may ask for.
pub const MAX_STEPS: u32 = 10_000;

/// One laboratory on one device: at most one run at a time.
pub struct Session {
    device: Device,
    watched: Vec<&'static Probe>,
    run: Option<Run>,
}

struct Run {
    id: u32,
    settings: Settings,
    gan: Gan,
    inputs: Inputs,
    yardstick: Yardstick,
    step: u64,
    playing: bool,
    /// Steps asked for by hand and not yet taken.
    by_hand: VecDeque<(Update, u32)>,
    /// Losses not yet read from the device, from step `unread_from` on.
    unread: Vec<StepLosses>,
    unread_from: u64,
    metrics_at: Option<u64>,
    health: Health,
}

impl Session {
    pub fn new(device: Device) -> Self {
        Self { device, watched: Vec::new(), run: None }
    }

    /// Takes in one command and says what came of it. A refused command changes nothing.
    pub fn apply(&mut self, command: Command) -> Event {
        let id = match &command {
            Command::Start { run, .. } => *run,
            _ => self.run.as_ref().map_or(0, |run| run.id),
        };
        self.carry_out(command).unwrap_or_else(|refusal| Event::Failed {
            run: id,
            message: refusal.to_string(),
            refusal,
        })
    }

    fn carry_out(&mut self, command: Command) -> Result<Event, Refusal> {
        match command {
            Command::Start { run, settings, checkpoint } => {
                let run = Run::start(run, Settings::parse(&settings)?, checkpoint, &self.device)?;
                return Ok(self.run.insert(run).started());
            }
            Command::Watch { probes } => {
                self.watched = probes.iter().map(|id| find_probe(id)).collect::<Result<_, _>>()?;
            }
            Command::Play => self.running()?.play(true),
            Command::Pause => self.running()?.play(false),
            Command::Step { what, count } => self.running()?.step_by_hand(what, count)?,
            Command::Tune { settings } => self.running()?.tune(&settings)?,
        }
        Ok(self.run.as_ref().map_or(Event::Idle, Run::tuned))
    }

    fn running(&mut self) -> Result<&mut Run, Refusal> {
        self.run.as_mut().ok_or_else(|| Refusal::new("command", "before start", "sent after start"))
    }

    /// Has the current run steps to take?
    pub fn busy(&self) -> bool {
        self.run.as_ref().is_some_and(Run::busy)
    }

    /// Takes up to `n` steps: those asked for by hand, or any while playing. None once it has diverged.
    pub fn advance(&mut self, n: u32) {
        let Some(run) = &mut self.run else { return };
        for _ in 0..n {
            let Some(update) = run.next_update() else { break };
            run.unread.push(run.gan.step(update));
            run.step += 1;
        }
    }

    /// Reads the device once and describes the run as it stands; none without a run.
    ///
    /// # Errors
    ///
    /// When the device is lost.
    pub async fn snapshot(&mut self) -> Result<Option<Snapshot>, String> {
        match &mut self.run {
            Some(run) => run.snapshot(&self.watched).await.map(Some),
            None => Ok(None),
        }
    }

    /// The current run, complete, to be continued elsewhere; none without a run or after divergence.
    ///
    /// # Errors
    ///
    /// When the device is lost.
    pub async fn checkpoint(&self) -> Result<Option<Checkpoint>, String> {
        match &self.run {
            Some(run) if run.health.diverged_at.is_none() => run.checkpoint().await.map(Some),
            _ => Ok(None),
        }
    }

    /// The id of the current run.
    pub fn run_id(&self) -> Option<u32> {
        self.run.as_ref().map(|run| run.id)
    }
}

fn find_probe(id: &str) -> Result<&'static Probe, Refusal> {
    probe::find(id).ok_or_else(|| {
        let ids: Vec<_> = probe::PROBES.iter().map(|p| p.id).collect();
        Refusal::new("probes", id, format!("one of {}", ids.join(", ")))
    })
}

impl Run {
    fn start(id: u32, settings: Settings, checkpoint: Option<Checkpoint>, device: &Device) -> Result<Self, Refusal> {
        let experiment = Experiment::from(&settings);
        let (data, seed) = (experiment.data, experiment.seed);
        let mut gan = Gan::new(experiment, device);
        let mut step = 0;
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
            yardstick: Yardstick::new(data, seed),
            step,
            playing: false,
            by_hand: VecDeque::new(),
            unread: Vec::new(),
            unread_from: step + 1,
            metrics_at: None,
            health: Health::default(),
        })
    }

    fn started(&self) -> Event {
        let (d, g) = (&self.gan.experiment.discriminator, &self.gan.experiment.generator);
        let n_parameters = Players { d: d.n_parameters(), g: g.n_parameters() };
        Event::Started { run: self.id, step: self.step, settings: self.settings.clone(), n_parameters }
    }

    fn tuned(&self) -> Event {
        Event::Tuned { run: self.id, settings: self.settings.clone() }
    }

    fn busy(&self) -> bool {
        self.playing || !self.by_hand.is_empty()
    }

    /// Plays or pauses; either way, steps asked for by hand are forgotten.
    fn play(&mut self, on: bool) {
        self.by_hand.clear();
        self.playing = on && self.health.diverged_at.is_none();
    }

    fn step_by_hand(&mut self, what: Update, count: u32) -> Result<(), Refusal> {
        if !(1..=MAX_STEPS).contains(&count) {
            return Err(Refusal::new("count", count, format!("a whole number from 1 to {MAX_STEPS}")));
        }
        self.playing = false;
        if self.health.diverged_at.is_none() {
            self.by_hand.push_back((what, count));
        }
        Ok(())
    }

    /// What the next step is to update, if there is to be one.
    fn next_update(&mut self) -> Option<Update> {
        let Some((update, left)) = self.by_hand.front_mut() else {
            return self.playing.then_some(Update::Both);
        };
        let update = *update;
        *left -= 1;
        if *left == 0 {
            self.by_hand.pop_front();
        }
        Some(update)
    }

    fn tune(&mut self, raw: &RawSettings) -> Result<(), Refusal> {
        if let Some((key, value)) = raw.iter().find(|(key, _)| settings::find(key).is_some_and(|k| !k.live)) {
            return Err(Refusal::new(key, value, "set before the run starts"));
        }
        self.settings = self.settings.with(raw)?;
        self.gan.experiment.live = Live::from(&self.settings);
        Ok(())
    }

    async fn snapshot(&mut self, watched: &[&'static Probe]) -> Result<Snapshot, String> {
        let due =
            self.metrics_at.is_none_or(|at| self.step >= at + METRIC_INTERVAL || (!self.busy() && self.step != at));

        // Everything that a picture or a number needs, in one read.
        let mut tensors: Vec<Tensor<2>> = watched.iter().map(|p| (p.read)(&self.gan, &self.inputs)).collect();
        if due {
            let rng = &mut Rng::new(self.gan.experiment.seed ^ self.step, Stream::Metric);
            let z = noise(&self.gan.experiment, metric::N_SAMPLES, rng, self.gan.device());
            tensors.push(self.gan.generator().forward(z.clone()));
            tensors.push(self.gan.generator_ema().forward(z));
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
        let mut metrics = Vec::new();
        if due {
            let (ema, live) = (read.pop().unwrap_or_default(), read.pop().unwrap_or_default());
            metrics = self.measure(&live, &ema);
            self.metrics_at = Some(self.step);
        }
        let matrix = |(probe, values): (&&Probe, Vec<f32>)| (probe.id, Matrix { shape: probe.shape, values });
        let probes: BTreeMap<_, _> = watched.iter().zip(read).map(matrix).collect();
        self.judge_divergence(diverged, &probes);
        Ok(Snapshot {
            run: self.id,
            step: self.step,
            playing: self.playing,
            updates: Players { d: self.gan.d.n_updates, g: self.gan.g.n_updates },
            losses,
            metrics,
            health: self.health,
            probes,
        })
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

    /// All metrics of points from the live and the averaged generator; judges collapse on the way.
    fn measure(&mut self, live: &[f32], ema: &[f32]) -> Vec<Reading> {
        let collapsed = self.yardstick.has_collapsed(live);
        self.health.collapsed_at = collapsed.then(|| self.health.collapsed_at.unwrap_or(self.step));
        self.yardstick.read(live, ema)
    }

    /// `in_losses` is the first step whose loss was not finite.
    fn judge_divergence(&mut self, in_losses: Option<u64>, probes: &BTreeMap<&'static str, Matrix>) {
        let bad_points = probes.get("generated").is_some_and(|m| m.values.iter().any(|v| !v.is_finite()));
        let found = in_losses.or(bad_points.then_some(self.step));
        self.health.diverged_at = self.health.diverged_at.or(found);
        if self.health.diverged_at.is_some() {
            self.play(false);
        }
    }

    async fn checkpoint(&self) -> Result<Checkpoint, String> {
        let (tensors, progress) = self.gan.save();
        Ok(Checkpoint { step: self.step, progress, values: device::read(tensors).await?.concat() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    fn session() -> Session {
        let mut session = Session::new(device::cpu());
        let settings = [("width_g", 4), ("width_d", 4), ("batch", 4)].map(|(k, v)| (k.to_string(), v.into())).into();
        session.apply(Command::Start { run: 3, settings, checkpoint: None });
        session
    }

    fn snapshot(session: &mut Session) -> Snapshot {
        device::block_on(session.snapshot()).unwrap().unwrap()
    }

    #[test]
    fn steps_by_hand_are_taken_in_order_and_pause_forgets_the_rest() {
        let mut session = session();
        session.apply(Command::Step { what: Update::D, count: 2 });
        session.apply(Command::Step { what: Update::G, count: 100 });
        assert!(session.busy());
        session.advance(5);
        let Snapshot { step, updates, playing, .. } = snapshot(&mut session);
        assert_eq!((step, updates, playing), (5, Players { d: 2, g: 3 }, false));
        session.apply(Command::Pause);
        assert!(!session.busy());
        session.advance(5);
        assert_eq!(snapshot(&mut session).step, 5);
    }

    #[test]
    fn losses_arrive_once_each_with_gaps_where_a_network_stood_still() {
        let mut session = session();
        session.apply(Command::Step { what: Update::D, count: 1 });
        session.apply(Command::Step { what: Update::Both, count: 1 });
        session.advance(9);
        let losses = snapshot(&mut session).losses;
        assert_eq!((losses.first, losses.d.len(), losses.g.len()), (1, 2, 2));
        assert!(losses.d.iter().all(|v| v.is_finite()) && losses.g[0].is_nan() && losses.g[1].is_finite());
        let losses = snapshot(&mut session).losses;
        assert_eq!((losses.first, losses.d.len()), (3, 0));
    }

    #[test]
    fn what_cannot_change_live_is_refused_and_what_can_is_taken() {
        let mut session = session();
        let tune = |key: &str, value: &str| Command::Tune { settings: [(key.to_string(), value.into())].into() };
        let refused = session.apply(tune("batch", "8"));
        assert!(matches!(refused, Event::Failed { run: 3, refusal, .. } if refusal.field == "batch"));
        let Event::Tuned { settings, .. } = session.apply(tune("lr_d", "0.5")) else { panic!("refused") };
        assert_eq!(settings.number("lr_d"), 0.5);
    }

    #[test]
    fn looking_does_not_change_a_run() {
        let losses = |probes: Vec<String>| {
            let mut session = session();
            session.apply(Command::Watch { probes });
            session.apply(Command::Play);
            let look = |_| {
                session.advance(1);
                snapshot(&mut session).losses.d[0]
            };
            (0..60).map(look).collect::<Vec<_>>()
        };
        let all = probe::PROBES.iter().map(|p| p.id.to_string()).collect();
        assert_eq!(losses(Vec::new()), losses(all));
    }
}
