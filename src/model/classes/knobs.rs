//! What can be set about telling two classes apart.

use super::Kind as Method;
use super::data::{CLASSES, Classes};
use crate::card::text;
use crate::model::gan::knobs::activation_options;
use crate::model::knobs::{RUN, SEED, choice};
use crate::settings::{Choice, Group, Kind, Knob, Schema, Settings, knob};

pub static SCHEMA: Schema = Schema { model: "classes", tables: &[DATA, SEED, RUN, METHOD, NETWORK], check: |_| Ok(()) };

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data_options }, "two_clouds", false,
        text("Data", "数据"), text("The two classes of points.", "两类点。")),
    knob("n_points", Group::Run, Kind::Integer { min: 5, max: 1000 }, "150", false,
        text("Points of each class", "每类的点数"), text("To learn from; 500 more of each are held out.", "用来学习；另有每类 500 个点留作检验。")),
];

#[rustfmt::skip]
const METHOD: &[Knob] = &[
    knob("method", Group::Network, Kind::Choice { options: methods }, "gaussians", false,
        text("Model", "模型"), text("Discriminative ones learn p(y | x); the generative one learns p(x | y) and p(y).", "判别模型学习 p(y | x)；生成模型学习 p(x | y) 与 p(y)。")),
    knob("penalty", Group::Network, Kind::Number { min: 0.0, max: 100.0, log: true }, "1", true,
        text("Penalty λ on the slope", "对斜率的惩罚 λ"), text("Of logistic regression: λ/2 ‖w‖².", "用于逻辑回归：λ/2 ‖w‖²。")),
];

#[rustfmt::skip]
const NETWORK: &[Knob] = &[
    knob("depth", Group::Network, Kind::Integer { min: 0, max: 5 }, "2", false,
        text("Hidden layers", "隐藏层数"), text("Hidden layers of the network.", "网络的隐藏层数。")),
    knob("width", Group::Network, Kind::Integer { min: 1, max: 256 }, "32", false,
        text("Units a layer", "每层单元数"), text("Units in each hidden layer.", "每个隐藏层的单元数。")),
    knob("activation", Group::Network, Kind::Choice { options: activation_options }, "tanh", false,
        text("Activation", "激活函数"), text("The network's nonlinearity.", "网络的非线性。")),
    knob("lr", Group::Optimizer, Kind::Number { min: 1e-6, max: 1.0, log: true }, "0.003", true,
        text("Learning rate", "学习率"), text("Step size of Adam.", "Adam 的步长。")),
];

pub(super) fn classes(s: &Settings) -> &'static Classes {
    Classes::find(s.choice("data")).expect("settings name registered classes")
}

pub(super) fn method(s: &Settings) -> Method {
    match s.choice("method") {
        "logistic" => Method::Logistic,
        "network" => Method::Network,
        "gaussians" => Method::Gaussians,
        other => unreachable!("method {other}"),
    }
}

fn data_options() -> Vec<Choice> {
    CLASSES.iter().map(|classes| Choice { id: classes.card.id, label: classes.card.label }).collect()
}

fn methods() -> Vec<Choice> {
    vec![
        choice("gaussians", "A gaussian for each class", "每类一个高斯"),
        choice("logistic", "Logistic regression", "逻辑回归"),
        choice("network", "Network", "神经网络"),
    ]
}
