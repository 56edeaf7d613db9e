//! A GAN that writes whole sentences at once: G makes all tokens of a sentence from one noise vector, and D reads the
//! sentence. Tokens are the largest of their numbers, straight through on the way back.

mod knobs;
mod presets;

use super::around_gan::AroundGan;
use super::sentences::{self, N_WRITTEN, Numbers};
use super::{Family, Judged, Sight, gan};
use crate::card::text;
use crate::data::Reals;
use crate::data::language::Language;
use crate::protocol::{Judgement, Matrix};
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::{Experiment, Gan, noise, rows};
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("GAN on sentences", "句子上的 GAN"),
    presets: presets::PRESETS,
    curves: gan::FAMILY.curves,
    columns: gan::FAMILY.columns,
    levels: super::autoregressive::FAMILY.levels,
    metrics: sentences::cards,
    ground: || None,
    probes: || sentences::PROBES.to_vec(),
    looks_apart: false,
    needs: |_| &[],
    start: |settings, luggage, device| {
        let language = sentences::language(settings, &luggage)?;
        Ok(Box::new(SequenceGan::new(settings, language, device)))
    },
};

/// Sentences written for a reading.
const N: usize = 4_096;
/// Real sentences that D is asked about.
const N_REAL: usize = 64;

struct SequenceGan {
    gan: Gan,
    language: Arc<Language>,
    /// `[N_REAL, L · V]`
    real: Tensor<2>,
    /// `[N_WRITTEN, latent_dim]`
    noise: Tensor<2>,
}

impl SequenceGan {
    fn new(settings: &Settings, language: Arc<Language>, device: &Device) -> Self {
        let experiment = Experiment::new(settings, Arc::new(language.clone()));
        let stream = |stream| Rng::new(experiment.seed, stream);
        Self {
            real: rows(language.rows(N_REAL, &mut stream(Stream::Display)), language.dim(), device),
            noise: noise(experiment.latent, N_WRITTEN, &mut stream(Stream::Probe), device),
            gan: Gan::new(experiment, device),
            language,
        }
    }

    fn write(&self) -> Tensor<2> {
        self.gan.generator().forward(self.noise.clone())
    }
}

impl AroundGan for SequenceGan {
    fn gan(&self) -> &Gan {
        &self.gan
    }

    fn gan_mut(&mut self) -> &mut Gan {
        &mut self.gan
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let finished = |finish: fn(&Language, &[f32]) -> Matrix| {
            let finish = move |values: Vec<f32>| finish(&self.language, &values);
            Some(Sight::OnDevice(self.write(), Some(Box::new(finish))))
        };
        match probe {
            "written" => finished(sentences::written),
            "written_valid" => finished(sentences::verdicts),
            "written_chances" => {
                let shape = [N_WRITTEN, self.language.length];
                Some(Sight::Known(Matrix { shape, values: vec![f32::NAN; shape[0] * shape[1]] }))
            }
            _ => sentences::known(&self.language, probe).map(Sight::Known),
        }
    }

    /// What D says of real sentences and of those on show, with its slope there; sentences of G and of its average.
    fn measured(&self, step: u64) -> Vec<Tensor<2>> {
        let Self { gan, real, .. } = self;
        let rng = &mut Rng::new(gan.experiment.seed ^ step, Stream::Metric);
        let z = noise(gan.experiment.latent, N, rng, gan.device());
        let (on_fake, slope) = gan.look(self.write(), real);
        vec![
            gan.scores(real.clone(), real),
            on_fake,
            slope,
            gan.generator().forward(z.clone()),
            gan.generator_ema().forward(z),
        ]
    }

    fn judge(&mut self, _: u64, measured: &[Vec<f32>]) -> Judged {
        let [on_real, on_fake, slope, live, ema] = measured else { unreachable!("five tensors were read") };
        let [live, ema] = [live, ema].map(|written| Numbers::counted(&self.language, written));
        let judgement = Judgement::new(on_real, on_fake, slope, self.language.dim());
        let metrics = sentences::readings(&self.language, live, ema);
        Judged { metrics, judgement: Some(judgement), ..Judged::default() }
    }
}
