//! Precision: the share of generated points inside the real points' region (Kynkäänniemi et al., 2019).
//!
//! High with low recall: G makes good points of few kinds. Where data repeat rows, as Old Faithful does,
//! many discs have radius zero, which only repeated rows can hit: compare with the floor.

use super::manifold::{K, Manifold, N};
use super::{Better, Metric, Reference, Scale, Scorer, finite_scorer, first};
use crate::card::{Card, text};

pub struct Precision;

impl Metric for Precision {
    fn card(&self) -> Card {
        Card {
            id: "precision",
            label: text("precision", "精确率"),
            formula: "share of generated points within some real point's distance to its 3rd real neighbour",
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
        let real = Manifold::new(first(real.points, N), K);
        finite_scorer(N, move |points| real.as_ref().map_or(f64::NAN, |real| real.share(points)))
    }
}
