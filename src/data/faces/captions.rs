//! Descriptions as sentences of a language: "short red hair green eyes open mouth smiling", 红色 短发 绿色 眼睛 张嘴 微笑.
//!
//! Every one of the 1,701 descriptions, of which one says nothing, has one sentence, and every sentence one meaning.

use super::description::{ATTRIBUTES, Description};
use crate::card::{Text, text};
use crate::data::language::Language;
use std::collections::BTreeMap;

/// The tongues in which faces are described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    English,
    Chinese,
}

/// All sentences, and what each means.
pub struct Captions {
    pub language: Language,
    tokens: BTreeMap<Vec<u8>, Description>,
    sentences: BTreeMap<Description, Vec<u8>>,
}

impl Captions {
    pub fn new(tongue: Tongue) -> Self {
        let said: Vec<(Description, Vec<String>)> =
            all().into_iter().map(|description| (description, words(&description, tongue))).collect();
        let language = Language::of_sentences(said.iter().map(|(_, words)| words.clone()).collect());
        let pairs = || said.iter().map(|(description, words)| (*description, language.row(words)));
        Self {
            sentences: pairs().collect(),
            tokens: pairs().map(|(description, row)| (row, description)).collect(),
            language,
        }
    }

    /// `[length]` tokens.
    pub fn sentence(&self, description: &Description) -> &[u8] {
        &self.sentences[description]
    }

    /// None of what is no sentence.
    pub fn meaning(&self, tokens: &[u8]) -> Option<Description> {
        self.tokens.get(tokens).copied()
    }
}

/// Every description there is.
fn all() -> Vec<Description> {
    let mut all = vec![[None; ATTRIBUTES.len()]];
    for (place, attribute) in ATTRIBUTES.iter().enumerate() {
        let with = |option: Option<u8>| {
            move |mut description: Description| {
                description[place] = option;
                description
            }
        };
        let options = (0..attribute.options.len() as u8).map(Some).chain([None]);
        all = options.flat_map(|option| all.iter().copied().map(with(option)).collect::<Vec<_>>()).collect();
    }
    all
}

/// The words of a description: those of hair together, the rest one after the other.
fn words(description: &Description, tongue: Tongue) -> Vec<String> {
    const OPEN: [Text; 2] = [text("closed", "抿嘴"), text("open", "张嘴")];
    let in_tongue = |text: &Text| match tongue {
        Tongue::English => text.en.to_string(),
        Tongue::Chinese => text.zh.to_string(),
    };
    let said =
        |place: usize| description[place].map(|option: u8| in_tongue(&ATTRIBUTES[place].options[option as usize]));
    let [hair, length, eye, _, mouth] = [0, 1, 2, 3, 4].map(said);
    let open = description[3].map(|option| in_tongue(&OPEN[option as usize]));
    let words = match tongue {
        Tongue::English => {
            let noun = |of: bool, noun: &str| of.then(|| noun.to_string());
            let hair_noun = noun(hair.is_some() || length.is_some(), "hair");
            let (eyes, mouths) = (noun(eye.is_some(), "eyes"), noun(open.is_some(), "mouth"));
            vec![length, hair, hair_noun, eye, eyes, open, mouths, mouth]
        }
        Tongue::Chinese => {
            let colored = |color: &String| format!("{color}色");
            let noun = match (&hair, &length) {
                (None, None) => None,
                (_, Some(length)) => Some(format!("{length}发")),
                (Some(_), None) => Some("头发".to_string()),
            };
            let eyes = eye.is_some().then(|| "眼睛".to_string());
            vec![hair.as_ref().map(colored), noun, eye.as_ref().map(colored), eyes, open, mouth]
        }
    };
    words.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_description_has_a_sentence_and_every_sentence_its_meaning() {
        for (tongue, length, n_tokens) in [(Tongue::English, 8, 20), (Tongue::Chinese, 6, 19)] {
            let captions = Captions::new(tongue);
            assert_eq!((captions.sentences.len(), captions.tokens.len()), (1_701, 1_701));
            assert_eq!((captions.language.length, captions.language.tokens.len()), (length, n_tokens));
            for description in all() {
                assert_eq!(captions.meaning(captions.sentence(&description)), Some(description));
            }
            assert_eq!(captions.meaning(&vec![1; length]), None);
        }
    }

    /// The page composes the same descriptions, with commas (tests/page/descriptions.test.js).
    #[test]
    fn captions_are_the_pages_descriptions() {
        #[derive(serde::Deserialize)]
        struct Case {
            description: Description,
            en: String,
            zh: String,
        }
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../../tests/golden/descriptions.json")).expect("valid JSON");
        for Case { description, en, zh } in cases {
            assert_eq!(words(&description, Tongue::English).join(" "), en.replace(',', ""));
            assert_eq!(words(&description, Tongue::Chinese).concat(), zh.replace('\u{ff0c}', ""));
        }
    }

    #[test]
    fn words_by_hand() {
        let joined = |description, tongue| words(&description, tongue).join(" ");
        let whole = [Some(2), Some(0), Some(2), Some(1), Some(1)];
        assert_eq!(joined(whole, Tongue::English), "short red hair green eyes open mouth smiling");
        assert_eq!(joined(whole, Tongue::Chinese), "红色 短发 绿色 眼睛 张嘴 微笑");
        let little = [Some(7), None, None, Some(0), None];
        assert_eq!(joined(little, Tongue::English), "pink hair closed mouth");
        assert_eq!(joined(little, Tongue::Chinese), "粉色 头发 抿嘴");
        assert_eq!(joined([None; 5], Tongue::English), "");
    }
}
