//! A face as a line drawing: where one surface ends and another begins, whatever their colours.

use super::{EYE, Face, HAIR, SKIN, paint};

/// How much two neighbours must differ for a full line.
const FULL: f32 = 0.4;

/// The line drawing of a face `[side²]`, from 0 paper to 1 line: the largest difference between a pixel and its right or
/// lower neighbour. The face is painted in the same colours whatever its own are, so that none shows in the lines.
pub fn outline(face: &Face, side: usize) -> Vec<f32> {
    let mut plain = *face;
    (plain[HAIR], plain[EYE], plain[SKIN]) = (0.0, 1.0, 0.0);
    let (pixels, plane) = (paint(&plain, side), side * side);
    let apart = |a: usize, b: usize| {
        let apart = |k: usize| (pixels[k * plane + a] - pixels[k * plane + b]).abs();
        apart(0).max(apart(1)).max(apart(2))
    };
    let line = |place: usize| {
        let right = if (place + 1).is_multiple_of(side) { 0.0 } else { apart(place, place + 1) };
        let below = if place + side < plane { apart(place, place + side) } else { 0.0 };
        (right.max(below) / FULL).min(1.0)
    };
    (0..plane).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_show_shapes_and_no_colours() {
        let face: Face = [2.0, 0.5, 1.0, 0.5, 1.0, 0.0, 0.0, 0.5, 2.0, 0.5];
        let lines = outline(&face, 16);
        assert!(lines.iter().all(|v| (0.0..=1.0).contains(v)) && lines.len() == 256);
        let ink = lines.iter().sum::<f32>() / 256.0;
        assert!((0.1..0.6).contains(&ink), "{ink}");
        for (factor, seen) in [(HAIR, false), (EYE, false), (SKIN, false), (1, true), (7, true), (2, true)] {
            let mut other = face;
            other[factor] = 0.0;
            assert_eq!(outline(&other, 16) != lines, seen, "factor {factor}");
        }
    }
}
