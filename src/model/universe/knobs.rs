//! What can be set about a discriminator that is trained alone.

use crate::card::text;
use crate::data::worlds::World;
use crate::model::knobs::{RUN, SEED, choice, worlds};
use crate::settings::{Choice, Group, Kind, Knob, Schema, Settings, knob};
use crate::trainer::lone::{Judge, LoneLive, Source};

pub static SCHEMA: Schema =
    Schema { model: "universe", tables: &[DATA, SEED, RUN, NEGATIVES, JUDGE, OPTIMIZER], check: |_| Ok(()) };

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: worlds }, "bars", false,
        text("World", "世界"), text("Which of all 65,536 pictures are valid.", "全部 65,536 张图片中哪些是合法的。")),
];

#[rustfmt::skip]
const NEGATIVES: &[Knob] = &[
    knob("negatives", Group::Game, Kind::Choice { options: sources }, "random", true,
        text("Negatives", "负例来源"), text("Where the pictures come from that D is told are bad.", "告诉 D“不好”的图片从哪里来。")),
    knob("k", Group::Game, Kind::Integer { min: 1, max: 256 }, "32", true,
        text("Negatives a round", "每轮负例数"), text("K: how many bad pictures D sees in each round.", "K：每一轮给 D 看多少张不好的图片。")),
    knob("temperature", Group::Game, Kind::Number { min: 0.01, max: 100.0, log: true }, "1", true,
        text("Temperature T", "温度 T"), text("Of draws from softmax(D / T): near 0 the argmax, very large any picture.", "从 softmax(D / T) 抽取时：接近 0 就是 argmax，很大时就是任意图片。")),
];

#[rustfmt::skip]
const JUDGE: &[Knob] = &[
    knob("judge", Group::Discriminator, Kind::Choice { options: judges }, "mlp", false,
        text("D is made of", "D 的构成"), text("A linear D has an easy argmax and cannot see how pixels depend on each other.", "线性的 D 容易求 argmax，却看不到像素之间的依赖。")),
    knob("width", Group::Discriminator, Kind::Integer { min: 1, max: 256 }, "64", false,
        text("Units", "单元数"), text("In the hidden layer.", "隐藏层的单元数。")),
];

#[rustfmt::skip]
const OPTIMIZER: &[Knob] = &[
    knob("lr", Group::Optimizer, Kind::Number { min: 1e-6, max: 1.0, log: true }, "0.003", true,
        text("Learning rate", "学习率"), text("Step size of Adam (β₁ 0.5, β₂ 0.99).", "Adam 的步长（β₁ 0.5，β₂ 0.99）。")),
];

fn sources() -> Vec<Choice> {
    vec![
        choice("none", "None: positives only", "没有：只有正例"),
        choice("random", "Random pictures", "随机图片"),
        choice("flipped", "A positive with one pixel flipped", "翻转一个像素的正例"),
        choice("argmax", "argmax: those D takes for best", "argmax：D 认为最好的"),
        choice("soft", "Draws from softmax(D / T)", "从 softmax(D / T) 抽取"),
        choice("climb", "Hill climbing on D", "在 D 上爬山"),
        choice("generator", "A generator that learns to please D", "学着讨好 D 的生成器"),
    ]
}

fn judges() -> Vec<Choice> {
    vec![
        choice("linear", "Linear", "线性"),
        choice("pairwise", "Pairs of pixels", "像素对"),
        choice("mlp", "One hidden layer", "一个隐藏层"),
    ]
}

pub(super) fn world(s: &Settings) -> &'static World {
    World::find(s.choice("data")).expect("settings name a registered world")
}

pub(super) fn judge(s: &Settings) -> Judge {
    match s.choice("judge") {
        "linear" => Judge::Linear,
        "pairwise" => Judge::Pairwise,
        "mlp" => Judge::Mlp { width: s.integer("width") as usize },
        other => unreachable!("judge {other}"),
    }
}

/// What may change while training.
pub(super) fn live(s: &Settings) -> LoneLive {
    let source = match s.choice("negatives") {
        "none" => Source::None,
        "random" => Source::Random,
        "flipped" => Source::Flipped,
        "argmax" => Source::Argmax,
        "soft" => Source::Soft { temperature: s.number("temperature") },
        "climb" => Source::Climb,
        "generator" => Source::Generator,
        other => unreachable!("source {other}"),
    };
    LoneLive { source, k: s.integer("k") as usize, lr: s.number("lr") }
}
