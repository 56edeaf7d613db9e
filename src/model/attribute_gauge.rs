//! Is what faces are told to be what they are? Read by the reader of factors, apart for pairs of colours held out.

use super::feature_gauge::FeatureGauge;
use crate::data::faces::Face;
use crate::data::faces::description::{Description, describe_test, named_and_right};
use crate::data::ink::Given;
use crate::metric::attributes::{chance, shares_right};
use crate::protocol::Reading;

pub(super) struct AttributeGauge {
    /// Of the test faces, what was said of each, and what it is.
    said: Vec<Description>,
    truths: Vec<Face>,
    chance: f64,
}

impl AttributeGauge {
    /// None where faces are made of no description.
    pub fn new(given: &Given, test: &[usize]) -> Option<Self> {
        let Given::Description(faces) = given else { return None };
        let truths: Vec<Face> = test.iter().map(|place| faces.factors[*place]).collect();
        let said: Vec<Description> = truths.iter().zip(test).map(|(face, place)| describe_test(face, *place)).collect();
        Some(Self { chance: chance(&said, &truths), said, truths })
    }

    /// Of the faces that `gauge` has read last: the i-th was made of the description of the i-th test face.
    pub fn read(&self, gauge: &FeatureGauge) -> [Reading; 2] {
        let right = |faces: Option<&[Face]>| {
            let told = self.said.iter().zip(&self.truths).cycle().zip(faces.unwrap_or_default());
            shares_right(told.map(|((said, truth), face)| (named_and_right(said, face), truth)))
        };
        let [live, ema] = [0, 1].map(|kind| right(gauge.seen(kind)));
        let floor = right(gauge.seen_real());
        let reading = |id, i: usize| Reading {
            id,
            live: live[i],
            ema: ema[i],
            floor: floor[i],
            chance: self.chance,
            max: Some(1.0),
        };
        [reading("attributes_seen", 0), reading("attributes_unseen", 1)]
    }
}
