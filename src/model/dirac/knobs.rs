//! What can be set about the Dirac-GAN.

use crate::card::text;
use crate::model::knobs::{RUN, choice};
use crate::settings::{Choice, Group, Kind, Knob, Schema, Settings, knob};
use crate::trainer::dirac::{DiracObjective, Game};

pub static SCHEMA: Schema =
    Schema { model: "dirac", tables: &[START, RUN, GAME, REGULARIZER, OPTIMIZER], check: |_| Ok(()) };

const PLACE: Kind = Kind::Number { min: -2.5, max: 2.5, log: false };
const RATE: Kind = Kind::Number { min: 0.001, max: 2.0, log: true };
const WEIGHT: Kind = Kind::Number { min: 0.0, max: 10.0, log: true };

#[rustfmt::skip]
const START: &[Knob] = &[
    knob("theta", Group::Run, PLACE, "1", false,
        text("Start of θ", "θ 的起点"), text("Where G's only weight begins. A click in the picture sets it too.", "G 唯一的权重从哪里开始。在图上点一下也可以。")),
    knob("psi", Group::Run, PLACE, "1", false,
        text("Start of ψ", "ψ 的起点"), text("Where D's only weight begins. A click in the picture sets it too.", "D 唯一的权重从哪里开始。在图上点一下也可以。")),
];

#[rustfmt::skip]
const GAME: &[Knob] = &[
    knob("objective", Group::Game, Kind::Choice { options: objectives }, "minimax", true,
        text("Objective", "目标函数"), text("What D and G each minimise.", "D 与 G 各自最小化什么。")),
    knob("order", Group::Game, Kind::Choice { options: orders }, "alternating", true,
        text("Order of updates", "更新次序"), text("Whether G sees D's move before it makes its own.", "G 在自己更新之前是否先看到 D 的更新。")),
];

#[rustfmt::skip]
const REGULARIZER: &[Knob] = &[
    knob("r1", Group::Regularizer, WEIGHT, "0", true,
        text("R1 penalty γ", "R1 惩罚 γ"), text("Keeps D from being steep at the real point; 0 is off.", "不让 D 在真实点处太陡；0 为关闭。")),
    knob("gradient_penalty", Group::Regularizer, WEIGHT, "0", true,
        text("Gradient penalty λ", "梯度惩罚 λ"), text("Asks for slope 1; 0 is off.", "要求斜率为 1；0 为关闭。")),
    knob("clip", Group::Regularizer, WEIGHT, "0", true,
        text("Weight clipping", "权重裁剪"), text("Keeps ψ within ± this; 0 is off.", "让 ψ 不超过 ± 此值；0 为关闭。")),
    knob("instance_noise", Group::Regularizer, Kind::Number { min: 0.0, max: 5.0, log: true }, "0", true,
        text("Instance noise", "实例噪声"), text("Standard deviation of noise on all that D sees; 0 is off.", "加在 D 所见之物上的噪声的标准差；0 为关闭。")),
    knob("consensus", Group::Regularizer, WEIGHT, "0", true,
        text("Consensus γ", "共识 γ"), text("Both players also seek a place where neither is pushed; 0 is off.", "双方同时寻找谁也不受推动的位置；0 为关闭。")),
];

#[rustfmt::skip]
const OPTIMIZER: &[Knob] = &[
    knob("lr_g", Group::Optimizer, RATE, "0.2", true,
        text("Learning rate of G", "G 的学习率"), text("Step size of G.", "G 的步长。")),
    knob("lr_d", Group::Optimizer, RATE, "0.2", true,
        text("Learning rate of D", "D 的学习率"), text("Step size of D.", "D 的步长。")),
];

fn objectives() -> Vec<Choice> {
    vec![
        choice("minimax", "Minimax", "极小极大"),
        choice("non_saturating", "Non-saturating", "非饱和"),
        choice("wasserstein", "Wasserstein", "Wasserstein"),
    ]
}

fn orders() -> Vec<Choice> {
    vec![choice("alternating", "D, then G", "先 D 后 G"), choice("simultaneous", "Both at once", "同时更新")]
}

/// The rules that the settings stand for.
pub(super) fn game(s: &Settings) -> Game {
    Game {
        objective: match s.choice("objective") {
            "minimax" => DiracObjective::Minimax,
            "non_saturating" => DiracObjective::NonSaturating,
            "wasserstein" => DiracObjective::Wasserstein,
            other => unreachable!("objective {other}"),
        },
        simultaneous: s.choice("order") == "simultaneous",
        lr_g: s.number("lr_g"),
        lr_d: s.number("lr_d"),
        r1: s.number("r1"),
        gradient_penalty: s.number("gradient_penalty"),
        clip: Some(s.number("clip")).filter(|bound| *bound > 0.0),
        instance_noise: s.number("instance_noise"),
        consensus: s.number("consensus"),
    }
}
