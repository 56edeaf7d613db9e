//! The Dirac-GAN as something to watch: both weights as a place in a plane, the field that drives them, the path
//! so far, and the rate that linear theory predicts beside the measured one.

mod knobs;
mod presets;

use super::{Curve, Family, Ground, Judged, Model, Sight};
use crate::card::{Text, text};
use crate::data::points::Axis;
use crate::probe::grid;
use crate::protocol::{HealthState, Matrix, Named, Progress};
use crate::settings::Settings;
use crate::trainer::dirac::{Game, Orbit};
use crate::trainer::{Stride, Value};
use burn::tensor::Tensor;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("Dirac-GAN", "狄拉克 GAN"),
    presets: presets::PRESETS,
    curves: &[
        Curve { id: "theta", label: text("θ: G’s only weight", "θ：G 唯一的权重") },
        Curve { id: "psi", label: text("ψ: D’s only weight", "ψ：D 唯一的权重") },
    ],
    columns: [("", text("G", "G")), ("ema", text("G averaged", "平均 G"))],
    levels: [text("real points", "真实点"), text("one gaussian", "一个高斯")],
    metrics: Vec::new,
    ground: || {
        let axis = |label: Text| Axis { label: label.into(), unit: text("", "").into(), mean: 0.0, scale: 1.0 };
        let axes = FAMILY.curves.iter().map(|curve| axis(curve.label)).collect::<Vec<_>>();
        Some(Ground { half_width: HALF_WIDTH, axes: axes.try_into().expect("two weights") })
    },
    probes: || PROBES.to_vec(),
    looks_apart: false,
    needs: |_| &[],
    start: |settings, _, _| Ok(Box::new(Dirac::new(settings))),
};

/// - `field_grid`, `field`: places of the plane and the field there, `[n, 2]` each;
/// - `path`: where the players have been, the present place last, `[n, 2]`;
/// - `rates`: see [`RATES`], `[1, 8]`.
const PROBES: &[&str] = &["field_grid", "field", "path", "rates"];

/// What `rates` holds; NaN where there is no such number.
pub const RATES: [&str; 8] = [
    "distance",
    "rate",
    "rate_predicted",
    "turn_predicted",
    "eigenvalue_1_re",
    "eigenvalue_1_im",
    "eigenvalue_2_re",
    "eigenvalue_2_im",
];

/// Half the width of the picture.
pub const HALF_WIDTH: f64 = 2.5;
/// Arrows along each side.
const SIDE: usize = 15;
/// Converged: so close to the equilibrium.
const NEAR: f64 = 1e-3;
/// Lost: so far from it.
const FAR: f64 = 1e3;

struct Dirac {
    game: Game,
    orbit: Orbit,
    near_since: Option<u64>,
}

impl Dirac {
    fn new(settings: &Settings) -> Self {
        let start = [settings.number("theta"), settings.number("psi")];
        Self { game: knobs::game(settings), orbit: Orbit::new(start), near_since: None }
    }

    fn rates(&self) -> Matrix {
        let linear = self.game.linear();
        let of = |f: fn(&crate::trainer::dirac::Linear) -> f64| linear.as_ref().map_or(f64::NAN, f);
        let rate = self.orbit.rate().unwrap_or(f64::NAN);
        let [a, b] = linear.as_ref().map_or([[f64::NAN; 2]; 2], |linear| linear.eigenvalues);
        let values = [self.orbit.distance(), rate, of(|l| l.rate), of(|l| l.turn), a[0], a[1], b[0], b[1]];
        Matrix { shape: [1, RATES.len()], values: values.map(|v| v as f32).into() }
    }
}

fn pairs(values: Vec<f32>) -> Sight<'static> {
    Sight::Known(Matrix { shape: [values.len() / 2, 2], values })
}

impl Model for Dirac {
    fn tune(&mut self, settings: &Settings) {
        self.game = knobs::game(settings);
    }

    /// There are no lines to stop between: every stride but a single player's is a step.
    fn advance(&mut self, stride: Stride) -> Option<Vec<Option<Value>>> {
        let Self { game, orbit, .. } = self;
        let (state, d, g) = match stride {
            Stride::D => (game.update_d(orbit.state), 1, 0),
            Stride::G => (game.update_g(orbit.state), 0, 1),
            Stride::Line | Stride::Phase | Stride::Both => (game.step(orbit.state), 1, 1),
        };
        orbit.updates_d += d;
        orbit.updates_g += g;
        orbit.go(state);
        Some(state.map(|v| Some(Value::Known(v as f32))).into())
    }

    fn updates(&self) -> Named<u64> {
        [("d", self.orbit.updates_d), ("g", self.orbit.updates_g)].into()
    }

    fn n_parameters(&self) -> Named<usize> {
        [("d", 1), ("g", 1)].into()
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let places = || grid(HALF_WIDTH, SIDE);
        let at = |place: &[f32]| self.game.field([place[0] as f64, place[1] as f64]).map(|v| v as f32);
        match probe {
            "field_grid" => Some(pairs(places())),
            "field" => Some(pairs(places().chunks_exact(2).flat_map(at).collect())),
            "path" => Some(pairs(self.orbit.path())),
            "rates" => Some(Sight::Known(self.rates())),
            _ => None,
        }
    }

    fn measured(&self, _: u64) -> Vec<Tensor<2>> {
        Vec::new()
    }

    fn judge(&mut self, step: u64, _: &[Vec<f32>]) -> Judged {
        let near = self.orbit.distance() < NEAR;
        self.near_since = near.then(|| self.near_since.unwrap_or(step));
        Judged { health: HealthState { converged_at: self.near_since, ..HealthState::default() }, ..Judged::default() }
    }

    fn is_lost(&self) -> bool {
        self.orbit.distance() > FAR
    }

    fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        (Vec::new(), Progress::Dirac(self.orbit.clone()))
    }

    fn restore(&mut self, _: u64, _: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress::Dirac(orbit) = progress else { return Err("another model's".into()) };
        orbit.check()?;
        self.orbit = orbit.clone();
        Ok(())
    }
}
