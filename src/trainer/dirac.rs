//! The Dirac-GAN (Mescheder, Geiger and Nowozin, 2018): the smallest game that shows why GANs need not converge.
//!
//! The data are one point at 0. The generator is one number, G = θ; the discriminator is one weight,
//! D(x) = ψ x. Each player goes down the gradient of its own loss, along the vector field
//!
//! | objective | dθ | dψ |
//! | --- | --- | --- |
//! | minimax | ψ σ(ψθ) | −θ σ(ψθ) |
//! | non-saturating | ψ σ(−ψθ) | −θ σ(ψθ) |
//! | Wasserstein | ψ | −θ |
//!
//! (σ the logistic function; D high means real.) Near the equilibrium θ = ψ = 0 one step multiplies the distance
//! by the largest |eigenvalue| of the step's Jacobian; [`Game::linear`] works that out, [`Orbit::rate`]
//! measures it.

use crate::logistic::sigmoid;
use serde::{Deserialize, Serialize};

/// (θ, ψ).
pub type State = [f64; 2];

/// Places of a path kept; beyond that every second one is dropped.
const PATH: usize = 2_048;
/// Steps remembered for the measured rate: more than a turn at any but the smallest rates.
const RECENT: usize = 400;
/// The measured rate of an orbit that does not turn is over so many steps.
const STRAIGHT: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiracObjective {
    Minimax,
    NonSaturating,
    Wasserstein,
}

/// The rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    pub objective: DiracObjective,
    /// Both players move from the same state; else D first, then G sees D's move.
    pub simultaneous: bool,
    pub lr_g: f64,
    pub lr_d: f64,
    /// γ of γ/2 · (∇D)²; real and generated points alike, as D is a straight line.
    pub r1: f64,
    /// λ of λ (|∇D| − 1)² (Gulrajani et al., 2017).
    pub gradient_penalty: f64,
    /// The bound on |ψ|, if there is one (Arjovsky, Chintala and Bottou, 2017).
    pub clip: Option<f64>,
    /// Standard deviation of the noise on what D sees; its expectation is taken exactly.
    pub instance_noise: f64,
    /// γ of −γ ∇ ½‖v‖², with v the field of the objective (Mescheder, Nowozin and Geiger, 2017).
    pub consensus: f64,
}

/// What linear theory says of the equilibrium.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linear {
    /// The eigenvalues of the field's Jacobian, real and imaginary parts.
    pub eigenvalues: [[f64; 2]; 2],
    /// What one step multiplies the distance by.
    pub rate: f64,
    /// Steps of one turn; infinite where nothing turns.
    pub turn: f64,
}

impl Game {
    /// (dθ, dψ) per unit of learning rate.
    pub fn field(&self, at: State) -> State {
        let [mut theta, mut psi] = self.penalized(at);
        if self.consensus > 0.0 {
            // ∇ ½‖v‖² = Jᵀ v
            let [vt, vp] = self.penalized(at);
            let [[tt, tp], [pt, pp]] = jacobian(|s| self.penalized(s), at);
            theta -= self.consensus * (tt * vt + pt * vp);
            psi -= self.consensus * (tp * vt + pp * vp);
        }
        [theta, psi]
    }

    fn penalized(&self, [theta, psi]: State) -> State {
        use DiracObjective::*;
        let [g, d] = match self.objective {
            Wasserstein => [psi, -theta],
            objective => {
                let sign = if objective == Minimax { 1.0 } else { -1.0 };
                let g = psi * self.expect(|noise| sigmoid(sign * psi * (theta + noise)));
                let on_real = self.expect(|noise| noise * sigmoid(-psi * noise));
                let on_fake = self.expect(|noise| (theta + noise) * sigmoid(psi * (theta + noise)));
                [g, on_real - on_fake]
            }
        };
        let beyond = if psi == 0.0 { 0.0 } else { psi - psi.signum() }; // (|ψ| − 1) sign ψ
        [g, d - self.r1 * psi - 2.0 * self.gradient_penalty * beyond]
    }

    /// The mean of `f` over the instance noise: the trapezoid rule, which for a gaussian is exact to rounding.
    fn expect(&self, f: impl Fn(f64) -> f64) -> f64 {
        const STEP: f64 = 0.25;
        const HALF: i32 = 34; // out to 8.5 standard deviations
        if self.instance_noise == 0.0 {
            return f(0.0);
        }
        let node = |i: i32| STEP * i as f64;
        let weight = |e: f64| STEP / std::f64::consts::TAU.sqrt() * libm::exp(-0.5 * e * e);
        (-HALF..=HALF).map(node).map(|e| weight(e) * f(self.instance_noise * e)).sum()
    }

    /// One update of D.
    pub fn update_d(&self, [theta, psi]: State) -> State {
        let psi = psi + self.lr_d * self.field([theta, psi])[1];
        [theta, self.clip.map_or(psi, |bound| psi.clamp(-bound, bound))]
    }

    /// One update of G.
    pub fn update_g(&self, [theta, psi]: State) -> State {
        [theta + self.lr_g * self.field([theta, psi])[0], psi]
    }

    /// One update of both.
    pub fn step(&self, state: State) -> State {
        let after_d = self.update_d(state);
        let [theta, _] = self.update_g(if self.simultaneous { state } else { after_d });
        [theta, after_d[1]]
    }

    /// None where the field has no derivative at the equilibrium.
    pub fn linear(&self) -> Option<Linear> {
        if self.gradient_penalty > 0.0 {
            return None;
        }
        let step = eigenvalues(jacobian(|s| self.step(s), [0.0; 2]));
        let length = |[re, im]: [f64; 2]| re.hypot(im);
        let largest = if length(step[0]) >= length(step[1]) { step[0] } else { step[1] };
        Some(Linear {
            eigenvalues: eigenvalues(jacobian(|s| self.field(s), [0.0; 2])),
            rate: length(largest),
            turn: std::f64::consts::TAU / libm::atan2(largest[1], largest[0]).abs(),
        })
    }
}

/// Central differences.
fn jacobian(f: impl Fn(State) -> State, [theta, psi]: State) -> [[f64; 2]; 2] {
    const H: f64 = 1e-5;
    let slope = |a: State, b: State| [(a[0] - b[0]) / (2.0 * H), (a[1] - b[1]) / (2.0 * H)];
    let by_theta = slope(f([theta + H, psi]), f([theta - H, psi]));
    let by_psi = slope(f([theta, psi + H]), f([theta, psi - H]));
    [[by_theta[0], by_psi[0]], [by_theta[1], by_psi[1]]]
}

/// Real and imaginary parts.
fn eigenvalues([[a, b], [c, d]]: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let (half, discriminant) = ((a + d) / 2.0, (a - d) * (a - d) / 4.0 + b * c);
    let root = discriminant.abs().sqrt();
    // What differences cannot tell from a double eigenvalue is one.
    match discriminant {
        _ if root < 1e-5 => [[half, 0.0]; 2],
        x if x > 0.0 => [[half + root, 0.0], [half - root, 0.0]],
        _ => [[half, root], [half, -root]],
    }
}

/// Where the two players are, and where they have been.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Orbit {
    pub state: State,
    pub updates_d: u64,
    pub updates_g: u64,
    /// The last states, latest last.
    recent: Vec<State>,
    /// Updates between two places of the path.
    stride: u64,
    moves: u64,
    /// The path so far, thinned.
    path: Vec<[f32; 2]>,
}

impl Orbit {
    pub fn new(state: State) -> Self {
        let path = vec![state.map(|v| v as f32)];
        Self { state, updates_d: 0, updates_g: 0, recent: vec![state], stride: 1, moves: 0, path }
    }

    /// Takes in where the players have gone.
    pub fn go(&mut self, state: State) {
        self.state = state;
        if self.recent.len() == RECENT {
            self.recent.remove(0);
        }
        self.recent.push(state);
        self.moves += 1;
        if !self.moves.is_multiple_of(self.stride) {
            return;
        }
        self.path.push(state.map(|v| v as f32));
        if self.path.len() >= PATH {
            let mut keep = [false, true].into_iter().cycle();
            self.path.retain(|_| keep.next() == Some(true));
            self.stride *= 2;
        }
    }

    /// The distance from the equilibrium.
    pub fn distance(&self) -> f64 {
        self.state[0].hypot(self.state[1])
    }

    /// The path so far with the present place last, `[n, 2]` flat.
    pub fn path(&self) -> Vec<f32> {
        let last = (self.path.last() != Some(&self.state.map(|v| v as f32))).then_some(self.state.map(|v| v as f32));
        self.path.iter().copied().chain(last).flatten().collect()
    }

    /// What one step has multiplied the distance by: the geometric mean over the last full turn, or over the last
    /// steps where nothing has turned. None before that.
    pub fn rate(&self) -> Option<f64> {
        let length = |s: State| s[0].hypot(s[1]);
        let now = length(self.state);
        let (mut turned, mut after) = (0.0f64, self.state);
        let mut steps = 0.0;
        for &before in self.recent.iter().rev().skip(1) {
            let turn =
                libm::atan2(after[0] * before[1] - after[1] * before[0], after[0] * before[0] + after[1] * before[1]);
            let full = std::f64::consts::TAU - turned.abs();
            if turn.abs() >= full && turn != 0.0 {
                // The turn was complete between these two.
                let part = full / turn.abs();
                let then = length(after) * libm::pow(length(before) / length(after), part);
                return ratio(now, then, steps + part);
            }
            (turned, after, steps) = (turned + turn, before, steps + 1.0);
        }
        let straight = turned.abs() < 0.5 && self.recent.len() > STRAIGHT;
        let then = self.recent.iter().rev().nth(STRAIGHT)?;
        if straight { ratio(now, length(*then), STRAIGHT as f64) } else { None }
    }

    /// # Errors
    ///
    /// When this is nothing that an orbit could have become.
    pub fn check(&self) -> Result<(), String> {
        let finite = self.recent.iter().chain([&self.state]).flatten().all(|v| v.is_finite())
            && self.path.iter().flatten().all(|v| v.is_finite());
        let sized = (1..=RECENT).contains(&self.recent.len()) && self.path.len() < PATH && self.stride > 0;
        let refusal = || format!("an orbit with {} places", self.path.len());
        (finite && sized && [self.moves, self.updates_d, self.updates_g].iter().all(|n| *n < 1 << 53))
            .then_some(())
            .ok_or_else(refusal)
    }
}

fn ratio(now: f64, then: f64, steps: f64) -> Option<f64> {
    let rate = libm::pow(now / then, 1.0 / steps);
    (rate.is_finite() && rate > 0.0).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::objective;
    use burn::tensor::Tensor;

    fn game(objective: DiracObjective) -> Game {
        Game {
            objective,
            simultaneous: true,
            lr_g: 0.2,
            lr_d: 0.2,
            r1: 0.0,
            gradient_penalty: 0.0,
            clip: None,
            instance_noise: 0.0,
            consensus: 0.0,
        }
    }

    fn close(a: [[f64; 2]; 2], b: [[f64; 2]; 2]) -> bool {
        a.iter().flatten().zip(b.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-6)
    }

    fn played(game: &Game, start: State, steps: usize) -> Orbit {
        let mut orbit = Orbit::new(start);
        (0..steps).for_each(|_| orbit.go(game.step(orbit.state)));
        orbit
    }

    /// The field is minus the gradient of the losses that the laboratory's own objectives have.
    #[test]
    fn the_field_is_what_autodiff_makes_of_the_objectives() {
        let device = device::cpu();
        let named = [
            (DiracObjective::Minimax, "minimax"),
            (DiracObjective::NonSaturating, "non_saturating"),
            (DiracObjective::Wasserstein, "wasserstein"),
        ];
        for (rule, id) in named {
            let objective = objective::find(id).unwrap();
            for [theta, psi] in [[1.0, 1.0], [-0.5, 2.0], [0.3, -0.7]] {
                let scalar = |v: f64| Tensor::<2>::from_floats([[v as f32]], &device).autodiff();
                let slope = |loss: Tensor<1>, by: &Tensor<2>| -by.grad(&loss.backward()).unwrap().into_scalar::<f64>();
                let weight = scalar(psi).require_grad();
                let d = objective.discriminator_loss(scalar(0.0) * weight.clone(), scalar(theta) * weight.clone());
                let point = scalar(theta).require_grad();
                let g = objective.generator_loss(&|| scalar(0.0), scalar(psi) * point.clone());
                let [dt, dp] = game(rule).field([theta, psi]);
                assert!((slope(g, &point) - dt).abs() < 1e-6, "{id} dθ");
                assert!((slope(d, &weight) - dp).abs() < 1e-6, "{id} dψ");
            }
        }
    }

    /// Closed forms of Mescheder et al. (2018): f′(0) = ½, f″(0) = −¼, h = 0.2.
    #[test]
    fn eigenvalues_and_rates_are_the_papers() {
        use DiracObjective::*;
        let cases = [
            (game(Minimax), [[0.0, 0.5], [0.0, -0.5]], 1.0f64.hypot(0.1)),
            (game(NonSaturating), [[0.0, 0.5], [0.0, -0.5]], 1.0f64.hypot(0.1)),
            (game(Wasserstein), [[0.0, 1.0], [0.0, -1.0]], 1.0f64.hypot(0.2)),
            (Game { r1: 0.3, ..game(Minimax) }, [[-0.15, 0.2275f64.sqrt()], [-0.15, -(0.2275f64.sqrt())]], 0.974679),
            (Game { r1: 1.0, ..game(Minimax) }, [[-0.5, 0.0], [-0.5, 0.0]], 0.9),
            (Game { instance_noise: 0.7, ..game(Minimax) }, [[-0.1225, 0.484762], [-0.1225, -0.484762]], 0.980306),
            (Game { consensus: 1.0, ..game(Minimax) }, [[-0.25, 0.5], [-0.25, -0.5]], 0.955249),
            (Game { simultaneous: false, ..game(Minimax) }, [[0.0, 0.5], [0.0, -0.5]], 1.0),
        ];
        for (game, eigenvalues, rate) in cases {
            let linear = game.linear().unwrap();
            assert!(close(linear.eigenvalues, eigenvalues), "{game:?}: {linear:?}");
            assert!((linear.rate - rate).abs() < 2e-6, "{game:?}: {linear:?}");
        }
        assert_eq!(Game { gradient_penalty: 0.35, ..game(Wasserstein) }.linear(), None);
    }

    #[test]
    fn near_the_equilibrium_the_measured_rate_is_the_predicted_one() {
        use DiracObjective::*;
        for (game, steps) in [
            (game(Minimax), 200),
            (game(NonSaturating), 200),
            (Game { r1: 0.3, ..game(Minimax) }, 300),
            (Game { instance_noise: 0.7, ..game(Minimax) }, 300),
            (Game { consensus: 1.0, ..game(NonSaturating) }, 200),
            (Game { simultaneous: false, ..game(Minimax) }, 500),
            (game(Wasserstein), 100),
        ] {
            let orbit = played(&game, [0.01, 0.01], steps);
            let (measured, predicted) = (orbit.rate().unwrap(), game.linear().unwrap().rate);
            assert!((measured - predicted).abs() < 1e-4, "{game:?}: {measured} {predicted}");
        }
    }

    #[test]
    fn what_the_paper_says_of_each_method() {
        use DiracObjective::*;
        let far = |game: Game| played(&game, [1.0, 1.0], 2_000).distance();
        let start = 2.0f64.sqrt();
        assert!(far(game(Minimax)) > 1.5 * start, "simultaneous steps spiral out");
        let round = far(Game { simultaneous: false, ..game(Minimax) });
        assert!((0.5..2.0).contains(&(round / start)), "alternating steps go round: {round}");
        assert!(far(Game { r1: 0.3, ..game(Minimax) }) < 1e-9);
        assert!(far(Game { instance_noise: 0.7, ..game(Minimax) }) < 1e-9);
        assert!(far(Game { consensus: 1.0, ..game(Minimax) }) < 1e-9);
        let clipped = far(Game { clip: Some(1.0), ..game(Wasserstein) });
        assert!((0.1..10.0).contains(&clipped), "clipping neither converges nor escapes: {clipped}");
        let penalized = far(Game { gradient_penalty: 0.35, ..game(Wasserstein) });
        assert!((0.1..3.0).contains(&penalized), "the gradient penalty ends in a cycle: {penalized}");
    }

    #[test]
    fn a_long_path_is_thinned_and_what_is_no_orbit_refused() {
        let game = Game { simultaneous: false, ..game(DiracObjective::Minimax) };
        let orbit = played(&game, [1.0, 1.0], 20_000);
        assert!(orbit.path().len() <= 2 * PATH && orbit.path().ends_with(&orbit.state.map(|v| v as f32)));
        assert_eq!(orbit.check(), Ok(()));
        assert!(Orbit { stride: 0, ..orbit.clone() }.check().is_err());
        assert!(Orbit { state: [f64::NAN, 0.0], ..orbit.clone() }.check().is_err());
        assert!(Orbit { recent: Vec::new(), ..orbit }.check().is_err());
    }
}
