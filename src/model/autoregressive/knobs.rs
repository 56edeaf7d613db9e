//! What can be set about a generator that writes token by token.

use crate::card::text;
use crate::model::gan::knobs::activation_options;
use crate::model::knobs::{RUN, SEED};
use crate::model::sentences::DATA;
use crate::settings::{Group, Kind, Knob, Schema, knob};

pub static SCHEMA: Schema =
    Schema { model: "autoregressive", tables: &[DATA, SEED, RUN, NETWORK, LAYERS, OPTIMIZER], check: |_| Ok(()) };

#[rustfmt::skip]
const NETWORK: &[Knob] = &[
    knob("reads", Group::Network, Kind::Switch, "on", false,
        text("Reads what stands before", "读前面已写的内容"), text("Off: every place is written by itself, whatever the others say.", "关闭：每个位置各写各的，不管别处写了什么。")),
];

#[rustfmt::skip]
pub(in crate::model) const LAYERS: &[Knob] = &[
    knob("depth", Group::Network, Kind::Integer { min: 0, max: 5 }, "2", false,
        text("Hidden layers", "隐藏层数"), text("Hidden layers of the network.", "网络的隐藏层数。")),
    knob("width", Group::Network, Kind::Integer { min: 1, max: 512 }, "64", false,
        text("Units a layer", "每层单元数"), text("Units in each hidden layer.", "每个隐藏层的单元数。")),
    knob("activation", Group::Network, Kind::Choice { options: activation_options }, "relu", false,
        text("Activation", "激活函数"), text("The network's nonlinearity.", "网络的非线性。")),
    knob("ema", Group::Network, Kind::Number { min: 0.0, max: 0.9999, log: false }, "0.99", false,
        text("EMA decay", "EMA 衰减"), text("Memory of the running average of its weights; 0 follows the weights themselves.", "权重滑动平均的记忆；0 即权重本身。")),
];

#[rustfmt::skip]
pub(in crate::model) const OPTIMIZER: &[Knob] = &[
    knob("batch", Group::Optimizer, Kind::Integer { min: 1, max: 256 }, "32", false,
        text("Batch size", "批大小"), text("Sentences per update.", "每次更新用的句子数。")),
    knob("lr", Group::Optimizer, Kind::Number { min: 1e-6, max: 1.0, log: true }, "0.003", true,
        text("Learning rate", "学习率"), text("Step size of Adam.", "Adam 的步长。")),
];
