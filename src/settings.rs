//! The one table of settings. Controls, links, command-line flags, bounds and defaults all come from it.
//!
//! Raw words become [`Settings`] here or are refused with a [`Refusal`] that names the field, the value
//! and the bound. Past this point nothing needs to be checked again.

use crate::card::{Text, text};
use crate::device::DeviceKind;
use crate::experiment::presets;
use crate::penalty::PENALTIES;
use crate::{data, objective};
use serde::{Deserialize, Serialize};
use serde_json::Value as Raw;
use std::collections::BTreeMap;
use std::fmt;

/// What a setting may be.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Kind {
    Integer {
        min: i64,
        max: i64,
    },
    /// `log`: the control moves by factors. `min` may still be 0.
    Number {
        min: f64,
        max: f64,
        log: bool,
    },
    Choice {
        #[serde(serialize_with = "serialize_options")]
        options: fn() -> Vec<Choice>,
    },
    /// `on` or `off`.
    Switch,
}

/// One value of a choice.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Choice {
    pub id: &'static str,
    pub label: Text,
}

/// One setting.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Knob {
    pub id: &'static str,
    pub label: Text,
    pub group: Group,
    #[serde(flatten)]
    pub kind: Kind,
    pub default: &'static str,
    /// May change while training; otherwise a change starts the run anew.
    pub live: bool,
    /// What it does, in a sentence.
    pub help: Text,
}

/// The panel a setting stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Run,
    Game,
    Generator,
    Discriminator,
    Regularizer,
    Optimizer,
}

const fn knob(
    id: &'static str,
    group: Group,
    kind: Kind,
    default: &'static str,
    live: bool,
    label: Text,
    help: Text,
) -> Knob {
    Knob { id, label, group, kind, default, live, help }
}

const RATE: Kind = Kind::Number { min: 1e-6, max: 1.0, log: true };
const WEIGHT: Kind = Kind::Number { min: 0.0, max: 100.0, log: true };
const UPDATES: Kind = Kind::Integer { min: 0, max: 10 };
const WIDTH: Kind = Kind::Integer { min: 1, max: 512 };
const DEPTH: Kind = Kind::Integer { min: 0, max: 5 };

/// Every setting, in the order of the page.
#[rustfmt::skip]
pub static KNOBS: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data_options }, "ring8", false,
        text("Data", "数据"), text("Where the real points come from.", "真实点的来源。")),
    knob("seed", Group::Run, Kind::Integer { min: 0, max: u32::MAX as i64 }, "1", false,
        text("Seed", "随机种子"), text("The same seed repeats the run exactly.", "同一种子会完全重复这次训练。")),
    knob("device", Group::Run, Kind::Choice { options: device_options }, "auto", false,
        text("Device", "计算设备"), text("What computes. Automatic takes the fastest that works.", "由谁来计算。自动会选用能工作的最快设备。")),

    knob("stop_steps", Group::Run, Kind::Integer { min: 0, max: 1_000_000 }, "0", true,
        text("Stop after steps", "训练多少步后停止"), text("0 goes on for ever.", "0 为一直训练。")),
    knob("stop_seconds", Group::Run, Kind::Integer { min: 0, max: 86_400 }, "0", true,
        text("Stop after seconds", "训练多少秒后停止"), text("Seconds of training; 0 goes on for ever.", "训练的秒数；0 为一直训练。")),
    knob("stop_converged", Group::Run, Kind::Switch, "off", true,
        text("Stop when converged", "收敛后停止"), text("Stops when the averaged G has stayed within 1.2 times the floor for 500 steps.", "当平均 G 连续 500 步不超过地板值的 1.2 倍时停止。")),

    knob("objective", Group::Game, Kind::Choice { options: objective_options }, "relativistic_pairing", true,
        text("Objective", "目标函数"), text("What D and G each minimise.", "D 与 G 各自最小化什么。")),
    knob("batch", Group::Game, Kind::Integer { min: 1, max: 1024 }, "128", false,
        text("Batch size", "批大小"), text("Points per update.", "每次更新用的点数。")),
    knob("d_steps", Group::Game, UPDATES, "1", true,
        text("D updates a step", "每步更新 D"), text("How often D learns before G does.", "G 学习之前 D 学习几次。")),
    knob("g_steps", Group::Game, UPDATES, "1", true,
        text("G updates a step", "每步更新 G"), text("How often G learns after D.", "D 学习之后 G 学习几次。")),

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

    knob("depth_d", Group::Discriminator, DEPTH, "2", false,
        text("Hidden layers", "隐藏层数"), text("Hidden layers of D.", "D 的隐藏层数。")),
    knob("width_d", Group::Discriminator, WIDTH, "64", false,
        text("Units a layer", "每层单元数"), text("Units in each hidden layer of D.", "D 每个隐藏层的单元数。")),
    knob("activation_d", Group::Discriminator, Kind::Choice { options: activation_options }, "leaky_relu", false,
        text("Activation", "激活函数"), text("D's nonlinearity.", "D 的非线性。")),

    knob("fourier", Group::Discriminator, Kind::Integer { min: 0, max: 64 }, "16", false,
        text("Fourier features", "傅里叶特征"), text("Sines of random frequencies beside x, so that D sees fine structure; 0 is off.", "在 x 旁边加上随机频率的正弦，让 D 看见细节；0 为关闭。")),
    knob("fourier_scale", Group::Discriminator, Kind::Number { min: 0.1, max: 20.0, log: true }, "2", false,
        text("Their scale", "频率的大小"), text("Standard deviation of the frequencies, radians per data unit.", "频率的标准差，单位为弧度每数据单位。")),
    knob("pack", Group::Discriminator, Kind::Integer { min: 1, max: 4 }, "1", false,
        text("Points judged together", "一次看几个点"), text("PacGAN: D judges packs of points, so it notices that they are all alike.", "PacGAN：D 一次判断一组点，于是能发现它们全都一样。")),
    knob("minibatch_std", Group::Discriminator, Kind::Switch, "off", false,
        text("Minibatch std", "小批量标准差"), text("Tells D how far the whole batch spreads.", "告诉 D 整批点散得有多开。")),
    knob("spectral_norm", Group::Discriminator, Kind::Switch, "off", false,
        text("Spectral norm", "谱归一化"), text("Divides every weight matrix of D by its largest singular value.", "把 D 的每个权重矩阵除以它的最大奇异值。")),

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

fn choice(id: &'static str, en: &'static str, zh: &'static str) -> Choice {
    Choice { id, label: text(en, zh) }
}

fn data_options() -> Vec<Choice> {
    let cards = data::points::DISTRIBUTIONS.iter().map(|d| d.card()).chain([data::points::own::CARD]);
    cards.map(|c| Choice { id: c.id, label: c.label }).collect()
}

fn objective_options() -> Vec<Choice> {
    objective::OBJECTIVES.iter().map(|o| o.card()).map(|c| Choice { id: c.id, label: c.label }).collect()
}

fn device_options() -> Vec<Choice> {
    let kinds = DeviceKind::ALL.into_iter().map(|kind| Choice { id: kind.id(), label: kind.label() });
    std::iter::once(choice("auto", "Automatic", "自动")).chain(kinds).collect()
}

fn latent_options() -> Vec<Choice> {
    vec![
        choice("gaussian", "Gaussian N(0, 1)", "高斯 N(0, 1)"),
        choice("uniform", "Uniform on [−1, 1)", "均匀 [−1, 1)"),
    ]
}

fn activation_options() -> Vec<Choice> {
    vec![
        choice("tanh", "tanh", "tanh"),
        choice("relu", "ReLU", "ReLU"),
        choice("leaky_relu", "Leaky ReLU 0.2", "Leaky ReLU 0.2"),
    ]
}

fn optimizer_options() -> Vec<Choice> {
    vec![choice("adam", "Adam", "Adam"), choice("sgd", "SGD", "SGD")]
}

fn serialize_options<S: serde::Serializer>(options: &fn() -> Vec<Choice>, s: S) -> Result<S::Ok, S::Error> {
    options().serialize(s)
}

/// A value within its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    Integer(i64),
    Number(f64),
    Choice(&'static str),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(v) => write!(f, "{v}"),
            Self::Number(v) => write!(f, "{v}"),
            Self::Choice(v) => write!(f, "{v}"),
        }
    }
}

/// Why a setting was not taken: which field, what it said, and what it may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    pub field: String,
    /// The offending value, shortened.
    pub value: String,
    pub bound: String,
}

impl Refusal {
    pub fn new(field: &str, value: impl fmt::Display, bound: impl Into<String>) -> Self {
        Self { field: shorten(field), value: shorten(&value.to_string()), bound: bound.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {} was not taken: it must be {}.", self.field, self.value, self.bound)
    }
}

impl std::error::Error for Refusal {}

/// At most 40 characters (and an ellipsis), with control and direction marks spelled out: what a hostile
/// link may put on a page.
fn shorten(text: &str) -> String {
    const LIMIT: usize = 40;
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let spell = |c: char| if invisible(c) { c.escape_unicode().collect() } else { vec![c] };
    let mut spelled = text.chars().flat_map(spell);
    let mut short: String = spelled.by_ref().take(LIMIT).collect();
    if spelled.next().is_some() {
        short.push('…');
    }
    if short.is_empty() { "(nothing)".into() } else { short }
}

impl Knob {
    /// Reads a value from a link, a flag or a message.
    pub fn parse(&self, raw: &Raw) -> Result<Value, Refusal> {
        let words = match raw {
            Raw::String(s) => s.trim().to_string(),
            other => other.to_string(),
        };
        let refuse = || Refusal::new(self.id, &words, self.bound());
        match self.kind {
            Kind::Integer { min, max } => {
                let number: f64 = words.parse().map_err(|_| refuse())?;
                let inside = number.fract() == 0.0 && number >= min as f64 && number <= max as f64;
                inside.then_some(Value::Integer(number as i64)).ok_or_else(refuse)
            }
            Kind::Number { min, max, .. } => {
                let number: f64 = words.parse().map_err(|_| refuse())?;
                (number >= min && number <= max).then_some(Value::Number(number)).ok_or_else(refuse)
            }
            Kind::Choice { options } => {
                options().iter().find(|o| o.id == words).map(|o| Value::Choice(o.id)).ok_or_else(refuse)
            }
            Kind::Switch => ["on", "off"].into_iter().find(|o| *o == words).map(Value::Choice).ok_or_else(refuse),
        }
    }

    /// The bound in words: `a number from 0 to 1`.
    pub fn bound(&self) -> String {
        match self.kind {
            Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Kind::Number { min, max, .. } => format!("a number from {min} to {max}"),
            Kind::Choice { options } => {
                format!("one of {}", options().iter().map(|o| o.id).collect::<Vec<_>>().join(", "))
            }
            Kind::Switch => "on or off".into(),
        }
    }
}

/// The knob with this id.
pub fn find(id: &str) -> Option<&'static Knob> {
    KNOBS.iter().find(|k| k.id == id)
}

/// A complete set of settings, each within its bounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Settings(BTreeMap<&'static str, Value>);

impl Default for Settings {
    fn default() -> Self {
        let parse = |k: &Knob| k.parse(&Raw::from(k.default)).expect("a default lies within its bounds");
        Self(KNOBS.iter().map(|k| (k.id, parse(k))).collect())
    }
}

impl Settings {
    /// The defaults, changed by the preset that `raw["preset"]` names (if any), then by the rest of `raw`.
    ///
    /// # Errors
    ///
    /// The first entry that is unknown, of the wrong type or out of bounds.
    pub fn parse(raw: &BTreeMap<String, Raw>) -> Result<Self, Refusal> {
        let mut settings = Self::default();
        if let Some(id) = raw.get("preset") {
            let id = id.as_str().map_or_else(|| id.to_string(), str::to_string);
            let preset = presets::find(&id).ok_or_else(|| {
                let ids: Vec<_> = presets::PRESETS.iter().map(|p| p.id).collect();
                Refusal::new("preset", &id, format!("one of {}", ids.join(", ")))
            })?;
            for &(key, value) in preset.settings {
                settings.set(key, &Raw::from(value))?;
            }
        }
        for (key, value) in raw.iter().filter(|(key, _)| *key != "preset") {
            settings.set(key, value)?;
        }
        settings.check_together()?;
        Ok(settings)
    }

    /// These settings with `raw` laid over them; `self` where anything is refused.
    pub fn with(&self, raw: &BTreeMap<String, Raw>) -> Result<Self, Refusal> {
        let mut settings = self.clone();
        for (key, value) in raw {
            settings.set(key, value)?;
        }
        settings.check_together()?;
        Ok(settings)
    }

    fn set(&mut self, key: &str, raw: &Raw) -> Result<(), Refusal> {
        let knob = find(key).ok_or_else(|| {
            let ids: Vec<_> = KNOBS.iter().map(|k| k.id).collect();
            Refusal::new(
                key,
                raw.as_str().map_or_else(|| raw.to_string(), str::to_string),
                format!("a known setting: {}", ids.join(", ")),
            )
        })?;
        self.0.insert(knob.id, knob.parse(raw)?);
        Ok(())
    }

    /// Bounds that span several settings.
    fn check_together(&self) -> Result<(), Refusal> {
        let refuse = |id: &str, bound: String| Err(Refusal::new(id, self.0[id], bound));
        if self.integer("d_steps") + self.integer("g_steps") == 0 {
            return refuse("g_steps", "at least 1 while d_steps is 0".into());
        }
        let pack = self.integer("pack");
        if !self.integer("batch").is_multiple_of(pack) {
            return refuse("batch", format!("a multiple of {pack}, the points that are judged together (pack)"));
        }
        if self.switch("minibatch_std")
            && let Some(penalty) = PENALTIES.iter().map(|p| p.id()).find(|id| self.number(id) > 0.0)
        {
            return refuse(
                "minibatch_std",
                format!(
                    "off while {penalty} is above 0, because a D that looks at the whole batch has no slope at a single point"
                ),
            );
        }
        if self.switch("spectral_norm") && self.number("clip") > 0.0 {
            return refuse(
                "clip",
                "0 while spectral_norm is on, because a clipped weight is divided by its norm anyway".into(),
            );
        }
        Ok(())
    }

    /// # Panics
    ///
    /// When `id` is not an integer of [`KNOBS`]: a slip in this crate, caught by any test that starts a run.
    pub fn integer(&self, id: &str) -> u64 {
        match self.0[id] {
            Value::Integer(v) => v as u64,
            other => panic!("{id} is {other:?}"),
        }
    }

    /// # Panics
    ///
    /// When `id` is not a number of [`KNOBS`].
    pub fn number(&self, id: &str) -> f64 {
        match self.0[id] {
            Value::Number(v) => v,
            other => panic!("{id} is {other:?}"),
        }
    }

    /// # Panics
    ///
    /// When `id` is not a choice of [`KNOBS`].
    pub fn choice(&self, id: &str) -> &'static str {
        match self.0[id] {
            Value::Choice(v) => v,
            other => panic!("{id} is {other:?}"),
        }
    }

    /// # Panics
    ///
    /// When `id` is not a switch of [`KNOBS`].
    pub fn switch(&self, id: &str) -> bool {
        self.choice(id) == "on"
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Value)> + '_ {
        self.0.iter().map(|(k, v)| (*k, *v))
    }
}
