//! Tiles with fused multiply-adds, which WebAssembly has only where the engine knows relaxed SIMD: made by another module
//! (`genlab-fused`), which is loaded there and works on this one's memory.
//!
//! `f32x4.relaxed_madd` rounds once where the processor can, and twice, as without it, where it cannot.

pub use super::tile::{Factors, Sums};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// What the other module exports, in the order that this one finds them in: [`at`]. Whoever changes [`Factors`] or [`Sums`] gives
/// them other names, so that modules of two builds do not meet.
pub const KINDS: [&str; 16] = [
    "tiles_5",
    "tiles_5_packed",
    "tiles_5_turned",
    "tiles_5_turned_packed",
    "tiles_4",
    "tiles_4_packed",
    "tiles_4_turned",
    "tiles_4_turned_packed",
    "tiles_2",
    "tiles_2_packed",
    "tiles_2_turned",
    "tiles_2_turned_packed",
    "tiles_1",
    "tiles_1_packed",
    "tiles_1_turned",
    "tiles_1_turned_packed",
];

/// The kind of tiles of so many rows.
const fn at(rows: usize, turned: bool, packed: bool) -> usize {
    let size = match rows {
        5 => 0,
        4 => 1,
        2 => 2,
        1 => 3,
        _ => panic!("there are no such tiles"),
    };
    4 * size + 2 * turned as usize + packed as usize
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
    let kind = const { [[at(MR, false, false), at(MR, false, true)], [at(MR, true, false), at(MR, true, true)]] };
    let first = FIRST.load(Relaxed);
    // SAFETY: who called `set` promised that it is there.
    (first > 0)
        .then(|| unsafe { std::mem::transmute::<usize, Sweep>(first + kind[usize::from(turned)][usize::from(packed)]) })
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
