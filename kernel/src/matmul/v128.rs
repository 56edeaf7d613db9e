//! Tiles of the product in WebAssembly, in vectors of four numbers.
//!
//! What an engine makes of the loop decides how fast it is, so all that it would not do by itself is written out here:
//!
//! - It adds four terms a turn, and may end after each of them. Without those ends V8 would load the factors of all four before
//!   the first sum, and has not registers for so many.
//! - For the same reason loads and sums take turns. [A door that nobody takes](ajar) after every second row keeps them so.
//! - Rows of A have a pointer each, and how far these move in a turn is [nobody's business](STEP): LLVM would reckon all of them
//!   from one, for every load anew.

use super::tile::{Factors, Sums};
use std::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_relaxed_madd, v128, v128_load, v128_load32_splat, v128_store};

/// Terms that a turn of the loop adds.
const TURN: usize = 4;

/// The bytes of a turn's terms in a row of A, read anew each turn.
pub(super) static STEP: usize = TURN * size_of::<f32>();

/// a b + sum. `FUSED` only in a module for engines that have the instruction: others refuse it.
#[inline(always)]
fn mul_add<const FUSED: bool>(a: v128, b: v128, sum: v128) -> v128 {
    if FUSED {
        return f32x4_relaxed_madd(a, b, sum);
    }
    f32x4_add(f32x4_mul(a, b), sum)
}

/// As elsewhere, for panels of 8 columns.
///
/// # Safety
/// All of A, of the panel and of the tiles must be there.
#[inline(never)]
pub(super) unsafe fn sweep<
    const MR: usize,
    const NR: usize,
    const FUSED: bool,
    const TURNED: bool,
    const PACKED: bool,
>(
    factors: Factors,
    sums: Sums,
) {
    const { assert!(NR == 8 && !FUSED) };
    // SAFETY: the caller's.
    unsafe { tiles::<MR, false, TURNED, PACKED>(factors, sums, &STEP) }
}

/// The same for either multiply-add, wherever [`STEP`] stands.
///
/// # Safety
/// As of [`sweep`].
#[inline(always)]
pub(super) unsafe fn tiles<const MR: usize, const FUSED: bool, const TURNED: bool, const PACKED: bool>(
    mut factors: Factors,
    Sums { mut from, from_step, mut to, to_step, n_tiles }: Sums,
    step: &usize,
) {
    for _ in 0..n_tiles {
        // SAFETY: the caller's.
        unsafe {
            let sums = tile::<MR, FUSED, TURNED, PACKED>(
                factors,
                step,
                std::array::from_fn(|r| {
                    let row: *const v128 = from.add(r * from_step).cast();
                    [v128_load(row), v128_load(row.add(1))]
                }),
            );
            for (r, [left, right]) in sums.into_iter().enumerate() {
                let row: *mut v128 = to.add(r * to_step).cast();
                v128_store(row, left);
                v128_store(row.add(1), right);
            }
        }
        factors.a = factors.a.wrapping_add(MR * if TURNED { 1 } else { factors.a_step });
        (from, to) = (from.wrapping_add(MR * from_step), to.wrapping_add(MR * to_step));
    }
}

/// The sums of one tile, and the products.
///
/// # Safety
/// As of [`sweep`].
#[inline(always)]
unsafe fn tile<const MR: usize, const FUSED: bool, const TURNED: bool, const PACKED: bool>(
    Factors { mut a, a_step, mut b, b_step, k }: Factors,
    step: &usize,
    mut sums: [[v128; 2]; MR],
) -> [[v128; 2]; MR] {
    if k == 0 {
        return sums;
    }
    let mut rows: [*const f32; MR] = std::array::from_fn(|r| a.wrapping_add(r * a_step));
    let mut left = k;
    loop {
        for q in 0..TURN {
            // SAFETY: the caller's.
            unsafe {
                let at: *const v128 = if PACKED { b.add(8 * q) } else { b }.cast();
                let b_q = [v128_load(at), v128_load(at.add(1))];
                for r in 0..MR {
                    let a_rq = v128_load32_splat(if TURNED { a.add(r) } else { rows[r].add(q) }.cast());
                    for x in 0..2 {
                        sums[r][x] = mul_add::<FUSED>(a_rq, b_q[x], sums[r][x]);
                    }
                    if r % 2 == 1 && r + 1 < MR && ajar(left, q * MR + r) {
                        return sums;
                    }
                }
                if TURNED {
                    a = a.add(a_step);
                }
                if !PACKED {
                    b = b.add(b_step);
                }
            }
            if left == q + 1 {
                return sums;
            }
        }
        left -= TURN;
        // SAFETY: it is a reference.
        let step = unsafe { std::ptr::read_volatile(step) };
        rows = rows.map(|row| row.wrapping_byte_add(step));
        if PACKED {
            b = b.wrapping_byte_add(8 * step);
        }
    }
}

/// False, since no panel is so deep; but no compiler knows.
#[inline(always)]
fn ajar(left: usize, door: usize) -> bool {
    left == usize::MAX - door
}
