//! What can be set about a density: of which points, and by whom.

use super::Kind as Method;
use crate::card::text;
use crate::model::gan::knobs::data_options;
use crate::model::knobs::{RUN, SEED, choice};
use crate::settings::{Choice, Group, Kind, Knob, Schema, Settings, knob};

pub static SCHEMA: Schema = Schema { model: "density", tables: &[DATA, SEED, RUN, METHOD], check: |_| Ok(()) };

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data_options }, "blobs", false,
        text("Data", "数据"), text("Where the real points come from.", "真实点的来源。")),
    knob("n_points", Group::Run, Kind::Integer { min: 10, max: 2000 }, "300", false,
        text("Points to learn from", "用来学习的点数"), text("At the most; as many again are held out, or a fifth where there are no more.", "最多这么多；另有同样多的点留作检验，若不够则留五分之一。")),
];

#[rustfmt::skip]
const METHOD: &[Knob] = &[
    knob("method", Group::Network, Kind::Choice { options: methods }, "mixture", false,
        text("Model", "模型"), text("Explicit ones can be asked for the density of any point; a GAN can only draw points.", "显式的模型能说出任何一点的密度；GAN 只会生成点。")),
    knob("k", Group::Network, Kind::Integer { min: 1, max: 20 }, "3", false,
        text("Gaussians in the mixture", "混合中的高斯个数"), text("Components of the mixture.", "混合模型有几个成分。")),
    knob("bandwidth", Group::Network, Kind::Number { min: 0.0, max: 5.0, log: true }, "0", true,
        text("Width of a kernel", "核的宽度"), text("Standard deviation on each point, data units; 0 takes Silverman’s rule.", "每个点上的标准差，数据单位；0 表示用 Silverman 法则。")),
    knob("spread", Group::Network, Kind::Number { min: 0.01, max: 5.0, log: true }, "0.1", false,
        text("Spread of the VAE’s decoder", "VAE 解码器的散布"), text("Standard deviation of points around what is decoded, data units.", "点在解码结果周围的标准差，数据单位。")),
];

pub(super) fn method(s: &Settings) -> Method {
    match s.choice("method") {
        "gaussian" => Method::Gaussian,
        "mixture" => Method::Mixture,
        "kernel" => Method::Kernel,
        "vae" => Method::Vae,
        "gan" => Method::Gan,
        other => unreachable!("method {other}"),
    }
}

fn methods() -> Vec<Choice> {
    vec![
        choice("gaussian", "One gaussian", "一个高斯"),
        choice("mixture", "Mixture of gaussians, EM", "高斯混合，EM"),
        choice("kernel", "Kernel density", "核密度"),
        choice("vae", "VAE", "VAE"),
        choice("gan", "GAN: implicit", "GAN：隐式"),
    ]
}
