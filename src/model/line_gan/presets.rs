//! Ready-made runs of the GAN on a line.

use crate::card::text;
use crate::model::Preset;

/// In the order of the page's menu.
pub static PRESETS: &[Preset] = &[
    Preset {
        id: "line_gan",
        label: text("D(x) as a curve", "把 D(x) 画成曲线"),
        look_at: text(
            "D rises where real points lie and sinks where generated ones do; then these move uphill. Where does it end?",
            "D 在真实点处升高，在生成点处降低；然后生成点往高处走。最后停在哪里？",
        ),
        settings: ROUNDS,
        beside: &[],
    },
    Preset {
        id: "line_best_d",
        label: text("The best D for a G held still", "固定 G 时最好的 D"),
        look_at: text(
            "G does not move, so D settles on p / (p + q), and the value on −ln 4 + 2 JSD: how close do both come?",
            "G 不动，于是 D 趋于 p / (p + q)，价值趋于 −ln 4 + 2 JSD：两者能有多接近？",
        ),
        settings: BEST_D,
        beside: &[],
    },
];

const ROUNDS: &[(&str, &str)] = &[
    ("objective", "non_saturating"),
    ("latent_dim", "1"),
    ("width_g", "32"),
    ("width_d", "32"),
    ("fourier", "0"),
    ("r1", "0.1"),
    ("r2", "0"),
    ("d_steps", "2"),
];

const BEST_D: &[(&str, &str)] = &[
    ("objective", "minimax"),
    ("latent_dim", "1"),
    ("width_g", "32"),
    ("fourier", "0"),
    ("r1", "0"),
    ("r2", "0"),
    ("instance_noise", "0.5"),
    ("g_steps", "0"),
    ("batch", "256"),
    ("width_d", "32"),
    ("beta1", "0.5"),
    ("beta2", "0.999"),
];
