//! Factors of faces read back from pictures, and how far their distribution lies from the real one.
//!
//! A frozen network (`examples/reader.rs`) says for each factor the logits of its options, or its value. Whether a picture
//! is a face at all is told by painting what was read anew: a real one comes out as it was.

use super::{Better, MetricCard, Scale};
use crate::card::{Text, text};
use crate::data::faces::{FACTORS, Face, N_FACTORS, Values, paint, places};

/// Root mean square difference between a picture and the face read from it, painted: above this it is no face. Of real
/// faces 99 % lie below (tested).
pub const STRANGE: f64 = 0.06;

/// Bins of a factor that is no choice.
const BINS: usize = 5;

#[rustfmt::skip]
const CARDS: [(&str, Text); N_FACTORS] = [
    ("tv_hair", text("hair colours misplaced", "发色偏差")),
    ("tv_length", text("hair lengths misplaced", "发长偏差")),
    ("tv_fringe", text("fringes misplaced", "刘海偏差")),
    ("tv_eye_size", text("eye sizes misplaced", "眼睛大小偏差")),
    ("tv_eye", text("eye colours misplaced", "眼睛颜色偏差")),
    ("tv_gaze", text("gazes misplaced", "目光偏差")),
    ("tv_mouth", text("mouths misplaced", "嘴角偏差")),
    ("tv_open", text("open mouths misplaced", "张嘴偏差")),
    ("tv_skin", text("skins misplaced", "肤色偏差")),
    ("tv_width", text("widths misplaced", "脸宽偏差")),
];

/// The distance of each factor's distribution, and the share of pictures that are faces.
pub fn cards() -> Vec<MetricCard> {
    let distance = |(id, label): (&'static str, Text)| {
        let formula = "½ Σ |p − q| over its options or five bins: the share of faces that would have to change";
        MetricCard::new(id, label, formula, "", Scale::Share, Better::Lower)
    };
    let faces = MetricCard::new(
        "faces",
        text("pictures that are faces", "是脸的图片"),
        "share within 0.06 (root mean square) of the face that is read from them, painted",
        "",
        Scale::Share,
        Better::Higher,
    );
    CARDS.into_iter().map(distance).chain([faces]).collect()
}

/// Names of the distances, in the order of [`FACTORS`].
pub fn ids() -> [&'static str; N_FACTORS] {
    CARDS.map(|(id, _)| id)
}

/// The likeliest face of what a reader says, `[N_NUMBERS]`.
pub fn read(numbers: &[f32]) -> Face {
    let places = places();
    std::array::from_fn(|i| {
        let own = &numbers[places[i].clone()];
        match FACTORS[i].values {
            Values::Choice(_) => (0..own.len()).fold(0, |best, k| if own[k] > own[best] { k } else { best }) as f32,
            Values::Range { low, .. } => own[0].clamp(low, 1.0),
        }
    })
}

/// ½ Σ |p − q| between the distributions of a factor, 0 to 1. NaN without faces.
pub fn total_variation(a: &[Face], b: &[Face], factor: usize) -> f64 {
    let [p, q] = [a, b].map(|faces| distribution(faces, factor));
    p.iter().zip(&q).map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0
}

/// The share of faces with each option of a factor, or in each of its bins.
pub fn distribution(faces: &[Face], factor: usize) -> Vec<f64> {
    let place = |value: f32| match FACTORS[factor].values {
        Values::Choice(_) => value as usize,
        Values::Range { low, .. } => (((value - low) / (1.0 - low) * BINS as f32) as usize).min(BINS - 1),
    };
    let n = if let Values::Choice(options) = FACTORS[factor].values { options.len() } else { BINS };
    let mut shares = vec![0.0; n];
    faces.iter().for_each(|face| shares[place(face[factor])] += 1.0 / faces.len() as f64);
    if faces.is_empty() { vec![f64::NAN; n] } else { shares }
}

/// Root mean square difference of a picture `[3 · side²]` from the face read from it, painted.
pub fn strangeness(picture: &[f32], read: &Face, side: usize) -> f64 {
    let painted = paint(read, side);
    let squared: f64 = picture.iter().zip(&painted).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum();
    (squared / painted.len() as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::faces::N_NUMBERS;

    #[test]
    fn the_largest_logit_and_the_value_in_bounds_are_read() {
        let mut outputs = [0.0; N_NUMBERS];
        (outputs[5], outputs[8], outputs[10], outputs[12]) = (2.0, 1.4, 0.5, -0.3);
        let face = read(&outputs);
        assert_eq!((face[0], face[1], face[2], face[3]), (5.0, 1.0, 1.0, 0.0));
    }

    #[test]
    fn distances_by_hand() {
        let face = |hair: f32, mouth: f32| [hair, 0.0, 0.0, 0.0, 0.0, 0.0, mouth, 0.0, 0.0, 0.0];
        let (a, b) = ([face(0.0, -1.0), face(1.0, 1.0)], [face(0.0, -0.7), face(2.0, -0.5)]);
        assert_eq!(total_variation(&a, &b, 0), 0.5);
        assert_eq!(distribution(&a, 6), [0.5, 0.0, 0.0, 0.0, 0.5]);
        assert_eq!(distribution(&b, 6), [0.5, 0.5, 0.0, 0.0, 0.0]);
        assert_eq!((total_variation(&a, &b, 6), total_variation(&a, &a, 6)), (0.5, 0.0));
        assert!(total_variation(&a, &[], 0).is_nan());
        let picture = paint(&a[0], 16);
        assert_eq!(strangeness(&picture, &a[0], 16), 0.0);
        let grey: Vec<f32> = picture.iter().map(|v| v - 0.1).collect();
        assert!((strangeness(&grey, &a[0], 16) - 0.1).abs() < 1e-6);
    }
}
