//! A GAN on a line, where D is a curve: it rises where real points lie and sinks where generated ones do, and these then
//! move uphill. Beside it what theory says: the best possible D, and the value it would reach.

mod exact;
mod knobs;
mod presets;

use super::around_gan::AroundGan;
use super::{Family, Judged, Sight, gan};
use crate::card::text;
use crate::data::Reals;
use crate::data::bumps::Bumps;
use crate::metric::{Better, MetricCard, Scale};
use crate::objective::Unit;
use crate::protocol::{Judgement, Matrix, Reading};
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::{Experiment, Gan, noise, rows};
use burn::tensor::{Device, Tensor};
use exact::{Densities, N_GRID, per_unit, place};
use std::f64::consts::LN_2;
use std::sync::Arc;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("GAN on a line", "直线上的 GAN"),
    presets: presets::PRESETS,
    curves: gan::FAMILY.curves,
    columns: gan::FAMILY.columns,
    levels: [text("the best D; real points", "最好的 D；真实点"), text("a D that says ½", "总说 ½ 的 D")],
    metrics: cards,
    ground: || None,
    probes: || PROBES.to_vec(),
    looks_apart: true,
    needs: |_| &[],
    start: |settings, _, device| Ok(Box::new(LineGan::new(settings, device))),
};

/// - `curve` `[N_GRID, 5]`: x, D in its own unit, the densities p of the data and q of G, and the best D = p / (p + q),
///   NaN where D is no probability;
/// - `line_real`, `line_samples` `[N_SHOWN, 1]`: real points and G's;
/// - `line_pulls` `[N_SHOWN, 1]`: D′ at the latter, the way that they will move.
const PROBES: &[&str] = &["curve", "line_real", "line_samples", "line_pulls"];

const N_SHOWN: usize = 64;
/// Samples behind a density.
const N: usize = 4_096;

fn cards() -> Vec<MetricCard> {
    vec![
        MetricCard::new(
            "value",
            text("value of the game V(G, D)", "博弈的价值 V(G, D)"),
            "E ln D(x) + E ln (1 − D(G(z))); the best D reaches −ln 4 + 2 JSD",
            "Goodfellow et al. 2014",
            Scale::Nats,
            Better::Lower,
        ),
        MetricCard::new(
            "gap",
            text("largest distance of D from the best one", "D 与最好的 D 之间的最大距离"),
            "sup |D − p / (p + q)| where p + q is not negligible",
            "Goodfellow et al. 2014",
            Scale::Share,
            Better::Lower,
        ),
        MetricCard::new(
            "w1",
            text("earth mover’s distance", "推土机距离"),
            "∫ |P − Q| dx",
            "Villani 2009",
            Scale::Distance,
            Better::Lower,
        ),
    ]
}

struct LineGan {
    gan: Gan,
    data: &'static Bumps,
    /// Middles of the grid's cells, `[N_GRID, 1]`.
    grid: Tensor<2>,
    /// `[N_SHOWN, 1]`
    real: Tensor<2>,
    /// `[N, latent_dim]`, of which the first [`N_SHOWN`] are on show.
    noise: Tensor<2>,
    /// What the distance's floor is measured on, `[N]`.
    reals: Vec<f32>,
}

impl LineGan {
    fn new(settings: &Settings, device: &Device) -> Self {
        let data = knobs::data(settings);
        let experiment = Experiment::new(settings, Arc::new(data));
        let stream = |stream| Rng::new(experiment.seed, stream);
        let grid = (0..N_GRID).map(|i| place(i) as f32).collect();
        Self {
            grid: rows(grid, 1, device),
            real: rows(data.rows(N_SHOWN, &mut stream(Stream::Display)), 1, device),
            noise: noise(experiment.latent, N, &mut stream(Stream::Probe), device),
            reals: data.rows(N, &mut stream(Stream::Metric)),
            data,
            gan: Gan::new(experiment, device),
        }
    }

    /// G's points on show, `[N_SHOWN, 1]`.
    fn samples(&self) -> Tensor<2> {
        let latent = self.noise.dims()[1];
        self.gan.generator().forward(self.noise.clone().slice([0..N_SHOWN, 0..latent]))
    }

    fn densities(&self, samples: &[f32]) -> Densities {
        Densities::new(self.data, samples, self.gan.experiment.live.instance_noise)
    }

    /// D on the grid, then points of G.
    fn finish_curve(&self, values: &[f32]) -> Matrix {
        let (d, samples) = values.split_at(N_GRID);
        let densities = self.densities(samples);
        let is_probability = self.gan.experiment.live.objective.unit() == Unit::Probability;
        let best = densities.best();
        let row = |i: usize| {
            let best = if is_probability { best[i] as f32 } else { f32::NAN };
            let density = |p: &[f64]| (p[i] * per_unit()) as f32;
            [place(i) as f32, d[i], density(&densities.p), density(&densities.q), best]
        };
        Matrix { shape: [N_GRID, 5], values: (0..N_GRID).flat_map(row).collect() }
    }
}

impl AroundGan for LineGan {
    fn gan(&self) -> &Gan {
        &self.gan
    }

    fn gan_mut(&mut self) -> &mut Gan {
        &mut self.gan
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let seen = |tensor| Some(Sight::OnDevice(tensor, None));
        match probe {
            "curve" => {
                let d = self.gan.scores(self.grid.clone(), &self.real); // [N_GRID, 1]
                let samples = self.gan.generator().forward(self.noise.clone()); // [N, 1]
                let finish = |values: Vec<f32>| self.finish_curve(&values);
                Some(Sight::OnDevice(Tensor::cat(vec![d, samples], 0), Some(Box::new(finish))))
            }
            "line_real" => seen(self.real.clone()),
            "line_samples" => seen(self.samples()),
            "line_pulls" => seen(self.gan.look(self.samples(), &self.real).1),
            _ => None,
        }
    }

    /// D's logits on the grid, points of G and of its average; then D and its slope on the points shown.
    fn measured(&self, step: u64) -> Vec<Tensor<2>> {
        let Self { gan, grid, real, .. } = self;
        let rng = &mut Rng::new(gan.experiment.seed ^ step, Stream::Metric);
        let z = noise(gan.experiment.latent, N, rng, gan.device());
        let (on_fake, slope) = gan.look(self.samples(), real);
        vec![
            gan.discriminator().scores(grid.clone(), real),
            gan.generator().forward(z.clone()),
            gan.generator_ema().forward(z),
            gan.scores(real.clone(), real),
            on_fake,
            slope,
        ]
    }

    fn judge(&mut self, _: u64, measured: &[Vec<f32>]) -> Judged {
        let [logits, live, ema, on_real, on_fake, slope] = measured else { unreachable!("six tensors were read") };
        let [live, ema] = [live, ema].map(|samples| self.densities(samples));
        let guess = vec![0.0; N_GRID];
        let reading = |id, of: &dyn Fn(&Densities) -> f64, floor, chance, max| Reading {
            id,
            live: of(&live),
            ema: of(&ema),
            floor,
            chance,
            max,
        };
        let metrics = vec![
            reading("value", &|d| d.value(logits), live.best_value(), -2.0 * LN_2, None),
            reading("gap", &|d| d.gap(logits), 0.0, live.gap(&guess), Some(1.0)),
            reading("w1", &Densities::wasserstein, self.densities(&self.reals).wasserstein(), f64::NAN, None),
        ];
        Judged { metrics, judgement: Some(Judgement::new(on_real, on_fake, slope, 1)), ..Judged::default() }
    }
}
