//! From a picture to words: a writer that sees a face and says what it is like, token by token,
//! p(x | picture) = Π p(xₜ | x₁ … xₜ₋₁, picture) (Vinyals et al., 2015, "Show and tell").
//!
//! Of every face the law names each attribute in one of two cases. So a caption may leave out what it likes, half of the
//! time, but what it says must be true; the best possible − ln p is 5 ln 2.

mod knobs;
mod presets;

use super::drawn::Drawn;
use super::feature_gauge::read_faces;
use super::{Curve, Family, Judged, Luggage, Model, Sight, sentences};
use crate::card::text;
use crate::data::captioned::Captioned;
use crate::data::faces::Face;
use crate::data::faces::captions::Captions;
use crate::data::faces::description::{ATTRIBUTES, Description, describe_test, is_held_out, named_and_right};
use crate::data::language::{Sentences, Texts};
use crate::data::library;
use crate::metric::attributes::{self, shares_right};
use crate::nn::FeatureNet;
use crate::protocol::{Matrix, Named, Progress, Reading};
use crate::rng::{Rng, Stream};
use crate::settings::{Refusal, Settings};
use crate::trainer::autoregressive::{Autoregressive, AutoregressiveRun, gumbel};
use crate::trainer::{Stride, Value, rows};
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("From faces to words", "看脸写描述"),
    presets: presets::PRESETS,
    curves: &[Curve { id: "loss", label: text("− ln p, learned captions", "− ln p，学习过的描述") }],
    columns: super::autoregressive::FAMILY.columns,
    levels: [text("the law itself", "规律本身"), text("who does not look", "不看图的人")],
    metrics: || attributes::cards().into_iter().chain([sentences::nats()]).collect(),
    ground: || None,
    probes: || PROBES.to_vec(),
    looks_apart: false,
    needs: |settings| library::needed(settings.choice("data")),
    start: |settings, luggage, device| Ok(Box::new(Captioner::new(settings, luggage, device)?)),
};

/// - `letters` `[n_tokens, longest]`: code points of each token, 0 after its end;
/// - `originals` `[N_SHOWN, d]`: test faces; `written` `[N_SHOWN, L]`: tokens of a caption of each, `written_chances`
///   `[N_SHOWN, L]`: p of each token given those before it and the face; `written_right` `[N_SHOWN, N_ATTRIBUTES]`: 0 left
///   out, 1 named and right, 2 named and wrong;
/// - `drawn`, `drawn_factors`: the reader's own faces, and what is read from them; `drawn_written` `[n, L]`: a caption of
///   each; `drawn_next` `[n · L, n_tokens]`: at each of its places the probability of every token.
const PROBES: &[&str] = &[
    "letters",
    "originals",
    "written",
    "written_chances",
    "written_right",
    "drawn",
    "drawn_factors",
    "drawn_written",
    "drawn_next",
];

const N_SHOWN: usize = 8;
/// Test faces whose captions are judged: as many with pairs of colours that were seen as with others.
const N_JUDGED: usize = 128;

struct Captioner {
    data: Arc<Captioned>,
    autoregressive: Autoregressive,
    reader: FeatureNet,
    /// Places of the test faces on show, and of those that are judged.
    shown: Vec<usize>,
    judged: Vec<usize>,
    /// What draws tokens, `[N_SHOWN, L · V]` and `[2 · N_JUDGED, L · V]`.
    noise: Tensor<2>,
    judged_noise: Tensor<2>,
    drawn: Drawn,
}

impl Captioner {
    fn new(settings: &Settings, luggage: Luggage, device: &Device) -> Result<Self, Refusal> {
        let id = settings.choice("data");
        let faces = luggage.library.faces(id).expect("only faces can be chosen");
        let reader = luggage.library.features(id)?.net(device);
        let data = Arc::new(Captioned::new(faces, Captions::new(knobs::tongue(settings))));
        let seed = settings.integer("seed");
        let run = AutoregressiveRun::new(settings, data.clone(), true);
        let pictures = &data.faces.pictures;
        let some = |held_out: bool| {
            let of_kind = |place: &usize| is_held_out(data.face(*place)) == held_out;
            pictures.test().iter().copied().filter(of_kind).take(N_JUDGED).collect::<Vec<usize>>()
        };
        let noise = |n, stream| gumbel(n, data.language().dim(), &mut Rng::new(seed, stream), device);
        Ok(Self {
            shown: pictures.test()[..N_SHOWN].to_vec(),
            judged: [some(false), some(true)].concat(),
            noise: noise(N_SHOWN, Stream::Probe),
            judged_noise: noise(2 * N_JUDGED, Stream::Metric),
            drawn: Drawn::new(pictures.dim()),
            autoregressive: Autoregressive::new(run, device),
            reader,
            data: data.clone(),
        })
    }

    /// Pictures as the network sees them, `[n, d]`.
    fn seen(&self, pictures: &[f32]) -> Tensor<2> {
        rows(self.data.seen(pictures), self.data.d_about(), self.autoregressive.device())
    }

    fn write_shown(&self) -> [Tensor<2>; 2] {
        let about = self.seen(&self.data.faces.pictures.rows(&self.shown));
        self.autoregressive.write(&self.autoregressive.net(), &self.noise, Some(&about))
    }

    /// What the averaged network writes of the reader's faces: tokens one-hot `[n, L · V]`, ln p of every token
    /// `[n, L · V]`. The likeliest at each place, so that one face has one caption.
    fn write_drawn(&self) -> Option<[Tensor<2>; 2]> {
        if self.drawn.is_empty() {
            return None;
        }
        let Matrix { shape: [n, _], values } = self.drawn.matrix();
        let about = self.seen(&values);
        let certain = Tensor::zeros([n, self.data.language().dim()], self.autoregressive.device());
        let (tokens, log_p) = self.autoregressive.spell(&self.autoregressive.net_ema(), &certain, Some(&about));
        Some([tokens, log_p].map(|places| Tensor::cat(places, 1)))
    }

    /// What each of some captions says, one-hot `[n, L · V]` flat; nothing where it is no sentence.
    fn meanings(&self, written: &[f32]) -> Vec<Option<Description>> {
        let rows = self.data.language().read(written);
        rows.iter().map(|row| self.data.captions.meaning(row)).collect()
    }

    /// For each attribute of the faces on show: 0 left out, 1 right, 2 wrong; of no sentence all is wrong.
    fn verdicts(&self, written: &[f32]) -> Matrix {
        let verdict = |(said, place): (Option<Description>, &usize)| {
            let face = self.data.face(*place);
            std::array::from_fn::<f32, { ATTRIBUTES.len() }, _>(|i| match said.map(|said| said[i]) {
                Some(None) => 0.0,
                Some(Some(option)) if option == ATTRIBUTES[i].of(face) => 1.0,
                _ => 2.0,
            })
        };
        let values = self.meanings(written).into_iter().zip(&self.shown).flat_map(verdict).collect();
        Matrix { shape: [self.shown.len(), ATTRIBUTES.len()], values }
    }

    /// Shares right of pairs of colours seen and of those held out; of what is no sentence all is wrong.
    fn right(&self, written: &[f32]) -> [f64; 2] {
        let truths = self.judged.iter().map(|place| self.data.face(*place));
        shares_right(
            self.meanings(written)
                .into_iter()
                .zip(truths)
                .map(|(said, face)| (said.map_or([ATTRIBUTES.len(), 0], |said| named_and_right(&said, face)), face)),
        )
    }
}

impl Model for Captioner {
    fn tune(&mut self, settings: &Settings) {
        self.autoregressive.run.lr = settings.number("lr");
    }

    /// There is one player: every stride is a step.
    fn advance(&mut self, _: Stride) -> Option<Vec<Option<Value>>> {
        Some(vec![Some(Value::OnDevice(self.autoregressive.step()))])
    }

    fn updates(&self) -> Named<u64> {
        [("g", self.autoregressive.n_updates())].into()
    }

    fn n_parameters(&self) -> Named<usize> {
        [("g", self.autoregressive.run.net.n_parameters())].into()
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let pictures = &self.data.faces.pictures;
        let tokens = |values: Vec<f32>| sentences::written(self.data.language(), &values);
        match probe {
            "letters" => sentences::known(self.data.language(), probe).map(Sight::Known),
            "originals" => {
                let shape = [self.shown.len(), pictures.dim()];
                Some(Sight::Known(Matrix { shape, values: pictures.rows(&self.shown) }))
            }
            "written" => Some(Sight::OnDevice(self.write_shown()[0].clone(), Some(Box::new(tokens)))),
            "written_chances" => Some(Sight::OnDevice(self.write_shown()[1].clone().exp(), None)),
            "written_right" => {
                let finish = |written: Vec<f32>| self.verdicts(&written);
                Some(Sight::OnDevice(self.write_shown()[0].clone(), Some(Box::new(finish))))
            }
            "drawn" => (!self.drawn.is_empty()).then(|| Sight::Known(self.drawn.matrix())),
            "drawn_factors" if self.drawn.is_empty() => None,
            "drawn_factors" => {
                let ink = self.drawn.tensor(self.autoregressive.device());
                Some(read_faces(&self.reader, ink, pictures.side))
            }
            "drawn_written" => {
                let [written, _] = self.write_drawn()?;
                Some(Sight::OnDevice(written, Some(Box::new(tokens))))
            }
            "drawn_next" => {
                let [_, log_p] = self.write_drawn()?;
                let (n, language) = (log_p.dims()[0], self.data.language());
                let shape = [n * language.length, language.tokens.len()];
                Some(Sight::OnDevice(log_p.exp().reshape(shape), None))
            }
            _ => None,
        }
    }

    fn answers(&self) -> &'static [&'static str] {
        &["drawn", "drawn_factors", "drawn_written", "drawn_next"]
    }

    fn draw(&mut self, values: &[f32]) -> Result<(), String> {
        self.drawn.draw(values)
    }

    fn paint(&mut self, factors: &[f32]) -> Result<(), String> {
        self.drawn.paint(factors, self.data.faces.pictures.side)
    }

    /// By the network and by its average: captions of the faces that are judged, and ln p of true ones.
    fn measured(&self, _: u64) -> Vec<Tensor<2>> {
        let pictures = self.data.faces.pictures.rows(&self.judged);
        let about = self.seen(&pictures);
        let said = self.judged.iter().map(|place| describe_test(self.data.face(*place), *place));
        let said: Vec<Description> = said.collect();
        let truths = Sentences {
            tokens: said.iter().map(|said| self.data.captions.sentence(said)).collect(),
            about: self.data.seen(&pictures),
        };
        let of = |net| {
            let [written, _] = self.autoregressive.write(&net, &self.judged_noise, Some(&about));
            [written, self.autoregressive.log_chances(&net, &truths)]
        };
        [self.autoregressive.net(), self.autoregressive.net_ema()].map(of).into_iter().flatten().collect()
    }

    fn judge(&mut self, _: u64, measured: &[Vec<f32>]) -> Judged {
        let [live, live_log_p, ema, ema_log_p] = measured else { unreachable!("four tensors were read") };
        let (live_right, ema_right) = (self.right(live), self.right(ema));
        let nats = |log_p: &[f32]| -log_p.iter().map(|v| f64::from(*v)).sum::<f64>() / self.judged.len() as f64;
        let reading = |id, live, ema, floor, chance, max| Reading { id, live, ema, floor, chance, max };
        let truths: Vec<Face> = self.judged.iter().map(|place| *self.data.face(*place)).collect();
        let all = |face: &Face| ATTRIBUTES.each_ref().map(|attribute| Some(attribute.of(face)));
        let blind = attributes::chance(&truths.iter().map(all).collect::<Vec<_>>(), &truths);
        // What is said and what is left out: one bit each. Who does not look must also guess which option it is.
        let said = ATTRIBUTES.len() as f64 * std::f64::consts::LN_2;
        let guessed = ATTRIBUTES.iter().map(|attribute| 0.5 * libm::log(attribute.options.len() as f64));
        Judged {
            metrics: vec![
                reading("attributes_seen", live_right[0], ema_right[0], 1.0, blind, Some(1.0)),
                reading("attributes_unseen", live_right[1], ema_right[1], 1.0, blind, Some(1.0)),
                reading("nats", nats(live_log_p), nats(ema_log_p), said, said + guessed.sum::<f64>(), None),
            ],
            ..Judged::default()
        }
    }

    fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let (tensors, progress) = self.autoregressive.save();
        (tensors, Progress::Autoregressive(progress))
    }

    fn restore(&mut self, _: u64, values: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress::Autoregressive(progress) = progress else { return Err("another model's".into()) };
        self.autoregressive.restore(values, progress)
    }
}
