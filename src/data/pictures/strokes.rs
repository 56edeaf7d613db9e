//! Tilted strokes: pictures with one known factor, the angle, so that "is this a valid picture?" has an answer.
//!
//! A stroke is a straight line through the middle of a 16 × 16 picture, 11 pixels long and 2 wide with soft edges.

use super::Pictures;

pub const SIDE: usize = 16;
/// Strokes lean to either side by so many degrees at the most.
pub const STEEPEST: f64 = 40.0;
/// How finely all possible strokes are searched for the nearest one, degrees.
const FINE: f64 = 1.0 / 3.0;

const HALF_LENGTH: f64 = 5.5;
const HALF_WIDTH: f64 = 1.0;

/// The stroke that leans to the right by `angle` degrees, `[SIDE²]`.
pub fn stroke(angle: f64) -> Vec<f32> {
    let radians = angle.to_radians();
    let (along_x, along_y) = (libm::sin(radians), -libm::cos(radians));
    let middle = (SIDE - 1) as f64 / 2.0;
    let ink = |place: usize| {
        let (x, y) = ((place % SIDE) as f64 - middle, (place / SIDE) as f64 - middle);
        let along = (x * along_x + y * along_y).clamp(-HALF_LENGTH, HALF_LENGTH);
        let distance = (x - along * along_x).hypot(y - along * along_y);
        (HALF_WIDTH + 0.5 - distance).clamp(0.0, 1.0) as f32
    };
    (0..SIDE * SIDE).map(ink).collect()
}

/// One stroke every `gap` degrees from −40 to 40.
pub fn strokes(gap: f64) -> Pictures {
    let n = (2.0 * STEEPEST / gap).round() as usize + 1;
    let angles = (0..n).map(|i| -STEEPEST + i as f64 * gap);
    Pictures::whole(SIDE, n, angles.flat_map(stroke).collect(), (0..n).map(|i| i as u8).collect())
}

/// The distance from a picture `[SIDE²]` to the nearest stroke of any angle, and that angle in degrees. The distance
/// is Euclidean: pixels of full ink, in quadrature.
pub fn nearest(picture: &[f32]) -> (f64, f64) {
    let steps = (2.0 * STEEPEST / FINE).round() as usize;
    let angles = (0..=steps).map(|i| -STEEPEST + i as f64 * FINE);
    let candidates = angles.map(|angle| (distance(picture, &stroke(angle)), angle));
    candidates.min_by(|a, b| a.0.total_cmp(&b.0)).expect("there are strokes")
}

/// Euclidean.
pub fn distance(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| ((a - b) as f64).powi(2)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stroke_has_the_same_ink_and_is_its_own_nearest() {
        let ink: Vec<f32> = [-40.0, -13.0, 0.0, 25.0].iter().map(|&angle| stroke(angle).iter().sum()).collect();
        assert!(ink.iter().all(|sum| (sum / ink[0] - 1.0).abs() < 0.05), "{ink:?}");
        let (distance, angle) = nearest(&stroke(25.0));
        assert!(distance < 1e-5 && (angle - 25.0).abs() < 1e-9);
    }

    #[test]
    fn a_stroke_leans_as_it_says() {
        let right = stroke(40.0);
        let column = |row: usize| {
            let line = &right[row * SIDE..][..SIDE];
            line.iter().enumerate().map(|(x, ink)| x as f32 * ink).sum::<f32>() / line.iter().sum::<f32>()
        };
        assert!(column(4) > 9.0 && column(11) < 6.0);
        let upright = stroke(0.0);
        assert!((0..SIDE * SIDE).all(|place| upright[place] == upright[place / SIDE * SIDE + SIDE - 1 - place % SIDE]));
    }

    #[test]
    fn the_blend_of_two_strokes_is_far_from_any() {
        let blend: Vec<f32> = stroke(-40.0).iter().zip(stroke(40.0)).map(|(a, b)| (a + b) / 2.0).collect();
        assert!(nearest(&blend).0 > 2.0, "{:?}", nearest(&blend));
        assert_eq!(strokes(80.0).train().len(), 2);
        assert_eq!(strokes(10.0).train().len(), 9);
    }
}
