//! A face in pencil: its shapes, without its colours.

use super::{EYE, Face, HAIR, SKIN, paint};

/// Silver hair, brown eyes, the lightest skin: drawn in these, features are dark and surfaces light.
const COLORS: [(usize, f32); 3] = [(HAIR, 4.0), (EYE, 0.0), (SKIN, 0.0)];
/// What is no darker than this is left as paper.
const PAPER: f32 = 0.08;
const PRESSURE: f32 = 1.3;

/// The pencil drawing of a face `[side²]`, from 0 paper to 1 black: how dark the face is, painted in the same colours
/// whatever its own are, so that none shows.
pub fn pencil(face: &Face, side: usize) -> Vec<f32> {
    let mut plain = *face;
    COLORS.iter().for_each(|(factor, color)| plain[*factor] = *color);
    let (pixels, plane) = (paint(&plain, side), side * side);
    let dark = |place: usize| 1.0 - (0..3).map(|k| pixels[k * plane + place]).sum::<f32>() / 3.0;
    (0..plane).map(|place| (PRESSURE * (dark(place) - PAPER)).clamp(0.0, 1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_shows_shapes_and_no_colours() {
        let face: Face = [2.0, 0.5, 1.0, 0.5, 1.0, 0.0, 0.0, 0.5, 2.0, 0.5];
        let drawing = pencil(&face, 16);
        assert!(drawing.iter().all(|v| (0.0..=1.0).contains(v)) && drawing.len() == 256);
        assert_eq!(drawing[0], 0.0, "the background is paper");
        assert!(drawing.iter().any(|v| *v > 0.8), "pupils are black");
        for (factor, seen) in [(HAIR, false), (EYE, false), (SKIN, false), (1, true), (7, true), (2, true)] {
            let mut other = face;
            other[factor] = 3.0;
            if seen {
                other[factor] = 0.0;
            }
            assert_eq!(pencil(&other, 16) != drawing, seen, "factor {factor}");
        }
    }
}
