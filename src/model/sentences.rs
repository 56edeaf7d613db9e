//! What is seen and measured of generators of sentences, whoever they are.

use crate::card::text;
use crate::data::language::{Entry, LANGUAGES, Language, Verdict};
use crate::data::library::OWN;
use crate::metric::{Better, MetricCard, Scale};
use crate::model::Luggage;
use crate::model::knobs::choice;
use crate::protocol::{Matrix, Reading};
use crate::settings::{Choice, Group, Kind, Knob, Refusal, Settings, knob};
use std::sync::Arc;

/// - `letters` `[n_tokens, longest]`: code points of each token, 0 after its end;
/// - `written` `[N_WRITTEN, L]`: tokens of sentences that have been written;
/// - `written_valid` `[N_WRITTEN, 1]`: 0 broken, 1 valid and learned from, 2 valid and never seen;
/// - `written_chances` `[N_WRITTEN, L]`: p of each token given those before it, NaN where nobody knows;
/// - `examples`, `held_out` `[n, L]`: some sentences to learn from, and some held out.
pub(super) const PROBES: &[&str] = &["letters", "written", "written_valid", "written_chances", "examples", "held_out"];

pub(super) const N_WRITTEN: usize = 24;
const N_EXAMPLES: usize = 8;

#[rustfmt::skip]
pub(super) const DATA: &[Knob] = &[
    knob("data", Group::Run, Kind::Choice { options: languages }, "palindromes", false,
        text("Language", "语言"), text("The sentences to learn; half of them are held out.", "要学习的句子，其中一半留作检验。")),
];

fn languages() -> Vec<Choice> {
    let listed = LANGUAGES.iter().map(|entry| Choice { id: entry.card.id, label: entry.card.label });
    listed.chain([choice(OWN, "Your own grammar", "你自己的文法")]).collect()
}

pub(super) fn language(settings: &Settings, luggage: &Luggage) -> Result<Arc<Language>, Refusal> {
    match Entry::find(settings.choice("data")) {
        Some(entry) => Ok(Arc::new(entry.language())),
        None => luggage.library.grammar(),
    }
}

pub(super) fn cards() -> Vec<MetricCard> {
    vec![
        MetricCard::new(
            "valid",
            text("valid sentences", "合法句子的比例"),
            "probability that a sentence keeps the law",
            "",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            "novel",
            text("valid and never seen", "合法且从未见过的比例"),
            "probability that a sentence is one of those held out of training",
            "",
            Scale::Share,
            Better::Higher,
        ),
        nats(),
    ]
}

pub(super) fn nats() -> MetricCard {
    MetricCard::new(
        "nats",
        text("held-out sentences, − ln p", "留出句子的 − ln p"),
        "mean over the sentences held out; who knows no probability has no such number",
        "Shannon 1948",
        Scale::Nats,
        Better::Lower,
    )
}

/// Probabilities of being valid, and of being held out; − ln p of held-out sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numbers {
    pub valid: f64,
    pub novel: f64,
    pub nats: f64,
}

impl Numbers {
    /// For certain, from ln p of every token of every sentence, `[n, L]` flat.
    pub fn exact(language: &Language, log_chances: &[f32]) -> Self {
        let mut numbers = Self { valid: 0.0, novel: 0.0, nats: 0.0 };
        for (place, row) in log_chances.chunks_exact(language.length).enumerate() {
            let log_p: f64 = row.iter().map(|v| f64::from(*v)).sum();
            numbers.valid += libm::exp(log_p);
            if language.is_held_out(place) {
                numbers.novel += libm::exp(log_p);
                numbers.nats -= log_p / language.held_out().len() as f64;
            }
        }
        numbers
    }

    /// As shares of sentences that were written, one-hot `[n, L · V]` flat.
    pub fn counted(language: &Language, written: &[f32]) -> Self {
        let verdicts: Vec<Verdict> = language.read(written).iter().map(|row| language.judge(row)).collect();
        let share = |holds: fn(&Verdict) -> bool| {
            verdicts.iter().filter(|verdict| holds(verdict)).count() as f64 / verdicts.len() as f64
        };
        Self { valid: share(|v| *v != Verdict::Broken), novel: share(|v| *v == Verdict::New), nats: f64::NAN }
    }
}

/// Floors are those of a law that gives each valid sentence the same probability, chance levels of one that does so
/// with every string.
pub(super) fn readings(language: &Language, live: Numbers, ema: Numbers) -> Vec<Reading> {
    let (n, held_out) = (language.sentences().len() as f64, language.held_out().len() as f64);
    let strings = language.length as f64 * libm::log(language.tokens.len() as f64); // ln of how many there are
    let reading = |id, of: fn(&Numbers) -> f64, floor, chance, max| Reading {
        id,
        live: of(&live),
        ema: of(&ema),
        floor,
        chance,
        max,
    };
    vec![
        reading("valid", |n| n.valid, 1.0, libm::exp(libm::log(n) - strings), Some(1.0)),
        reading("novel", |n| n.novel, held_out / n, libm::exp(libm::log(held_out) - strings), Some(1.0)),
        reading("nats", |n| n.nats, libm::log(n), strings, None),
    ]
}

/// The probes that do not depend on who writes.
pub(super) fn known(language: &Language, probe: &str) -> Option<Matrix> {
    match probe {
        "letters" => {
            let longest = language.tokens.iter().map(|token| token.chars().count()).max().unwrap_or(0).max(1);
            let letters = |token: &String| {
                let points = token.chars().map(|c| c as u32 as f32).chain(std::iter::repeat(0.0));
                points.take(longest).collect::<Vec<_>>()
            };
            let values = language.tokens.iter().flat_map(letters).collect();
            Some(Matrix { shape: [language.tokens.len(), longest], values })
        }
        "examples" => Some(tokens(language.train().take(N_EXAMPLES))),
        "held_out" => Some(tokens(language.held_out().take(N_EXAMPLES))),
        _ => None,
    }
}

/// One-hot sentences `[n, L · V]` flat as tokens.
pub(super) fn written(language: &Language, values: &[f32]) -> Matrix {
    tokens(language.read(values).iter().map(Vec::as_slice))
}

pub(super) fn verdicts(language: &Language, values: &[f32]) -> Matrix {
    let verdict = |row: &Vec<u8>| match language.judge(row) {
        Verdict::Broken => 0.0,
        Verdict::Known => 1.0,
        Verdict::New => 2.0,
    };
    let values: Vec<f32> = language.read(values).iter().map(verdict).collect();
    Matrix { shape: [values.len(), 1], values }
}

fn tokens<'a>(sentences: impl Iterator<Item = &'a [u8]>) -> Matrix {
    let rows: Vec<&[u8]> = sentences.collect();
    let shape = [rows.len(), rows.first().map_or(0, |row| row.len())];
    Matrix { shape, values: rows.into_iter().flatten().map(|token| f32::from(*token)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_by_hand() {
        let language = Language::of_grammar("s = <a> <a>\na = x | y").unwrap();
        assert_eq!((language.sentences().len(), language.length), (4, 2));
        // Every string is a sentence, and every token has probability ½.
        let exact = Numbers::exact(&language, &[0.5f32.ln(); 8]);
        assert!((exact.valid - 1.0).abs() < 1e-6 && (exact.novel - 0.5).abs() < 1e-6, "{exact:?}");
        assert!((exact.nats - 4f64.ln()).abs() < 1e-6);
        let rows: Vec<f32> =
            language.held_out().chain(language.held_out()).flat_map(|row| language.one_hot(row)).collect();
        let counted = Numbers::counted(&language, &rows);
        assert!((counted.valid, counted.novel) == (1.0, 1.0) && counted.nats.is_nan());
        let [valid, novel, nats] = readings(&language, exact, counted)[..] else { panic!() };
        assert!((valid.chance - 1.0).abs() < 1e-12 && novel.floor == 0.5 && (nats.floor - nats.chance).abs() < 1e-12);
        assert_eq!(known(&language, "letters").unwrap().values, [120.0, 121.0]);
    }
}
