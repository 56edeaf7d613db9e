//! Worlds so small that everything in them can be looked at: strings of 16 bits, of which a few are valid.
//!
//! Add one: write its law and name it in [`WORLDS`].

use super::pictures::Pictures;
use crate::card::{Card, text};

/// All strings of 16 bits, and the law that some of them keep.
pub struct World {
    pub card: Card,
    pub is_valid: fn(u16) -> bool,
}

/// In the order of the page's menu.
pub static WORLDS: &[World] = &[World {
    card: Card {
        id: "bars",
        label: text("Bars and stripes, 4 × 4", "横条与竖条，4 × 4"),
        formula: "all rows alike, or all columns alike",
        reference: "MacKay 2003",
    },
    is_valid: is_bars_and_stripes,
}];

/// Strings that read the same both ways.
pub static PALINDROMES: World = World {
    card: Card {
        id: "palindromes", label: text("Palindromes", "回文"), formula: "xᵢ = x₁₇₋ᵢ", reference: ""
    },
    is_valid: |string| string == string.reverse_bits(),
};

/// Balanced brackets: 1 opens, 0 closes what was opened last.
pub static BRACKETS: World = World {
    card: Card {
        id: "brackets",
        label: text("Balanced brackets", "配对的括号"),
        formula: "as many close as open, and never more so far",
        reference: "Chomsky and Schützenberger 1963",
    },
    is_valid: is_balanced,
};

/// Bits of a string.
pub const N_BITS: usize = 16;

impl World {
    pub fn find(id: &str) -> Option<&'static Self> {
        WORLDS.iter().find(|world| world.card.id == id)
    }

    /// Every valid string, in order.
    pub fn valid(&self) -> Vec<u16> {
        (0..=u16::MAX).filter(|string| (self.is_valid)(*string)).collect()
    }

    /// The valid strings as pictures of 4 × 4 pixels, all to train on and to test with.
    pub fn pictures(&self) -> Pictures {
        let valid = self.valid();
        let labels = (0..valid.len()).map(|i| (i % 10) as u8).collect();
        Pictures::whole(4, 10, valid.iter().flat_map(|string| bits(*string, 0.0)).collect(), labels)
    }

    /// What is not valid, but would be with one bit flipped; in order.
    pub fn near_misses(&self) -> Vec<u16> {
        let mut near: Vec<u16> = self.valid().into_iter().flat_map(neighbours).collect();
        near.retain(|string| !(self.is_valid)(*string));
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The strings that differ in one bit, the first bit's first.
pub fn neighbours(string: u16) -> impl Iterator<Item = u16> {
    (0..N_BITS).map(move |bit| string ^ 1 << (N_BITS - 1 - bit))
}

/// The bits, first bit 15: 1 for set, `low` for not.
pub fn bits(string: u16, low: f32) -> [f32; N_BITS] {
    std::array::from_fn(|bit| if string >> (N_BITS - 1 - bit) & 1 == 1 { 1.0 } else { low })
}

/// The string whose bits are the numbers above 0.
pub fn string_of(bits: &[f32]) -> u16 {
    bits.iter().fold(0, |string, bit| string << 1 | u16::from(*bit > 0.0))
}

/// The i-th byte of the reflected Gray code: from one to the next a single bit changes (Gray, 1953).
pub fn gray(i: u8) -> u8 {
    i ^ i >> 1
}

fn is_balanced(string: u16) -> bool {
    let mut open = 0;
    let never_below = (0..N_BITS).rev().all(|bit| {
        open += if string >> bit & 1 == 1 { 1 } else { -1 };
        open >= 0
    });
    never_below && open == 0
}

/// Four rows of four pixels, each row all ink or all paper; or so the columns.
fn is_bars_and_stripes(string: u16) -> bool {
    let rows = [12, 8, 4, 0].map(|shift| string >> shift & 0xF);
    let stripes = rows.iter().all(|row| [0x0, 0xF].contains(row));
    let bars = rows.iter().all(|row| *row == rows[0]);
    stripes || bars
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 · 2⁴ pictures, two of them twice; no two differ in one pixel only, and from none does a flip lead to the same
    /// mistake as from another.
    #[test]
    fn there_are_30_bars_and_stripes_and_480_near_misses() {
        let world = World::find("bars").unwrap();
        let valid = world.valid();
        assert_eq!(valid.len(), 30);
        assert!([0x0000, 0xFFFF, 0xF00F, 0x9999].iter().all(|string| valid.contains(string)));
        assert!(![0x8000, 0xF999, 0x00F1].iter().any(|string| valid.contains(string)));
        let near = world.near_misses();
        assert_eq!(near.len(), 480);
        let is_near = |string: &u16| !valid.contains(string) && neighbours(*string).any(|other| valid.contains(&other));
        assert!((0..=u16::MAX).filter(is_near).eq(near));
    }

    #[test]
    fn laws_of_strings_by_hand() {
        assert!([0b1011_0000_0000_1101, 0, u16::MAX].into_iter().all(PALINDROMES.is_valid));
        assert!(![1, 0xFF00].into_iter().any(PALINDROMES.is_valid));
        assert!([0xFF00, 0xAAAA, 0b1101_0010_1100_1010].into_iter().all(BRACKETS.is_valid));
        assert!(![0x5555, 0x00FF, 0xFF01, 0].into_iter().any(BRACKETS.is_valid));
    }

    #[test]
    fn bits_and_back() {
        assert_eq!(bits(0x8001, 0.0).iter().sum::<f32>(), 2.0);
        for string in [0, 1, 0x8000, 0xBEEF, u16::MAX] {
            assert_eq!((string_of(&bits(string, 0.0)), string_of(&bits(string, -1.0))), (string, string));
        }
    }

    #[test]
    fn gray_codes_differ_in_one_bit_and_are_all_there() {
        let codes: Vec<u8> = (0..=255).map(gray).collect();
        assert!(codes.windows(2).all(|pair| (pair[0] ^ pair[1]).count_ones() == 1));
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), 256);
    }
}
