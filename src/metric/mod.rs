//! Numbers that say how good the generated points are. Plain f64 arithmetic on the host.
//!
//! A metric is shown with its floor: what a perfect generator would score on as many points, measured
//! by drawing real points instead.

mod collapse;
mod modes;

pub use collapse::{has_collapsed, spread};
pub use modes::{ModeScore, mode_score};

use crate::card::{Card, text};

/// Points drawn from each generator for a reading (Srivastava et al., 2017, use the same number).
pub const N_SAMPLES: usize = 2_500;

/// Every metric, in the order of the page's table.
pub static METRICS: &[Card] = &[
    Card {
        id: "modes",
        label: text("modes captured", "覆盖的模式数"),
        formula: "components nearest to at least one high-quality point",
        reference: "Srivastava et al. 2017",
    },
    Card {
        id: "high_quality",
        label: text("high-quality share", "高质量比例"),
        formula: "share of points within 3σ of the nearest mode",
        reference: "Srivastava et al. 2017",
    },
];
