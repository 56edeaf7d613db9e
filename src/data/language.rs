//! Languages so small that every sentence can be listed: strings of 16 bits that keep a law, and sentences of a grammar.
//!
//! Half of the sentences are held out of training: whoever writes one of those has understood something of the language,
//! and not only remembered.

use super::grammar;
use super::worlds::{BRACKETS, N_BITS, PALINDROMES, World, bits};
use super::{Range, Reals};
use crate::card::{Card, text};
use crate::rng::{Rng, Stream};
use crate::settings::Refusal;
use std::sync::Arc;

/// Bounds of a grammar: sentences, words of a sentence, tokens.
pub const MAX_SENTENCES: usize = 5_000;
pub const MAX_LENGTH: usize = 16;
pub const MAX_TOKENS: usize = 64;

/// Where the sentences come from.
enum Origin {
    World(&'static World, [&'static str; 2]),
    Grammar(&'static str),
}

/// A language on offer.
pub struct Entry {
    pub card: Card,
    origin: Origin,
}

/// In the order of the page's menu.
pub static LANGUAGES: &[Entry] = &[
    Entry { card: PALINDROMES.card, origin: Origin::World(&PALINDROMES, ["0", "1"]) },
    Entry { card: BRACKETS.card, origin: Origin::World(&BRACKETS, [")", "("]) },
    Entry {
        card: Card {
            id: "sentences_en",
            label: text("English sentences", "英语句子"),
            formula: "subject and verb agree in number",
            reference: "",
        },
        origin: Origin::Grammar(include_str!("../../data/grammars/en.txt")),
    },
    Entry {
        card: Card {
            id: "sentences_zh",
            label: text("Chinese sentences", "汉语句子"),
            formula: "measure words and conjunctions agree",
            reference: "",
        },
        origin: Origin::Grammar(include_str!("../../data/grammars/zh.txt")),
    },
];

/// Every sentence of a language, each a row of `length` tokens.
#[derive(Debug)]
pub struct Language {
    /// What each token looks like; nothing for the one after a sentence's end.
    pub tokens: Vec<String>,
    pub length: usize,
    /// In order.
    sentences: Vec<Vec<u8>>,
    /// Places of sentences to learn from, and of those held out.
    train: Vec<usize>,
    held_out: Vec<usize>,
    is_held_out: Vec<bool>,
}

/// What a row of tokens is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Broken,
    /// Valid, and learned from.
    Known,
    /// Valid, and never seen.
    New,
}

impl Entry {
    pub fn find(id: &str) -> Option<&'static Self> {
        LANGUAGES.iter().find(|entry| entry.card.id == id)
    }

    pub fn language(&self) -> Language {
        match self.origin {
            Origin::Grammar(text) => Language::of_grammar(text).expect("committed grammars parse"),
            Origin::World(world, symbols) => {
                let rows = world.valid().into_iter().map(|string| bits(string, 0.0).map(|bit| bit as u8).to_vec());
                Language::new(symbols.map(String::from).into(), N_BITS, rows.collect())
            }
        }
    }
}

impl Language {
    /// # Errors
    ///
    /// What is wrong with the grammar, see [`grammar::sentences`].
    pub fn of_grammar(text: &str) -> Result<Self, Refusal> {
        Ok(Self::of_sentences(grammar::sentences(text)?))
    }

    /// Sentences by their words.
    pub fn of_sentences(sentences: Vec<Vec<String>>) -> Self {
        let length = sentences.iter().map(Vec::len).max().unwrap_or(0);
        let mut words: Vec<String> = sentences.iter().flatten().cloned().collect();
        words.sort_unstable();
        words.dedup();
        if sentences.iter().any(|sentence| sentence.len() < length) {
            words.insert(0, String::new());
        }
        let rows = sentences.iter().map(|sentence| row(sentence, &words, length)).collect();
        Self::new(words, length, rows)
    }

    /// A sentence by its words, all of them known.
    pub fn row(&self, words: &[String]) -> Vec<u8> {
        row(words, &self.tokens, self.length)
    }

    /// The split is the same in every run.
    fn new(tokens: Vec<String>, length: usize, mut sentences: Vec<Vec<u8>>) -> Self {
        sentences.sort_unstable();
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        Rng::new(0, Stream::Split).shuffle(&mut order);
        let held_out = order.split_off(order.len().div_ceil(2));
        let mut is_held_out = vec![false; sentences.len()];
        held_out.iter().for_each(|place| is_held_out[*place] = true);
        Self { tokens, length, sentences, train: order, held_out, is_held_out }
    }

    /// Every sentence, in order.
    pub fn sentences(&self) -> &[Vec<u8>] {
        &self.sentences
    }

    /// Sentences to learn from.
    pub fn train(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.train.iter().map(|place| &*self.sentences[*place])
    }

    pub fn held_out(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.held_out.iter().map(|place| &*self.sentences[*place])
    }

    /// Is the sentence at this place in the list held out?
    pub fn is_held_out(&self, place: usize) -> bool {
        self.is_held_out[place]
    }

    pub fn judge(&self, row: &[u8]) -> Verdict {
        match self.sentences.binary_search_by(|sentence| sentence.as_slice().cmp(row)) {
            Ok(place) if self.is_held_out[place] => Verdict::New,
            Ok(_) => Verdict::Known,
            Err(_) => Verdict::Broken,
        }
    }

    /// `n` sentences to learn from, drawn with replacement.
    pub fn draw(&self, n: usize, rng: &mut Rng) -> Vec<&[u8]> {
        (0..n).map(|_| &*self.sentences[self.train[rng.below(self.train.len())]]).collect()
    }

    /// A row of tokens as numbers: for each place as many as there are tokens, 1 for the one that stands there.
    pub fn one_hot(&self, row: &[u8]) -> Vec<f32> {
        let mut values = vec![0.0; self.dim()];
        row.iter().enumerate().for_each(|(place, token)| values[place * self.tokens.len() + *token as usize] = 1.0);
        values
    }

    /// Numbers of a row in one-hot form.
    pub fn dim(&self) -> usize {
        self.length * self.tokens.len()
    }

    /// The tokens with the largest numbers, place by place; from `[n, dim]` flat.
    pub fn read(&self, values: &[f32]) -> Vec<Vec<u8>> {
        let largest = |numbers: &[f32]| {
            let best = numbers.iter().enumerate().fold(0, |best, (i, v)| if *v > numbers[best] { i } else { best });
            best as u8
        };
        let row = |row: &[f32]| row.chunks_exact(self.tokens.len()).map(largest).collect();
        values.chunks_exact(self.dim()).map(row).collect()
    }
}

/// Tokens of a sentence, filled up with the one after its end; `tokens` are in order.
fn row(words: &[String], tokens: &[String], length: usize) -> Vec<u8> {
    let token = |word: &String| tokens.binary_search(word).expect("every word is listed") as u8;
    let mut row: Vec<u8> = words.iter().map(token).collect();
    row.resize(length, 0);
    row
}

/// Sentences, and what each is about: numbers of which every sentence has as many, `[n, d_about]` flat.
pub struct Sentences<'a> {
    pub tokens: Vec<&'a [u8]>,
    pub about: Vec<f32>,
}

/// What a writer learns from.
pub trait Texts {
    fn language(&self) -> &Language;

    /// Numbers that say what a sentence is about.
    fn d_about(&self) -> usize {
        0
    }

    /// `n` sentences to learn from.
    fn draw(&self, n: usize, rng: &mut Rng) -> Sentences<'_>;
}

/// About nothing.
impl Texts for Language {
    fn language(&self) -> &Language {
        self
    }

    fn draw(&self, n: usize, rng: &mut Rng) -> Sentences<'_> {
        Sentences { tokens: self.draw(n, rng), about: Vec::new() }
    }
}

/// Sentences for a GAN.
impl Reals for Arc<Language> {
    fn dim(&self) -> usize {
        Language::dim(self)
    }

    fn rows(&self, n: usize, rng: &mut Rng) -> Vec<f32> {
        self.draw(n, rng).into_iter().flat_map(|row| self.one_hot(row)).collect()
    }

    fn range(&self) -> Range {
        Range::OneHot(self.tokens.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_theory() {
        // 2⁸ palindromes; Catalan(8) balanced strings; 2 · 4 · 9 · 10 and 3 · 6 · 2 · 6 · 4 sentences.
        for (entry, count) in LANGUAGES.iter().zip([256, 1_430, 720, 864]) {
            let language = entry.language();
            assert_eq!(language.sentences.len(), count, "{}", entry.card.id);
            assert_eq!((language.train.len(), language.held_out.len()), (count / 2, count / 2));
            assert!(language.train().all(|row| language.judge(row) == Verdict::Known));
            assert!(language.held_out().all(|row| language.judge(row) == Verdict::New));
            assert!(language.sentences.iter().all(|row| language.read(&language.one_hot(row)) == [row.clone()]));
        }
    }

    #[test]
    fn agreement_across_the_sentence_is_the_law() {
        let language = Entry::find("sentences_en").unwrap().language();
        let judge = |words: &str| {
            let mut row: Vec<u8> = words
                .split(' ')
                .map(|word| language.tokens.iter().position(|token| token == word).unwrap() as u8)
                .collect();
            row.resize(language.length, 0);
            language.judge(&row)
        };
        assert_ne!(judge("the cat near the dogs sees the birds"), Verdict::Broken);
        assert_ne!(judge("the cats near the dog wash themselves"), Verdict::Broken);
        assert_eq!(judge("the cat near the dogs see the birds"), Verdict::Broken);
        assert_eq!(judge("the cats near the dog wash itself"), Verdict::Broken);
    }
}
