//! What a registry entry says of itself, to a reader, in both languages.
//!
//! Cards are the one source of the page's menus, the links' keys and the tables in the docs.

use serde::{Deserialize, Serialize};

/// The same words in English and in Chinese; `Text<String>` where they may be the reader's own.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Text<S = &'static str> {
    pub en: S,
    pub zh: S,
}

/// Shorthand for [`Text`], so that tables stay readable.
pub const fn text(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

impl From<Text> for Text<String> {
    fn from(text: Text) -> Self {
        Self { en: text.en.into(), zh: text.zh.into() }
    }
}

/// One entry of a registry.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Card {
    /// Stable name: used in links, on the command line and in settings. Never renamed.
    pub id: &'static str,
    pub label: Text,
    /// The defining formula in plain Unicode; empty where there is none.
    pub formula: &'static str,
    /// Author and year of the source; empty where the entry is folklore.
    pub reference: &'static str,
}
