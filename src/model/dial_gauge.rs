//! What the numbers of z do to faces, found anew with every reading; its probes:
//!
//! - `dial_factors` `[N_FACTORS, d + 1]`: R² of each factor on each number of z, and on all of them;
//! - `directions` `[N_NUMBERS, d]`: the way through z that moves an option or a value alone;
//! - `placed_factors` `[n, N_FACTORS + 1]`: what is read from the picture at the reader's own place.

use super::Sight;
use crate::data::faces::{Face, N_FACTORS, N_NUMBERS};
use crate::metric::directions::Directions;
use crate::protocol::Matrix;

#[derive(Default)]
pub(super) struct DialGauge(Option<(usize, Directions)>);

impl DialGauge {
    /// From codes `[n, d]` flat and the face of each, if they are faces: of a GAN, z and the face read from what is made of
    /// it; of an autoencoder, the codes of faces.
    pub fn fit(&mut self, z: &[f32], d: usize, faces: Option<&[Face]>) {
        self.0 = faces.map(|faces| (d, Directions::fit(z, d, faces)));
    }

    pub fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let (d, Directions { r2, directions }) = self.0.as_ref()?;
        let known = |shape, values: &[f64]| {
            Some(Sight::Known(Matrix { shape, values: values.iter().map(|v| *v as f32).collect() }))
        };
        match probe {
            "dial_factors" => known([N_FACTORS, d + 1], r2),
            "directions" => known([N_NUMBERS, *d], directions),
            _ => None,
        }
    }
}
