//! Ready-made runs of the GAN on pictures.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "digits14",
        label: text("GAN on digits", "数字上的 GAN"),
        look_at: text(
            "No picture is ever compared with another: D says only how real each looks. When do strokes become digits?",
            "没有任何图片被拿来逐像素比较：D 只说每张看起来有多真。笔画什么时候变成了数字？",
        ),
        settings: &[
            ("batch", "64"),
            ("latent_dim", "16"),
            ("width_g", "96"),
            ("activation_g", "leaky_relu"),
            ("width_d", "96"),
            ("r1", "1"),
            ("r2", "1"),
            ("beta2", "0.99"),
        ],
        beside: &[],
    },
    Preset {
        id: "digits14_best",
        label: text("GAN on digits: the best recipe", "数字上的 GAN：最好的配方"),
        look_at: text(
            "Relativistic pairing with R1 and R2: compare its Fréchet distance with the VAE’s.",
            "相对配对加 R1 与 R2：把它的 Fréchet 距离与 VAE 的比一比。",
        ),
        settings: &[
            ("batch", "96"),
            ("latent_dim", "16"),
            ("width_g", "128"),
            ("activation_g", "leaky_relu"),
            ("width_d", "128"),
            ("r1", "0.5"),
            ("r2", "0.5"),
            ("beta2", "0.99"),
        ],
        beside: &[],
    },
    Preset {
        id: "digits14_conv",
        label: text("GAN on digits: convolutional", "数字上的 GAN：卷积"),
        look_at: text(
            "Windows see neighbours only. Fewer weights, more work a step: is it better than the dense one after as many steps?",
            "窗口只看相邻的像素。权重更少，每一步的计算更多：同样的步数之后，它比全连接的更好吗？",
        ),
        settings: &[
            ("network", "convolutional"),
            ("batch", "64"),
            ("latent_dim", "16"),
            ("width_g", "12"),
            ("activation_g", "leaky_relu"),
            ("width_d", "12"),
            ("r1", "0.3"),
            ("r2", "0.3"),
            ("lr_g", "0.002"),
            ("lr_d", "0.002"),
        ],
        beside: &[],
    },
    Preset {
        id: "digits28",
        label: text("GAN on digits, 28 × 28", "数字上的 GAN，28 × 28"),
        look_at: text(
            "Four times the pixels: slower, and every stroke can be seen.",
            "像素是四倍：慢一些，但每一笔都看得清。",
        ),
        settings: &[
            ("data", "digits28"),
            ("batch", "64"),
            ("latent_dim", "16"),
            ("width_g", "128"),
            ("activation_g", "leaky_relu"),
            ("width_d", "128"),
            ("r1", "1"),
            ("r2", "1"),
        ],
        beside: &[],
    },
    Preset {
        id: "faces16",
        label: text("GAN on faces", "脸上的 GAN"),
        look_at: text(
            "What does D object to first, and what does G learn last: the hair, the eyes or the mouth?",
            "D 最先挑出什么毛病，G 最后学会的又是什么：头发、眼睛，还是嘴？",
        ),
        settings: &[
            ("data", "faces16"),
            ("stop_steps", "3000"),
            ("centered", "on"),
            ("batch", "64"),
            ("latent_dim", "16"),
            ("width_g", "144"),
            ("activation_g", "leaky_relu"),
            ("ema", "0.98"),
            ("width_d", "144"),
            ("r1", "0.6"),
            ("r2", "0.6"),
            ("lr_g", "0.002"),
            ("lr_d", "0.004"),
            ("beta2", "0.99"),
        ],
        beside: &[],
    },
    Preset {
        id: "faces_text",
        label: text("Faces from descriptions", "按描述画脸"),
        look_at: text(
            "Words go in, a face comes out, and D sees both: does it do what you say, even for hair and eyes that it has never seen together?",
            "输入文字，输出一张脸，D 同时看到两者：它照你说的画吗？从没一起出现过的发色和眼色也行吗？",
        ),
        settings: FACES_TEXT,
        beside: &[("adversarial", "0"), ("distance", "1"), ("mismatched", "0")],
    },
    Preset {
        id: "faces_colour",
        label: text("Colours for a line drawing", "给线稿上色"),
        look_at: text(
            "The lines say nothing of colours: what does the least pixel error paint, and what does D add?",
            "线条里没有颜色：像素误差最小的画法是什么颜色？D 又添上了什么？",
        ),
        settings: FACES_COLOUR,
        beside: &[("adversarial", "0"), ("distance", "1")],
    },
    Preset {
        id: "halves_gan",
        label: text("The lower half, with D", "补全下半张：有 D"),
        look_at: text(
            "The upper half of a digit is given, the lower is made, and D judges the whole: several answers to one question.",
            "给出数字的上半张，补出下半张，由 D 判断整张：同一个问题有好几种答案。",
        ),
        settings: HALVES_GAN,
        beside: &[("adversarial", "0"), ("distance", "1")],
    },
    Preset {
        id: "halves_regression",
        label: text("The lower half, by pixel error", "补全下半张：只看像素误差"),
        look_at: text(
            "The mean of all lower halves that could be meant has the least pixel error, and looks like none of them.",
            "所有可能的下半张的平均，像素误差最小，却哪一张都不像。",
        ),
        settings: HALVES_REGRESSION,
        beside: &[],
    },
    Preset {
        id: "bars_gan",
        label: text("GAN on bars and stripes", "横条与竖条上的 GAN"),
        look_at: text(
            "Thirty valid pictures of 65,536, and no pixel knows of another but through the layers: how many does it find, how many does it miss?",
            "65,536 张图片中只有三十张合法，像素之间只能通过中间层互通消息：它找到了几张，漏了几张？",
        ),
        settings: &[
            ("data", "bars"),
            ("output", "sign"),
            ("batch", "64"),
            ("latent_dim", "16"),
            ("activation_g", "leaky_relu"),
            ("r1", "0.1"),
            ("r2", "0.1"),
        ],
        beside: &[],
    },
];

const FACES_TEXT: &[(&str, &str)] = &[
    ("data", "faces16"),
    ("given", "description"),
    ("mismatched", "1"),
    ("stop_steps", "1500"),
    ("centered", "on"),
    ("batch", "64"),
    ("latent_dim", "16"),
    ("width_g", "144"),
    ("activation_g", "leaky_relu"),
    ("ema", "0.98"),
    ("width_d", "144"),
    ("r1", "0.5"),
    ("r2", "0.5"),
    ("lr_g", "0.003"),
    ("lr_d", "0.004"),
    ("beta2", "0.99"),
];

const FACES_COLOUR: &[(&str, &str)] = &[
    ("data", "faces16"),
    ("given", "outline"),
    ("distance", "0.002"),
    ("stop_steps", "1500"),
    ("centered", "on"),
    ("batch", "64"),
    ("latent_dim", "16"),
    ("width_g", "144"),
    ("activation_g", "leaky_relu"),
    ("ema", "0.98"),
    ("width_d", "144"),
    ("r1", "1"),
    ("r2", "1"),
    ("lr_g", "0.002"),
    ("lr_d", "0.003"),
    ("beta2", "0.99"),
];

const HALVES_GAN: &[(&str, &str)] = &[
    ("given", "upper"),
    ("batch", "64"),
    ("latent_dim", "16"),
    ("width_g", "128"),
    ("activation_g", "leaky_relu"),
    ("width_d", "128"),
    ("r1", "1"),
    ("r2", "1"),
    ("beta2", "0.99"),
];

const HALVES_REGRESSION: &[(&str, &str)] = &[
    ("given", "upper"),
    ("adversarial", "0"),
    ("distance", "1"),
    ("batch", "64"),
    ("latent_dim", "16"),
    ("width_g", "128"),
    ("activation_g", "leaky_relu"),
    ("width_d", "128"),
    ("r1", "1"),
    ("r2", "1"),
    ("beta2", "0.99"),
];
