//! Ready-made runs of the GAN on sentences.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "palindromes_gan",
        label: text("Palindromes, all at once", "回文：整串一次写成"),
        look_at: text(
            "D reads the whole string and finds the pair that disagrees. Are the palindromes it likes ones that it has seen?",
            "D 读整个串，找出对不上的那一对。它喜欢的回文，是它见过的吗？",
        ),
        settings: SMALL,
        beside: &[],
    },
    Preset {
        id: "brackets_gan",
        label: text("Balanced brackets, all at once", "配对的括号：整串一次写成"),
        look_at: text(
            "A tree has to be right everywhere at once: compare the share of valid strings with writing symbol by symbol.",
            "一棵树必须处处同时正确：把合法串的比例与一个接一个地写的相比。",
        ),
        settings: BRACKETS,
        beside: &[],
    },
    Preset {
        id: "sentences_gan",
        label: text("English sentences, all at once", "英语句子：整句一次写成"),
        look_at: text(
            "All words come from one noise vector, and D judges the sentence: which agreements hold, which break?",
            "所有的词都出自同一个噪声向量，由 D 判断整句：哪些一致保持住了，哪些断了？",
        ),
        settings: SENTENCES,
        beside: &[],
    },
];

const SMALL: &[(&str, &str)] =
    &[("batch", "64"), ("latent_dim", "16"), ("activation_g", "leaky_relu"), ("r1", "0.1"), ("r2", "0.1")];

const BRACKETS: &[(&str, &str)] = &[
    ("data", "brackets"),
    ("batch", "64"),
    ("latent_dim", "16"),
    ("activation_g", "leaky_relu"),
    ("r1", "0.1"),
    ("r2", "0.1"),
];

const SENTENCES: &[(&str, &str)] = &[
    ("data", "sentences_en"),
    ("batch", "64"),
    ("latent_dim", "16"),
    ("activation_g", "leaky_relu"),
    ("r1", "0.1"),
    ("r2", "0.1"),
];
