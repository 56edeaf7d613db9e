//! A GAN on pictures of digits: samples and what D says of them, dials for every number of z, the nearest training
//! picture, and versions of both players through time. Or G is told something of the picture that it is to make: its upper
//! half, a drawing of it, or what it shows, in words.

mod coder;
mod knobs;
mod presets;
mod versions;

use super::around_gan::AroundGan;
use super::attribute_gauge::AttributeGauge;
use super::dial_gauge::DialGauge;
use super::drawn::Drawn;
use super::feature_gauge::{FeatureGauge, N};
use super::world_gauge::{self, WorldGauge};
use super::{Family, Judged, Legacy, Luggage, NO_FACES, Sight, line};
use crate::card::text;
use crate::data::ink::Ink;
use crate::data::library;
use crate::data::pictures::Pictures;
use crate::data::worlds::World;
use crate::metric::features::cards;
use crate::metric::{Better, MetricCard, Scale, attributes, faces};
use crate::objective::Unit;
use crate::protocol::{Judgement, Matrix, Reading};
use crate::rng::{Rng, Stream};
use crate::settings::{Refusal, Settings};
use crate::trainer::{Experiment, Gan, rows};
use burn::tensor::{Device, Tensor, activation};
use coder::Coder;
use std::sync::Arc;
use versions::Versions;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("GAN on pictures", "图片上的 GAN"),
    presets: presets::PRESETS,
    curves: super::gan::FAMILY.curves,
    columns: super::gan::FAMILY.columns,
    levels: super::autoencoder::FAMILY.levels,
    metrics: || {
        let known = cards().into_iter().chain(world_gauge::cards()).chain(faces::cards());
        known.chain(attributes::cards()).chain([pixel_error()]).collect()
    },
    ground: || None,
    probes: || PROBES.to_vec(),
    looks_apart: false,
    needs: |settings| library::needed(settings.choice("data")),
    start: |settings, luggage, device| Ok(Box::new(PictureGan::new(settings, luggage, device)?)),
};

/// Pictures are `[n, d]` in ink or colours, scores `[n, 1]` in D's own unit.
///
/// - `originals`, `original_scores`: [`N_SHOWN`] test pictures; where something is given of pictures, of these;
/// - `given`, `variants`: what is given of the first [`N_COMPLETED`] of them as a picture, and [`N_VARIANTS`] pictures that
///   G makes of that;
/// - `descriptions` `[N_COMPLETED, N_CODE]`: what is given instead, where it is words;
/// - `asked`: [`N_ASKED`] pictures of what the reader gives; `pairs`: a face for every hair colour with every eye colour;
///   `asked_factors`, `pair_factors`: what is read from those;
/// - `samples`, `samples_ema`, `sample_scores`: G and its average on the same noise, and D of the former;
/// - `objections`: ∇D on those samples, `[n, d]`: ink that D wants (positive) and ink that it does not;
/// - `nearest`: to each of the first [`N_NEAREST`] averaged samples the nearest training picture;
/// - `dials`: for each number of z a row of [`N_DIAL`] pictures, the others held where the reader has them;
/// - `line`: the averaged G on the way from one shown sample's z to another's;
/// - `placed`: the averaged G at the reader's z;
/// - `test_scores` `[N_JUDGED, 1]`, `drawn_scores` `[n, 1]`: D of test pictures, and of the reader's own;
/// - `drawn`: the reader's own pictures; `drawn_classes` `[n, 10]`: the classifier's opinion of them, and of faces
///   `drawn_factors`;
/// - `drawn_nearest`: the [`N_NEIGHBOURS`] training pictures nearest to the reader's last one;
/// - `versions`, `version_steps` `[n, 1]`, `cross` `[n, n]`: pictures of G₁, G₂ … from the same noise, when they were,
///   and the mean of each D on each G; `version_objections`: what each D has against its G's first picture;
/// - of faces, what the numbers of z do to them: see `dial_gauge`.
const PROBES: &[&str] = &[
    "originals",
    "original_scores",
    "samples",
    "samples_ema",
    "sample_scores",
    "objections",
    "given",
    "variants",
    "nearest",
    "dials",
    "line",
    "placed",
    "test_scores",
    "drawn_scores",
    "drawn_classes",
    "drawn_nearest",
    "versions",
    "version_steps",
    "version_objections",
    "cross",
    "dial_factors",
    "directions",
    "placed_factors",
    "descriptions",
    "asked",
    "asked_factors",
    "pairs",
    "pair_factors",
    "drawn",
    "drawn_factors",
];

const N_SHOWN: usize = 32;
const N_NEAREST: usize = 16;
const N_COMPLETED: usize = 8;
const N_VARIANTS: usize = 5;
/// Test pictures that the reader's own are ranked among.
const N_JUDGED: usize = 500;
const N_NEIGHBOURS: usize = 5;
/// Pictures of what the reader gives.
const N_ASKED: usize = 8;
const N_DIAL: usize = 7;
/// How far a dial's row reaches either way.
const DIAL_REACH: f64 = 2.5;
/// Pictures of each version on show, and behind each cell of the cross table.
const N_VERSION: usize = 8;
const N_CROSS: usize = 64;

/// By what its pictures are measured.
#[expect(clippy::large_enum_variant, reason = "there is one a run")]
enum Gauge {
    Features(FeatureGauge),
    World(WorldGauge),
}

struct PictureGan {
    gan: Gan,
    data: Arc<Pictures>,
    coder: Coder,
    gauge: Gauge,
    attributes: Option<AttributeGauge>,
    /// Rows of test pictures, `[N_SHOWN, dim]`.
    real: Tensor<2>,
    /// Codes of the samples: z, with what is given of `real`, `[N_SHOWN, latent_dim + n_given]`.
    codes: Tensor<2>,
    /// `[N_CROSS, latent_dim + n_given]`
    cross_codes: Tensor<2>,
    /// `[N_COMPLETED · N_VARIANTS, latent_dim + n_given]`
    variants: Tensor<2>,
    /// Places among the samples between which the line runs.
    line: [usize; 2],
    /// The reader's z, `[latent_dim]`, and what the reader gives, as networks see it, `[n_given]`.
    placed: Vec<f32>,
    asking: Vec<f32>,
    drawn: Drawn,
    versions: Versions,
    dials: DialGauge,
    steps: u64,
}

impl PictureGan {
    fn new(settings: &Settings, luggage: Luggage, device: &Device) -> Result<Self, Refusal> {
        let (data, gauge) = match World::find(settings.choice("data")) {
            Some(world) => (Arc::new(world.pictures()), Gauge::World(WorldGauge::new(world))),
            None => {
                let (library, id) = (luggage.library, settings.choice("data"));
                let weights = library.features(id)?;
                let (data, faces) = (library.pictures(id)?, library.faces(id));
                (data, Gauge::Features(FeatureGauge::new(&weights, faces.as_deref(), device)))
            }
        };
        let given = knobs::given(settings, luggage.library);
        let attributes = AttributeGauge::new(&given, data.test());
        let ink = Arc::new(Ink::new(data.clone(), given));
        let experiment = Experiment::new(settings, ink.clone());
        let seed = experiment.seed;
        let coder = Coder { data: ink, latent: experiment.latent, device: device.clone() };
        let stream = |stream| Rng::new(seed, stream);
        let each = |i: usize| i / N_VARIANTS;
        let mut made = Self {
            real: coder.real(N_SHOWN, |i| i),
            codes: coder.draw(N_SHOWN, |i| i, &mut stream(Stream::Probe)),
            cross_codes: coder.draw(N_CROSS, |i| i, &mut stream(Stream::Display)),
            variants: coder.draw(N_COMPLETED * N_VARIANTS, each, &mut stream(Stream::CodeNoise)),
            line: line::ends(settings),
            placed: vec![0.0; experiment.latent.dim],
            asking: coder.first_given(),
            drawn: Drawn::new(data.dim()),
            gan: Gan::new(experiment, device),
            coder,
            data,
            gauge,
            attributes,
            versions: Versions::default(),
            dials: DialGauge::default(),
            steps: 0,
        };
        match luggage.legacy.and_then(|versions| versions.downcast().ok()) {
            Some(versions) => made.versions = *versions,
            None => made.keep_version(),
        }
        Ok(made)
    }

    fn keep_version(&mut self) {
        let Self { gan, versions, steps, .. } = self;
        versions.take(*steps, || (gan.generator_ema(), gan.discriminator()));
    }

    /// D's own unit from logits.
    fn in_unit(&self, logits: Tensor<2>) -> Tensor<2> {
        match self.gan.experiment.live.objective.unit() {
            Unit::Probability => activation::sigmoid(logits),
            Unit::Label | Unit::Score => logits,
        }
    }

    /// What the averaged G makes of codes, in [0, 1].
    fn made(&self, codes: Tensor<2>) -> Tensor<2> {
        self.coder.ink(self.gan.generator_ema().forward(codes))
    }

    /// The averaged G at z `[n, latent_dim]` with what the reader gives.
    fn at(&self, z: Tensor<2>) -> Tensor<2> {
        self.made(self.coder.beside(z, &self.asking))
    }

    /// At the reader's z.
    fn at_place(&self) -> Tensor<2> {
        self.at(rows(self.placed.clone(), self.placed.len(), self.gan.device()))
    }

    /// From noise that stays, what the reader gives; nothing where G is asked for nothing.
    fn asked(&self) -> Option<Tensor<2>> {
        let told = self.coder.data.n_beside() > 0;
        told.then(|| self.at(self.codes.clone().slice([0..N_ASKED, 0..self.placed.len()])))
    }

    fn pairs(&self) -> Option<Tensor<2>> {
        self.coder.pairs(&self.codes).map(|codes| self.made(codes))
    }

    /// Each dial turned through its range, `[latent_dim · N_DIAL, latent_dim]`.
    fn dials(&self) -> Tensor<2> {
        let reach = if self.gan.experiment.latent.gaussian { DIAL_REACH } else { 1.0 };
        let at = |i: usize| (reach * (2.0 * i as f64 / (N_DIAL - 1) as f64 - 1.0)) as f32;
        let turned = |k: usize, i: usize| {
            let mut z = self.placed.clone();
            z[k] = at(i);
            z
        };
        let d = self.placed.len();
        let values = (0..d * N_DIAL).flat_map(|row| turned(row / N_DIAL, row % N_DIAL)).collect();
        rows(values, d, self.gan.device())
    }

    /// What is read from faces.
    fn faces(&self, pictures: Option<Tensor<2>>) -> Option<Sight<'_>> {
        let Gauge::Features(gauge) = &self.gauge else { return None };
        gauge.faces(pictures?, self.data.side)
    }

    /// The reader's pictures, if there are any.
    fn drawn(&self) -> Option<Tensor<2>> {
        (!self.drawn.is_empty()).then(|| self.drawn.tensor(self.gan.device()))
    }
}

fn pixel_error() -> MetricCard {
    MetricCard::new(
        "pixel_error",
        text("pixel error of what is completed", "补全部分的像素误差"),
        "Σ (ink − true ink)² a picture",
        "",
        Scale::Distance,
        Better::Lower,
    )
}

impl AroundGan for PictureGan {
    fn gan(&self) -> &Gan {
        &self.gan
    }

    fn gan_mut(&mut self) -> &mut Gan {
        &mut self.gan
    }

    fn tuned(&mut self, settings: &Settings) {
        self.line = line::ends(settings);
    }

    fn stepped(&mut self) {
        self.steps += 1;
        self.keep_version();
    }

    fn restored(&mut self, step: u64) {
        self.steps = step;
        self.versions.go_to(step);
        self.dials = DialGauge::default();
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let Self { gan, codes, coder, real, .. } = self;
        let seen = |tensor| Some(Sight::OnDevice(tensor, None));
        match probe {
            "originals" => seen(coder.ink(real.clone())),
            "original_scores" => seen(gan.scores(real.clone(), real)),
            "samples" => seen(coder.ink(gan.generator().forward(codes.clone()))),
            "samples_ema" => seen(self.made(codes.clone())),
            "sample_scores" => seen(gan.scores(gan.generator().forward(codes.clone()), real)),
            "objections" => seen(coder.pixels(gan.look(gan.generator().forward(codes.clone()), real).1)),
            "placed" => seen(self.at_place()),
            "placed_factors" => self.faces(Some(self.at_place())),
            "dial_factors" | "directions" => self.dials.see(probe),
            "dials" => seen(self.at(self.dials())),
            "given" => seen(coder.given(N_COMPLETED)?),
            "descriptions" => coder.descriptions(N_COMPLETED).map(Sight::Known),
            "variants" => (coder.n_given() > 0).then(|| self.made(self.variants.clone())).and_then(seen),
            "asked" => seen(self.asked()?),
            "asked_factors" => self.faces(self.asked()),
            "pairs" => seen(self.pairs()?),
            "pair_factors" => self.faces(self.pairs()),
            "line" => {
                let way =
                    if gan.experiment.latent.gaussian && coder.n_given() == 0 { line::arc } else { line::straight };
                seen(self.made(way(codes, self.line)))
            }
            "test_scores" => seen(gan.scores(coder.real(N_JUDGED.min(self.data.test().len()), |i| i), real)),
            "drawn" => (!self.drawn.is_empty()).then(|| Sight::Known(self.drawn.matrix())),
            "drawn_factors" => self.faces(self.drawn()),
            "drawn_scores" => seen(gan.scores(coder.rows(self.drawn()?, &self.asking), real)),
            "drawn_classes" => {
                let Gauge::Features(gauge) = &self.gauge else { return None };
                seen(activation::softmax(gauge.classes(self.drawn()?, self.data.side)?, 1))
            }
            "drawn_nearest" if self.drawn.is_empty() => None,
            "drawn_nearest" => {
                let found = self.data.nearest(self.drawn.last(), N_NEIGHBOURS);
                Some(Sight::Known(Matrix { shape: [found.len(), self.data.dim()], values: self.data.rows(&found) }))
            }
            "nearest" => {
                let some = codes.clone().slice([0..N_NEAREST, 0..codes.dims()[1]]);
                let finish = |samples: Vec<f32>| {
                    let samples = samples.chunks_exact(self.data.dim());
                    let found: Vec<usize> = samples.flat_map(|sample| self.data.nearest(sample, 1)).collect();
                    Matrix { shape: [found.len(), self.data.dim()], values: self.data.rows(&found) }
                };
                Some(Sight::OnDevice(self.made(some), Some(Box::new(finish))))
            }
            "versions" => {
                let some = self.cross_codes.clone().slice([0..N_VERSION, 0..codes.dims()[1]]);
                seen(coder.ink(self.versions.pictures(&some)?))
            }
            "version_steps" => {
                let values: Vec<f32> = self.versions.kept().iter().map(|version| version.step as f32).collect();
                Some(Sight::Known(Matrix { shape: [values.len(), 1], values }))
            }
            "version_objections" => {
                let first = self.cross_codes.clone().slice([0..1, 0..codes.dims()[1]]);
                seen(coder.pixels(self.versions.objections(&first, real)?))
            }
            "cross" => {
                let scores = self.in_unit(self.versions.scores(&self.cross_codes, real)?); // [n, n · N_CROSS]
                let n = scores.dims()[0];
                seen(scores.reshape([n * n, N_CROSS]).mean_dim(1).reshape([n, n]))
            }
            _ => None,
        }
    }

    fn answers(&self) -> &'static [&'static str] {
        &[
            "placed",
            "placed_factors",
            "dials",
            "asked",
            "asked_factors",
            "drawn",
            "drawn_factors",
            "drawn_scores",
            "drawn_classes",
            "drawn_nearest",
        ]
    }

    fn place(&mut self, values: &[f32]) -> Result<(), String> {
        let (d, n_given) = (self.placed.len(), self.coder.data.n_beside());
        let (z, given) = values.split_at(d.min(values.len()));
        let fits = z.len() == d && (given.is_empty() || given.len() == n_given);
        if !fits || z.iter().any(|v| !v.is_finite()) || !given.iter().all(|v| (0.0..=1.0).contains(v)) {
            let given = if n_given == 0 { String::new() } else { format!(", and {n_given} from 0 to 1 or none") };
            return Err(format!("{d} finite numbers, one for each dial{given}"));
        }
        self.placed = z.to_vec();
        if !given.is_empty() {
            self.asking = self.coder.data.seen(given);
        }
        Ok(())
    }

    fn draw(&mut self, values: &[f32]) -> Result<(), String> {
        self.drawn.draw(values)
    }

    fn paint(&mut self, factors: &[f32]) -> Result<(), String> {
        if self.data.channels == 1 {
            return Err(NO_FACES.into());
        }
        self.drawn.paint(factors, self.data.side)
    }

    /// What D says of real pictures and of G's, ∇D on the latter; how far G and its average are from what they complete,
    /// if they do; then both for the gauge.
    fn measured(&self, step: u64) -> Vec<Tensor<2>> {
        let Self { gan, data, coder, gauge, real, codes, .. } = self;
        let n = if let Gauge::World(_) = gauge { world_gauge::N } else { N };
        let fresh = coder.draw(n, |i| i, &mut Rng::new(gan.experiment.seed ^ step, Stream::Metric));
        let (on_fake, slope) = gan.look(gan.generator().forward(codes.clone()), real);
        let mut tensors = vec![gan.scores(real.clone(), real), on_fake, slope];
        let kinds = [gan.generator(), gan.generator_ema()].map(|g| coder.ink(g.forward(fresh.clone())));
        if coder.n_given() > 0 {
            tensors.push(Tensor::cat(kinds.clone().map(|made| coder.error(made)).into(), 0)); // [2, 1]
        }
        tensors.extend(match gauge {
            Gauge::Features(gauge) => gauge.measured(data, kinds, gan.device()),
            Gauge::World(_) => kinds.into(),
        });
        tensors
    }

    fn judge(&mut self, step: u64, measured: &[Vec<f32>]) -> Judged {
        let [on_real, on_fake, slope, rest @ ..] = measured else { unreachable!("three tensors come first") };
        let (errors, pictures) = rest.split_at(usize::from(self.coder.n_given() > 0));
        let mut metrics = match &mut self.gauge {
            Gauge::Features(gauge) => {
                let readings = gauge.read(&self.data, pictures);
                let latent = self.gan.experiment.latent;
                let z = latent.draw(N, &mut Rng::new(self.gan.experiment.seed ^ step, Stream::Metric));
                self.dials.fit(&z, latent.dim, gauge.seen(1));
                let told = self.attributes.iter().flat_map(|told| told.read(gauge));
                readings.into_iter().chain(told).collect()
            }
            Gauge::World(gauge) => {
                let [live, averaged] = pictures else { unreachable!("two kinds of pictures") };
                gauge.read([live, averaged])
            }
        };
        metrics.extend(errors.iter().map(|errors| Reading {
            id: "pixel_error",
            live: errors[0].into(),
            ema: errors[1].into(),
            floor: 0.0,
            chance: self.coder.chance(),
            max: None,
        }));
        let judgement = Judgement::new(on_real, on_fake, slope, self.data.dim());
        Judged { metrics, judgement: Some(judgement), ..Judged::default() }
    }

    fn leave(&self) -> Option<Legacy> {
        Some(Box::new(self.versions.clone()))
    }
}
