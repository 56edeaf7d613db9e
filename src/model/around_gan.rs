//! A model around a [`Gan`]: training, keeping and going back are the GAN's; what is seen and measured of it is the
//! model's own.

use super::{Judged, Legacy, Model, NO_CODES, NO_FACES, NO_PICTURES, Sight};
use crate::protocol::{Named, Progress};
use crate::settings::Settings;
use crate::trainer::{Cursor, Gan, Live, Stride, Value};
use burn::tensor::Tensor;

/// What such a model adds to its GAN; see [`Model`] for what each does.
pub(super) trait AroundGan {
    fn gan(&self) -> &Gan;

    fn gan_mut(&mut self) -> &mut Gan;

    /// Takes over live settings that are not the GAN's.
    fn tuned(&mut self, _settings: &Settings) {}

    /// A step is complete.
    fn stepped(&mut self) {}

    /// The GAN has gone to `step`.
    fn restored(&mut self, _step: u64) {}

    fn see(&self, probe: &str) -> Option<Sight<'_>>;

    fn answers(&self) -> &'static [&'static str] {
        &[]
    }

    fn place(&mut self, _values: &[f32]) -> Result<(), String> {
        Err(NO_CODES.into())
    }

    fn draw(&mut self, _values: &[f32]) -> Result<(), String> {
        Err(NO_PICTURES.into())
    }

    fn paint(&mut self, _factors: &[f32]) -> Result<(), String> {
        Err(NO_FACES.into())
    }

    fn measured(&self, step: u64) -> Vec<Tensor<2>>;

    fn judge(&mut self, step: u64, measured: &[Vec<f32>]) -> Judged;

    fn leave(&self) -> Option<Legacy> {
        None
    }
}

impl<M: AroundGan> Model for M {
    fn tune(&mut self, settings: &Settings) {
        self.gan_mut().experiment.live = Live::from(settings);
        self.tuned(settings);
    }

    fn advance(&mut self, stride: Stride) -> Option<Vec<Option<Value>>> {
        let losses = self.gan_mut().advance(stride)?;
        self.stepped();
        Some(losses.values())
    }

    fn cursor(&self) -> Option<Cursor> {
        self.gan().cursor()
    }

    fn updates(&self) -> Named<u64> {
        self.gan().n_updates().named()
    }

    fn n_parameters(&self) -> Named<usize> {
        self.gan().experiment.n_parameters().named()
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        AroundGan::see(self, probe)
    }

    fn answers(&self) -> &'static [&'static str] {
        AroundGan::answers(self)
    }

    fn place(&mut self, values: &[f32]) -> Result<(), String> {
        AroundGan::place(self, values)
    }

    fn draw(&mut self, values: &[f32]) -> Result<(), String> {
        AroundGan::draw(self, values)
    }

    fn paint(&mut self, factors: &[f32]) -> Result<(), String> {
        AroundGan::paint(self, factors)
    }

    fn measured(&self, step: u64) -> Vec<Tensor<2>> {
        AroundGan::measured(self, step)
    }

    fn judge(&mut self, step: u64, measured: &[Vec<f32>]) -> Judged {
        AroundGan::judge(self, step, measured)
    }

    fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let (tensors, progress) = self.gan().save();
        (tensors, Progress::Gan(progress))
    }

    fn restore(&mut self, step: u64, values: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress::Gan(progress) = progress else { return Err("another model's".into()) };
        self.gan_mut().restore(values, progress)?;
        self.restored(step);
        Ok(())
    }

    fn leave(&self) -> Option<Legacy> {
        AroundGan::leave(self)
    }

    fn weights(&self) -> Option<Vec<Tensor<1>>> {
        Some(self.gan().weights())
    }

    fn encode_weights(&self, values: &[Vec<f32>], settings: String, step: u64) -> Vec<u8> {
        self.gan().encode_weights(values, settings, step)
    }

    fn decode_weights(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.gan_mut().decode_weights(bytes)
    }
}
