//! Ready-made runs of the GAN on points.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "ring8",
        label: text("Ring of eight", "八点环"),
        look_at: text(
            "Watch the generated points reach one gaussian after another: which is the last to be found?",
            "看生成点一个接一个地找到八个高斯：哪一个最后被找到？",
        ),
        settings: &[("lr_g", "0.003"), ("lr_d", "0.003")],
        beside: &[],
    },
    Preset {
        id: "grid25",
        label: text("Grid of twenty-five", "二十五点阵"),
        look_at: text(
            "Many small targets: modes are captured early by single points, the share within 3σ rises slowly.",
            "目标又多又小：零星的点很快碰到各个模式，而 3σ 之内的比例升得很慢。",
        ),
        settings: &[
            ("data", "grid25"),
            ("latent_dim", "4"),
            ("width_g", "128"),
            ("width_d", "128"),
            ("fourier_scale", "5"),
        ],
        beside: &[],
    },
    Preset {
        id: "moons",
        label: text("Two moons", "双月"),
        look_at: text(
            "One continuous generator has to serve two separate arcs: look for the thread of points between them.",
            "一个连续的生成器要画出两段分开的弧：找一找两弧之间的那串点。",
        ),
        settings: &[("data", "moons")],
        beside: &[],
    },
    Preset {
        id: "faithful",
        label: text("Old Faithful", "老忠实泉"),
        look_at: text(
            "272 real measurements: does G learn the two clumps, or the 272 points themselves?",
            "272 次真实的测量：G 学到的是两团，还是这 272 个点本身？",
        ),
        settings: &[
            ("data", "faithful"),
            ("width_g", "32"),
            ("width_d", "32"),
            ("fourier", "0"),
            ("r1", "0.1"),
            ("r2", "0.1"),
        ],
        beside: &[],
    },
    Preset {
        id: "ganlab_default",
        label: text("The classroom GAN: 219 weights, SGD", "课堂上的小 GAN：219 个权重，SGD"),
        look_at: text(
            "The networks and steps that GAN Lab starts with, nothing else to help them: do the two clouds ever fit?",
            "GAN Lab 一开始就用的网络和步长，没有别的帮助：两团点最后能对上吗？",
        ),
        settings: PLAIN_SGD,
        beside: &[],
    },
    Preset {
        id: "collapse",
        label: text("Mode collapse", "模式崩溃"),
        look_at: text(
            "No penalty, no momentum, a D with sharp eyes: all points run to one gaussian, then to the next.",
            "没有惩罚，没有动量，D 又看得很细：所有的点都跑向一个高斯，然后再换一个。",
        ),
        settings: &[
            ("objective", "non_saturating"),
            ("latent_dim", "8"),
            ("activation_g", "leaky_relu"),
            ("r1", "0"),
            ("r2", "0"),
        ],
        beside: &[],
    },
    Preset {
        id: "ring8_strict_pac2",
        label: text("PacGAN: two points at a time", "PacGAN：一次看两个点"),
        look_at: text(
            "D judges two points together, so points that are all alike give themselves away.",
            "D 一次判断两个点，于是全都一样的点就露了馅。",
        ),
        settings: &[
            ("data", "ring8_strict"),
            ("objective", "non_saturating"),
            ("pack", "2"),
            ("fourier", "0"),
            ("r1", "0"),
            ("r2", "0"),
            ("beta1", "0.5"),
            ("beta2", "0.999"),
        ],
        beside: &[],
    },
    Preset {
        id: "vanishing",
        label: text("Vanishing gradient", "梯度消失"),
        look_at: text(
            "The first paper's minimax loss, D far ahead: the points are wrong and stand still. Non-saturating sets them free.",
            "第一篇论文里的极小极大损失，D 遥遥领先：点明明不对，却一动不动。换成“非饱和”它们就会动起来。",
        ),
        settings: &[
            ("data", "ring8_strict"),
            ("objective", "minimax"),
            ("fourier_scale", "5"),
            ("d_steps", "10"),
            ("lr_d", "0.002"),
            ("lr_g", "0.0001"),
            ("r1", "0"),
            ("r2", "0"),
        ],
        beside: &[],
    },
    Preset {
        id: "oscillation",
        label: text("Oscillation", "振荡"),
        look_at: text(
            "Large steps and no penalty: G chases D round and round, and the curves never settle.",
            "步子很大，又没有惩罚：G 追着 D 转圈，曲线永远不会平静。",
        ),
        settings: &[
            ("data", "two_gaussians"),
            ("objective", "non_saturating"),
            ("fourier", "0"),
            ("lr_d", "0.01"),
            ("lr_g", "0.01"),
            ("r1", "0"),
            ("r2", "0"),
        ],
        beside: &[],
    },
    Preset {
        id: "clipping",
        label: text("Clipping too tight", "裁剪太紧"),
        look_at: text(
            "A critic whose weights may not exceed 0.01 is almost a straight slope: G finds the ring, but not the eight gaussians on it.",
            "权重不能超过 0.01 的评论家差不多只是一个斜坡：G 找得到那个环，却找不到环上的八个高斯。",
        ),
        settings: &[
            ("objective", "wasserstein"),
            ("clip", "0.01"),
            ("d_steps", "5"),
            ("fourier", "0"),
            ("r1", "0"),
            ("r2", "0"),
            ("beta1", "0.5"),
            ("beta2", "0.9"),
        ],
        beside: &[],
    },
    Preset {
        id: "no_average",
        label: text("Why average G?", "为什么要平均 G？"),
        look_at: text(
            "Fast steps: the live points tremble, the averaged ones do not. Compare the two columns of numbers.",
            "步子快时，当前的点在抖动，平均的点却很稳。比较两列数字。",
        ),
        settings: &[("lr_g", "0.004"), ("lr_d", "0.004"), ("ema", "0.998")],
        beside: &[],
    },
];

/// Two small ReLU networks (105 + 114 weights), uniform noise, batches of 150, plain SGD at 0.1, two updates
/// of D to one of G (Kahng et al., 2019, without their undocumented weight of 0.95 on real points).
const PLAIN_SGD: &[(&str, &str)] = &[
    ("data", "two_gaussians"),
    ("objective", "non_saturating"),
    ("latent", "uniform"),
    ("batch", "150"),
    ("d_steps", "2"),
    ("depth_g", "2"),
    ("width_g", "8"),
    ("activation_g", "relu"),
    ("depth_d", "2"),
    ("width_d", "8"),
    ("activation_d", "relu"),
    ("fourier", "0"),
    ("r1", "0"),
    ("r2", "0"),
    ("optimizer_g", "sgd"),
    ("optimizer_d", "sgd"),
    ("lr_g", "0.1"),
    ("lr_d", "0.1"),
];
