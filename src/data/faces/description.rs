//! What can be said of a face in words: five attributes, each named or left out.
//!
//! Networks see a description as [`N_CODE`] numbers: for every attribute as many as it has options, 1 for the one that is
//! named. Of all pairs of a hair colour and an eye colour an eighth is held out of training: whoever makes those right has
//! not remembered them (zero-shot, Lampert et al., 2009).

use super::{EYE, EYE_COLORS, FACTORS, Face, HAIR, HAIR_COLORS, N_FACES, Values};
use crate::card::{Text, text};
use crate::rng::{Rng, Stream};
use serde::Serialize;

pub const N_ATTRIBUTES: usize = 5;
/// Numbers of a description as networks see it.
pub const N_CODE: usize = 20;

/// The option of each attribute of [`ATTRIBUTES`]; none where nothing is said.
pub type Description = [Option<u8>; N_ATTRIBUTES];

/// Something that can be said of a face.
#[derive(Debug, Serialize)]
pub struct Attribute {
    /// Of its factor.
    pub id: &'static str,
    pub factor: usize,
    pub label: Text,
    /// Of a factor that is no choice there are two: below the middle and above.
    pub options: &'static [Text],
}

#[rustfmt::skip]
pub static ATTRIBUTES: [Attribute; N_ATTRIBUTES] = [
    attribute(HAIR, HAIR_COLORS),
    attribute(1, &[text("short", "短"), text("long", "长")]),
    attribute(EYE, EYE_COLORS),
    attribute(7, &[text("closed", "闭"), text("open", "张")]),
    attribute(6, &[text("sad", "难过"), text("smiling", "微笑")]),
];

const fn attribute(factor: usize, options: &'static [Text]) -> Attribute {
    Attribute { id: FACTORS[factor].id, factor, label: FACTORS[factor].label, options }
}

impl Attribute {
    /// The option that is true of a face.
    pub fn of(&self, face: &Face) -> u8 {
        let value = face[self.factor];
        match FACTORS[self.factor].values {
            Values::Choice(_) => value as u8,
            Values::Range { low, .. } => u8::from(value > (low + 1.0) / 2.0),
        }
    }
}

/// A true description of a face: each attribute is named in one of two.
pub fn describe(face: &Face, rng: &mut Rng) -> Description {
    ATTRIBUTES.each_ref().map(|attribute| (rng.below(2) == 1).then(|| attribute.of(face)))
}

/// The description of the face at a place of the data that models are measured with: always the same.
pub fn describe_test(face: &Face, place: usize) -> Description {
    debug_assert!(place < N_FACES);
    describe(face, &mut Rng::new(place as u64, Stream::Display))
}

/// `[N_CODE]`
pub fn code(description: &Description) -> [f32; N_CODE] {
    let mut code = [0.0; N_CODE];
    let mut start = 0;
    for (attribute, option) in ATTRIBUTES.iter().zip(description) {
        if let Some(option) = option {
            code[start + *option as usize] = 1.0;
        }
        start += attribute.options.len();
    }
    code
}

/// Is a face with these colours of hair and eyes kept out of training?
pub fn is_held_out(face: &Face) -> bool {
    is_pair_held_out(face[HAIR] as usize, face[EYE] as usize)
}

fn is_pair_held_out(hair: usize, eye: usize) -> bool {
    (hair + eye).is_multiple_of(HAIR_COLORS.len())
}

/// Every held-out pair of a hair colour and an eye colour.
pub fn held_out() -> Vec<[usize; 2]> {
    let pairs = (0..HAIR_COLORS.len()).flat_map(|hair| (0..EYE_COLORS.len()).map(move |eye| [hair, eye]));
    pairs.filter(|[hair, eye]| is_pair_held_out(*hair, *eye)).collect()
}

/// Attributes that are named, and those of them that are true of a face.
pub fn named_and_right(description: &Description, face: &Face) -> [usize; 2] {
    let named = ATTRIBUTES.iter().zip(description).filter_map(|(attribute, option)| Some((attribute, (*option)?)));
    named.fold([0, 0], |[n, right], (attribute, option)| [n + 1, right + usize::from(attribute.of(face) == option)])
}

#[cfg(test)]
mod tests {
    use super::super::draw;
    use super::*;

    #[test]
    fn what_is_said_is_true_and_half_of_it_is_said() {
        let mut rng = Rng::new(1, Stream::Probe);
        let (mut named, mut all) = (0, 0);
        for _ in 0..2_000 {
            let face = draw(&mut rng);
            let description = describe(&face, &mut rng);
            let [n, right] = named_and_right(&description, &face);
            assert_eq!(n, right);
            assert_eq!(code(&description).iter().sum::<f32>(), n as f32);
            (named, all) = (named + n, all + N_ATTRIBUTES);
        }
        assert!((named as f64 / all as f64 - 0.5).abs() < 0.02, "{named} of {all}");
        assert_eq!(ATTRIBUTES.iter().map(|attribute| attribute.options.len()).sum::<usize>(), N_CODE);
    }

    #[test]
    fn by_hand() {
        let face: Face = [2.0, 0.2, 0.0, 0.5, 3.0, 0.0, 0.4, 0.9, 1.0, 0.5];
        let description = [Some(2), Some(1), None, Some(1), Some(1)];
        assert_eq!(named_and_right(&description, &face), [4, 3], "the hair is short");
        let on: Vec<usize> = (0..N_CODE).filter(|i| code(&description)[*i] == 1.0).collect();
        assert_eq!(on, [2, 9, 17, 19]);
        assert_eq!(held_out(), [[0, 0], [3, 5], [4, 4], [5, 3], [6, 2], [7, 1]]);
        assert!(!is_held_out(&face) && is_held_out(&[5.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0]));
    }
}
