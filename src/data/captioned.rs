//! Faces with a sentence about each: what a captioner learns from.

use super::faces::captions::Captions;
use super::faces::description::{describe, is_held_out};
use super::faces::{Face, Faces};
use super::language::{Language, Sentences, Texts};
use crate::rng::Rng;
use std::sync::Arc;

pub struct Captioned {
    pub faces: Arc<Faces>,
    pub captions: Captions,
    /// The mean training picture, `[d]`.
    mean: Vec<f32>,
    /// Places of the faces to learn from.
    train: Vec<usize>,
}

impl Captioned {
    pub fn new(faces: Arc<Faces>, captions: Captions) -> Self {
        let seen = |place: &usize| !is_held_out(&faces.factors[*place]);
        let train = faces.pictures.train().iter().copied().filter(seen).collect();
        Self { mean: faces.pictures.mean(), train, captions, faces }
    }

    pub fn face(&self, place: usize) -> &Face {
        &self.faces.factors[place]
    }

    /// How a network sees pictures, `[n, d]` flat in [0, 1]: less the mean one, twice as far.
    pub fn seen(&self, pictures: &[f32]) -> Vec<f32> {
        pictures.iter().zip(self.mean.iter().cycle()).map(|(ink, mean)| 2.0 * (ink - mean)).collect()
    }
}

impl Texts for Captioned {
    fn language(&self) -> &Language {
        &self.captions.language
    }

    fn d_about(&self) -> usize {
        self.mean.len()
    }

    /// The same face is described in other words each time.
    fn draw(&self, n: usize, rng: &mut Rng) -> Sentences<'_> {
        let places: Vec<usize> = (0..n).map(|_| self.train[rng.below(self.train.len())]).collect();
        let tokens = places.iter().map(|place| self.captions.sentence(&describe(self.face(*place), rng))).collect();
        Sentences { tokens, about: self.seen(&self.faces.pictures.rows(&places)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::faces::captions::Tongue;
    use crate::data::faces::description::named_and_right;
    use crate::rng::Stream;

    #[test]
    fn sentences_are_true_of_the_faces_they_are_about() {
        let captioned = Captioned::new(Arc::new(Faces::new(16)), Captions::new(Tongue::English));
        let Sentences { tokens, about } = captioned.draw(30, &mut Rng::new(1, Stream::Batch));
        let pictures = &captioned.faces.pictures;
        for (sentence, about) in tokens.iter().zip(about.chunks_exact(768)) {
            let of = |place: &&usize| {
                let seen = captioned.seen(pictures.picture(**place));
                seen.iter().zip(about).all(|(a, b)| (a - b).abs() < 1e-6)
            };
            let face = captioned.face(*pictures.train().iter().find(of).expect("it is one of them"));
            let [named, right] = named_and_right(&captioned.captions.meaning(sentence).unwrap(), face);
            assert!(named == right && !is_held_out(face));
        }
    }
}
