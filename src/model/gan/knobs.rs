//! What can be set about a GAN on points of the plane.

use crate::card::text;
use crate::data::points;
use crate::model::knobs::{RUN, SEED, choice};
use crate::objective::OBJECTIVES;
use crate::penalty::PENALTIES;
use crate::settings::{Choice, Group, Kind, Knob, Refusal, Schema, Settings, knob};

pub static SCHEMA: Schema = Schema {
    model: "gan",
    tables: &[DATA, SEED, RUN, GAME, GENERATOR, DISCRIMINATOR, FEATURES, REGULARIZER, OPTIMIZER],
    check: check_together,
};

const RATE: Kind = Kind::Number { min: 1e-6, max: 1.0, log: true };
const WEIGHT: Kind = Kind::Number { min: 0.0, max: 100.0, log: true };
const UPDATES: Kind = Kind::Integer { min: 0, max: 10 };
const WIDTH: Kind = Kind::Integer { min: 1, max: 512 };
const DEPTH: Kind = Kind::Integer { min: 0, max: 5 };

/// What is learned.
#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data_options }, "ring8", false,
        text("Data", "数据"), text("Where the real points come from.", "真实点的来源。")),
];

/// Who plays, and by which rules.
#[rustfmt::skip]
pub(in crate::model) const GAME: &[Knob] = &[
    knob("objective", Group::Game, Kind::Choice { options: objective_options }, "relativistic_pairing", true,
        text("Objective", "目标函数"), text("What D and G each minimise.", "D 与 G 各自最小化什么。")),
    knob("batch", Group::Game, Kind::Integer { min: 1, max: 1024 }, "128", false,
        text("Batch size", "批大小"), text("Points per update.", "每次更新用的点数。")),
    knob("d_steps", Group::Game, UPDATES, "1", true,
        text("D updates a step", "每步更新 D"), text("How often D learns before G does.", "G 学习之前 D 学习几次。")),
    knob("g_steps", Group::Game, UPDATES, "1", true,
        text("G updates a step", "每步更新 G"), text("How often G learns after D.", "D 学习之后 G 学习几次。")),
];

/// G.
#[rustfmt::skip]
pub(in crate::model) const GENERATOR: &[Knob] = &[
    knob("latent_dim", Group::Generator, Kind::Integer { min: 1, max: 16 }, "2", false,
        text("Latent dimensions", "潜变量维数"), text("Numbers that G receives per point.", "生成一个点时给 G 的数字个数。")),
    knob("latent", Group::Generator, Kind::Choice { options: latent_options }, "gaussian", false,
        text("Latent noise", "潜变量分布"), text("How those numbers are drawn.", "这些数字服从的分布。")),
    knob("depth_g", Group::Generator, DEPTH, "2", false,
        text("Hidden layers", "隐藏层数"), text("Hidden layers of G.", "G 的隐藏层数。")),
    knob("width_g", Group::Generator, WIDTH, "64", false,
        text("Units a layer", "每层单元数"), text("Units in each hidden layer of G.", "G 每个隐藏层的单元数。")),
    knob("activation_g", Group::Generator, Kind::Choice { options: activation_options }, "tanh", false,
        text("Activation", "激活函数"), text("G's nonlinearity.", "G 的非线性。")),
    knob("ema", Group::Generator, Kind::Number { min: 0.0, max: 0.9999, log: false }, "0.995", false,
        text("EMA decay", "EMA 衰减"), text("Memory of G's running average; 0 follows G itself.", "G 的滑动平均的记忆；0 即 G 本身。")),
];

/// D.
#[rustfmt::skip]
pub(in crate::model) const DISCRIMINATOR: &[Knob] = &[
    knob("depth_d", Group::Discriminator, DEPTH, "2", false,
        text("Hidden layers", "隐藏层数"), text("Hidden layers of D.", "D 的隐藏层数。")),
    knob("width_d", Group::Discriminator, WIDTH, "64", false,
        text("Units a layer", "每层单元数"), text("Units in each hidden layer of D.", "D 每个隐藏层的单元数。")),
    knob("activation_d", Group::Discriminator, Kind::Choice { options: activation_options }, "leaky_relu", false,
        text("Activation", "激活函数"), text("D's nonlinearity.", "D 的非线性。")),
    knob("pack", Group::Discriminator, Kind::Integer { min: 1, max: 4 }, "1", false,
        text("Points judged together", "一次看几个点"), text("PacGAN: D judges packs of points, so it notices that they are all alike.", "PacGAN：D 一次判断一组点，于是能发现它们全都一样。")),
    knob("minibatch_std", Group::Discriminator, Kind::Switch, "off", false,
        text("Minibatch std", "小批量标准差"), text("Tells D how far the whole batch spreads.", "告诉 D 整批点散得有多开。")),
    knob("spectral_norm", Group::Discriminator, Kind::Switch, "off", false,
        text("Spectral norm", "谱归一化"), text("Divides every weight matrix of D by its largest singular value.", "把 D 的每个权重矩阵除以它的最大奇异值。")),
];

/// What D sees of a point.
#[rustfmt::skip]
pub(in crate::model) const FEATURES: &[Knob] = &[
    knob("fourier", Group::Discriminator, Kind::Integer { min: 0, max: 64 }, "16", false,
        text("Fourier features", "傅里叶特征"), text("Sines of random frequencies beside x, so that D sees fine structure; 0 is off.", "在 x 旁边加上随机频率的正弦，让 D 看见细节；0 为关闭。")),
    knob("fourier_scale", Group::Discriminator, Kind::Number { min: 0.1, max: 20.0, log: true }, "2", false,
        text("Their scale", "频率的大小"), text("Standard deviation of the frequencies, radians per data unit.", "频率的标准差，单位为弧度每数据单位。")),
];

/// What keeps D tame.
#[rustfmt::skip]
pub(in crate::model) const REGULARIZER: &[Knob] = &[
    knob("r1", Group::Regularizer, WEIGHT, "0.02", true,
        text("R1 penalty γ", "R1 惩罚 γ"), text("Keeps D from being steep at the real points; 0 is off.", "不让 D 在真实点处太陡；0 为关闭。")),
    knob("r2", Group::Regularizer, WEIGHT, "0.02", true,
        text("R2 penalty γ", "R2 惩罚 γ"), text("Keeps D from being steep at the generated points; 0 is off.", "不让 D 在生成点处太陡；0 为关闭。")),
    knob("gradient_penalty", Group::Regularizer, WEIGHT, "0", true,
        text("Gradient penalty λ", "梯度惩罚 λ"), text("Asks for slope 1 between real and generated points; 0 is off.", "要求 D 在真实点与生成点之间的斜率为 1；0 为关闭。")),
    knob("clip", Group::Regularizer, Kind::Number { min: 0.0, max: 10.0, log: true }, "0", true,
        text("Weight clipping", "权重裁剪"), text("Keeps each parameter of D within ± this; 0 is off.", "让 D 的每个参数不超过 ± 此值；0 为关闭。")),
    knob("instance_noise", Group::Regularizer, Kind::Number { min: 0.0, max: 5.0, log: true }, "0", true,
        text("Instance noise", "实例噪声"), text("Standard deviation of noise on all that D sees, data units; 0 is off.", "加在 D 所见之物上的噪声的标准差，数据单位；0 为关闭。")),
];

/// How both follow their gradients.
#[rustfmt::skip]
pub(in crate::model) const OPTIMIZER: &[Knob] = &[
    knob("lr_g", Group::Optimizer, RATE, "0.001", true,
        text("Learning rate of G", "G 的学习率"), text("Step size of G.", "G 的步长。")),
    knob("lr_d", Group::Optimizer, RATE, "0.001", true,
        text("Learning rate of D", "D 的学习率"), text("Step size of D.", "D 的步长。")),
    knob("optimizer_g", Group::Optimizer, Kind::Choice { options: optimizer_options }, "adam", false,
        text("Optimizer of G", "G 的优化器"), text("How G follows its gradient.", "G 如何沿梯度走。")),
    knob("optimizer_d", Group::Optimizer, Kind::Choice { options: optimizer_options }, "adam", false,
        text("Optimizer of D", "D 的优化器"), text("How D follows its gradient.", "D 如何沿梯度走。")),
    knob("beta1", Group::Optimizer, Kind::Number { min: 0.0, max: 0.999, log: false }, "0", false,
        text("Adam β₁", "Adam β₁"), text("Memory of the gradient's mean.", "梯度均值的记忆。")),
    knob("beta2", Group::Optimizer, Kind::Number { min: 0.0, max: 0.99999, log: false }, "0.9", false,
        text("Adam β₂", "Adam β₂"), text("Memory of the gradient's square.", "梯度平方的记忆。")),
    knob("momentum", Group::Optimizer, Kind::Number { min: 0.0, max: 0.999, log: false }, "0", false,
        text("SGD momentum", "SGD 动量"), text("Memory of past steps, for SGD only.", "对过去步子的记忆，仅用于 SGD。")),
];

/// Bounds that span several settings.
pub(in crate::model) fn check_together(s: &Settings) -> Result<(), Refusal> {
    if s.integer("d_steps") + s.integer("g_steps") == 0 {
        return s.refuse("g_steps", "at least 1 while d_steps is 0");
    }
    let pack = s.integer("pack");
    if !s.integer("batch").is_multiple_of(pack) {
        return s.refuse("batch", format!("a multiple of {pack}, the points that are judged together (pack)"));
    }
    if s.switch("minibatch_std")
        && let Some(penalty) = PENALTIES.iter().map(|p| p.id()).find(|id| s.number(id) > 0.0)
    {
        return s.refuse(
            "minibatch_std",
            format!(
                "off while {penalty} is above 0, because a D that looks at the whole batch has no slope at a single point"
            ),
        );
    }
    if s.switch("spectral_norm") && s.number("clip") > 0.0 {
        return s.refuse("clip", "0 while spectral_norm is on, because a clipped weight is divided by its norm anyway");
    }
    Ok(())
}

pub(in crate::model) fn data_options() -> Vec<Choice> {
    let cards = points::DISTRIBUTIONS.iter().map(|d| d.card()).chain([points::own::CARD]);
    cards.map(|c| Choice { id: c.id, label: c.label }).collect()
}

fn objective_options() -> Vec<Choice> {
    OBJECTIVES.iter().map(|o| o.card()).map(|c| Choice { id: c.id, label: c.label }).collect()
}

fn latent_options() -> Vec<Choice> {
    vec![
        choice("gaussian", "Gaussian N(0, 1)", "高斯 N(0, 1)"),
        choice("uniform", "Uniform on [−1, 1)", "均匀 [−1, 1)"),
    ]
}

pub(in crate::model) fn activation_options() -> Vec<Choice> {
    vec![
        choice("tanh", "tanh", "tanh"),
        choice("relu", "ReLU", "ReLU"),
        choice("leaky_relu", "Leaky ReLU 0.2", "Leaky ReLU 0.2"),
    ]
}

fn optimizer_options() -> Vec<Choice> {
    vec![choice("adam", "Adam", "Adam"), choice("sgd", "SGD", "SGD")]
}
