//! How much of what is said of a face is true of it: the share of named attributes that are right, apart for pairs of
//! colours that models have seen and for those that were held out of training.

use super::{Better, MetricCard, Scale};
use crate::card::{Text, text};
use crate::data::faces::Face;
use crate::data::faces::description::{ATTRIBUTES, Description, is_held_out};

pub fn cards() -> Vec<MetricCard> {
    let card = |id, label: Text| {
        MetricCard::new(id, label, "share of named attributes that are right", "", Scale::Share, Better::Higher)
    };
    vec![
        card("attributes_seen", text("attributes right", "属性正确")),
        card(
            "attributes_unseen",
            text("attributes right, pairs of colours never seen", "属性正确（未见过的颜色组合）"),
        ),
    ]
}

/// Shares of named attributes that are right: of faces with pairs of colours that were seen, and of the others. For each
/// face how many are named and how many of those are right (see [`named_and_right`](crate::data::faces::description::named_and_right)), and what the face is in truth. NaN
/// where nothing is named.
pub fn shares_right<'a>(faces: impl Iterator<Item = ([usize; 2], &'a Face)>) -> [f64; 2] {
    let mut counts = [[0, 0]; 2];
    for ([named, right], truth) in faces {
        let count = &mut counts[usize::from(is_held_out(truth))];
        *count = [count[0] + named, count[1] + right];
    }
    counts.map(|[named, right]| right as f64 / named as f64)
}

/// The share that would be right of faces drawn at random among `faces`, whatever is said.
pub fn chance(descriptions: &[Description], faces: &[Face]) -> f64 {
    let frequency = |place: usize, option: u8| {
        let having = faces.iter().filter(|face| ATTRIBUTES[place].of(face) == option);
        having.count() as f64 / faces.len() as f64
    };
    let tables: Vec<Vec<f64>> = (0..ATTRIBUTES.len())
        .map(|place| (0..ATTRIBUTES[place].options.len() as u8).map(|option| frequency(place, option)).collect())
        .collect();
    let named =
        || descriptions.iter().flat_map(|d| d.iter().enumerate().filter_map(|(i, option)| Some((i, (*option)?))));
    named().map(|(place, option)| tables[place][option as usize]).sum::<f64>() / named().count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_by_hand() {
        let face = |hair: f32, eye: f32, mouth: f32| [hair, 0.0, 0.0, 0.0, eye, 0.0, mouth, 0.0, 0.0, 0.0];
        let said: Description = [Some(1), None, None, None, Some(1)];
        let (seen, unseen) = (face(1.0, 0.0, 0.5), face(4.0, 4.0, 0.5));
        let shares = shares_right([([2, 2], &seen), ([2, 1], &unseen), ([2, 2], &unseen)].into_iter());
        assert_eq!(shares, [1.0, 0.75]);
        assert!(shares_right(std::iter::empty()).iter().all(|share| share.is_nan()));
        // Half of the faces have hair 1, all of them smile.
        assert_eq!(chance(&[said], &[seen, unseen]), 0.75);
    }
}
