//! Sentences written token by token, each token from those before it; or each by itself. Every probability is known, so
//! what share of its sentences is valid, or new, is not estimated but summed.

pub mod knobs;
mod presets;

use super::sentences::{self, N_WRITTEN, Numbers};
use super::{Curve, Family, Judged, Model, Sight};
use crate::card::text;
use crate::data::language::{Language, Sentences};
use crate::protocol::{Matrix, Named, Progress};
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::autoregressive::{Autoregressive, AutoregressiveRun, gumbel};
use crate::trainer::{Stride, Value};
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("Writing token by token", "逐个地写"),
    presets: presets::PRESETS,
    curves: &[Curve { id: "loss", label: text("− ln p, learned sentences", "− ln p，学习过的句子") }],
    columns: [("", text("as it is", "当前")), ("ema", text("averaged", "平均"))],
    levels: [text("each valid sentence alike", "合法句子等可能"), text("any string alike", "任何串等可能")],
    metrics: sentences::cards,
    ground: || None,
    probes: || sentences::PROBES.to_vec(),
    looks_apart: false,
    needs: |_| &[],
    start: |settings, luggage, device| {
        let language = sentences::language(settings, &luggage)?;
        Ok(Box::new(Writer::new(settings, language, device)))
    },
};

struct Writer {
    autoregressive: Autoregressive,
    /// What the sentences on show are drawn with, `[N_WRITTEN, L · V]`.
    noise: Tensor<2>,
}

impl Writer {
    fn new(settings: &Settings, language: Arc<Language>, device: &Device) -> Self {
        let (seed, reads) = (settings.integer("seed"), settings.switch("reads"));
        let noise = gumbel(N_WRITTEN, language.dim(), &mut Rng::new(seed, Stream::Probe), device);
        let run = AutoregressiveRun::new(settings, language, reads);
        Self { autoregressive: Autoregressive::new(run, device), noise }
    }

    fn language(&self) -> &Language {
        self.autoregressive.run.texts.language()
    }

    fn write(&self) -> [Tensor<2>; 2] {
        self.autoregressive.write(&self.autoregressive.net(), &self.noise, None)
    }
}

impl Model for Writer {
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
        let finished = |tensor, finish: fn(&Language, &[f32]) -> Matrix| {
            let finish = move |values: Vec<f32>| finish(self.language(), &values);
            Some(Sight::OnDevice(tensor, Some(Box::new(finish))))
        };
        match probe {
            "written" => finished(self.write()[0].clone(), sentences::written),
            "written_valid" => finished(self.write()[0].clone(), sentences::verdicts),
            "written_chances" => Some(Sight::OnDevice(self.write()[1].clone().exp(), None)),
            _ => sentences::known(self.language(), probe).map(Sight::Known),
        }
    }

    /// ln p of every token of every sentence, by the network and by its average.
    fn measured(&self, _: u64) -> Vec<Tensor<2>> {
        let tokens = self.language().sentences().iter().map(Vec::as_slice).collect();
        let sentences = Sentences { tokens, about: Vec::new() };
        let nets = [self.autoregressive.net(), self.autoregressive.net_ema()];
        nets.map(|net| self.autoregressive.log_chances(&net, &sentences)).into()
    }

    fn judge(&mut self, _: u64, measured: &[Vec<f32>]) -> Judged {
        let [live, ema] = measured else { unreachable!("two tensors were read") };
        let [live, ema] = [live, ema].map(|log_chances| Numbers::exact(self.language(), log_chances));
        Judged { metrics: sentences::readings(self.language(), live, ema), ..Judged::default() }
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
