//! Faces whose every property is known: ten factors, and a painter that makes a picture of any choice of them. So what a
//! model has learned of hair or of a mouth is not a story but a number.
//!
//! | factor | values |
//! | --- | --- |
//! | hair, fringe, eye colour, skin | one of 8, 3, 6, 6, each as likely |
//! | hair length, eye size, mouth open, width of the face | from 0 to 1 |
//! | gaze, mouth | from −1 to 1: left to right, sad to smiling |
//!
//! The latter are means of two even draws: the middle is common and the ends are rare.

pub mod captions;
pub mod description;

mod paint;
mod pencil;

pub use paint::paint;
pub use pencil::pencil;

use super::pictures::Pictures;
use crate::card::{Text, text};
use crate::rng::{Rng, Stream};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

pub const N_FACTORS: usize = 10;

/// The value of each factor, in the order of [`FACTORS`]; of a [`Values::Choice`] the number of the option.
pub type Face = [f32; N_FACTORS];

/// A property of a face.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Factor {
    pub id: &'static str,
    pub label: Text,
    #[serde(flatten)]
    pub values: Values,
}

/// What a factor may be.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    /// One of these, each as likely.
    Choice(&'static [Text]),
    /// From `low` to 1, most often half-way; with the words for both ends.
    Range { low: f32, ends: [Text; 2] },
}

/// Places of some factors among [`FACTORS`].
pub const HAIR: usize = 0;
pub const EYE: usize = 4;
pub const SKIN: usize = 8;

#[rustfmt::skip]
const HAIR_COLORS: &[Text] = &[
    text("black", "黑"), text("brown", "棕"), text("red", "红"), text("blond", "金"),
    text("silver", "银"), text("blue", "蓝"), text("green", "绿"), text("pink", "粉"),
];
#[rustfmt::skip]
const EYE_COLORS: &[Text] = &[
    text("brown", "棕"), text("blue", "蓝"), text("green", "绿"), text("red", "红"), text("amber", "琥珀"), text("violet", "紫"),
];

#[rustfmt::skip]
pub static FACTORS: [Factor; N_FACTORS] = [
    factor("hair", text("hair colour", "发色"), Values::Choice(HAIR_COLORS)),
    factor("length", text("hair length", "发长"), Values::Range { low: 0.0, ends: [text("short", "短"), text("long", "长")] }),
    factor("fringe", text("fringe", "刘海"), Values::Choice(&[text("none", "无"), text("straight", "齐"), text("swept", "斜")])),
    factor("eye_size", text("eye size", "眼睛大小"), Values::Range { low: 0.0, ends: [text("small", "小"), text("large", "大")] }),
    factor("eye", text("eye colour", "眼睛颜色"), Values::Choice(EYE_COLORS)),
    factor("gaze", text("gaze", "目光"), Values::Range { low: -1.0, ends: [text("left", "左"), text("right", "右")] }),
    factor("mouth", text("mouth", "嘴角"), Values::Range { low: -1.0, ends: [text("sad", "下垂"), text("smiling", "上扬")] }),
    factor("open", text("mouth open", "张嘴"), Values::Range { low: 0.0, ends: [text("closed", "闭"), text("open", "张")] }),
    factor("skin", text("skin", "肤色"), Values::Choice(&[
        text("1 (lightest)", "1（最浅）"), text("2", "2"), text("3", "3"), text("4", "4"), text("5", "5"), text("6 (darkest)", "6（最深）"),
    ])),
    factor("width", text("width of the face", "脸宽"), Values::Range { low: 0.0, ends: [text("narrow", "窄"), text("wide", "宽")] }),
];

const fn factor(id: &'static str, label: Text, values: Values) -> Factor {
    Factor { id, label, values }
}

impl Factor {
    /// Its numbers among those of a face, see [`places`].
    fn n_numbers(&self) -> usize {
        if let Values::Choice(options) = self.values { options.len() } else { 1 }
    }

    fn fits(&self, value: f32) -> bool {
        match self.values {
            Values::Choice(options) => (0..options.len()).any(|option| option as f32 == value),
            Values::Range { low, .. } => (low..=1.0).contains(&value),
        }
    }

    fn draw(&self, rng: &mut Rng) -> f32 {
        match self.values {
            Values::Choice(options) => rng.below(options.len()) as f32,
            Values::Range { low, .. } => low + (1.0 - low) * 0.5 * (rng.uniform() + rng.uniform()) as f32,
        }
    }
}

/// Numbers of a face: one for each option of a choice, one for a value.
pub const N_NUMBERS: usize = 29;

/// Where each factor's numbers lie among those.
pub fn places() -> [Range<usize>; N_FACTORS] {
    let mut end = 0;
    FACTORS.each_ref().map(|factor| {
        let start = end;
        end += factor.n_numbers();
        start..end
    })
}

/// The face of these factors.
///
/// # Errors
///
/// What they must be, in words that follow "it must be".
pub fn face(values: &[f32]) -> Result<Face, String> {
    let face: Face = values.try_into().map_err(|_| format!("{N_FACTORS} factors of a face"))?;
    let wrong = FACTORS.iter().zip(face).find(|(factor, value)| !factor.fits(*value));
    wrong.map_or(Ok(face), |(Factor { id, values, .. }, value)| {
        Err(match values {
            Values::Choice(options) => {
                format!("faces whose {id} is a whole number from 0 to {}, not {value}", options.len() - 1)
            }
            Values::Range { low, .. } => format!("faces whose {id} lies from {low} to 1, not at {value}"),
        })
    })
}

/// A face at random, factor by factor.
pub fn draw(rng: &mut Rng) -> Face {
    FACTORS.each_ref().map(|factor| factor.draw(rng))
}

/// Faces in a set.
pub const N_FACES: usize = 6_000;

/// The same faces in every run, with the factors of each.
pub struct Faces {
    pub pictures: Arc<Pictures>,
    /// Of the picture at each place.
    pub factors: Vec<Face>,
}

impl Faces {
    pub fn new(side: usize) -> Self {
        let mut rng = Rng::new(0, Stream::RealForD);
        let factors: Vec<Face> = (0..N_FACES).map(|_| draw(&mut rng)).collect();
        let pixels = factors.iter().flat_map(|face| paint(face, side)).collect();
        let labels = factors.iter().map(|face| face[HAIR] as u8).collect();
        let Values::Choice(hair) = FACTORS[HAIR].values else { unreachable!("hair has colours") };
        Self { pictures: Arc::new(Pictures::new(side, hair.len(), pixels, labels)), factors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::faces::distribution;

    /// Fifths of a mean of two even draws hold 2/25, 6/25, 9/25, 6/25 and 2/25 of all.
    #[test]
    fn faces_are_drawn_from_the_law_that_is_told() {
        let mut rng = Rng::new(1, Stream::Probe);
        let faces: Vec<Face> = (0..10_000).map(|_| draw(&mut rng)).collect();
        for (i, factor) in FACTORS.iter().enumerate() {
            let law = match factor.values {
                Values::Choice(options) => vec![1.0 / options.len() as f64; options.len()],
                Values::Range { .. } => [2.0, 6.0, 9.0, 6.0, 2.0].map(|n| n / 25.0).into(),
            };
            let shares = distribution(&faces, i);
            let near = shares.iter().zip(&law).all(|(share, p)| (share - p).abs() < 0.015);
            assert!(near && shares.len() == law.len(), "{}: {shares:?} against {law:?}", factor.id);
        }
    }

    #[test]
    fn only_faces_within_bounds_are_faces() {
        let middle: Face = [2.0, 0.5, 1.0, 0.5, 1.0, 0.0, 0.0, 0.5, 2.0, 0.5];
        assert_eq!(face(&middle), Ok(middle));
        assert!(face(&middle[1..]).unwrap_err().contains("10 factors"));
        for (at, value, word) in [(0, 8.0, "hair"), (4, 0.5, "eye"), (6, -1.1, "mouth"), (9, f32::NAN, "width")] {
            let mut wrong = middle;
            wrong[at] = value;
            assert!(face(&wrong).unwrap_err().contains(word));
        }
        assert_eq!(places()[N_FACTORS - 1].end, N_NUMBERS);
    }

    #[test]
    fn every_factor_is_to_be_seen_in_the_picture() {
        let middle: Face = [2.0, 0.5, 1.0, 0.5, 1.0, 0.0, 0.0, 0.5, 2.0, 0.5];
        let before = paint(&middle, 16);
        for (i, factor) in FACTORS.iter().enumerate() {
            let mut changed = middle;
            changed[i] = if let Values::Choice(_) = factor.values { 0.0 } else { 1.0 };
            let apart: f32 = before.iter().zip(paint(&changed, 16)).map(|(a, b)| (a - b) * (a - b)).sum();
            assert!(apart > 0.2, "{} moves the picture by {apart} only", factor.id);
        }
    }
}
