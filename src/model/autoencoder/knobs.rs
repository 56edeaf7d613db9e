//! What can be set about an autoencoder.

use crate::card::text;
use crate::data::pictures::strokes;
use crate::model::knobs::{RUN, SEED, choice, pictures, worlds};
use crate::model::line::LINE;
use crate::nn::{Activation, AutoencoderConfig, NetworkConfig};
use crate::optimizer::OptimizerConfig;
use crate::settings::{Choice, Group, Kind, Knob, Schema, Settings, knob};
use crate::trainer::autoencoder::{AutoencoderLive, Kl};

pub static SCHEMA: Schema =
    Schema { model: "autoencoder", tables: &[DATA, SEED, RUN, CODE, LINE, NETWORK, OPTIMIZER], check: |_| Ok(()) };

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data }, "digits14", false,
        text("Data", "数据"), text("The pictures to learn.", "要学习的图片。")),
    knob("gap", Group::Run, Kind::Choice { options: gaps }, "80", false,
        text("Degrees between strokes", "相邻笔画的角度差"), text("For tilted strokes: how far apart the angles are that it sees.", "用于倾斜的笔画：它所看到的角度之间相隔多远。")),
];

#[rustfmt::skip]
const CODE: &[Knob] = &[
    knob("variational", Group::Code, Kind::Switch, "on", false,
        text("Variational", "变分"), text("The encoder gives a mean and a spread, and the code is drawn from them.", "编码器给出均值和散布，编码从中抽取。")),
    knob("latent_dim", Group::Code, Kind::Integer { min: 1, max: 16 }, "2", false,
        text("Numbers in a code", "编码的维数"), text("How many numbers stand for a picture.", "用多少个数字代表一张图片。")),
    knob("beta", Group::Code, Kind::Number { min: 0.0, max: 20.0, log: true }, "1", true,
        text("Weight β of the KL term", "KL 项的权重 β"), text("How strongly codes are drawn towards N(0, 1); 0 lets the spread shrink away.", "把编码拉向 N(0, 1) 的力度；0 会让散布缩到没有。")),
    knob("kl", Group::Code, Kind::Choice { options: forms }, "exact", true,
        text("Form of the KL term", "KL 项的形式"), text("Exact, or as in the lecture: exp(s) − (1 + s) + m².", "精确的，或讲义中的：exp(s) − (1 + s) + m²。")),
];

#[rustfmt::skip]
const NETWORK: &[Knob] = &[
    knob("depth", Group::Network, Kind::Integer { min: 0, max: 5 }, "2", false,
        text("Hidden layers", "隐藏层数"), text("In the encoder and in the decoder.", "编码器与解码器各有几层。")),
    knob("width", Group::Network, Kind::Integer { min: 1, max: 512 }, "128", false,
        text("Units a layer", "每层单元数"), text("Units in each hidden layer.", "每个隐藏层的单元数。")),
    knob("activation", Group::Network, Kind::Choice { options: activations }, "relu", false,
        text("Activation", "激活函数"), text("The nonlinearity of both.", "两者的非线性。")),
];

#[rustfmt::skip]
const OPTIMIZER: &[Knob] = &[
    knob("batch", Group::Optimizer, Kind::Integer { min: 1, max: 1024 }, "128", false,
        text("Batch size", "批大小"), text("Pictures per update.", "每次更新用的图片数。")),
    knob("lr", Group::Optimizer, Kind::Number { min: 1e-6, max: 1.0, log: true }, "0.001", true,
        text("Learning rate", "学习率"), text("Step size of Adam.", "Adam 的步长。")),
];

fn data() -> Vec<Choice> {
    let mut options = pictures();
    options.push(choice("strokes", "Tilted strokes, 16 × 16", "倾斜的笔画，16 × 16"));
    options.extend(worlds());
    options
}

fn gaps() -> Vec<Choice> {
    [("80", "80°"), ("40", "40°"), ("20", "20°"), ("10", "10°"), ("5", "5°")]
        .map(|(id, label)| choice(id, label, label))
        .into()
}

fn forms() -> Vec<Choice> {
    vec![choice("exact", "Exact", "精确"), choice("lecture", "As in the lecture", "讲义中的形式")]
}

fn activations() -> Vec<Choice> {
    vec![choice("relu", "ReLU", "ReLU"), choice("tanh", "tanh", "tanh")]
}

/// The networks that the settings stand for, for pictures of `d` pixels.
pub(super) fn config(s: &Settings, d: usize) -> AutoencoderConfig {
    AutoencoderConfig {
        decoder: NetworkConfig {
            d_input: s.integer("latent_dim") as usize,
            d_output: d,
            width: s.integer("width") as usize,
            depth: s.integer("depth") as usize,
            activation: Activation::of(s.choice("activation")),
            ..NetworkConfig::DENSE
        },
        variational: s.switch("variational"),
    }
}

pub(super) fn live(s: &Settings) -> AutoencoderLive {
    let kl = if s.choice("kl") == "lecture" { Kl::Lecture } else { Kl::Exact };
    AutoencoderLive { lr: s.number("lr"), beta: s.number("beta"), kl }
}

pub(super) const ADAM: OptimizerConfig = OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 };

/// Degrees between the strokes.
pub(super) fn gap(s: &Settings) -> f64 {
    s.choice("gap").parse().unwrap_or(2.0 * strokes::STEEPEST)
}
