//! Tiles with fused multiply-adds, which WebAssembly has only where the engine knows relaxed SIMD: made by another module
//! (`genlab-fused`), which is loaded there and works on this one's memory.
//!
//! `f32x4.relaxed_madd` rounds once where the processor can, and twice, as without it, where it cannot.

pub use super::tile::{Factors, Sums};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Hands every kind of tiles to a macro: its name, its rows, whether A is transposed, and whether the panel is packed. Whoever changes
/// [`Factors`] or [`Sums`] changes the names as well, so that modules of two builds do not meet.
#[macro_export]
macro_rules! with_kinds_of_tiles {
    ($macro:ident) => {
        $macro! {
            tiles_5: 5, false, false;
            tiles_5_packed: 5, false, true;
            tiles_5_turned: 5, true, false;
            tiles_5_turned_packed: 5, true, true;
            tiles_4: 4, false, false;
            tiles_4_packed: 4, false, true;
            tiles_4_turned: 4, true, false;
            tiles_4_turned_packed: 4, true, true;
            tiles_2: 2, false, false;
            tiles_2_packed: 2, false, true;
            tiles_2_turned: 2, true, false;
            tiles_2_turned_packed: 2, true, true;
            tiles_1: 1, false, false;
            tiles_1_packed: 1, false, true;
            tiles_1_turned: 1, true, false;
            tiles_1_turned_packed: 1, true, true;
        }
    };
}

macro_rules! table {
    ($($name:ident: $rows:literal, $turned:literal, $packed:literal;)*) => {
        /// What the other module exports, in the order that this one finds them in.
        pub const KINDS: &[&str] = &[$(stringify!($name)),*];
        const SHAPES: &[(usize, bool, bool)] = &[$(($rows, $turned, $packed)),*];
    };
}
with_kinds_of_tiles!(table);

/// Where a kind of tiles stands among all.
const fn place(rows: usize, turned: bool, packed: bool) -> usize {
    let mut at = 0;
    while !matches!(SHAPES[at], (r, t, p) if r == rows && t == turned && p == packed) {
        at += 1;
    }
    at
}

type Sweep = unsafe extern "C" fn(&Factors, &Sums, &usize);

/// Where they stand in the table of functions; 0 where there are none.
static FIRST: AtomicUsize = AtomicUsize::new(0);

/// From now on products are made with these.
///
/// # Safety
/// From `first` on the table of functions must hold all of [`KINDS`], which work on this memory.
pub unsafe fn set(first: usize) {
    FIRST.store(first, Relaxed);
}

#[inline(always)]
pub(super) fn get<const MR: usize>(turned: bool, packed: bool) -> Option<Sweep> {
    let places =
        const { [[place(MR, false, false), place(MR, false, true)], [place(MR, true, false), place(MR, true, true)]] };
    let first = FIRST.load(Relaxed);
    // SAFETY: who called `set` promised that it is there.
    (first > 0).then(|| unsafe {
        std::mem::transmute::<usize, Sweep>(first + places[usize::from(turned)][usize::from(packed)])
    })
}

/// The tiles themselves, to be compiled for the instruction.
///
/// # Safety
/// All of A, of the panel and of the tiles must be there, and `step` hold the bytes of a turn's terms.
#[inline(always)]
pub unsafe fn sweep<const MR: usize, const TURNED: bool, const PACKED: bool>(
    factors: Factors,
    sums: Sums,
    step: &usize,
) {
    // SAFETY: the caller's.
    unsafe { super::v128::tiles::<MR, true, TURNED, PACKED>(factors, sums, step) }
}
