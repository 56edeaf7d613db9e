//! Pictures as networks see them, each number in [−1, 1], with what a generator is given of them beside them.
//!
//! | given | a row | the generator makes |
//! | --- | --- | --- |
//! | nothing | picture | all of it |
//! | the upper half | picture | its lower half |
//! | a description | 20 numbers, 0 or 2, then the picture | the picture |
//! | a drawing | side² numbers, then the picture | the picture |
//!
//! A word counts as much as several pixels: of 788 numbers only some three are words, and D would look at them last.

use super::faces::description::{self, Description, N_CODE};
use super::faces::{Face, Faces, pencil};
use super::pictures::Pictures;
use super::{Range, Reals};
use crate::rng::Rng;
use std::sync::Arc;

/// What a generator is given of a picture, beside noise.
#[derive(Clone)]
pub enum Given {
    Nothing,
    UpperHalf,
    /// Words, see [`description`].
    Description(Arc<Faces>),
    /// `[n, side²]` flat: the pencil drawing of the face at each place, from 0 paper to 1 black.
    Drawing(Arc<Vec<f32>>),
}

impl Given {
    pub fn drawings(faces: &Faces) -> Self {
        let drawn = faces.factors.iter().flat_map(|face| pencil(face, faces.pictures.side));
        Self::Drawing(Arc::new(drawn.collect()))
    }
}

/// Weight of a word.
const WORD: f32 = 2.0;

/// Training pictures with what is given of each.
pub struct Ink {
    pub pictures: Arc<Pictures>,
    pub given: Given,
    /// Places of the pictures to learn from.
    train: Vec<usize>,
}

impl Ink {
    pub fn new(pictures: Arc<Pictures>, given: Given) -> Self {
        let mut train = pictures.train().to_vec();
        if let Given::Description(faces) = &given {
            train.retain(|place| !description::is_held_out(&faces.factors[*place]));
        }
        Self { pictures, given, train }
    }

    /// Numbers of a row that stand before the picture.
    pub fn n_beside(&self) -> usize {
        match &self.given {
            Given::Nothing | Given::UpperHalf => 0,
            _ => self.n_given(),
        }
    }

    /// What is given as the reader has it, each from 0 to 1, as a network sees it.
    pub fn seen(&self, given: &[f32]) -> Vec<f32> {
        match self.given {
            Given::Description(_) => given.iter().map(|word| WORD * word).collect(),
            _ => given.iter().copied().map(signed).collect(),
        }
    }

    /// Rows of the test pictures at these places of the data, `[n, dim]` flat.
    pub fn test_rows(&self, places: &[usize]) -> Vec<f32> {
        let mut rows = Vec::with_capacity(places.len() * self.dim());
        for place in places {
            self.add_row(*place, |face| description::describe_test(face, *place), &mut rows);
        }
        rows
    }

    fn drawing(&self, place: usize) -> Vec<f32> {
        let Given::Drawing(drawings) = &self.given else { unreachable!("only drawings are looked up") };
        let n = self.n_given();
        self.seen(&drawings[place * n..][..n])
    }

    /// Adds the picture at a place of the data with what is given of it; of faces that are given in words, the words of
    /// `describe`.
    fn add_row(&self, place: usize, describe: impl FnOnce(&Face) -> Description, rows: &mut Vec<f32>) {
        match &self.given {
            Given::Nothing | Given::UpperHalf => {}
            Given::Description(faces) => rows.extend(self.seen(&description::code(&describe(&faces.factors[place])))),
            Given::Drawing(_) => rows.extend(self.drawing(place)),
        }
        rows.extend(self.pictures.picture(place).iter().map(|ink| signed(*ink)));
    }
}

/// From [0, 1] to [−1, 1].
fn signed(ink: f32) -> f32 {
    2.0 * ink - 1.0
}

impl Reals for Ink {
    fn dim(&self) -> usize {
        self.n_beside() + self.pictures.dim()
    }

    fn n_given(&self) -> usize {
        match &self.given {
            Given::Nothing => 0,
            Given::UpperHalf => self.pictures.dim() / 2,
            Given::Description(_) => N_CODE,
            Given::Drawing(_) => self.pictures.side * self.pictures.side,
        }
    }

    /// The same picture is described in other words each time.
    fn rows(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        let mut rows = Vec::with_capacity(n * self.dim());
        for _ in 0..n {
            let place = self.train[rng.below(self.train.len())];
            self.add_row(place, |face| description::describe(face, rng), &mut rows);
        }
        rows
    }

    fn range(&self) -> Range {
        Range::Bounded
    }

    /// Of pictures and drawings; words are taken as they are, for 0 is where nothing is said.
    fn mean(&self) -> Option<Vec<f32>> {
        let mut mean = match &self.given {
            Given::Nothing | Given::UpperHalf => Vec::new(),
            Given::Description(_) => vec![0.0; N_CODE],
            Given::Drawing(_) => {
                let mut sums = vec![0.0; self.n_given()];
                let drawings = self.train.iter().map(|place| self.drawing(*place));
                drawings.for_each(|drawing| sums.iter_mut().zip(drawing).for_each(|(sum, v)| *sum += v));
                sums.into_iter().map(|sum| sum / self.train.len() as f32).collect()
            }
        };
        mean.extend(self.pictures.mean().into_iter().map(signed));
        Some(mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    /// Finds the face that a row's picture is of.
    fn place_of(faces: &Faces, picture: &[f32]) -> usize {
        let ink: Vec<f32> = picture.iter().map(|v| (v + 1.0) / 2.0).collect();
        let near = |place: &usize| faces.pictures.picture(*place).iter().zip(&ink).all(|(a, b)| (a - b).abs() < 1e-6);
        (0..faces.factors.len()).find(near).expect("it is one of them")
    }

    #[test]
    fn rows_hold_what_is_given_and_then_its_picture() {
        let faces = Arc::new(Faces::new(16));
        let described = Ink::new(faces.pictures.clone(), Given::Description(faces.clone()));
        assert_eq!((described.dim(), described.n_given(), described.n_beside()), (20 + 768, 20, 20));
        for row in described.rows(20, &mut Rng::new(1, Stream::Probe)).chunks_exact(788) {
            let face: &Face = &faces.factors[place_of(&faces, &row[20..])];
            assert!(!description::is_held_out(face));
            let whole = description::code(&std::array::from_fn(|i| Some(description::ATTRIBUTES[i].of(face))));
            assert!(row[..20].iter().zip(whole).all(|(said, truth)| *said == 0.0 || *said == 2.0 * truth));
        }
        let drawn = Ink::new(faces.pictures.clone(), Given::drawings(&faces));
        assert_eq!((drawn.dim(), drawn.n_given()), (256 + 768, 256));
        for row in drawn.rows(3, &mut Rng::new(1, Stream::Probe)).chunks_exact(1_024) {
            let drawing = pencil(&faces.factors[place_of(&faces, &row[256..])], 16);
            assert!(row[..256].iter().zip(drawing).all(|(seen, ink)| (seen - (2.0 * ink - 1.0)).abs() < 1e-6));
        }
        let half = Ink::new(faces.pictures.clone(), Given::UpperHalf);
        assert_eq!((half.dim(), half.n_given(), half.n_beside()), (768, 384, 0));
    }
}
