//! Ready-made runs. A preset is a list of settings that differ from the defaults, and what to look at.

use crate::card::{Text, text};
use serde::Serialize;

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Preset {
    /// Stable name, as in links and on the command line.
    pub id: &'static str,
    pub label: Text,
    /// What to look at, in one sentence.
    pub look_at: Text,
    #[serde(serialize_with = "serialize_settings")]
    pub settings: &'static [(&'static str, &'static str)],
}

/// Every preset, in the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "ring8",
        label: text("Ring of eight", "八点环"),
        look_at: text(
            "Watch the generated points reach one gaussian after another: which is the last to be found?",
            "看生成点一个接一个地找到八个高斯：哪一个最后被找到？",
        ),
        settings: &[],
    },
    Preset {
        id: "grid25",
        label: text("Grid of twenty-five", "二十五点阵"),
        look_at: text(
            "Many small targets: modes are captured early by single points, the share within 3σ rises slowly.",
            "目标又多又小：零星的点很快碰到各个模式，而 3σ 之内的比例升得很慢。",
        ),
        settings: &[("data", "grid25"), ("latent_dim", "8"), ("width_g", "128"), ("width_d", "128")],
    },
    Preset {
        id: "moons",
        label: text("Two moons", "双月"),
        look_at: text(
            "One continuous generator has to serve two separate arcs: look for the thread of points between them.",
            "一个连续的生成器要画出两段分开的弧：找一找两弧之间的那串点。",
        ),
        settings: &[("data", "moons")],
    },
    Preset {
        id: "faithful",
        label: text("Old Faithful", "老忠实泉"),
        look_at: text(
            "272 real measurements: does G learn the two clumps, or the 272 points themselves?",
            "272 次真实的测量：G 学到的是两团，还是这 272 个点本身？",
        ),
        settings: &[("data", "faithful"), ("width_g", "32"), ("width_d", "32")],
    },
];

/// The preset with this id.
pub fn find(id: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|p| p.id == id)
}

fn serialize_settings<S: serde::Serializer>(settings: &&[(&str, &str)], s: S) -> Result<S::Ok, S::Error> {
    s.collect_map(settings.iter().copied())
}
