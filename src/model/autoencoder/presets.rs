//! Ready-made runs of autoencoders, plain and variational.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "codes_ae",
        label: text("Autoencoder: the plane of codes", "自编码器：编码的平面"),
        look_at: text(
            "Two numbers a digit. Move over the plane: the decoder alone, without the encoder, is a generator.",
            "每个数字只用两个数。在平面上移动：去掉编码器，剩下的解码器就是一个生成器。",
        ),
        settings: &[("variational", "off")],
        beside: &[],
    },
    Preset {
        id: "codes_vae",
        label: text("VAE: codes with a spread", "VAE：有散布的编码"),
        look_at: text(
            "Each digit is a small cloud now, and the clouds fill the plane. Set β to 0 and watch them shrink to points.",
            "每个数字现在是一小团云，云铺满了平面。把 β 设为 0，看它们缩成点。",
        ),
        settings: &[],
        beside: &[],
    },
    Preset {
        id: "digits14_ae",
        label: text("Autoencoder as a generator", "把自编码器当作生成器"),
        look_at: text(
            "Good copies, bad inventions: codes drawn from N(0, 1) miss the places where the digits live.",
            "复制得好，创作得差：从 N(0, 1) 抽出的编码落不到数字所在的地方。",
        ),
        settings: &[("variational", "off"), ("latent_dim", "8")],
        beside: &[],
    },
    Preset {
        id: "digits14_vae",
        label: text("VAE as a generator", "把 VAE 当作生成器"),
        look_at: text(
            "The same networks with the KL term: codes from N(0, 1) decode to digits, somewhat blurred.",
            "同样的网络加上 KL 项：从 N(0, 1) 抽出的编码解码成数字，只是有些模糊。",
        ),
        settings: &[("latent_dim", "8")],
        beside: &[],
    },
    Preset {
        id: "faces_ae",
        label: text("Autoencoder on faces", "脸上的自编码器"),
        look_at: text(
            "Sixteen numbers a face: which of its ten properties come back, and which are lost?",
            "每张脸只用十六个数：十种属性里哪些能还原，哪些丢了？",
        ),
        settings: FACES_AE,
        beside: &[],
    },
    Preset {
        id: "faces_vae",
        label: text("VAE on faces", "脸上的 VAE"),
        look_at: text(
            "Hair and skin are right, and all eyes and mouths are the same: which pixels does its loss care for?",
            "头发和肤色都对，眼睛和嘴却都一个样：它的损失在意的是哪些像素？",
        ),
        settings: FACES_VAE,
        beside: &[],
    },
    Preset {
        id: "strokes_ae",
        label: text("Between two strokes: autoencoder", "两个笔画之间：自编码器"),
        look_at: text(
            "It has seen two strokes. Half-way between their codes, is the picture a stroke at all?",
            "它只见过两个笔画。在两个编码的正中间，解码出来的还是笔画吗？",
        ),
        settings: &[("data", "strokes"), ("variational", "off"), ("batch", "64"), ("line_from", "0"), ("line_to", "1")],
        beside: &[],
    },
    Preset {
        id: "strokes_vae",
        label: text("Between two strokes: VAE", "两个笔画之间：VAE"),
        look_at: text(
            "The same two strokes, with noise on the codes: the way between snaps from one valid stroke to the other.",
            "同样的两个笔画，编码上加了噪声：中间的路会从一个合法的笔画跳到另一个。",
        ),
        settings: &[("data", "strokes"), ("beta", "0.1"), ("batch", "64"), ("line_from", "0"), ("line_to", "1")],
        beside: &[],
    },
    Preset {
        id: "gap_strokes",
        label: text("Two strokes: VAE beside autoencoder", "两个笔画：VAE 与自编码器并排"),
        look_at: text(
            "Same data, same budget. After 2,500 steps, the middle of the line: a blend or noise from the autoencoder, one of the strokes from the VAE.",
            "同样的数据，同样的训练量。2,500 步之后看连线的正中间：自编码器给出叠影或噪声，VAE 给出其中一个笔画。",
        ),
        settings: &[("data", "strokes"), ("beta", "0.1"), ("batch", "64"), ("line_from", "0"), ("line_to", "1")],
        beside: &[("variational", "off")],
    },
    Preset {
        id: "gap_digits",
        label: text("Two digits: VAE beside autoencoder", "两个数字：VAE 与自编码器并排"),
        look_at: text(
            "With thousands of digits the middle of the line survives in both. What breaks is drawing codes from N(0, 1).",
            "有了成千上万个数字，两者的连线中点都还像样。真正坏掉的是从 N(0, 1) 抽取编码。",
        ),
        settings: &[("latent_dim", "8")],
        beside: &[("variational", "off")],
    },
    Preset {
        id: "bars_vae",
        label: text("VAE on bars and stripes", "横条与竖条上的 VAE"),
        look_at: text(
            "Its pixels are decided one by one in the last layer. Set the hidden layers to 0, 1, 2: how many pictures keep the law?",
            "它的像素在最后一层各自决定。把隐藏层数设为 0、1、2：有多少张图片守规矩？",
        ),
        settings: &[("data", "bars"), ("latent_dim", "16"), ("width", "64"), ("batch", "64")],
        beside: &[],
    },
];

const FACES_AE: &[(&str, &str)] = &[("data", "faces16"), ("variational", "off"), ("latent_dim", "16")];

const FACES_VAE: &[(&str, &str)] = &[("data", "faces16"), ("latent_dim", "16")];
