//! What the numbers of z do to faces, found anew with every reading; its probes:
//!
//! - `dial_factors` `[N_FACTORS, d + 1]`: R² of each factor on each number of z, and on all of them;
//! - `directions` `[N_OUTPUTS, d]`: the way through z that moves an option or a value alone;
//! - `placed_factors` `[n, N_FACTORS]`: factors that the reader reads from the reader's own place.

use super::Sight;
use crate::data::faces::{Face, N_FACTORS};
use crate::metric::directions::Directions;
use crate::metric::faces::N_OUTPUTS;
use crate::protocol::Matrix;

#[derive(Default)]
pub(super) struct DialGauge(Option<(usize, Directions)>);

impl DialGauge {
    /// From z `[n, d]` flat and the faces read from what is made of it, if they are faces.
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
            "directions" => known([N_OUTPUTS, *d], directions),
            _ => None,
        }
    }
}
