//! What can be set about a GAN on a line: what can be set about one on points, but for the data.

use crate::card::text;
use crate::data::bumps::{BUMPS, Bumps};
use crate::model::gan::knobs::{DISCRIMINATOR, FEATURES, GAME, GENERATOR, OPTIMIZER, REGULARIZER, check_together};
use crate::model::knobs::{RUN, SEED};
use crate::settings::{Choice, Group, Kind, Knob, Schema, Settings, knob};

pub static SCHEMA: Schema = Schema {
    model: "line_gan",
    tables: &[DATA, SEED, RUN, GAME, GENERATOR, DISCRIMINATOR, FEATURES, REGULARIZER, OPTIMIZER],
    check: check_together,
};

/// What is learned.
#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data_options }, "two_bumps", false,
        text("Data", "数据"), text("Where the real points come from.", "真实点的来源。")),
];

pub(super) fn data(settings: &Settings) -> &'static Bumps {
    Bumps::find(settings.choice("data")).expect("settings name registered data")
}

fn data_options() -> Vec<Choice> {
    BUMPS.iter().map(|bumps| Choice { id: bumps.card.id, label: bumps.card.label }).collect()
}
