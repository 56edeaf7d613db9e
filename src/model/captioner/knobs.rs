//! What can be set about a captioner.

use crate::card::text;
use crate::data::faces::captions::Tongue;
use crate::model::autoregressive::knobs::{LAYERS, OPTIMIZER};
use crate::model::knobs::{RUN, SEED, choice, faces};
use crate::settings::{Choice, Group, Kind, Knob, Schema, Settings, knob};

pub static SCHEMA: Schema =
    Schema { model: "captioner", tables: &[DATA, SEED, RUN, LAYERS, OPTIMIZER], check: |_| Ok(()) };

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: faces }, "faces16", false,
        text("Data", "数据"), text("The faces to describe.", "要描述的脸。")),
    knob("tongue", Group::Run, Kind::Choice { options: tongues }, "en", false,
        text("Language", "语言"), text("The language of the descriptions.", "描述所用的语言。")),
];

fn tongues() -> Vec<Choice> {
    vec![choice("en", "English", "英语"), choice("zh", "Chinese", "汉语")]
}

pub(super) fn tongue(s: &Settings) -> Tongue {
    if s.choice("tongue") == "zh" { Tongue::Chinese } else { Tongue::English }
}
