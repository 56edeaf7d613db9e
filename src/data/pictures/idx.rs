//! The reader's own pictures: an idx file (LeCun, Cortes and Burges, 1998), as MNIST and its kin come in.
//!
//! Big-endian: 0x00000803, then how many pictures, rows and columns (`u32` each), then a byte for each pixel, 0 paper, 255
//! ink.

use super::Pictures;
use crate::settings::Refusal;

/// Bytes unsigned, three dimensions.
const MAGIC: u32 = 0x0803;
const HEAD: usize = 16;
pub const SIDE: usize = 28;
/// A test set needs a few pictures.
const FEWEST: usize = 10;
/// Of a larger file the first so many are used.
pub const MOST: usize = 20_000;

/// # Errors
///
/// What is wrong with the file, by field, value and bound.
pub fn decode(bytes: &[u8]) -> Result<Pictures, Refusal> {
    let refuse = |field: &str, value: String, bound: String| Err(Refusal::new(field, value, bound));
    let Some((head, body)) = bytes.split_at_checked(HEAD) else {
        return refuse("file", format!("{} bytes", bytes.len()), format!("an idx file, at least {HEAD} bytes long"));
    };
    let words: Vec<u32> = head.chunks_exact(4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]])).collect();
    let [magic, n, n_rows, n_columns] = words[..] else { unreachable!("sixteen bytes are four words") };
    if magic != MAGIC {
        let what = if magic == 0x0801 { " (0x801 holds labels)" } else { "" };
        return refuse("magic", format!("{magic:#x}"), format!("{MAGIC:#x}, an idx file of pictures{what}"));
    }
    if [n_rows, n_columns] != [SIDE as u32; 2] {
        return refuse("size", format!("{n_rows} × {n_columns}"), format!("{SIDE} × {SIDE} pixels"));
    }
    let n = n as usize;
    if n < FEWEST {
        return refuse("pictures", n.to_string(), format!("at least {FEWEST}"));
    }
    let due = n.saturating_mul(SIDE * SIDE);
    if body.len() != due {
        let bound = format!("{} bytes for {n} pictures of {SIDE} × {SIDE}", due.saturating_add(HEAD));
        return refuse("file", format!("{} bytes", bytes.len()), bound);
    }
    let n = n.min(MOST);
    let pixels = body[..n * SIDE * SIDE].iter().map(|byte| *byte as f32 / 255.0).collect();
    Ok(Pictures::new(SIDE, 1, pixels, vec![0; n]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(words: [u32; 4], n_pixels: usize) -> Vec<u8> {
        let head = words.iter().flat_map(|word| word.to_be_bytes());
        head.chain((0..n_pixels).map(|i| (i % 256) as u8)).collect()
    }

    #[test]
    fn reads_bytes_as_ink() {
        let pictures = decode(&file([MAGIC, 12, 28, 28], 12 * 784)).unwrap();
        assert_eq!((pictures.train().len(), pictures.test().len()), (10, 2));
        assert_eq!(pictures.picture(0)[..2], [0.0, 1.0 / 255.0]);
    }

    #[test]
    fn every_slip_is_named() {
        let refused = |bytes: &[u8]| decode(bytes).err().unwrap().to_string();
        assert!(refused(b"GIF89a").contains("at least 16 bytes"));
        assert!(refused(&file([0x0801, 12, 28, 28], 0)).contains("0x801 holds labels"));
        assert!(refused(&file([MAGIC, 12, 32, 32], 0)).contains("size = 32 × 32"));
        assert!(refused(&file([MAGIC, 3, 28, 28], 3 * 784)).contains("at least 10"));
        assert!(refused(&file([MAGIC, 12, 28, 28], 100)).contains("9424 bytes for 12 pictures"));
        assert!(refused(&file([MAGIC, u32::MAX, 28, 28], 100)).contains("bytes for 4294967295 pictures"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_pictures_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Err(refusal) = decode(&bytes) {
                prop_assert!(!refusal.bound.is_empty());
            }
        }
    }
}
