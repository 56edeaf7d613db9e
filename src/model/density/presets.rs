//! Ready-made runs of density estimation.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "density",
        label: text("Explicit and implicit density", "显式密度与隐式密度"),
        look_at: text(
            "A mixture says how likely any place is: drag the red point. Beside it a GAN on the same points, which cannot say.",
            "混合模型说得出任何位置有多可能：拖动红点试试。旁边是同一批点上的 GAN，它说不出来。",
        ),
        settings: &[],
        beside: &[("method", "gan")],
    },
    Preset {
        id: "density_gaussian",
        label: text("One gaussian", "一个高斯"),
        look_at: text(
            "Mean and covariance, and nothing else: how far out is the red point, and how probable is one still further out?",
            "只有均值和协方差：红点有多远，比它更远的点有多大概率？",
        ),
        settings: &[("method", "gaussian"), ("data", "two_gaussians")],
        beside: &[],
    },
    Preset {
        id: "density_kernel",
        label: text("A kernel on every point", "每个点一个核"),
        look_at: text(
            "Nothing is learned but the points themselves: what happens to held-out points as the kernels get narrower?",
            "除了记住这些点，什么也没学：核变窄时，留出的点会怎样？",
        ),
        settings: &[("method", "kernel"), ("data", "moons")],
        beside: &[],
    },
    Preset {
        id: "density_vae",
        label: text("VAE on points", "点上的 VAE"),
        look_at: text(
            "An explicit density through a code: the decoder’s points with a little gaussian on each.",
            "通过编码得到的显式密度：解码出的每个点上都有一个小高斯。",
        ),
        settings: &[("method", "vae"), ("data", "moons"), ("n_points", "2000")],
        beside: &[],
    },
];
