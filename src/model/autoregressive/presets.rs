//! Ready-made runs of generators that write token by token.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "palindromes_independent",
        label: text("Palindromes, each symbol by itself", "回文：各写各的"),
        look_at: text(
            "Every place has learned its share of ones, and no place knows of another: how many strings are palindromes?",
            "每个位置都学到了 1 的比例，却互不知情：写出的串有多少是回文？",
        ),
        settings: &[("reads", "off"), ("depth", "0")],
        beside: &[],
    },
    Preset {
        id: "palindromes_autoregressive",
        label: text("Palindromes, symbol by symbol", "回文：一个接一个地写"),
        look_at: text(
            "The first half is free, the second is owed: watch which symbols are sure. How many palindromes were never seen?",
            "前一半自由，后一半必须照应：看哪些符号写得有把握。写出的回文有多少从未见过？",
        ),
        settings: &[],
        beside: &[],
    },
    Preset {
        id: "brackets_autoregressive",
        label: text("Balanced brackets, symbol by symbol", "配对的括号：一个接一个地写"),
        look_at: text(
            "Each string is a tree. One bracket too many, and there is none.",
            "每个串是一棵树。多一个括号，树就没有了。",
        ),
        settings: &[("data", "brackets")],
        beside: &[],
    },
    Preset {
        id: "sentences_en",
        label: text("English sentences, word by word", "英语句子：逐词地写"),
        look_at: text(
            "Subject and verb agree across what stands between them. Half of all sentences were never seen: are they written?",
            "主语和动词隔着别的词仍要一致。一半的句子从未见过：会被写出来吗？",
        ),
        settings: &[("data", "sentences_en")],
        beside: &[],
    },
    Preset {
        id: "sentences_zh",
        label: text("Chinese sentences, word by word", "汉语句子：逐词地写"),
        look_at: text(
            "Measure words choose their nouns, and the conjunction at the beginning chooses the one in the middle.",
            "量词要配名词，句首的连词要配句中的连词。",
        ),
        settings: &[("data", "sentences_zh")],
        beside: &[],
    },
];
