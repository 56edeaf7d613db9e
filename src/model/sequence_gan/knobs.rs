//! What can be set about a GAN on sentences: what can be set about any GAN, but for the features of points.

use crate::model::gan::knobs::{DISCRIMINATOR, GAME, GENERATOR, OPTIMIZER, REGULARIZER, check_together};
use crate::model::knobs::{RUN, SEED};
use crate::model::sentences::DATA;
use crate::settings::Schema;

pub static SCHEMA: Schema = Schema {
    model: "sequence_gan",
    tables: &[DATA, SEED, RUN, GAME, GENERATOR, DISCRIMINATOR, REGULARIZER, OPTIMIZER],
    check: check_together,
};
