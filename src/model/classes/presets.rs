//! Ready-made runs of telling two classes apart.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "classes",
        label: text("Generative and discriminative", "生成模型与判别模型"),
        look_at: text(
            "One learns what each class looks like, the other only where they part. Ask both for a place far away, and for a new point.",
            "一个学习每一类长什么样，另一个只学习两类在哪里分开。问问两者远处的一点，再让它们各造一个新点。",
        ),
        settings: &[],
        beside: &[("method", "logistic")],
    },
    Preset {
        id: "classes_network",
        label: text("A boundary that bends", "弯曲的边界"),
        look_at: text(
            "Two arcs that no line parts: the network bends its boundary, and is just as sure where there are no points at all.",
            "没有直线能分开的两段弧：网络把边界弯过去，而在根本没有点的地方，它同样自信。",
        ),
        settings: &[("data", "two_arcs"), ("method", "network")],
        beside: &[("method", "gaussians")],
    },
];
