//! The same points for explicit and implicit models of their density: one gaussian, a mixture by EM, a kernel density, a
//! VAE, a GAN. All draw points; all but the GAN say how likely a place is.

mod estimator;
mod knobs;
mod presets;

use super::plane::{self, Component, component, weighted};
use super::{Curve, Family, Judged, Model, Sight, gan};
use crate::card::text;
use crate::data::points::{Point, Source, own::Own};
use crate::density::{Density, Gaussian, Mixture, mean_log};
use crate::metric::energy_distance::EnergyDistance;
use crate::metric::{Better, Metric, MetricCard, Reference, Scale, Scorer, pairs};
use crate::probe::grid;
use crate::protocol::{Matrix, Named, Progress, Reading};
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::autoencoder::AutoencoderProgress;
use crate::trainer::{self, Latent, Stride, Value, noise};
use burn::tensor::{Device, Tensor};
use estimator::Estimator;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::sync::Arc;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("Density of points", "点的密度"),
    presets: presets::PRESETS,
    curves: &[Curve {
        id: "nats", label: text("− ln p a point; GAN: D’s loss", "每点的 − ln p；GAN：D 的损失")
    }],
    columns: [("", text("now", "当前")), ("start", text("untrained", "未训练"))],
    levels: [text("the law itself", "数据的真实分布"), text("one gaussian", "一个高斯")],
    metrics: cards,
    ground: || None, // the data's
    probes: || PROBES.to_vec(),
    looks_apart: false,
    needs: |_| &[],
    start: |settings, luggage, device| {
        let own = luggage.points.map(Own::new).transpose()?;
        let source = gan::source(settings, own)?;
        Ok(Box::new(DensityModel::new(settings, source, device)))
    },
};

/// - `real` `[n, 2]`: the points to learn; `held_out` likewise;
/// - `generated` `[N_SHOWN, 2]`: points drawn from the model;
/// - `density` `[SIDE, SIDE]`: p at the middles of a grid's cells, rows from the top, per squared data unit;
/// - `components` `[k, 6]`: weight, mean and Σ₀₀, Σ₀₁, Σ₁₁ of each gaussian of a mixture;
/// - `asked` `[1, 5]`: the reader's point, ln p there, its distance from the (nearest) middle in standard deviations, and
///   the probability of a point that is less likely; NaN for what the model cannot say.
const PROBES: &[&str] = &["real", "held_out", "generated", "density", "components", "asked"];

const N_SHOWN: usize = 512;
const SIDE: usize = 50;
/// Middles behind the density of a VAE.
const N_MIDDLES: usize = 1_000;
/// Points that a generator is measured on.
const N_MEASURED: usize = 500;
/// Draws behind a probability.
const N_TAIL: usize = 2_000;

/// Who learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Gaussian,
    Mixture,
    Kernel,
    Vae,
    Gan,
}

/// The part of a checkpoint that is not vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DensityProgress {
    steps: u64,
    learned: Learned,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Learned {
    /// Weight, mean and covariance of each gaussian; none for kernels.
    Gaussians(Vec<Component>),
    Vae(AutoencoderProgress),
    Gan(trainer::Progress),
}

fn cards() -> Vec<MetricCard> {
    let distance = EnergyDistance.card();
    vec![
        MetricCard::new(
            "held_out_nats",
            text("held-out points, − ln p", "留出点的 − ln p"),
            "mean over points that nobody learned from; a GAN has no such number",
            "Shannon 1948",
            Scale::Nats,
            Better::Lower,
        ),
        MetricCard { card: distance, scale: Scale::Distance, better: Better::Lower },
    ]
}

struct DensityModel {
    estimator: Estimator,
    source: Source,
    points: Arc<Vec<Point>>,
    held_out: Vec<Point>,
    /// What networks draw with, `[N_SHOWN, latent_dim]` and `[N_MIDDLES, latent_dim]`.
    shown: Tensor<2>,
    middles: Tensor<2>,
    distance: Scorer,
    /// Floor and chance level of each metric.
    levels: [[f64; 2]; 2],
    /// What the numbers were before training; found with the first reading.
    start: Option<[f64; 2]>,
    asked: Option<Point>,
    kept: Kept,
    seed: u64,
    steps: u64,
}

/// What has been seen of a density that is known on the host, until it changes: that of kernels never does by training.
#[derive(Default)]
struct Kept {
    generated: OnceCell<Matrix>,
    density: OnceCell<Matrix>,
    asked: OnceCell<Matrix>,
}

impl DensityModel {
    fn new(settings: &Settings, source: Source, device: &Device) -> Self {
        let seed = settings.integer("seed");
        let [points, held_out] = split(&source, settings.integer("n_points") as usize, seed);
        let points = Arc::new(points);
        let estimator = Estimator::new(knobs::method(settings), settings, &points, device);
        let latent = Latent { dim: estimator.latent_dim(), gaussian: true };
        let stream = |stream| Rng::new(seed, stream);
        let reference = Reference { points: &held_out, modes: None, half_width: source.half_width() };
        let distance = EnergyDistance.scorer(&reference).expect("every cloud has distances");
        let gaussian = Gaussian::fit(&points, None);
        let rng = &mut stream(Stream::Metric);
        let drawn: Vec<Point> = (0..N_MEASURED).map(|_| gaussian.draw(rng)).collect();
        let real = pairs(&source.sample(N_MEASURED, rng));
        let truth = held_out.iter().map(|x| source.density(*x, 0.0).map_or(f64::NAN, |p| -libm::log(p)));
        let floor = truth.sum::<f64>() / held_out.len() as f64;
        Self {
            shown: noise(latent, N_SHOWN, &mut stream(Stream::Probe), device),
            middles: noise(latent, N_MIDDLES, &mut stream(Stream::Display), device),
            levels: [[floor, -mean_log(&gaussian, &held_out)], [distance(&real), distance(&drawn)]],
            distance,
            estimator,
            source,
            points,
            held_out,
            start: None,
            asked: None,
            kept: Kept::default(),
            seed,
            steps: 0,
        }
    }

    /// From the density, once what the device has to decode has been read; none for a GAN.
    fn of_density<'a>(
        &'a self,
        kept: &OnceCell<Matrix>,
        look: impl Fn(&dyn Density) -> Matrix + 'a,
    ) -> Option<Sight<'a>> {
        if let Some(density) = self.estimator.explicit() {
            return Some(Sight::Known(kept.get_or_init(|| look(density)).clone()));
        }
        let decoded = self.estimator.decode(&self.middles)?;
        self.estimator.behind(&[])?;
        let finish = move |values: Vec<f32>| {
            let kernel = self.estimator.behind(&pairs(&values)).expect("asked before");
            look(&kernel)
        };
        Some(Sight::OnDevice(decoded, Some(Box::new(finish))))
    }

    fn rng(&self, stream: Stream) -> Rng {
        Rng::new(self.seed, stream)
    }

    fn landscape(&self, density: &dyn Density) -> Matrix {
        let places = pairs(&grid(self.source.half_width(), SIDE));
        let values = places.into_iter().map(|x| libm::exp(density.log(x)) as f32).collect();
        Matrix { shape: [SIDE, SIDE], values }
    }

    /// What there is to say of the reader's point.
    fn answer(&self, x: Point, density: Option<&dyn Density>) -> Matrix {
        let rng = &mut self.rng(Stream::Metric);
        let said = density.map_or([f64::NAN; 3], |density| {
            [density.log(x), density.mahalanobis(x).unwrap_or(f64::NAN), density.tail(x, N_TAIL, rng)]
        });
        Matrix { shape: [1, 5], values: x.into_iter().chain(said).map(|v| v as f32).collect() }
    }

    /// − ln p of held-out points, and the distance of what is drawn from them.
    fn numbers(&self, decoded: &[Point]) -> [f64; 2] {
        let behind = self.estimator.behind(decoded);
        let density = self.estimator.explicit().or(behind.as_ref().map(|kernel| kernel as &dyn Density));
        let rng = &mut self.rng(Stream::Metric);
        match density {
            Some(density) => {
                let drawn: Vec<Point> = (0..N_MEASURED).map(|_| density.draw(rng)).collect();
                [-mean_log(density, &self.held_out), (self.distance)(&drawn)]
            }
            None => [f64::NAN, (self.distance)(decoded)],
        }
    }
}

/// Points to learn and points held out: drawn afresh, or a share of those that there are.
fn split(source: &Source, n: usize, seed: u64) -> [Vec<Point>; 2] {
    let rng = &mut Rng::new(seed, Stream::RealForD);
    let Some(all) = source.points() else {
        return [(); 2].map(|()| pairs(&source.sample(n, rng)));
    };
    let mut all = all.to_vec();
    rng.shuffle(&mut all);
    let held_out = all.split_off(all.len() - (all.len() / 5).max(1));
    all.truncate(n);
    [all, held_out]
}

impl Model for DensityModel {
    fn tune(&mut self, settings: &Settings) {
        self.estimator.tune(settings, &self.points);
        self.kept = Kept::default();
    }

    /// Nobody plays against anybody: every stride is a step.
    fn advance(&mut self, _: Stride) -> Option<Vec<Option<Value>>> {
        self.steps += 1;
        if !matches!(self.estimator, Estimator::Kernel { .. }) {
            self.kept = Kept::default();
        }
        Some(vec![self.estimator.step(&self.points)])
    }

    fn updates(&self) -> Named<u64> {
        [("g", self.steps)].into()
    }

    fn n_parameters(&self) -> Named<usize> {
        [("g", self.estimator.n_parameters())].into()
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        match probe {
            "real" => Some(Sight::Known(plane::matrix(&self.points))),
            "held_out" => Some(Sight::Known(plane::matrix(&self.held_out))),
            "generated" => match &self.estimator {
                Estimator::Gan(_) => Some(Sight::OnDevice(self.estimator.decode(&self.shown)?, None)),
                _ => self.of_density(&self.kept.generated, |density| {
                    let rng = &mut self.rng(Stream::Probe);
                    plane::matrix(&(0..N_SHOWN).map(|_| density.draw(rng)).collect::<Vec<_>>())
                }),
            },
            "density" => self.of_density(&self.kept.density, |density| self.landscape(density)),
            "components" => Some(Sight::Known(plane::components(&gaussians(&self.estimator)?))),
            "asked" => {
                let x = self.asked?;
                let said = self.of_density(&self.kept.asked, move |density| self.answer(x, Some(density)));
                said.or_else(|| Some(Sight::Known(self.answer(x, None))))
            }
            _ => None,
        }
    }

    fn answers(&self) -> &'static [&'static str] {
        &["asked"]
    }

    fn place(&mut self, values: &[f32]) -> Result<(), String> {
        self.asked = Some(plane::asked(values)?);
        self.kept.asked.take();
        Ok(())
    }

    fn measured(&self, _: u64) -> Vec<Tensor<2>> {
        self.estimator.decode(&self.middles).into_iter().collect()
    }

    fn judge(&mut self, _: u64, measured: &[Vec<f32>]) -> Judged {
        let decoded = measured.first().map_or_else(Vec::new, |values| pairs(values));
        let now = self.numbers(&decoded);
        let start = *self.start.get_or_insert(if self.steps == 0 { now } else { [f64::NAN; 2] });
        let ids = ["held_out_nats", EnergyDistance.card().id];
        let reading = |i: usize| Reading {
            id: ids[i],
            live: now[i],
            ema: start[i],
            floor: self.levels[i][0],
            chance: self.levels[i][1],
            max: None,
        };
        Judged { metrics: vec![reading(0), reading(1)], ..Judged::default() }
    }

    fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let (tensors, learned) = match &self.estimator {
            Estimator::Vae(vae) => {
                let (tensors, progress) = vae.save();
                (tensors, Learned::Vae(progress))
            }
            Estimator::Gan(gan) => {
                let (tensors, progress) = gan.save();
                (tensors, Learned::Gan(progress))
            }
            explicit => (Vec::new(), Learned::Gaussians(gaussians(explicit).unwrap_or_default())),
        };
        (tensors, Progress::Density(DensityProgress { steps: self.steps, learned }))
    }

    fn restore(&mut self, _: u64, values: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress::Density(DensityProgress { steps, learned }) = progress else {
            return Err("another model's".into());
        };
        match (&mut self.estimator, learned) {
            (Estimator::Vae(vae), Learned::Vae(progress)) => vae.restore(values, progress)?,
            (Estimator::Gan(gan), Learned::Gan(progress)) => gan.restore(values, progress)?,
            (Estimator::Kernel { .. }, Learned::Gaussians(rows)) if rows.is_empty() => {}
            (Estimator::Gaussian(gaussian), Learned::Gaussians(rows)) if rows.len() == 1 => {
                *gaussian = weighted(&rows[0])?.1;
            }
            (Estimator::Mixture(mixture), Learned::Gaussians(rows)) if rows.len() == mixture.components.len() => {
                *mixture = Mixture { components: rows.iter().map(weighted).collect::<Result<_, _>>()? };
            }
            _ => return Err("another estimator's".into()),
        }
        self.kept = Kept::default();
        self.steps = *steps;
        Ok(())
    }
}

/// Each gaussian of an estimator that is made of some.
fn gaussians(estimator: &Estimator) -> Option<Vec<Component>> {
    match estimator {
        Estimator::Gaussian(gaussian) => Some(vec![component(1.0, gaussian)]),
        Estimator::Mixture(mixture) => {
            Some(mixture.components.iter().map(|(weight, gaussian)| component(*weight, gaussian)).collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::seen;
    use super::*;
    use crate::device;
    use crate::protocol::RawSettings;

    fn model(changes: &[(&str, &str)]) -> DensityModel {
        let raw: RawSettings = changes
            .iter()
            .map(|(k, v)| (k.to_string(), (*v).into()))
            .chain([("model".into(), "density".into())])
            .collect();
        let settings = crate::model::settings(&raw).unwrap();
        DensityModel::new(&settings, gan::source(&settings, None).unwrap(), &device::cpu())
    }

    #[test]
    fn all_but_the_gan_say_how_likely_a_place_is() {
        for method in ["gaussian", "mixture", "kernel", "vae", "gan"] {
            let mut model = model(&[("method", method), ("n_points", "60")]);
            (0..3).for_each(|_| _ = model.advance(Stride::Both));
            assert!(model.place(&[1.0]).is_err() && model.place(&[f32::NAN, 0.0]).is_err());
            assert!(seen(&model, "asked").is_none());
            model.place(&[0.5, -0.5]).unwrap();
            let asked = seen(&model, "asked").unwrap().values;
            assert_eq!((asked[0], asked[1]), (0.5, -0.5));
            assert_eq!(asked[2].is_finite(), method != "gan", "{method}: {asked:?}");
            assert_eq!(seen(&model, "density").is_some(), method != "gan");
            assert_eq!(seen(&model, "generated").unwrap().shape, [N_SHOWN, 2]);
            let measured = device::block_on(device::read(model.measured(3))).unwrap();
            let metrics = model.judge(3, &measured).metrics;
            assert_eq!(metrics[0].live.is_finite(), method != "gan");
            assert!(metrics[1].live.is_finite() && metrics.iter().all(|m| m.floor.is_finite() && m.chance.is_finite()));
        }
    }

    #[test]
    fn a_restored_run_goes_on_as_if_nothing_had_happened() {
        for method in ["gaussian", "mixture", "kernel", "vae", "gan"] {
            let changes = [("method", method), ("n_points", "60")];
            let mut original = model(&changes);
            (0..3).for_each(|_| _ = original.advance(Stride::Both));
            let (tensors, progress) = original.save();
            let values = device::block_on(device::read(tensors)).unwrap().concat();
            let mut twin = model(&changes);
            twin.restore(3, &values, &progress).unwrap();
            for model in [&mut original, &mut twin] {
                model.advance(Stride::Both);
            }
            assert_eq!(seen(&original, "generated"), seen(&twin, "generated"), "{method}");
            let other = model(&[("method", if method == "gan" { "vae" } else { "gan" })]).save().1;
            assert!(twin.restore(3, &values, &other).is_err());
        }
        let broken = DensityProgress { steps: 1, learned: Learned::Gaussians(vec![[1.0, 0.0, 0.0, 1.0, 2.0, 1.0]]) };
        assert!(model(&[("method", "gaussian")]).restore(1, &[], &Progress::Density(broken)).is_err());
    }
}
