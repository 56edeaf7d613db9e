//! Sets that are too large to be part of the program: they are loaded by name when a model asks for them.

use super::faces::Faces;
use super::language::Language;
use super::pictures::{Pictures, digits, idx};
use crate::nn::{FeatureWeights, Subject};
use crate::settings::Refusal;
use std::sync::{Arc, OnceLock};

/// Names of what can be loaded.
pub const DIGITS: &str = "digits";
pub const FEATURES: &str = "features";
/// Who reads factors of faces.
pub const READER: &str = "reader";
/// The reader's own pictures and grammar, which nobody else can load.
pub const OWN: &str = "own";
pub const GRAMMAR: &str = "grammar";
const NAMES: [&str; 5] = [DIGITS, FEATURES, READER, OWN, GRAMMAR];
/// Data settings of faces begin so; they are painted, not loaded.
const FACES: &str = "faces";

/// What has been loaded.
#[derive(Default)]
pub struct Library {
    /// At 28 × 28 and at 14 × 14.
    digits: Option<[Arc<Pictures>; 2]>,
    /// Likewise, the reader's own.
    own: Option<[Arc<Pictures>; 2]>,
    features: Option<Arc<FeatureWeights>>,
    reader: Option<Arc<FeatureWeights>>,
    /// At 16 × 16 and at 24 × 24, once they have been asked for.
    faces: [OnceLock<Arc<Faces>>; 2],
    grammar: Option<Arc<Language>>,
}

impl Library {
    pub fn has(&self, name: &str) -> bool {
        match name {
            DIGITS => self.digits.is_some(),
            FEATURES => self.features.is_some(),
            READER => self.reader.is_some(),
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
            FEATURES => self.features = Some(weights(Subject::Digits, name, bytes)?),
            READER => self.reader = Some(weights(Subject::Faces, name, bytes)?),
            _ => return Err(Refusal::new("name", name, format!("one of {}", NAMES.join(", ")))),
        }
        Ok(())
    }

    /// The faces of a data setting, `faces16` or `faces24`; none for any other.
    pub fn faces(&self, data: &str) -> Option<Arc<Faces>> {
        let large = data.strip_prefix(FACES)? == "24";
        let side = if large { 24 } else { 16 };
        Some(self.faces[usize::from(large)].get_or_init(|| Arc::new(Faces::new(side))).clone())
    }

    /// The pictures of a data setting: `digits` or `own`, and their side, 14 or 28; or of faces.
    ///
    /// # Errors
    ///
    /// When they have not been loaded.
    pub fn pictures(&self, data: &str) -> Result<Arc<Pictures>, Refusal> {
        if let Some(faces) = self.faces(data) {
            return Ok(faces.pictures.clone());
        }
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

    /// The classifier of pictures of a data setting.
    ///
    /// # Errors
    ///
    /// When it has not been loaded.
    pub fn features(&self, data: &str) -> Result<Arc<FeatureWeights>, Refusal> {
        let (loaded, name) = if is_of_faces(data) { (&self.reader, READER) } else { (&self.features, FEATURES) };
        loaded.clone().ok_or_else(|| Refusal::new("data", name, "loaded before the run starts"))
    }
}

fn weights(subject: Subject, name: &str, bytes: &[u8]) -> Result<Arc<FeatureWeights>, Refusal> {
    let refuse = |bound| Refusal::new(name, format!("{} bytes", bytes.len()), bound);
    FeatureWeights::decode(subject, bytes).map(Arc::new).map_err(refuse)
}

/// Does a data setting mean faces?
pub fn is_of_faces(data: &str) -> bool {
    data.starts_with(FACES)
}

/// What has to be loaded for pictures of a data setting, where any has.
pub fn needed(data: &str) -> &'static [&'static str] {
    match data {
        data if data.starts_with("digits") => &[DIGITS, FEATURES],
        data if data.starts_with(OWN) => &[FEATURES],
        data if is_of_faces(data) => &[READER],
        _ => &[],
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
