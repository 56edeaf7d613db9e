//! The state machine between commands and training. It reads no clock: whoever drives it decides how
//! far to go between two snapshots.

mod run;

use crate::data::library::Library;
use crate::data::points::table;
use crate::model::{self, FAMILIES, Luggage, Model};
use crate::protocol::*;
use crate::settings::{Refusal, Settings};
use crate::trainer::Stride;
use burn::tensor::Device;
use run::Run;

pub use run::MAX_STEPS;

/// One laboratory on one device: at most one run at a time.
pub struct Session {
    device: Device,
    library: Library,
    watched: Vec<&'static str>,
    run: Option<Run>,
}

impl Session {
    pub fn new(device: Device) -> Self {
        Self { device, library: Library::default(), watched: Vec::new(), run: None }
    }

    /// Takes in one command and says what came of it. A refused command changes nothing.
    pub fn apply(&mut self, command: Command) -> Event {
        let id = match &command {
            Command::Start(start) => start.run,
            _ => self.run_id().unwrap_or(0),
        };
        self.carry_out(command).unwrap_or_else(|refusal| Event::Failed {
            run: id,
            message: refusal.to_string(),
            refusal,
        })
    }

    fn carry_out(&mut self, command: Command) -> Result<Event, Refusal> {
        match command {
            Command::Start(start) => {
                let run = Run::start(*start, &self.library, &self.device, self.run.as_ref())?;
                return Ok(self.run.insert(run).started());
            }
            Command::Read { text } => {
                let table = table::read(&text)?;
                let run = self.run_id().unwrap_or(0);
                return Ok(Event::Table { run, n_rows: table.n_rows, points: table.into() });
            }
            Command::Watch { probes } => {
                self.watched = probes.iter().map(|id| find_probe(id)).collect::<Result<_, _>>()?;
            }
            Command::Load { name, bytes } => self.library.load(&name, &bytes)?,
            Command::Place { values } => self.running()?.place(&values)?,
            Command::Draw { values } => self.running()?.draw(&values)?,
            Command::Paint { values } => self.running()?.paint(&values)?,
            Command::Play { by } => self.running()?.play(by)?,
            Command::Pause => self.running()?.pause(),
            Command::Step { what, count } => self.running()?.step_by_hand(what, count)?,
            Command::Tune { settings } => self.running()?.tune(&settings)?,
        }
        Ok(self.run.as_ref().map_or(Event::Idle, Run::tuned))
    }

    fn running(&mut self) -> Result<&mut Run, Refusal> {
        self.run.as_mut().ok_or_else(|| Refusal::new("command", "before start", "sent after start"))
    }

    /// What has to be loaded before a run with these settings can start.
    pub fn needs(&self, raw: &RawSettings) -> Vec<&'static str> {
        let Ok(settings) = model::settings(raw) else { return Vec::new() }; // the start will say what is wrong
        let needs = (model::family(&settings).needs)(&settings);
        needs.iter().copied().filter(|name| !self.library.has(name)).collect()
    }

    /// Has the current run something to do?
    pub fn busy(&self) -> bool {
        self.run.as_ref().is_some_and(Run::busy)
    }

    /// Goes on by up to `n` strides: those asked for by hand, or any while playing. None once it has diverged.
    pub fn advance(&mut self, n: u32) {
        if let Some(run) = &mut self.run {
            run.advance(n);
        }
    }

    /// The beginning of the current run once more, for nobody to see; none without a run, and where a reader's own points
    /// would have to be handed over again.
    pub fn rehearsal(&self) -> Option<Rehearsal> {
        let settings = self.settings()?;
        let luggage = Luggage { points: None, library: &self.library, legacy: None };
        (model::family(settings).start)(settings, luggage, &self.device).ok().map(Rehearsal)
    }

    /// `stop_seconds` have passed: stops a run that plays.
    pub fn time_is_up(&mut self) {
        if let Some(run) = &mut self.run {
            run.time_is_up();
        }
    }

    /// Reads the device once and describes the run as it stands; none without a run.
    ///
    /// # Errors
    ///
    /// When the device is lost.
    pub async fn snapshot(&mut self) -> Result<Option<Snapshot>, String> {
        self.report(Report::default()).await
    }

    /// The same with less in it.
    ///
    /// # Errors
    ///
    /// When the device is lost.
    pub async fn report(&mut self, Report { blind, unmeasured }: Report) -> Result<Option<Snapshot>, String> {
        let watched: &[_] = if blind { &[] } else { &self.watched };
        match &mut self.run {
            Some(run) => run.snapshot(watched, unmeasured).await.map(Some),
            None => Ok(None),
        }
    }

    /// Goes to a checkpoint that another session took of the same run, and tells what watched probes see there, if the
    /// family [looks apart](model::Family::looks_apart). None without a run, and where a generated point is not finite:
    /// whoever trains has to see that.
    ///
    /// # Errors
    ///
    /// When the checkpoint is not of this run, or the device is lost.
    pub async fn look(&mut self, checkpoint: &Checkpoint) -> Result<Option<Named<Matrix>>, String> {
        let Some(run) = &mut self.run else { return Ok(None) };
        run.go_to(checkpoint).map_err(|refusal| refusal.to_string())?;
        run.look(&self.watched).await
    }

    /// What watched probes see that answers to the reader's own codes and pictures; none without a run.
    ///
    /// # Errors
    ///
    /// When the device is lost.
    pub async fn glance(&self) -> Result<Option<Named<Matrix>>, String> {
        match &self.run {
            Some(run) => run.glance(&self.watched).await.map(Some),
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
            Some(run) if !run.has_diverged() => run.checkpoint().await.map(Some),
            _ => Ok(None),
        }
    }

    /// Both networks of the current run as a safetensors file; none without a run or
    /// where the model has no such file.
    ///
    /// # Errors
    ///
    /// When the device is lost.
    pub async fn weights(&self) -> Result<Option<Vec<u8>>, String> {
        match &self.run {
            Some(run) => run.weights().await,
            None => Ok(None),
        }
    }

    /// The settings of the current run.
    pub fn settings(&self) -> Option<&Settings> {
        self.run.as_ref().map(Run::settings)
    }

    /// Steps that the current run has taken.
    pub fn step(&self) -> Option<u64> {
        self.run.as_ref().map(Run::step)
    }

    /// The id of the current run.
    pub fn run_id(&self) -> Option<u32> {
        self.run.as_ref().map(Run::id)
    }
}

/// Steps that change nothing, for an engine that compiles a program while it runs: by then it has compiled it well.
pub struct Rehearsal(Box<dyn Model>);

impl Rehearsal {
    pub fn advance(&mut self, n: u32) {
        for _ in 0..n {
            self.0.advance(Stride::Both);
        }
    }
}

/// What is left out of a snapshot.
#[derive(Clone, Copy, Default)]
pub struct Report {
    /// Everything that is watched: another session sees to that, by [`look`](Session::look).
    pub blind: bool,
    /// Readings of metrics, as long as the run has something to do, and the first ones before it has: they take their time.
    pub unmeasured: bool,
}

/// A probe of any model: what is watched may be asked for before the run that has it.
fn find_probe(id: &str) -> Result<&'static str, Refusal> {
    let ids = || FAMILIES.iter().flat_map(|family| (family.probes)());
    ids()
        .find(|probe| *probe == id)
        .ok_or_else(|| Refusal::new("probes", id, format!("one of {}", ids().collect::<Vec<_>>().join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::model::Family;
    use crate::trainer::{Cursor, Line, Player, Stride};

    fn session() -> Session {
        let mut session = Session::new(device::cpu());
        let settings = [("width_g", 4), ("width_d", 4), ("batch", 4)].map(|(k, v)| (k.to_string(), v.into())).into();
        session.apply(Command::Start(Box::new(Start { run: 3, settings, ..Start::default() })));
        session
    }

    fn snapshot(session: &mut Session) -> Snapshot {
        device::block_on(session.snapshot()).unwrap().unwrap()
    }

    #[test]
    fn steps_by_hand_are_taken_in_order_and_pause_forgets_the_rest() {
        let mut session = session();
        session.apply(Command::Step { what: Stride::D, count: 2 });
        session.apply(Command::Step { what: Stride::G, count: 100 });
        assert!(session.busy());
        session.advance(5);
        let Snapshot { step, updates, playing, .. } = snapshot(&mut session);
        assert_eq!((step, updates, playing), (5, Named::from([("d", 2), ("g", 3)]), false));
        session.apply(Command::Pause);
        assert!(!session.busy());
        session.advance(5);
        assert_eq!(snapshot(&mut session).step, 5);
    }

    #[test]
    fn a_rehearsal_changes_nothing() {
        let losses = |rehearse: bool| {
            let mut session = session();
            session.apply(Command::Play { by: Stride::Both });
            for _ in 0..3 {
                if rehearse {
                    session.rehearsal().unwrap().advance(5);
                }
                session.advance(2);
            }
            snapshot(&mut session).curves.values
        };
        assert_eq!(losses(false), losses(true));
    }

    #[test]
    fn losses_arrive_once_each_with_gaps_where_a_network_stood_still() {
        let mut session = session();
        session.apply(Command::Step { what: Stride::D, count: 1 });
        session.apply(Command::Step { what: Stride::Both, count: 1 });
        session.advance(9);
        let Curves { first, values } = snapshot(&mut session).curves;
        assert_eq!((first, values["loss_d"].len(), values["loss_g"].len()), (1, 2, 2));
        assert!(
            values["loss_d"].iter().all(|v| v.is_finite())
                && values["loss_g"][0].is_nan()
                && values["loss_g"][1].is_finite()
        );
        let Curves { first, values } = snapshot(&mut session).curves;
        assert_eq!((first, values["loss_d"].len()), (3, 0));
    }

    #[test]
    fn playing_line_by_line_lights_one_line_after_another() {
        let mut session = session();
        session.apply(Command::Play { by: Stride::Line });
        let mut lit = |_| {
            session.advance(1);
            let Snapshot { step, cursor, .. } = snapshot(&mut session);
            (step, cursor)
        };
        let lines: Vec<_> = (0..11).map(&mut lit).collect();
        assert_eq!(lines[0], (0, Some(Cursor { player: Player::D, line: Line::Real })));
        assert_eq!(lines[9], (0, Some(Cursor { player: Player::G, line: Line::Loss })));
        assert_eq!(lines[10], (1, Some(Cursor { player: Player::G, line: Line::Update })));
    }

    #[test]
    fn a_run_stops_where_it_was_told_to_and_may_go_on() {
        let mut session = session();
        session.apply(Command::Tune { settings: [("stop_steps".to_string(), 7.into())].into() });
        session.apply(Command::Play { by: Stride::Both });
        session.advance(20);
        let Snapshot { step, playing, stopped, .. } = snapshot(&mut session);
        assert_eq!((step, playing, stopped), (7, false, Some(Stop::Steps)));
        session.apply(Command::Play { by: Stride::Both });
        session.advance(3);
        let Snapshot { step, playing, stopped, .. } = snapshot(&mut session);
        assert_eq!((step, playing, stopped), (10, true, None));
        session.time_is_up();
        for _ in 0..2 {
            let Snapshot { step, playing, stopped, .. } = snapshot(&mut session);
            assert_eq!((step, playing, stopped), (10, false, Some(Stop::Seconds)), "as long as it stands");
        }
    }

    #[test]
    fn why_a_run_stopped_is_old_news_once_a_step_is_taken_by_hand() {
        let mut session = session();
        session.apply(Command::Play { by: Stride::Both });
        session.time_is_up();
        session.apply(Command::Step { what: Stride::Both, count: 1 });
        session.advance(1);
        assert_eq!(snapshot(&mut session).stopped, None);
    }

    /// Dirac-GAN with R1 settles.
    #[test]
    fn a_run_stops_where_it_has_converged_if_that_was_asked_for() {
        for (asked, expected) in [("on", Some(Stop::Converged)), ("off", None)] {
            let mut session = Session::new(device::cpu());
            let settings = [("preset", "dirac_r1"), ("stop_converged", asked)].map(|(k, v)| (k.to_string(), v.into()));
            session.apply(Command::Start(Box::new(Start { run: 3, settings: settings.into(), ..Start::default() })));
            session.apply(Command::Play { by: Stride::Both });
            for _ in 0..40 {
                session.advance(250);
                snapshot(&mut session);
            }
            let Snapshot { step, playing, stopped, health, .. } = snapshot(&mut session);
            assert_eq!((playing, stopped), (expected.is_none(), expected));
            assert!(health.converged_at.is_some_and(|at| at <= step), "{health:?} at step {step}");
            assert_eq!(step == 10_000, expected.is_none(), "stopped at step {step}");
        }
    }

    #[test]
    fn time_is_up_only_for_a_run_that_plays() {
        let mut session = session();
        session.time_is_up();
        assert_eq!(snapshot(&mut session).stopped, None);
        session.apply(Command::Step { what: Stride::Both, count: 5 });
        session.time_is_up();
        session.advance(5);
        let Snapshot { step, stopped, .. } = snapshot(&mut session);
        assert_eq!((step, stopped), (5, None));
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

    /// A session in which this family has begun, and all its probes are watched.
    fn watching(family: &Family) -> Session {
        let mut session = Session::new(device::cpu());
        let settings = [("model", family.schema.model)].map(|(k, v)| (k.to_string(), v.into())).into();
        session.apply(Command::Watch { probes: (family.probes)().into_iter().map(String::from).collect() });
        session.apply(Command::Start(Box::new(Start { settings, ..Start::default() })));
        session
    }

    fn look(session: &mut Session, checkpoint: &Checkpoint) -> Result<Option<Named<Matrix>>, String> {
        device::block_on(session.look(checkpoint))
    }

    /// Bits, because a number that is none is equal to nothing.
    fn bits(probes: Named<Matrix>) -> Named<(Vec<u32>, [usize; 2])> {
        let bits = |matrix: Matrix| (matrix.values.iter().map(|v| v.to_bits()).collect(), matrix.shape);
        probes.into_iter().map(|(id, matrix)| (id, bits(matrix))).collect()
    }

    #[test]
    fn who_looks_apart_sees_what_who_trains_would_see() {
        for family in FAMILIES.iter().filter(|family| family.looks_apart) {
            let (mut trains, mut unseen, mut looks) = (watching(family), watching(family), watching(family));
            for session in [&mut trains, &mut unseen] {
                session.apply(Command::Play { by: Stride::Both });
            }
            for n in [1, 7, 4] {
                trains.advance(n);
                unseen.advance(n);
                let checkpoint = device::block_on(unseen.checkpoint()).unwrap().unwrap();
                let report =
                    device::block_on(unseen.report(Report { blind: true, ..Report::default() })).unwrap().unwrap();
                let Snapshot { step, curves, probes, .. } = snapshot(&mut trains);
                let seen = look(&mut looks, &checkpoint).unwrap().unwrap();
                assert!(!probes.is_empty() && report.probes.is_empty());
                assert_eq!(bits(seen), bits(probes), "{} at step {step}", family.schema.model);
                assert_eq!((report.step, report.curves.values), (step, curves.values), "{}", family.schema.model);
            }
        }
    }

    #[test]
    fn the_first_readings_can_be_put_off_and_are_made_up_for() {
        let mut session = session();
        let unmeasured = Report { unmeasured: true, ..Report::default() };
        let n_read =
            |session: &mut Session, report| device::block_on(session.report(report)).unwrap().unwrap().metrics.len();
        assert_eq!(n_read(&mut session, unmeasured), 0);
        assert!(n_read(&mut session, Report::default()) > 0);
        assert_eq!(n_read(&mut session, Report::default()), 0); // nothing has happened since
        session.apply(Command::Play { by: Stride::Both });
        session.advance(3);
        assert_eq!(n_read(&mut session, Report::default()), 0); // it is too early
        session.apply(Command::Pause);
        assert!(n_read(&mut session, Report::default()) > 0);
        session.apply(Command::Step { what: Stride::Both, count: 1 });
        session.advance(1);
        assert!(n_read(&mut session, unmeasured) > 0); // there is nothing to do any more
    }

    #[test]
    fn another_models_checkpoint_is_refused_and_what_is_not_finite_is_not_shown() {
        let (mut points, line) = (watching(FAMILIES[0]), watching(FAMILIES[1]));
        let other = device::block_on(line.checkpoint()).unwrap().unwrap();
        assert!(look(&mut points, &other).unwrap_err().contains("must be taken from a run with the same networks"));
        let mut own = device::block_on(points.checkpoint()).unwrap().unwrap();
        assert!(look(&mut points, &own).unwrap().is_some());
        own.values.fill(f32::NAN);
        assert_eq!(look(&mut points, &own), Ok(None));
        assert_eq!(look(&mut Session::new(device::cpu()), &own), Ok(None));
    }

    #[test]
    fn looking_does_not_change_a_run() {
        let losses = |probes: Vec<String>| {
            let mut session = session();
            session.apply(Command::Watch { probes });
            session.apply(Command::Play { by: Stride::Both });
            let look = |_| {
                session.advance(1);
                snapshot(&mut session).curves.values["loss_d"][0]
            };
            (0..60).map(look).collect::<Vec<_>>()
        };
        let all = (FAMILIES[0].probes)().into_iter().map(String::from).collect();
        assert_eq!(losses(Vec::new()), losses(all));
    }
}
