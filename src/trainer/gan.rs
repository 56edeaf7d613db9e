//! Two networks that learn from each other. The algorithm itself stands in `listing.rs`; here each of its
//! lines is carried out.

use super::listing::{Scores, Work};
use super::{Cursor, Experiment, Feed, Learner, Line, Live, Player, Players, StepLosses, Stride};
use crate::nn::{Discriminator, Generator, code, mismatched};
use crate::objective::Unit;
use crate::penalty::Place;
use crate::rng::{Rng, Stream};
use burn::module::Module;
use burn::tensor::{Device, Tensor, activation};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// The two players and what feeds them.
pub struct Gan {
    pub experiment: Experiment,
    pub g: Learner<Generator>,
    pub d: Learner<Discriminator>,
    device: Device,
    feeds: Players<Feed>,
    under_way: Option<Box<Work>>,
    /// Updates done, and their losses, in the iteration under way.
    done: Players<u64>,
    losses: StepLosses,
    cursor: Option<Cursor>,
}

impl Gan {
    pub fn new(experiment: Experiment, device: &Device) -> Self {
        let seed = experiment.seed;
        let g = experiment.generator.init(&mut Rng::new(seed, Stream::WeightsG), device);
        let g = Learner::new(g, experiment.optimizer_g).averaged(experiment.ema_decay);
        let d = experiment.discriminator.init(seed, device);
        let d = experiment.center.iter().fold(d, |d, center| d.about(center, device));
        Self {
            g,
            d: Learner::new(d, experiment.optimizer_d),
            device: device.clone(),
            feeds: Players { d: Feed::new(seed, Player::D), g: Feed::new(seed, Player::G) },
            under_way: None,
            done: Players::default(),
            losses: StepLosses::default(),
            cursor: None,
            experiment,
        }
    }

    /// Goes on by `stride`. The losses of a step when one has been completed.
    pub fn advance(&mut self, stride: Stride) -> Option<StepLosses> {
        let step = match stride {
            Stride::Line => self.line(),
            Stride::Phase => {
                let player = self.next_player();
                loop {
                    let step = self.line();
                    if step.is_some() || (self.under_way.is_none() && self.next_player() != player) {
                        break step;
                    }
                }
            }
            Stride::Both => loop {
                if let Some(step) = self.line() {
                    return Some(step);
                }
            },
            Stride::D => Some(self.out_of_turn(Player::D)),
            Stride::G => Some(self.out_of_turn(Player::G)),
        };
        if !matches!(stride, Stride::Line | Stride::Phase) {
            self.cursor = None;
        }
        step
    }

    /// The line carried out last, while the listing is followed line by line or phase by phase.
    pub fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// Real and generated points of the update under way, `[batch, 2]`, as far as they exist.
    pub fn batch(&self) -> [Option<&Tensor<2>>; 2] {
        self.under_way.as_ref().map_or([None, None], |work| work.batch())
    }

    fn next_player(&self) -> Player {
        match &self.under_way {
            Some(work) => work.player,
            None if self.done.d < self.experiment.live.d_steps => Player::D,
            None => Player::G,
        }
    }

    /// Carries out the next line of the iteration. The losses when it was the last one.
    fn line(&mut self) -> Option<StepLosses> {
        self.carry_out_line(self.next_player());
        let live = &self.experiment.live;
        let complete = self.done.d >= live.d_steps && self.done.g >= live.g_steps;
        (self.under_way.is_none() && complete).then(|| self.finish())
    }

    /// One update that is not waited for. An update under way is given up, and the iteration ends here.
    fn out_of_turn(&mut self, player: Player) -> StepLosses {
        if let Some(given_up) = self.under_way.take() {
            *self.feeds.of(given_up.player) = given_up.before;
        }
        let before = *self.done.of(player);
        while *self.done.of(player) == before {
            self.carry_out_line(player);
        }
        self.finish()
    }

    fn finish(&mut self) -> StepLosses {
        self.done = Players::default();
        std::mem::take(&mut self.losses)
    }

    fn carry_out_line(&mut self, player: Player) {
        let under_way = self.under_way.take();
        let mut work = under_way.unwrap_or_else(|| Box::new(Work::begun(player, self.feeds.of(player).clone())));
        let line = self.next_line(&mut work);
        self.under_way = (line != Line::Update).then_some(work);
        self.cursor = Some(Cursor { player, line });
    }

    fn next_line(&mut self, work: &mut Work) -> Line {
        let player = work.player;
        if let Some((loss, gradient)) = work.descent.take() {
            self.update(player, loss, gradient);
            Line::Update
        } else if let Some(scores) = work.scores.take() {
            work.descent = Some(self.differentiate(player, work.batch(), scores));
            Line::Loss
        } else if let Some(fake) = &work.fake {
            work.scores = Some(self.score(player, work.real.clone(), fake.clone()));
            Line::Score
        } else if let Some(code) = work.code.take() {
            let code = code.autodiff();
            work.fake = Some(match player {
                Player::D => self.g.net.forward_fixed(code),
                Player::G => self.g.net.forward(code),
            }); // [batch, d]
            Line::Generate
        } else if player == Player::D && work.real.is_none() {
            work.real = Some(self.sample_real(player));
            Line::Real
        } else {
            let completes = self.experiment.data.n_given() > 0;
            if player == Player::G && completes {
                work.real = Some(self.sample_real(player));
            }
            work.code = Some(self.draw_code(player, work.real.as_ref().filter(|_| completes)));
            Line::Noise
        }
    }

    fn sample_real(&mut self, player: Player) -> Tensor<2> {
        let Self { experiment, feeds, device, .. } = self;
        feeds.of(player).real(&*experiment.data, experiment.batch, device).autodiff()
    }

    /// Noise, with the beginning of the rows that G is to complete where that is what it does.
    fn draw_code(&mut self, player: Player, completed: Option<&Tensor<2>>) -> Tensor<2> {
        let Self { experiment, feeds, device, .. } = self;
        let noise = feeds.of(player).noise(experiment.latent, experiment.batch, device);
        match completed {
            Some(real) => code(noise, real.clone().without_autodiff(), experiment.data.n_given()),
            None => noise,
        }
    }

    fn score(&mut self, player: Player, real: Option<Tensor<2>>, fake: Tensor<2>) -> Scores {
        let fake = self.with_instance_noise(player, fake);
        let (Player::D, Some(real)) = (player, real) else {
            let fake = self.d.net.forward_fixed(fake);
            return Scores { real: None, fake, mismatched: None, penalty: None };
        };
        let real = self.with_instance_noise(player, real);
        let between = self.wants_slope(Place::Between).then(|| {
            let u = self.feeds.d.places(self.experiment.batch, &self.device).autodiff(); // [batch, 1]
            u.clone() * real.clone() + (u.neg().add_scalar(1.0)) * fake.clone()
        });
        let experiment = &self.experiment;
        let swapped = (experiment.live.mismatched > 0.0).then(|| mismatched(real.clone(), experiment.data.n_given()));
        let mismatched = swapped.map(|rows| self.d.net.forward(rows));
        let (real, at_real) = self.judge(real, Place::Real);
        let (fake, at_fake) = self.judge(fake, Place::Generated);
        let at_between = between.map(|x| self.d.net.forward_with_input_gradient(x).1);
        Scores { real: Some(real), fake, mismatched, penalty: self.penalty(&[at_real, at_fake, at_between]) }
    }

    /// D's logits `[rows, 1]`, with its slope where a penalty asks for it.
    fn judge(&self, x: Tensor<2>, place: Place) -> (Tensor<2>, Option<Tensor<2>>) {
        if self.wants_slope(place) {
            let (logits, gradient) = self.d.net.forward_with_input_gradient(x);
            (logits, Some(gradient))
        } else {
            (self.d.net.forward(x), None)
        }
    }

    fn wants_slope(&self, place: Place) -> bool {
        self.experiment.live.penalties.iter().any(|(penalty, _)| penalty.place() == place)
    }

    /// `slopes` of D at real points, at generated ones, and between the two.
    fn penalty(&self, slopes: &[Option<Tensor<2>>; 3]) -> Option<Tensor<1>> {
        let terms = self.experiment.live.penalties.iter().map(|(penalty, weight)| {
            let slope = slopes[penalty.place() as usize].clone().expect("scored with its slope");
            penalty.loss(slope).mul_scalar(*weight)
        });
        terms.reduce(|a, b| a + b)
    }

    fn with_instance_noise(&mut self, player: Player, x: Tensor<2>) -> Tensor<2> {
        let std = self.experiment.live.instance_noise;
        if std == 0.0 {
            return x;
        }
        x + self.feeds.of(player).blur(self.experiment.batch, self.experiment.data.dim(), std, &self.device).autodiff()
    }

    /// The objective's loss `[1]`, without the penalties so that it can be read against its resting value,
    /// and the gradient in θ of the whole, `[n_parameters]`. G's loss also counts how far `[real, fake]` are from each
    /// other, where G completes real rows.
    fn differentiate(
        &mut self,
        player: Player,
        [given, made]: [Option<&Tensor<2>>; 2],
        scores: Scores,
    ) -> (Tensor<1>, Tensor<1>) {
        let Self { experiment, feeds, device, .. } = self;
        let objective = experiment.live.objective;
        let Scores { real, fake, mismatched, penalty } = scores;
        match (player, real) {
            (Player::D, Some(real)) => {
                let mut loss = objective.discriminator_loss(real.clone(), fake);
                if let Some(mismatched) = mismatched {
                    let weight = experiment.live.mismatched;
                    let other = objective.discriminator_loss(real, mismatched);
                    loss = (loss + other.mul_scalar(weight)).div_scalar(1.0 + weight);
                }
                let whole = penalty.map_or(loss.clone(), |penalty| loss.clone() + penalty);
                (loss.without_autodiff(), self.d.gradient(&whole))
            }
            _ => {
                let feed = RefCell::new(&mut feeds.g);
                let real = || {
                    let drawn = || feed.borrow_mut().real(&*experiment.data, experiment.batch, device).autodiff();
                    self.d.net.forward_fixed(given.cloned().unwrap_or_else(drawn))
                };
                let Live { adversarial, distance, .. } = experiment.live;
                let mut loss = objective.generator_loss(&real, fake);
                if adversarial != 1.0 {
                    loss = loss.mul_scalar(adversarial);
                }
                if let (Some(given), Some(made), true) = (given, made, distance > 0.0) {
                    let apart = (made.clone() - given.clone()).square().sum_dim(1).mean(); // [1]
                    loss = loss + apart.mul_scalar(distance);
                }
                (loss.clone().without_autodiff(), self.g.gradient(&loss))
            }
        }
    }

    fn update(&mut self, player: Player, loss: Tensor<1>, gradient: Tensor<1>) {
        let live = &self.experiment.live;
        match player {
            Player::D => {
                self.d.descend(gradient, live.lr_d, live.clip);
                self.d.net.follow_singular_vectors();
                self.losses.d = Some(loss);
            }
            Player::G => {
                self.g.descend(gradient, live.lr_g, None);
                self.losses.g = Some(loss);
            }
        }
        *self.done.of(player) += 1;
    }

    /// G as it is, for looking at.
    pub fn generator(&self) -> Generator {
        self.g.net.valid()
    }

    /// G with its averaged parameters.
    pub fn generator_ema(&self) -> Generator {
        self.g.averaged_net()
    }

    /// D as it is, for looking at.
    pub fn discriminator(&self) -> Discriminator {
        self.d.net.valid()
    }

    /// How rows x `[n, d]` score in D's own unit, `[n, 1]`. `real` rows stand in for whatever else D looks at.
    pub fn scores(&self, x: Tensor<2>, real: &Tensor<2>) -> Tensor<2> {
        let logits = self.discriminator().scores(x, real);
        match self.experiment.live.objective.unit() {
            Unit::Probability => activation::sigmoid(logits),
            Unit::Label | Unit::Score => logits,
        }
    }

    /// [`scores`](Self::scores), and their gradient ∇ₓ, `[n, d]`.
    pub fn look(&self, x: Tensor<2>, real: &Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let (logits, gradient) = self.discriminator().look(x, real);
        match self.experiment.live.objective.unit() {
            Unit::Probability => {
                let probability = activation::sigmoid(logits);
                let slope = probability.clone() * probability.clone().neg().add_scalar(1.0); // σ′ = σ (1 − σ)
                (probability, gradient * slope)
            }
            Unit::Label | Unit::Score => (logits, gradient),
        }
    }

    /// Updates of each player so far.
    pub fn n_updates(&self) -> Players<u64> {
        Players { d: self.d.n_updates, g: self.g.n_updates }
    }

    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Everything that training changes: tensors (to be read from the device) and the rest. An update under
    /// way is left out; it is drawn again from the same numbers.
    pub fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let (g, d) = (self.g.vectors(), self.d.vectors());
        let mut feeds = self.feeds.clone();
        if let Some(work) = &self.under_way {
            *feeds.of(work.player) = work.before.clone();
        }
        let progress =
            Progress { vectors: Players { d: d.len(), g: g.len() }, updates: self.n_updates(), done: self.done, feeds };
        let last = self.d.net.buffers().into_iter().chain([self.g.average().clone()]);
        (g.into_iter().chain(d).chain(last).collect(), progress)
    }

    /// Puts back what [`save`](Self::save) gave, read to the host: vectors end to end.
    ///
    /// # Errors
    ///
    /// When the number of values does not fit these networks.
    pub fn restore(&mut self, values: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress { vectors, updates, done, feeds } = progress;
        let d_config = self.experiment.discriminator.network();
        let (n_g, n_d) = (self.experiment.generator.network.n_parameters(), d_config.n_parameters());
        let sizes = || {
            let g = std::iter::repeat_n(n_g, vectors.g);
            g.chain(std::iter::repeat_n(n_d, vectors.d)).chain([d_config.n_buffers(), n_g])
        };
        let fits = self.experiment.optimizer_g.fits(vectors.g, updates.g)
            && self.experiment.optimizer_d.fits(vectors.d, updates.d);
        if !fits || sizes().sum::<usize>() != values.len() {
            return Err(format!("{} values do not fit these networks", values.len()));
        }
        let mut rest = values;
        let mut tensors: Vec<Tensor<1>> = sizes()
            .map(|n| {
                let (head, tail) = rest.split_at(n);
                rest = tail;
                Tensor::from_floats(head, &self.device)
            })
            .collect();
        self.g.restore_average(tensors.pop().expect("the average comes last"));
        let buffers = tensors.pop().expect("the buffers come before it");
        let d = tensors.split_off(vectors.g);
        self.g.restore(tensors, updates.g);
        self.d.restore(d, updates.d);
        self.d.net.restore_buffers(&buffers);
        self.feeds = feeds.clone();
        self.done = *done;
        Ok(())
    }
}

/// The part of a checkpoint that is not tensors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// How many vectors each network brings: θ and its optimiser's state.
    pub vectors: Players<usize>,
    pub updates: Players<u64>,
    /// Updates done in the iteration under way.
    pub done: Players<u64>,
    pub feeds: Players<Feed>,
}

#[cfg(test)]
mod twins;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Reals;
    use crate::data::points::{self, Source};
    use crate::device;
    use crate::model;
    use std::sync::Arc;

    fn ring() -> Arc<dyn Reals> {
        Arc::new(Source::Registered(points::find("ring8").unwrap()))
    }

    fn gan(settings: &[(&str, &str)]) -> Gan {
        let raw = settings.iter().map(|(k, v)| (k.to_string(), (*v).into())).collect();
        Gan::new(Experiment::new(&model::settings(&raw).unwrap(), ring()), &device::cpu())
    }

    fn losses(gan: &mut Gan, n: usize) -> Vec<f32> {
        let step = |_| {
            let StepLosses { d, g } = gan.advance(Stride::Both).unwrap();
            [d, g].map(|loss| loss.unwrap().into_scalar::<f32>())
        };
        (0..n).flat_map(step).collect()
    }

    fn theta(gan: &Gan) -> Vec<f32> {
        [&gan.g.theta, &gan.d.theta, gan.g.average()]
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
            whole.advance(Stride::Both);
            by_hand.advance(Stride::D);
            by_hand.advance(Stride::G);
        }
        assert_eq!(theta(&whole), theta(&by_hand));
    }

    #[test]
    fn a_fixed_network_does_not_move() {
        let mut gan = gan(&[]);
        let before = [&gan.g.theta, &gan.d.theta].map(|t| t.to_data());
        gan.advance(Stride::D);
        assert_eq!(gan.g.theta.to_data(), before[0]);
        assert_ne!(gan.d.theta.to_data(), before[1]);
        let d = gan.d.theta.to_data();
        gan.advance(Stride::G);
        assert_eq!(gan.d.theta.to_data(), d);
        assert_ne!(gan.g.theta.to_data(), before[0]);
    }

    #[test]
    fn line_by_line_is_a_whole_step() {
        let settings = [("d_steps", "2"), ("instance_noise", "0.1"), ("gradient_penalty", "1")];
        let (mut whole, mut by_line, mut by_phase) = (gan(&settings), gan(&settings), gan(&settings));
        for _ in 0..3 {
            whole.advance(Stride::Both);
            let mut lines = 1;
            while by_line.advance(Stride::Line).is_none() {
                lines += 1;
            }
            assert_eq!(lines, 2 * 6 + 5);
            assert!(by_phase.advance(Stride::Phase).is_none());
            assert_eq!(by_phase.d.n_updates, whole.d.n_updates);
            assert!(by_phase.advance(Stride::Phase).is_some());
        }
        assert_eq!(theta(&whole), theta(&by_line));
        assert_eq!(theta(&whole), theta(&by_phase));
    }

    #[test]
    fn an_update_given_up_is_drawn_again() {
        let (mut whole, mut interrupted) = (gan(&[]), gan(&[]));
        for _ in 0..3 {
            interrupted.advance(Stride::Line);
        }
        assert_eq!(interrupted.cursor(), Some(Cursor { player: Player::D, line: Line::Generate }));
        assert!(interrupted.batch().iter().all(Option::is_some));
        for gan in [&mut whole, &mut interrupted] {
            gan.advance(Stride::D);
            gan.advance(Stride::G);
        }
        assert_eq!(theta(&whole), theta(&interrupted));
        assert_eq!(interrupted.cursor(), None);
    }

    #[test]
    fn a_restored_run_goes_on_as_if_nothing_had_happened() {
        let cases: [&[(&str, &str)]; 4] = [
            &[("optimizer_g", "adam"), ("optimizer_d", "sgd"), ("momentum", "0.5"), ("width_g", "8")],
            &[("spectral_norm", "on"), ("objective", "hinge")],
            &[("pack", "2"), ("clip", "0.1"), ("d_steps", "3")],
            &[("minibatch_std", "on"), ("r1", "0"), ("r2", "0"), ("instance_noise", "0.2")],
        ];
        for settings in cases {
            let mut original = gan(settings);
            losses(&mut original, 4);
            for _ in 0..8 {
                original.advance(Stride::Line);
            }
            let (tensors, progress) = original.save();
            let values = device::block_on(device::read(tensors)).unwrap().concat();
            let mut twin = gan(settings);
            twin.restore(&values, &progress).unwrap();
            original.advance(Stride::Both);
            twin.advance(Stride::Both);
            assert_eq!(losses(&mut original, 5), losses(&mut twin, 5), "{settings:?}");
            assert_eq!(theta(&original), theta(&twin), "{settings:?}");
            assert!(twin.restore(&values[1..], &progress).is_err());
        }
    }

    #[test]
    fn clipping_keeps_every_parameter_of_d_in_its_box() {
        let mut gan = gan(&[("clip", "0.05"), ("lr_d", "0.1"), ("objective", "wasserstein")]);
        losses(&mut gan, 5);
        let largest: f32 = gan.d.theta.clone().abs().max().into_scalar();
        assert!((largest - 0.05).abs() < 1e-6, "{largest}");
    }
}
