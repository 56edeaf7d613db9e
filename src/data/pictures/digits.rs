//! Ten thousand handwritten digits: MNIST (LeCun, Cortes and Burges, 1998) at 28 × 28 and 4 bits a pixel.
//! `data/digits/` holds the file and where it comes from.

use super::Pictures;
use crate::settings::Refusal;

const SIDE: usize = 28;
const N_CLASSES: usize = 10;
/// Two pixels a byte.
const PICTURE: usize = SIDE * SIDE / 2;

/// Reads the unpacked file: how many pictures of each class (`u16`, little-endian), then the pictures class by class,
/// the first pixel of each pair in the high nibble.
///
/// # Errors
///
/// When the length does not fit the counts.
pub fn decode(bytes: &[u8]) -> Result<Pictures, Refusal> {
    let refuse = |bound: String| Refusal::new("digits", format!("{} bytes", bytes.len()), bound);
    let Some((head, body)) = bytes.split_at_checked(2 * N_CLASSES) else {
        return Err(refuse(format!("at least {} bytes", 2 * N_CLASSES)));
    };
    let counts: Vec<usize> = head.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]) as usize).collect();
    let n: usize = counts.iter().sum();
    if n < 10 || body.len() != n * PICTURE {
        return Err(refuse(format!("{} bytes for {n} pictures, at least 10", head.len() + n * PICTURE)));
    }
    let ink = |nibble: u8| nibble as f32 / 15.0;
    let pixels = body.iter().flat_map(|pair| [ink(pair >> 4), ink(pair & 15)]).collect();
    let labels = counts.iter().enumerate().flat_map(|(label, &n)| std::iter::repeat_n(label as u8, n)).collect();
    Ok(Pictures::new(SIDE, N_CLASSES, pixels, labels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_counts_and_nibbles() {
        let mut bytes = vec![0; 20];
        (bytes[0], bytes[6]) = (4, 8); // four zeros, eight threes
        bytes.extend(std::iter::repeat_n(0xf0, 12 * PICTURE));
        let pictures = decode(&bytes).unwrap();
        assert_eq!((pictures.label(3), pictures.label(4), pictures.test().len()), (0, 3, 2));
        assert_eq!(pictures.picture(11)[..2], [1.0, 0.0]);
    }

    #[test]
    fn what_does_not_fit_is_refused_in_a_sentence() {
        for bytes in [&[][..], &[9; 19], &[0; 20], &[1; 5_000]] {
            let refusal = decode(bytes).err().expect("refused");
            assert!(refusal.to_string().contains("bytes"), "{refusal}");
        }
    }
}
