//! Ready-made runs of a discriminator alone.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "bars_d_positives_only",
        label: text("D alone: positives only", "只有 D：只有正例"),
        look_at: text(
            "Told only what is good, D calls every picture good: watch the share above 0.",
            "只告诉它什么是好的，D 就把每张图片都说成好的：看“大于 0 的比例”。",
        ),
        settings: &[("negatives", "none")],
        beside: &[],
    },
    Preset {
        id: "bars_d_random",
        label: text("D alone: random negatives", "只有 D：随机负例"),
        look_at: text(
            "Against random pictures D learns what is far from valid first, near misses last.",
            "与随机图片相比，D 先学会离合法很远的，最后才学会只差一点的。",
        ),
        settings: &[("negatives", "random")],
        beside: &[],
    },
    Preset {
        id: "bars_d_soft",
        label: text("D alone: negatives from softmax(D / T)", "只有 D：从 softmax(D / T) 抽负例"),
        look_at: text(
            "Negatives that D itself takes for good, drawn and not picked. With K = 2 they teach faster than random ones; turn T from random to argmax.",
            "负例是 D 自己认为好的，随机抽取而不是挑最大的。K = 2 时比随机负例教得更快；把 T 从随机转到 argmax。",
        ),
        settings: &[("negatives", "soft")],
        beside: &[],
    },
    Preset {
        id: "bars_d_argmax",
        label: text("D alone: argmax with two negatives", "只有 D：两个 argmax 负例"),
        look_at: text(
            "Thirty pictures share the top and only two are taken each round, often valid ones: D pushes them down and up again.",
            "最高处有三十张图片，每轮只取两张，而且常常是合法的：D 把它们压下去，又抬上来。",
        ),
        settings: &[("negatives", "argmax"), ("k", "2")],
        beside: &[],
    },
    Preset {
        id: "bars_d_generator",
        label: text("D with a generator, beside argmax", "D 配上生成器，与 argmax 并排"),
        look_at: text(
            "The same D, the same K. To the right each negative costs a look at all 65,536 pictures, to the left one pass through G.",
            "同样的 D，同样的 K。右边每个负例都要看遍 65,536 张图片，左边只需 G 算一次。",
        ),
        settings: &[("negatives", "generator")],
        beside: &[("negatives", "argmax")],
    },
    Preset {
        id: "bars_d_linear",
        label: text("D alone: linear", "只有 D：线性"),
        look_at: text(
            "Its argmax is one glance away, and it learns nothing: every pixel is black in half of the valid pictures.",
            "它的 argmax 一眼就能看出，却什么也学不会：每个像素在一半的合法图片里都是黑的。",
        ),
        settings: &[("judge", "linear")],
        beside: &[],
    },
];
