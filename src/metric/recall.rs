//! Recall: the share of real points inside the generated points' region (Kynkäänniemi et al., 2019).
//!
//! Falls when G forgets a part of the data: watch it during a collapse, beside precision.

use super::manifold::{K, Manifold, N};
use super::{Better, Metric, Reference, Scale, Scorer, finite_scorer, first};
use crate::card::{Card, text};

pub struct Recall;

impl Metric for Recall {
    fn card(&self) -> Card {
        Card {
            id: "recall",
            label: text("recall", "召回率"),
            formula: "share of real points within some generated point's distance to its 3rd generated neighbour",
            reference: "Kynkäänniemi et al. 2019",
        }
    }

    fn scale(&self) -> Scale {
        Scale::Share
    }

    fn better(&self) -> Better {
        Better::Higher
    }

    fn scorer(&self, real: &Reference) -> Option<Scorer> {
        let real = first(real.points, N).to_vec();
        finite_scorer(N, move |points| Manifold::new(points, K).map_or(f64::NAN, |generated| generated.share(&real)))
    }
}
