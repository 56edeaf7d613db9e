//! What can be set about a GAN on pictures: what can be set about any GAN, but for the features of points.

use crate::card::text;
use crate::model::gan::knobs::{DISCRIMINATOR, GAME, GENERATOR, OPTIMIZER, REGULARIZER, check_together};
use crate::model::knobs::{RUN, SEED, pictures};
use crate::settings::{Group, Kind, Knob, Schema, knob};

pub static SCHEMA: Schema = Schema {
    model: "picture_gan",
    tables: &[DATA, SEED, RUN, GAME, GENERATOR, DISCRIMINATOR, REGULARIZER, OPTIMIZER],
    check: check_together,
};

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: pictures }, "digits14", false,
        text("Data", "数据"), text("The pictures to learn.", "要学习的图片。")),
];
