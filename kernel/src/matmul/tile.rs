//! Tiles of the product in registers.
//!
//! On x86-64 all but the tiles is inlined into the one function that is compiled for the instructions it has asked for; tiles,
//! and elsewhere the rest, are functions of their own: the code is short, and registers are free.

use super::panels::{Panels, copy};
#[cfg(target_arch = "wasm32")]
use super::v128::sweep;
use super::{Matrix, ROWS, Start};
use std::ops::Range;

/// a b + sum, number by number. `FUSED` only where the target has the instruction: elsewhere `f32::mul_add` would be a
/// function of libm.
#[inline(always)]
pub(super) fn mul_add<const N: usize, const FUSED: bool>(a: [f32; N], b: [f32; N], mut sum: [f32; N]) -> [f32; N] {
    for x in 0..N {
        sum[x] = if FUSED { a[x].mul_add(b[x], sum[x]) } else { a[x] * b[x] + sum[x] };
    }
    sum
}

/// Rows of C, MR at a time, at most [`ROWS`] of them, from those of A and a block of B.
#[inline(always)]
pub(super) fn strips<const MR: usize, const NR: usize, const FUSED: bool>(
    a: Matrix,
    rows: Range<usize>,
    b: &Panels<NR>,
    n: usize,
    start: Start,
    c: &mut [f32],
) {
    debug_assert!(rows.len().is_multiple_of(MR));
    if rows.is_empty() {
        return;
    }
    let (k, [a_row, a_step]) = (b.depth().len(), a.steps());
    // The assertions stand for all that is read and written: a check of each takes two fifths of the time.
    assert!(k == 0 || (rows.end - 1) * a_row + (b.depth().end - 1) * a_step < a.values.len());
    assert!((rows.end - 1) * n + b.columns().end <= c.len() && rows.len() <= ROWS);
    let a_at = a.values.as_ptr().wrapping_add(rows.start * a_row + b.depth().start * a_step);
    for q in 0..b.n() {
        let (j, panel, b_step) = b.panel(q);
        assert!(k == 0 || (k - 1) * b_step + NR <= panel.len());
        let factors = Factors { a: a_at, a_step: a_row.max(a_step), b: panel.as_ptr(), b_step, k };
        let (width, at) = (NR.min(b.columns().end - j), rows.start * n + j);
        let mut first = [0.0; NR];
        let first: *const f32 = match start {
            Start::Row(row) if width == NR => row[j..j + NR].as_ptr(),
            Start::Row(row) => {
                copy(&row[j..], 0, &mut first, 0, [1, width]);
                first.as_ptr()
            }
            Start::Zero | Start::Keep => first.as_ptr(),
        };
        let sums = |to: *mut f32, step: usize| {
            let (from, from_step) = if let Start::Keep = start { (to.cast_const(), step) } else { (first, 0) };
            Sums { from, from_step, to, to_step: step, n_tiles: rows.len() / MR }
        };
        if width == NR {
            // SAFETY: the assertions.
            unsafe { sweep_any::<MR, NR, FUSED>(a.transposed, factors, sums(c[at..].as_mut_ptr(), n)) };
        } else {
            // C has no room for a whole panel: it is made aside.
            let mut aside = [[0.0; NR]; ROWS];
            let (aside, size) = (aside.as_flattened_mut(), [rows.len(), width]);
            copy(&c[at..], n, aside, NR, size);
            // SAFETY: the assertions, and there is room for ROWS rows.
            unsafe { sweep_any::<MR, NR, FUSED>(a.transposed, factors, sums(aside.as_mut_ptr(), NR)) };
            copy(aside, NR, &mut c[at..], n, size);
        }
    }
}

/// What tiles are made of: some rows of A from one of its columns on, and a panel of B.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Factors {
    pub a: *const f32,
    /// From one row to the next; from one column to the next where A is transposed. The other step is 1.
    pub a_step: usize,
    pub b: *const f32,
    pub b_step: usize,
    pub k: usize,
}

/// Tiles of C below each other.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Sums {
    /// What they begin with.
    pub from: *const f32,
    /// From one row to the next; 0 where all begin with the same.
    pub from_step: usize,
    pub to: *mut f32,
    pub to_step: usize,
    pub n_tiles: usize,
}

/// The [`sweep`] for this kind of A and of B. No closure: one would not be compiled for the instructions that were asked for.
///
/// # Safety
/// As of [`sweep`].
#[inline(always)]
unsafe fn sweep_any<const MR: usize, const NR: usize, const FUSED: bool>(turned: bool, factors: Factors, sums: Sums) {
    macro_rules! of_kind {
        ($sweep:ident) => {
            match [turned, factors.b_step == NR] {
                [false, true] => $sweep::<MR, NR, FUSED, false, true>(factors, sums),
                [true, true] => $sweep::<MR, NR, FUSED, true, true>(factors, sums),
                [false, false] => $sweep::<MR, NR, FUSED, false, false>(factors, sums),
                [true, false] => $sweep::<MR, NR, FUSED, true, false>(factors, sums),
            }
        };
    }
    // SAFETY: the caller's, who has the instructions where FUSED.
    unsafe {
        #[cfg(target_arch = "wasm32")]
        if let Some(sweep) = super::fused::get::<MR>(turned, factors.b_step == NR) {
            return sweep(&factors, &sums, &super::v128::STEP);
        }
        #[cfg(target_arch = "x86_64")]
        if FUSED {
            return of_kind!(sweep_fused);
        }
        of_kind!(sweep)
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn sweep_fused<const MR: usize, const NR: usize, const FUSED: bool, const TURNED: bool, const PACKED: bool>(
    factors: Factors,
    sums: Sums,
) {
    // SAFETY: the caller's.
    unsafe { sweep::<MR, NR, FUSED, TURNED, PACKED>(factors, sums) }
}

/// Tiles below each other. A step that is known at compile time is part of the instructions, and what a function has no use for
/// leaves registers free: so there is one for each kind of A (`TURNED`: transposed) and of B (`PACKED`: its rows lie end to
/// end).
///
/// # Safety
/// All of A, of the panel and of the tiles must be there.
#[cfg(not(target_arch = "wasm32"))]
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
unsafe fn sweep<const MR: usize, const NR: usize, const FUSED: bool, const TURNED: bool, const PACKED: bool>(
    Factors { mut a, a_step, b, b_step, k }: Factors,
    Sums { mut from, from_step, mut to, to_step, n_tiles }: Sums,
) {
    let a_steps = if TURNED { [1, a_step] } else { [a_step, 1] };
    for _ in 0..n_tiles {
        // SAFETY: the caller's.
        unsafe {
            let sums = std::array::from_fn(|r| *from.add(r * from_step).cast());
            let sums = tile::<MR, NR, FUSED>(a, a_steps, b, if PACKED { NR } else { b_step }, k, sums);
            for (r, sums) in sums.iter().enumerate() {
                *to.add(r * to_step).cast() = *sums;
            }
        }
        a = a.wrapping_add(MR * a_steps[0]);
        (from, to) = (from.wrapping_add(MR * from_step), to.wrapping_add(MR * to_step));
    }
}

/// `sums[r][x]` + Σ_p `a[r * a_row + p * a_step] b[p * b_step + x]`
///
/// # Safety
/// All these numbers can be read.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
unsafe fn tile<const MR: usize, const NR: usize, const FUSED: bool>(
    mut a: *const f32,
    [a_row, a_step]: [usize; 2],
    mut b: *const f32,
    b_step: usize,
    k: usize,
    mut sums: [[f32; NR]; MR],
) -> [[f32; NR]; MR] {
    for _ in 0..k {
        // SAFETY: the caller's.
        let (a_p, b_p): ([f32; MR], [f32; NR]) = unsafe { (std::array::from_fn(|r| *a.add(r * a_row)), *b.cast()) };
        for r in 0..MR {
            sums[r] = mul_add::<NR, FUSED>([a_p[r]; NR], b_p, sums[r]);
        }
        (a, b) = (a.wrapping_add(a_step), b.wrapping_add(b_step));
    }
    sums
}
