//! Sets that are too large to be part of the program: they are loaded by name when a model asks for them.

use super::language::Language;
use super::pictures::{Pictures, digits, idx};
use crate::nn::FeatureWeights;
use crate::settings::Refusal;
use std::sync::Arc;

/// Names of what can be loaded.
pub const DIGITS: &str = "digits";
pub const FEATURES: &str = "features";
/// The reader's own pictures and grammar, which nobody else can load.
pub const OWN: &str = "own";
pub const GRAMMAR: &str = "grammar";
const NAMES: [&str; 4] = [DIGITS, FEATURES, OWN, GRAMMAR];

/// What has been loaded.
#[derive(Default)]
pub struct Library {
    /// At 28 × 28 and at 14 × 14.
    digits: Option<[Arc<Pictures>; 2]>,
    /// Likewise, the reader's own.
    own: Option<[Arc<Pictures>; 2]>,
    features: Option<Arc<FeatureWeights>>,
    grammar: Option<Arc<Language>>,
}

impl Library {
    pub fn has(&self, name: &str) -> bool {
        match name {
            DIGITS => self.digits.is_some(),
            FEATURES => self.features.is_some(),
            OWN => self.own.is_some(),
            GRAMMAR => self.grammar.is_some(),
            _ => false,
        }
    }

    /// Takes in a file, unpacked.
    ///
    /// # Errors
    ///
    /// When there is no such set, or the file is not what its name says; what was loaded before stays.
    pub fn load(&mut self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        match name {
            DIGITS => self.digits = Some(both_sizes(digits::decode(bytes)?)),
            OWN => self.own = Some(both_sizes(idx::decode(bytes)?)),
            GRAMMAR => {
                let unreadable = |_| Refusal::new(GRAMMAR, format!("{} bytes", bytes.len()), "a text in UTF-8");
                let text = str::from_utf8(bytes).map_err(unreadable)?;
                self.grammar = Some(Arc::new(Language::of_grammar(text)?));
            }
            FEATURES => {
                let weights = FeatureWeights::decode(bytes);
                let refuse = |bound| Refusal::new(FEATURES, format!("{} bytes", bytes.len()), bound);
                self.features = Some(Arc::new(weights.map_err(refuse)?));
            }
            _ => return Err(Refusal::new("name", name, format!("one of {}", NAMES.join(", ")))),
        }
        Ok(())
    }

    /// The pictures of a data setting: `digits` or `own`, and their side, 14 or 28.
    ///
    /// # Errors
    ///
    /// When they have not been loaded.
    pub fn pictures(&self, data: &str) -> Result<Arc<Pictures>, Refusal> {
        let own = data.starts_with(OWN);
        let loaded = if own { &self.own } else { &self.digits };
        let bound = if own { "dropped or chosen first, as an idx file" } else { "loaded before the run starts" };
        let [full, half] = loaded.as_ref().ok_or_else(|| Refusal::new("data", data, bound))?;
        Ok(if data.ends_with("28") { full.clone() } else { half.clone() })
    }

    /// # Errors
    ///
    /// When it has not been loaded.
    pub fn grammar(&self) -> Result<Arc<Language>, Refusal> {
        self.grammar.clone().ok_or_else(|| Refusal::new("data", OWN, "written, dropped or chosen first, as a grammar"))
    }

    /// # Errors
    ///
    /// When they have not been loaded.
    pub fn features(&self) -> Result<Arc<FeatureWeights>, Refusal> {
        self.features.clone().ok_or_else(|| Refusal::new("data", FEATURES, "loaded before the run starts"))
    }
}

fn both_sizes(pictures: Pictures) -> [Arc<Pictures>; 2] {
    let halved = pictures.halved();
    [pictures, halved].map(Arc::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_or_not_right_is_said() {
        let mut library = Library::default();
        assert!(library.pictures("digits14").err().unwrap().to_string().contains("loaded before"));
        assert!(library.pictures("own14").err().unwrap().to_string().contains("dropped or chosen first"));
        assert_eq!(library.load("faces", &[]).unwrap_err().field, "name");
        assert!(library.load(DIGITS, &[1, 2]).is_err() && library.load(FEATURES, b"junk").is_err());
        assert!(!library.has(DIGITS) && !library.has(FEATURES));
    }
}
