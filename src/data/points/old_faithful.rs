//! The Old Faithful geyser: 272 eruptions, their duration against the wait for the next one
//! (Azzalini and Bowman, 1990). Real, two-dimensional, with two clumps: the smallest honest data set.
//!
//! Rows are drawn with replacement; each axis is standardised to mean 0 and standard deviation 1.
//! `data/old_faithful/` holds the rows, where they come from, and the converter.

use super::{Axis, Card, Distribution, Point};
use crate::card::text;
use crate::rng::Rng;
use std::sync::LazyLock;

pub struct OldFaithful;

/// Mean and standard deviation (n − 1) of each column, as `data/old_faithful/convert.py` prints them.
const MEAN: Point = [3.487783088235294, 70.8970588235294];
const SCALE: Point = [1.141371251105208, 13.594973789999397];

static ROWS: LazyLock<Vec<Point>> = LazyLock::new(|| {
    let csv = include_str!("../../../data/old_faithful/old_faithful.csv");
    let row = |line: &str| {
        let (duration, waiting) = line.split_once(',').expect("two columns");
        [duration, waiting].map(|field| field.parse::<f64>().expect("a number"))
    };
    let standardise = |row: Point| std::array::from_fn(|k| (row[k] - MEAN[k]) / SCALE[k]);
    csv.lines().skip(1).map(row).map(standardise).collect()
});

impl Distribution for OldFaithful {
    fn card(&self) -> Card {
        Card {
            id: "faithful",
            label: text("Old Faithful eruptions", "老忠实泉的喷发"),
            formula: "",
            reference: "Azzalini and Bowman 1990",
        }
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        ROWS[rng.below(ROWS.len())]
    }

    fn points(&self) -> Option<&[Point]> {
        Some(&ROWS)
    }

    fn half_width(&self) -> f64 {
        2.8
    }

    fn axes(&self) -> Option<[Axis; 2]> {
        let labels = [text("eruption", "喷发时长"), text("wait for the next", "距下次喷发")];
        Some(std::array::from_fn(|k| Axis {
            label: labels[k].into(),
            unit: text("min", "分钟").into(),
            mean: MEAN[k],
            scale: SCALE[k],
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_standardised() {
        assert_eq!(ROWS.len(), 272);
        for axis in 0..2 {
            let mean = ROWS.iter().map(|r| r[axis]).sum::<f64>() / 272.0;
            let variance = ROWS.iter().map(|r| (r[axis] - mean).powi(2)).sum::<f64>() / 271.0;
            assert!(mean.abs() < 1e-12 && (variance - 1.0).abs() < 1e-12, "{mean} {variance}");
        }
    }
}
