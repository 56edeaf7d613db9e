//! Autoencoders on pictures: the plane of codes, what lies between two codes, and pictures from codes that belong to
//! no picture.

mod gauge;
mod knobs;
mod presets;

use super::dial_gauge::DialGauge;
use super::drawn::Drawn;
use super::{Curve, Family, Judged, Luggage, Model, NO_FACES, NO_PICTURES, Sight, line};
use crate::card::text;
use crate::data::Shades;
use crate::data::faces::{Face, Faces};
use crate::data::library::{self, Library};
use crate::data::pictures::{Pictures, strokes};
use crate::data::worlds::World;
use crate::nn::{Autoencoder, Code};
use crate::protocol::{Matrix, Named, Progress};
use crate::rng::{Rng, Stream};
use crate::settings::{Refusal, Settings};
use crate::trainer::autoencoder::{AutoencoderRun, AutoencoderTrainer, Likelihood};
use crate::trainer::{Stride, Value, rows};
use burn::tensor::{Device, Tensor};
use gauge::Gauge;
use std::cell::RefCell;
use std::sync::Arc;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("Autoencoder", "自编码器"),
    presets: presets::PRESETS,
    curves: &[
        Curve { id: "reconstruction", label: text("reconstruction", "重建") },
        Curve { id: "kl", label: text("KL", "KL") },
    ],
    columns: [
        ("", text("codes from N(0, 1)", "编码取自 N(0, 1)")),
        ("fitted", text("from a fitted gaussian", "取自拟合的高斯")),
    ],
    levels: [text("real pictures", "真实图片"), text("pixel by pixel", "逐个像素")],
    metrics: gauge::cards,
    ground: || None,
    probes: || PROBES.to_vec(),
    looks_apart: false,
    needs: |settings| library::needed(settings.choice("data")),
    start: |settings, luggage, device| Ok(Box::new(AutoencoderModel::new(settings, luggage, device)?)),
};

/// Pictures are `[n, d]` in ink or colours, codes `[n, 2]`: the first two numbers, with a 0 where there is but one.
///
/// - `originals`, `reconstructions`: [`N_SHOWN`] test pictures, and what comes back of them;
/// - `codes`, `spreads`, `labels` `[n, 1]`: the codes of [`N_CODES`] test pictures, their standard deviations, their classes;
/// - `thumbnails`: the first [`N_THUMBNAILS`] of those pictures;
/// - `plane`: what the decoder makes of a regular grid of codes, row by row from the top;
/// - `samples`, `samples_fitted`: pictures of codes from N(0, I), and from the gaussian of all codes;
/// - `line`, `line_codes`: pictures on the way from one shown picture's code to another's;
/// - `placed`: pictures of the reader's own codes;
/// - of faces, what the numbers of a code have to do with them: see `dial_gauge`; `drawn`, `drawn_factors`: the reader's own
///   faces, and what is read from them; `drawn_reconstructions`: what comes back of those.
const PROBES: &[&str] = &[
    "originals",
    "reconstructions",
    "codes",
    "spreads",
    "labels",
    "thumbnails",
    "plane",
    "samples",
    "samples_fitted",
    "line",
    "line_codes",
    "placed",
    "placed_factors",
    "dial_factors",
    "directions",
    "drawn",
    "drawn_factors",
    "drawn_reconstructions",
];

/// Test pictures on show.
pub const N_SHOWN: usize = 16;
/// Test pictures whose codes are on show.
const N_CODES: usize = 1_000;
const N_THUMBNAILS: usize = 150;
/// Pictures along each side of the plane.
const SIDE: usize = 12;
/// Invented pictures on show.
const N_SAMPLES: usize = 32;
/// The reader's own codes, at the most.
const MAX_PLACED: usize = 64;

struct AutoencoderModel {
    trainer: AutoencoderTrainer,
    data: Arc<Pictures>,
    shown: Shown,
    gauge: Gauge,
    /// Places among `shown.originals` between which the line runs.
    line: [usize; 2],
    /// The reader's own codes, `[n, d_code]` flat.
    placed: Vec<f32>,
    /// What the pictures are of, where they are faces.
    faces: Option<Arc<Faces>>,
    dials: DialGauge,
    drawn: Drawn,
    /// Codes of `shown.coded` after so many updates: several pictures need them.
    coded: RefCell<Option<(u64, Code)>>,
}

/// What is looked at, fixed for a run.
struct Shown {
    /// Places of the pictures in the data.
    originals: Vec<usize>,
    coded: Vec<usize>,
    /// `[N_SHOWN, d]`, `[N_CODES, d]`
    original_ink: Tensor<2>,
    coded_ink: Tensor<2>,
    /// `[N_SAMPLES, d_code]` from N(0, I)
    noise: Tensor<2>,
    /// `[N_SAMPLES, n_coded]`, see [`mixture`]
    mixture: Tensor<2>,
    /// `[SIDE², d_code]`, see [`grid`]
    grid: Tensor<2>,
}

impl AutoencoderModel {
    fn new(settings: &Settings, luggage: Luggage, device: &Device) -> Result<Self, Refusal> {
        let gauge = match (settings.choice("data"), World::find(settings.choice("data"))) {
            ("strokes", _) => Gauge::strokes(),
            (_, Some(world)) => Gauge::world(world),
            (id, _) => {
                let weights = luggage.library.features(id)?;
                Gauge::features(&weights, luggage.library.faces(id).as_deref(), device)
            }
        };
        let data = data(settings, luggage.library)?;
        let faces = luggage.library.faces(settings.choice("data"));
        let seed = settings.integer("seed");
        let run = AutoencoderRun {
            seed,
            net: knobs::config(settings, data.dim()),
            data: Arc::new(Shades(data.clone())),
            likelihood: Likelihood::Bernoulli,
            batch: settings.integer("batch") as usize,
            optimizer: knobs::ADAM,
            live: knobs::live(settings),
        };
        let d_code = run.net.decoder.d_input;
        let line = line::ends(settings);
        let trainer = AutoencoderTrainer::new(run, device);
        Ok(Self {
            shown: Shown::new(&data, d_code, seed, device),
            faces,
            dials: DialGauge::default(),
            drawn: Drawn::new(data.dim()),
            trainer,
            data,
            gauge,
            line,
            placed: Vec::new(),
            coded: RefCell::default(),
        })
    }

    fn d_code(&self) -> usize {
        self.trainer.run.net.decoder.d_input
    }

    /// Codes of the test pictures whose codes are on show.
    fn codes(&self, net: &Autoencoder) -> Code {
        let now = self.trainer.n_updates();
        let mut coded = self.coded.borrow_mut();
        if coded.as_ref().is_none_or(|(then, _)| *then != now) {
            *coded = Some((now, net.encode(self.shown.coded_ink.clone())));
        }
        coded.as_ref().expect("just made").1.clone()
    }

    /// What is read from faces.
    fn read(&self, pictures: Tensor<2>) -> Option<Sight<'_>> {
        let Gauge::Features(gauge) = &self.gauge else { return None };
        gauge.faces(pictures, self.data.side)
    }

    /// Means of the codes of the pictures on show, `[N_SHOWN, d_code]`.
    fn shown_codes(&self, net: &Autoencoder) -> Tensor<2> {
        net.encode(self.shown.original_ink.clone()).mean
    }

    /// Codes of a gaussian with the mean and covariance of the codes C of test pictures: m + E (C − m), E a
    /// [`mixture`], has just those.
    fn fitted(&self, net: &Autoencoder, mixture: Tensor<2>) -> Tensor<2> {
        let codes = self.codes(net).mean; // [n_coded, d_code]
        let mean = codes.clone().mean_dim(0);
        mixture.matmul(codes - mean.clone()) + mean
    }

    /// Codes from a to b, `[n, d_code]`.
    fn line_codes(&self, net: &Autoencoder) -> Tensor<2> {
        line::straight(&self.shown_codes(net), self.line)
    }

    /// The grid, stretched over the codes of a plain autoencoder, which keep to no prior.
    fn plane(&self, net: &Autoencoder) -> Tensor<2> {
        let grid = self.shown.grid.clone();
        if self.trainer.run.net.variational {
            return grid;
        }
        let codes = self.codes(net).mean;
        let mean = codes.clone().mean_dim(0);
        let std = (codes - mean.clone()).square().mean_dim(0).sqrt();
        grid * std + mean
    }
}

impl Shown {
    fn new(data: &Pictures, d_code: usize, seed: u64, device: &Device) -> Self {
        // One of each class first, so that every kind is on show.
        let test = data.test();
        let of_class = |class: usize| test.iter().copied().find(|&place| data.label(place) as usize == class);
        let first: Vec<usize> = (0..data.n_classes).filter_map(of_class).collect();
        let rest = test.iter().copied().filter(|place| !first.contains(place));
        let originals: Vec<usize> = first.iter().copied().chain(rest).take(N_SHOWN).collect();
        let coded: Vec<usize> = test.iter().copied().take(N_CODES).collect();
        let mut rng = Rng::new(seed, Stream::Probe);
        let noise = rng.normals(N_SAMPLES * d_code);
        let mixture = mixture(N_SAMPLES, coded.len(), &mut rng, device);
        Self {
            original_ink: rows(data.rows(&originals), data.dim(), device),
            coded_ink: rows(data.rows(&coded), data.dim(), device),
            noise: rows(noise, d_code, device),
            mixture,
            grid: rows(grid(d_code), d_code, device),
            originals,
            coded,
        }
    }
}

impl Model for AutoencoderModel {
    fn tune(&mut self, settings: &Settings) {
        self.trainer.run.live = knobs::live(settings);
        self.line = line::ends(settings);
    }

    /// An update is not divided: every stride is a step.
    fn advance(&mut self, _: Stride) -> Option<Vec<Option<Value>>> {
        let losses = self.trainer.step();
        Some(vec![Some(Value::OnDevice(losses.reconstruction)), losses.kl.map(Value::OnDevice)])
    }

    fn updates(&self) -> Named<u64> {
        [("network", self.trainer.n_updates())].into()
    }

    fn n_parameters(&self) -> Named<usize> {
        let net = self.trainer.run.net;
        [("encoder", net.encoder().n_parameters()), ("decoder", net.decoder.n_parameters())].into()
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let (net, shown) = (self.trainer.net(), &self.shown);
        let known = |indices: &[usize]| {
            let shape = [indices.len(), self.data.dim()];
            Some(Sight::Known(Matrix { shape, values: self.data.rows(indices) }))
        };
        let seen = |tensor| Some(Sight::OnDevice(tensor, None));
        match probe {
            "originals" => known(&shown.originals),
            "thumbnails" => known(&shown.coded[..N_THUMBNAILS.min(shown.coded.len())]),
            "labels" => {
                let values: Vec<f32> = shown.coded.iter().map(|&place| self.data.label(place) as f32).collect();
                Some(Sight::Known(Matrix { shape: [values.len(), 1], values }))
            }
            "reconstructions" => seen(net.picture(self.shown_codes(&net))),
            "codes" => seen(in_plane(self.codes(&net).mean)),
            "spreads" => seen(in_plane(self.codes(&net).log_std?.exp())),
            "plane" => seen(net.picture(self.plane(&net))),
            "samples" => seen(net.picture(shown.noise.clone())),
            "samples_fitted" => seen(net.picture(self.fitted(&net, shown.mixture.clone()))),
            "line" => seen(net.picture(self.line_codes(&net))),
            "line_codes" => seen(in_plane(self.line_codes(&net))),
            "placed" | "placed_factors" if self.placed.is_empty() => None,
            "placed" | "placed_factors" => {
                let made = net.picture(rows(self.placed.clone(), self.d_code(), self.trainer.device()));
                if probe == "placed" { seen(made) } else { self.read(made) }
            }
            "dial_factors" | "directions" => self.dials.see(probe),
            "drawn" | "drawn_factors" | "drawn_reconstructions" if self.drawn.is_empty() => None,
            "drawn" => Some(Sight::Known(self.drawn.matrix())),
            "drawn_factors" => self.read(self.drawn.tensor(self.trainer.device())),
            "drawn_reconstructions" => seen(net.picture(net.encode(self.drawn.tensor(self.trainer.device())).mean)),
            _ => None,
        }
    }

    fn answers(&self) -> &'static [&'static str] {
        &["placed", "placed_factors", "drawn", "drawn_factors", "drawn_reconstructions"]
    }

    fn place(&mut self, values: &[f32]) -> Result<(), String> {
        let d = self.d_code();
        let fits = values.len().is_multiple_of(d) && values.len() <= d * MAX_PLACED;
        if !fits || values.iter().any(|v| !v.is_finite()) {
            return Err(format!("at most {MAX_PLACED} codes of {d} finite numbers each"));
        }
        self.placed = values.to_vec();
        Ok(())
    }

    fn draw(&mut self, values: &[f32]) -> Result<(), String> {
        let faces = self.faces.as_ref().map(|_| &mut self.drawn);
        faces.ok_or(NO_PICTURES)?.draw(values)
    }

    fn paint(&mut self, factors: &[f32]) -> Result<(), String> {
        let faces = self.faces.as_ref().map(|_| &mut self.drawn);
        faces.ok_or(NO_FACES)?.paint(factors, self.data.side)
    }

    fn measured(&self, step: u64) -> Vec<Tensor<2>> {
        self.gauge.measured(self, step)
    }

    fn judge(&mut self, step: u64, measured: &[Vec<f32>]) -> Judged {
        if let Some(faces) = &self.faces {
            let coded: Vec<Face> = self.shown.coded.iter().map(|place| faces.factors[*place]).collect();
            self.dials.fit(&measured[0], self.d_code(), Some(&coded));
        }
        Judged { metrics: self.gauge.read(step, &self.data, measured), ..Judged::default() }
    }

    fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let (tensors, progress) = self.trainer.save();
        (tensors, Progress::Autoencoder(progress))
    }

    fn restore(&mut self, _: u64, values: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress::Autoencoder(progress) = progress else { return Err("another model's".into()) };
        *self.coded.borrow_mut() = None;
        self.dials = DialGauge::default();
        self.trainer.restore(values, progress)
    }
}

/// The pictures that the settings name.
fn data(settings: &Settings, library: &Library) -> Result<Arc<Pictures>, Refusal> {
    match settings.choice("data") {
        "strokes" => Ok(Arc::new(strokes::strokes(knobs::gap(settings)))),
        other => match World::find(other) {
            Some(world) => Ok(Arc::new(world.pictures())),
            None => library.pictures(other),
        },
    }
}

/// The first two columns, `[n, 2]`.
fn in_plane(codes: Tensor<2>) -> Tensor<2> {
    let [n, d] = codes.dims();
    if d == 1 {
        let zeros = codes.zeros_like();
        return Tensor::cat(vec![codes, zeros], 1);
    }
    codes.slice([0..n, 0..2])
}

/// `[n, n_coded]` of ±1 / √n_coded: what it mixes is normal by the central limit theorem, as if its entries were, and
/// a sign costs a tenth of a normal number.
fn mixture(n: usize, n_coded: usize, rng: &mut Rng, device: &Device) -> Tensor<2> {
    let scale = 1.0 / (n_coded as f32).sqrt();
    rows(rng.signs(n * n_coded).into_iter().map(|sign| scale * sign).collect(), n_coded, device)
}

/// A regular grid over the first two numbers of a code, even in probability under N(0, 1) (Kingma and Welling, 2014),
/// `[SIDE², d_code]` flat.
fn grid(d_code: usize) -> Vec<f32> {
    let places: Vec<f32> = (0..SIDE).map(|i| normal_quantile((i as f64 + 0.5) / SIDE as f64) as f32).collect();
    let row = |i: usize| {
        let mut code = vec![0.0; d_code];
        code[0] = places[i % SIDE];
        if d_code > 1 {
            code[1] = -places[i / SIDE];
        }
        code
    };
    (0..SIDE * SIDE).flat_map(row).collect()
}

/// Φ⁻¹(p) for 0 < p < 1, by bisection of Φ: the grid is made once, so speed is nothing and twelve digits are enough.
fn normal_quantile(p: f64) -> f64 {
    let below = |x: f64| 0.5 * libm::erfc(-x / std::f64::consts::SQRT_2);
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if below(middle) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// python: from scipy.stats import norm; print(norm.ppf([.025, .5, .9]))
    #[test]
    fn quantiles_are_scipys() {
        for (p, x) in [(0.025, -1.959_963_984_540_054), (0.5, 0.0), (0.9, 1.281_551_565_544_600_4)] {
            assert!((normal_quantile(p) - x).abs() < 1e-12, "{p}");
        }
    }
}
