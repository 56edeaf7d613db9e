//! The sets that come with the project, for programs that have files.

use flate2::read::GzDecoder;
use genlab::data::library;
use std::io::Read;

/// A set by the name that models ask for it, unpacked.
pub fn stored(name: &str) -> Result<Vec<u8>, String> {
    let file = match name {
        library::DIGITS => "digits/digits28.u4.gz",
        library::FEATURES => "digits/features.safetensors",
        _ => "faces/reader.safetensors",
    };
    let path = format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let packed = std::fs::read(&path).map_err(|e| format!("{path}: {e}"))?;
    if !file.ends_with(".gz") {
        return Ok(packed);
    }
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).map_err(|e| format!("{path}: {e}"))?;
    Ok(bytes)
}
