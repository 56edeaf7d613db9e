//! The reader's own points, as `table` read them. They are the data: rows are drawn with replacement, as they are.

use super::mixture::kernel_mean;
use super::table::MAX_ROWS;
use super::{Axis, Card, Distribution, Point};
use crate::card::text;
use crate::protocol::Points;
use crate::rng::Rng;
use crate::settings::Refusal;

pub const CARD: Card = Card { id: "own", label: text("Your own points", "自己的点"), formula: "", reference: "" };

/// The largest coordinate that is taken, data units: D and G are made for numbers about 1.
const LARGEST: f32 = 1e6;

/// At least two points.
pub struct Own {
    points: Vec<Point>,
    half_width: f64,
    axes: Option<[Axis; 2]>,
}

impl Own {
    /// # Errors
    ///
    /// What is wrong with the points, by the field's name.
    pub fn new(points: Points) -> Result<Self, Refusal> {
        let Points { values, half_width: frame, axes } = points;
        let n = values.len() / 2;
        if values.len() % 2 != 0 || !(2..=MAX_ROWS).contains(&n) {
            let bound = format!("2 to {MAX_ROWS} pairs of numbers");
            return Err(Refusal::new("points", format!("{} numbers", values.len()), bound));
        }
        if let Some(value) = values.iter().find(|v| v.is_nan() || v.abs() > LARGEST) {
            return Err(Refusal::new("points", value, format!("numbers from -{LARGEST} to {LARGEST}")));
        }
        if let Some(width) = frame.filter(|width| !(0.01..=LARGEST as f64).contains(width)) {
            return Err(Refusal::new("half_width", width, format!("a number from 0.01 to {LARGEST}")));
        }
        let points: Vec<Point> = values.chunks_exact(2).map(|p| [p[0] as f64, p[1] as f64]).collect();
        Ok(Self { half_width: frame.unwrap_or_else(|| half_width(&points)), points, axes })
    }
}

impl Distribution for Own {
    fn card(&self) -> Card {
        CARD
    }

    fn draw(&self, rng: &mut Rng) -> Point {
        self.points[rng.below(self.points.len())]
    }

    fn points(&self) -> Option<&[Point]> {
        Some(&self.points)
    }

    fn half_width(&self) -> f64 {
        self.half_width
    }

    fn axes(&self) -> Option<[Axis; 2]> {
        self.axes.clone()
    }

    /// The mean of one gaussian a point; without blur the points are spikes and have no density. Time: n kernels.
    fn density(&self, x: Point, blur: f64) -> Option<f64> {
        (blur > 0.0).then(|| kernel_mean(&self.points, blur, x))
    }
}

/// Room for 99.9 % of all coordinates and a quarter more, but at least 1: far outliers do not shrink the rest.
pub(super) fn half_width(points: &[Point]) -> f64 {
    let mut sizes: Vec<f64> = points.iter().flatten().map(|v| v.abs()).collect();
    let rank = (sizes.len() * 999).div_ceil(1000) - 1;
    let (_, most, _) = sizes.select_nth_unstable_by(rank, f64::total_cmp);
    (1.25 * *most).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points::table::read;
    use crate::rng::Stream;

    fn own(table: &str) -> Own {
        Own::new(read(table).unwrap().into()).unwrap()
    }

    #[test]
    fn bad_points_are_refused_by_name() {
        let refused = |values: &[f32], half_width| {
            let points = Points { values: values.to_vec(), half_width, axes: None };
            Own::new(points).err().map(|refusal| refusal.field)
        };
        for values in [&[][..], &[1.0, 2.0], &[1.0, 2.0, 3.0], &[1.0, f32::NAN, 2.0, 3.0], &[1e9, 0.0, 2.0, 3.0]] {
            assert_eq!(refused(values, None).as_deref(), Some("points"));
        }
        for width in [0.0, -1.0, f64::NAN, 1e9] {
            assert_eq!(refused(&[1.0, 2.0, 3.0, 4.0], Some(width)).as_deref(), Some("half_width"));
        }
        assert_eq!(refused(&[1.0, 2.0, 3.0, 4.0], Some(2.0)), None);
    }

    /// python: import numpy as np; from scipy.stats import multivariate_normal as N
    ///         p = np.array([[0, 0], [1, 10], [5, 20.]]); p = (p - p.mean(0))/p.std(0, ddof=1)
    ///         print(np.mean([N.pdf((.2, -.3), m, .16) for m in p]))
    #[test]
    fn density_is_the_mean_of_kernels() {
        let own = own("0,0\n1,10\n5,20");
        let density = own.density([0.2, -0.3], 0.4).unwrap();
        assert!((density / 0.0923563024435104 - 1.0).abs() < 1e-7, "{density}"); // points are f32
        assert_eq!(own.density([0.2, -0.3], 0.0), None);
    }

    #[test]
    fn draws_are_the_rows_and_reach_them_all() {
        let own = own("0,0\n1,10\n5,20");
        let mut drawn = [0; 3];
        let mut rng = Rng::new(4, Stream::RealForD);
        for _ in 0..300 {
            let point = own.draw(&mut rng);
            drawn[own.points.iter().position(|p| *p == point).unwrap()] += 1;
        }
        assert!(drawn.iter().all(|&n| n > 60), "{drawn:?}");
    }

    #[test]
    fn the_frame_holds_all_but_far_outliers() {
        assert_eq!(half_width(&[[0.5, -0.2], [0.0, 0.1]]), 1.0);
        assert_eq!(half_width(&[[-2.0, 1.0]]), 2.5);
        let mut points = vec![[2.0, 2.0]; 999];
        points.push([40.0, 40.0]);
        assert_eq!(half_width(&points), 2.5);
    }
}
