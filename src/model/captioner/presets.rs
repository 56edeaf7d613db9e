//! Ready-made runs of the captioner.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "faces_caption",
        label: text("Captions for faces", "给脸写描述（英语）"),
        look_at: text(
            "Which words is it sure of, and where is it free? What it need not say, it says in one of two cases.",
            "哪些词它有把握，哪些地方它有自由？可说可不说的，它一半时候会说。",
        ),
        settings: &[("stop_steps", "6000"), ("width", "96"), ("lr", "0.004"), ("ema", "0.998")],
        beside: &[],
    },
    Preset {
        id: "faces_caption_zh",
        label: text("Captions for faces, in Chinese", "给脸写描述"),
        look_at: text(
            "The same faces in another language: do its words come in another order?",
            "同样的脸，换一种语言：词的次序也跟着变吗？",
        ),
        settings: &[("tongue", "zh"), ("stop_steps", "6000"), ("width", "96"), ("lr", "0.004"), ("ema", "0.998")],
        beside: &[],
    },
];
