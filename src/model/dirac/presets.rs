//! Ready-made runs of the Dirac-GAN, with the settings of Mescheder, Geiger and Nowozin (2018).

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "dirac",
        label: text("Dirac-GAN: round and round", "狄拉克 GAN：转圈"),
        look_at: text(
            "One real point, one weight for each player. D, then G, then D: do the two ever reach the middle?",
            "一个真实点，双方各一个权重。先 D 后 G，再 D：它们会到达中心吗？",
        ),
        settings: &[],
        beside: &[],
    },
    Preset {
        id: "dirac_simultaneous",
        label: text("Dirac-GAN: both at once", "狄拉克 GAN：同时更新"),
        look_at: text(
            "Both players move at the same moment: every turn is wider than the last.",
            "双方同时更新：每一圈都比上一圈更大。",
        ),
        settings: &[("order", "simultaneous")],
        beside: &[],
    },
    Preset {
        id: "dirac_r1",
        label: text("Dirac-GAN: R1", "狄拉克 GAN：R1"),
        look_at: text(
            "R1 makes D flat at the real point, and the circle becomes a spiral inwards. At γ = 1 nothing turns at all.",
            "R1 让 D 在真实点处变平，圆就成了向内的螺线。γ = 1 时完全不再转圈。",
        ),
        settings: &[("order", "simultaneous"), ("r1", "0.3")],
        beside: &[],
    },
    Preset {
        id: "dirac_noise",
        label: text("Dirac-GAN: instance noise", "狄拉克 GAN：实例噪声"),
        look_at: text(
            "Noise on all that D sees widens the single point, and the two players settle.",
            "给 D 所见之物加噪声，单个的点就变宽了，双方也就安定下来。",
        ),
        settings: &[("order", "simultaneous"), ("instance_noise", "0.7")],
        beside: &[],
    },
    Preset {
        id: "dirac_clip",
        label: text("Dirac-GAN: Wasserstein, clipped", "狄拉克 GAN：Wasserstein 加裁剪"),
        look_at: text(
            "ψ may not leave [−1, 1]: the path is cut off at the bound and never comes to rest.",
            "ψ 不能离开 [−1, 1]：轨迹在边界被截断，永远停不下来。",
        ),
        settings: &[("objective", "wasserstein"), ("clip", "1")],
        beside: &[],
    },
    Preset {
        id: "dirac_penalty",
        label: text("Dirac-GAN: Wasserstein, gradient penalty", "狄拉克 GAN：Wasserstein 加梯度惩罚"),
        look_at: text(
            "A penalty that asks for slope 1 pushes D away from the middle, where it should lie flat: a cycle remains.",
            "要求斜率为 1 的惩罚把 D 从中心推开，而在那里它本应是平的：于是剩下一个循环。",
        ),
        settings: &[("objective", "wasserstein"), ("order", "simultaneous"), ("gradient_penalty", "0.35")],
        beside: &[],
    },
];
