//! What can be set about a GAN on pictures: what can be set about any GAN, but for the features of points.

use crate::card::text;
use crate::model::gan::knobs::{DISCRIMINATOR, GAME, GENERATOR, OPTIMIZER, REGULARIZER, check_together};
use crate::model::knobs::{RUN, choice};
use crate::settings::{Choice, Group, Kind, Knob, Schema, knob};

pub static SCHEMA: Schema = Schema {
    model: "picture_gan",
    tables: &[DATA, RUN, GAME, GENERATOR, DISCRIMINATOR, REGULARIZER, OPTIMIZER],
    check: check_together,
};

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data }, "digits14", false,
        text("Data", "数据"), text("The pictures to learn.", "要学习的图片。")),
    knob("seed", Group::Run, Kind::Integer { min: 0, max: u32::MAX as i64 }, "1", false,
        text("Seed", "随机种子"), text("The same seed repeats the run exactly.", "同一种子会完全重复这次训练。")),
];

fn data() -> Vec<Choice> {
    vec![
        choice("digits14", "Digits, 14 × 14", "数字，14 × 14"),
        choice("digits28", "Digits, 28 × 28", "数字，28 × 28"),
        choice("own14", "Your own, 14 × 14", "你自己的，14 × 14"),
        choice("own28", "Your own, 28 × 28", "你自己的，28 × 28"),
    ]
}
