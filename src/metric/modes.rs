//! Modes captured (Srivastava et al., 2017, "VEEGAN").
//!
//! A point is *high-quality* when it lies within 3 standard deviations of the nearest mode; a mode is
//! *captured* when at least one high-quality point is nearest to it. A mode counts here from one point
//! on, so a cloud without any structure captures nearly all of them: always read it beside the
//! high-quality share, and watch it during a collapse.

use super::{Better, Metric, Reference, Scale, Scorer};
use crate::card::{Card, text};
use crate::data::points::{Modes, Point};
use genlab_kernel::squared_distance_in_plane;

pub struct ModesCaptured;

impl Metric for ModesCaptured {
    fn card(&self) -> Card {
        Card {
            id: "modes",
            label: text("modes captured", "覆盖的模式数"),
            formula: "components nearest to at least one high-quality point",
            reference: "Srivastava et al. 2017",
        }
    }

    fn scale(&self) -> Scale {
        Scale::Count { of: text("modes", "模式") }
    }

    fn better(&self) -> Better {
        Better::Higher
    }

    fn scorer(&self, real: &Reference) -> Option<Scorer> {
        let modes = real.modes?.clone();
        Some(Box::new(move |points| mode_score(points, &modes).captured as f64))
    }
}

/// The reading for one set of points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModeScore {
    pub captured: usize,
    /// The fewest modes that hold nine tenths of the high-quality points; stray points do not add to it.
    pub main: usize,
    /// In [0, 1].
    pub high_quality: f64,
}

/// Scores `points` against the modes. Points that are not finite are of no quality.
pub fn mode_score(points: &[Point], modes: &Modes) -> ModeScore {
    let mut hits = vec![0usize; modes.centers.len()];
    for point in points {
        if let Some((mode, squared)) = nearest(point, modes)
            && squared <= (3.0 * modes.std).powi(2)
        {
            hits[mode] += 1;
        }
    }
    hits.sort_unstable_by(|a, b| b.cmp(a));
    let good: usize = hits.iter().sum();
    let held = hits.iter().scan(0, |held, &n| {
        let before = *held;
        *held += n;
        Some(before)
    });
    ModeScore {
        captured: hits.iter().filter(|&&n| n > 0).count(),
        main: held.take_while(|&before| 10 * before < 9 * good).count(),
        high_quality: good as f64 / points.len().max(1) as f64,
    }
}

/// Index of the nearest mode and the squared distance to its centre.
pub(super) fn nearest(point: &Point, modes: &Modes) -> Option<(usize, f64)> {
    let squared = modes.centers.iter().map(|center| squared_distance_in_plane(point, center));
    squared.enumerate().min_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points;

    fn three_modes() -> Modes {
        Modes { centers: vec![[0.0, 0.0], [10.0, 0.0], [20.0, 0.0]], std: 1.0 }
    }

    #[test]
    fn counts_by_hand() {
        let points = [[0.0, 2.9], [0.0, 3.1], [10.5, 0.0], [f64::NAN, 0.0], [5.0, 0.0]];
        let score = mode_score(&points, &three_modes());
        assert_eq!(score, ModeScore { captured: 2, main: 2, high_quality: 0.4 });
    }

    #[test]
    fn stray_points_capture_modes_but_do_not_hold_them() {
        let points: Vec<Point> = (0..100).map(|i| [if i < 95 { 0.0 } else { 10.0 }, 0.0]).collect();
        let modes = three_modes();
        assert_eq!(mode_score(&points, &modes), ModeScore { captured: 2, main: 1, high_quality: 1.0 });
        assert_eq!(mode_score(&[[5.0, 5.0]], &modes), ModeScore { captured: 0, main: 0, high_quality: 0.0 });
    }

    #[test]
    fn collapse_is_one_mode() {
        let modes = points::find("ring8").unwrap().modes().unwrap();
        let at_first_mode = [[2.0, 0.0]; 50];
        assert_eq!(mode_score(&at_first_mode, modes), ModeScore { captured: 1, main: 1, high_quality: 1.0 });
    }
}
