//! Sets that are too large to be part of the program: they are loaded by name when a model asks for them.

use super::pictures::{Pictures, digits};
use crate::nn::FeatureWeights;
use crate::settings::Refusal;
use std::sync::Arc;

/// Names of what can be loaded.
pub const DIGITS: &str = "digits";
pub const FEATURES: &str = "features";
const NAMES: [&str; 2] = [DIGITS, FEATURES];

/// What has been loaded.
#[derive(Default)]
pub struct Library {
    /// At 28 × 28 and at 14 × 14.
    digits: Option<[Arc<Pictures>; 2]>,
    features: Option<Arc<FeatureWeights>>,
}

impl Library {
    pub fn has(&self, name: &str) -> bool {
        match name {
            DIGITS => self.digits.is_some(),
            FEATURES => self.features.is_some(),
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
            DIGITS => {
                let digits = digits::decode(bytes)?;
                let halved = digits.halved();
                self.digits = Some([digits, halved].map(Arc::new));
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

    /// The digits at this side, 28 or 14.
    ///
    /// # Errors
    ///
    /// When they have not been loaded.
    pub fn digits(&self, side: usize) -> Result<Arc<Pictures>, Refusal> {
        let [full, half] = self.digits.as_ref().ok_or_else(|| missing(DIGITS))?;
        Ok(if side == full.side { full.clone() } else { half.clone() })
    }

    /// # Errors
    ///
    /// When they have not been loaded.
    pub fn features(&self) -> Result<Arc<FeatureWeights>, Refusal> {
        self.features.clone().ok_or_else(|| missing(FEATURES))
    }
}

fn missing(name: &str) -> Refusal {
    Refusal::new("data", name, "loaded before the run starts")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_or_not_right_is_said() {
        let mut library = Library::default();
        assert!(library.digits(14).err().unwrap().to_string().contains("loaded before"));
        assert_eq!(library.load("faces", &[]).unwrap_err().field, "name");
        assert!(library.load(DIGITS, &[1, 2]).is_err() && library.load(FEATURES, b"junk").is_err());
        assert!(!library.has(DIGITS) && !library.has(FEATURES));
    }
}
