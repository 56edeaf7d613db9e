//! What can be set about a GAN on pictures: what can be set about any GAN, but for the features of points.

use crate::card::text;
use crate::data::ink::Given;
use crate::data::library::{self, Library};
use crate::model::gan::knobs::{DISCRIMINATOR, GAME, GENERATOR, OPTIMIZER, REGULARIZER, check_together};
use crate::model::knobs::{RUN, SEED, choice, pictures, worlds};
use crate::model::line::LINE;
use crate::settings::{Choice, Group, Kind, Knob, Refusal, Schema, Settings, knob};

pub static SCHEMA: Schema = Schema {
    model: "picture_gan",
    tables: &[DATA, SEED, RUN, LINE, NETWORK, GAME, COMPLETION, GENERATOR, DISCRIMINATOR, REGULARIZER, OPTIMIZER],
    check,
};

#[rustfmt::skip]
const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: data }, "digits14", false,
        text("Data", "数据"), text("The pictures to learn.", "要学习的图片。")),
    knob("given", Group::Run, Kind::Choice { options: given_options }, "nothing", false,
        text("Given to G", "给 G 的部分"), text("The upper half: G completes real pictures, and D judges the whole. A description or a drawing of a face: G makes the face, and D judges both together.", "上半部分：G 补全真实图片，D 判断整张图。一句描述或一张素描：G 画出这张脸，D 把两者放在一起判断。")),
];

/// What both players are made of.
#[rustfmt::skip]
const NETWORK: &[Knob] = &[
    knob("network", Group::Network, Kind::Choice { options: networks }, "dense", false,
        text("Layers", "网络类型"), text("Dense: every unit sees every pixel. Convolutional: windows see neighbours; the picture's size gives the number of layers, and units a layer are the channels beside the picture, doubled at each halving.", "全连接：每个单元看到所有像素。卷积：窗口只看相邻像素；层数由图片大小决定，“每层单元数”是靠近图片一层的通道数，边长每减半一次就加倍。")),
    knob("centered", Group::Discriminator, Kind::Switch, "off", false,
        text("Without the mean picture", "减去平均图"), text("D sees how pictures differ from the mean one: small things that differ count sooner.", "D 看到的是图片与平均图之差：细小的差别更早起作用。")),
    knob("output", Group::Generator, Kind::Choice { options: outputs }, "tanh", false,
        text("Output of G", "G 的输出"), text("Black or white: the sign of a number, and on the way back as if it were tanh.", "非黑即白：取符号；反向传播时当作 tanh。")),
];

/// What G's loss is made of where it completes pictures.
#[rustfmt::skip]
const COMPLETION: &[Knob] = &[
    knob("adversarial", Group::Game, WEIGHT, "1", true,
        text("Weight of D’s opinion", "D 的意见的权重"), text("What D’s opinion counts in G’s loss; 0 trains G without D.", "D 的意见在 G 的损失中占多少；0 表示不用 D 训练 G。")),
    knob("distance", Group::Game, WEIGHT, "0", true,
        text("Weight of the pixel error", "像素误差的权重"), text("What the squared distance from the real picture counts in G’s loss, where G completes one.", "G 补全图片时，与真实图片的平方距离在 G 的损失中占多少。")),
    knob("mismatched", Group::Game, WEIGHT, "0", true,
        text("Weight of wrong descriptions", "错配描述的权重"), text("What real pictures with what belongs to another picture count among D’s negatives (Reed et al., 2016).", "真实图片配上别的图片的描述，在 D 的负例中占多少（Reed 等 2016）。")),
];

const WEIGHT: Kind = Kind::Number { min: 0.0, max: 100.0, log: true };

/// Only faces have drawings and descriptions (checked).
pub(super) fn given(s: &Settings, library: &Library) -> Given {
    let faces = || library.faces(s.choice("data")).expect("checked");
    match s.choice("given") {
        "upper" => Given::UpperHalf,
        "description" => Given::Description(faces()),
        "drawing" => Given::drawings(&faces()),
        _ => Given::Nothing,
    }
}

fn given_options() -> Vec<Choice> {
    vec![
        choice("nothing", "Nothing", "什么也不给"),
        choice("upper", "The upper half", "上半部分"),
        choice("description", "A description", "一句描述"),
        choice("drawing", "A drawing", "一张素描"),
    ]
}

fn data() -> Vec<Choice> {
    pictures().into_iter().chain(worlds()).collect()
}

fn outputs() -> Vec<Choice> {
    vec![
        choice("tanh", "tanh: shades of grey", "tanh：灰度"),
        choice("sign", "Black or white, straight through", "非黑即白（直通估计）"),
    ]
}

fn networks() -> Vec<Choice> {
    vec![choice("dense", "Dense", "全连接"), choice("convolutional", "Convolutional", "卷积")]
}

/// Channels of a convolutional network beside the picture, at the most: they are doubled up to three times.
const MOST_CHANNELS: u64 = 128;

/// Bounds that span several settings.
fn check(s: &Settings) -> Result<(), Refusal> {
    let alone = s.choice("given") == "nothing";
    if alone && s.number("distance") > 0.0 {
        return s
            .refuse("distance", "0 while given is nothing, because no real picture belongs to what G makes of noise");
    }
    if alone && s.number("adversarial") == 0.0 {
        return s.refuse("adversarial", "above 0 while given is nothing, because G learns from nothing else");
    }
    if !alone && s.number("adversarial") == 0.0 && s.number("distance") == 0.0 {
        return s.refuse("adversarial", "above 0 while distance is 0, because G learns from nothing else");
    }
    if alone && s.number("mismatched") > 0.0 {
        return s.refuse("mismatched", "0 while given is nothing, because nothing can belong to another picture");
    }
    if ["description", "drawing"].contains(&s.choice("given")) && !library::is_of_faces(s.choice("data")) {
        return s.refuse("given", "nothing or upper while data is not faces");
    }
    if !alone && s.choice("network") == "convolutional" {
        return s.refuse("network", "dense while something is given, because that is no square picture");
    }
    if s.choice("network") == "convolutional" {
        if library::is_of_faces(s.choice("data")) {
            return s.refuse("network", "dense while data is faces, because these have colours");
        }
        if s.integer("pack") > 1 {
            return s.refuse("pack", "1 while network is convolutional, because pictures side by side are no picture");
        }
        if s.switch("minibatch_std") {
            return s
                .refuse("minibatch_std", "off while network is convolutional, because the batch's spread is no pixel");
        }
        if let Some(width) = ["width_g", "width_d"].into_iter().find(|id| s.integer(id) > MOST_CHANNELS) {
            return s.refuse(width, format!("at most {MOST_CHANNELS} while network is convolutional"));
        }
    }
    check_together(s)
}
