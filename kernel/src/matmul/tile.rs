//! Tiles of the product in registers, and the panels of B that they are made of.
//!
//! On x86-64 all but the tiles is inlined into the one function that is compiled for the instructions it has asked for; tiles,
//! and elsewhere the rest, are functions of their own: the code is short, and registers are free.

use super::{Matrix, ROWS, Start};
use std::ops::Range;

/// a b + sum, number by number. `FUSED` only where the target has the instruction: elsewhere `f32::mul_add` would be a
/// function of libm.
#[inline(always)]
pub(super) fn mul_add<const N: usize, const FUSED: bool>(a: [f32; N], b: [f32; N], mut sum: [f32; N]) -> [f32; N] {
    #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
    for x in (0..N).step_by(4) {
        use std::arch::wasm32::{f32x4, f32x4_extract_lane as lane, f32x4_relaxed_madd};
        let four = |v: &[f32; N]| f32x4(v[x], v[x + 1], v[x + 2], v[x + 3]);
        let four = f32x4_relaxed_madd(four(&a), four(&b), four(&sum));
        [sum[x], sum[x + 1], sum[x + 2], sum[x + 3]] =
            [lane::<0>(four), lane::<1>(four), lane::<2>(four), lane::<3>(four)];
    }
    #[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
    for x in 0..N {
        sum[x] = if FUSED { a[x].mul_add(b[x], sum[x]) } else { a[x] * b[x] + sum[x] };
    }
    sum
}

/// A block of B in panels of NR columns, the last one filled up.
pub(super) struct Panels<'a, const NR: usize> {
    /// Rows of B.
    depth: Range<usize>,
    /// Columns of B.
    columns: Range<usize>,
    /// The panels that are full: where they stand in B, or a copy.
    full: &'a [f32],
    /// From one full panel to the next, and from one of its rows to the next.
    steps: [usize; 2],
    /// A copy of the last columns, where they are fewer than NR.
    narrow: &'a [f32],
}

impl<'a, const NR: usize> Panels<'a, NR> {
    #[cfg_attr(not(target_arch = "x86_64"), inline(never))]
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn new(
        b: Matrix<'a>,
        depth: Range<usize>,
        columns: Range<usize>,
        in_place: bool,
        work: &'a mut [f32],
    ) -> Self {
        let size = depth.len() * NR;
        let from = if in_place { columns.end - columns.len() % NR } else { columns.start };
        let n_packed = if depth.is_empty() { 0 } else { (columns.end - from).div_ceil(NR) };
        let packed = &mut work[..size * n_packed];
        let mut q = 0;
        // Side by side, for a line of the cache holds rows of two panels.
        while !b.transposed && from + (q + BESIDE) * NR <= columns.end && size > 0 {
            copy_beside::<NR>(b, depth.clone(), from + q * NR, &mut packed[q * size..][..BESIDE * size]);
            q += BESIDE;
        }
        for q in q..n_packed {
            let left = from + q * NR;
            let panel = packed[q * size..][..size].as_chunks_mut::<NR>().0;
            pack(b, depth.clone(), left..columns.end.min(left + NR), panel);
        }
        let packed: &[f32] = packed;
        let (copies, narrow) = packed.split_at(size * ((columns.end - from) / NR));
        let (full, steps) = if in_place {
            (b.values.get(depth.start * b.columns + columns.start..).unwrap_or(&[]), [NR, b.columns])
        } else {
            (copies, [size, NR])
        };
        Panels { depth, columns, full, steps, narrow }
    }

    /// The first column of the q-th panel in B, the panel, and from one of its rows to the next.
    #[inline(always)]
    pub(super) fn panel(&self, q: usize) -> (usize, &[f32], usize) {
        let ([panel, row], first) = (self.steps, self.columns.start + q * NR);
        if first + NR <= self.columns.end {
            (first, self.full.get(q * panel..).unwrap_or(&[]), row)
        } else {
            (first, self.narrow, NR)
        }
    }

    /// Panels, a narrow one among them.
    #[inline(always)]
    pub(super) fn n(&self) -> usize {
        self.columns.len().div_ceil(NR)
    }
}

/// Panels that are filled together.
const BESIDE: usize = 4;

/// BESIDE panels from column `left` on, one after another.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn copy_beside<const NR: usize>(b: Matrix, depth: Range<usize>, left: usize, panels: &mut [f32]) {
    let mut panels = panels.chunks_exact_mut(depth.len() * NR).map(|panel| panel.as_chunks_mut::<NR>().0.iter_mut());
    let mut panels: [_; BESIDE] = std::array::from_fn(|_| panels.next().expect("there are BESIDE panels"));
    for row in b.values[depth.start * b.columns + left..].chunks(b.columns).take(depth.len()) {
        let row = &row.as_chunks::<NR>().0[..BESIDE];
        for (panel, part) in panels.iter_mut().zip(row) {
            *panel.next().expect("a panel has a row for each of B") = *part;
        }
    }
}

/// `panel[p][x] = b[depth.start + p][columns.start + x]`, and any finite number beyond the last column.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn pack<const NR: usize>(b: Matrix, depth: Range<usize>, columns: Range<usize>, panel: &mut [[f32; NR]]) {
    if b.transposed {
        for x in (0..NR).step_by(4) {
            let columns: [&[f32]; 4] = std::array::from_fn(|y| {
                let column = columns.start + (x + y).min(columns.len() - 1);
                &b.values[column * b.columns..][depth.clone()]
            });
            turn(columns, &mut panel.as_flattened_mut()[x..], NR);
        }
    } else {
        let values = &b.values[depth.start * b.columns + columns.start..];
        if columns.len() < NR {
            panel.as_flattened_mut().fill(0.0);
            copy(values, b.columns, panel.as_flattened_mut(), NR, [depth.len(), columns.len()]);
        } else {
            for (panel, row) in panel.iter_mut().zip(values.chunks(b.columns)) {
                *panel = *row.first_chunk().unwrap();
            }
        }
    }
}

/// `to[p * step + x] = from[x][p]`, in blocks of 4 × 4.
#[inline(never)]
fn turn(from: [&[f32]; 4], to: &mut [f32], step: usize) {
    let k = from[0].len();
    let n = k / 4;
    let from = from.map(|from| &from[..k]);
    let blocks = from.map(|from| &from.as_chunks::<4>().0[..n]);
    for (q, to) in to.chunks_mut(4 * step).enumerate().take(n) {
        for (p, row) in turned(blocks.map(|blocks| blocks[q])).into_iter().enumerate() {
            *to[p * step..].first_chunk_mut().unwrap() = row;
        }
    }
    for p in 4 * n..k {
        for x in 0..4 {
            to[p * step + x] = from[x][p];
        }
    }
}

/// A matrix of 4 × 4, transposed.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn turned([a, b, c, d]: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
    std::array::from_fn(|p| [a[p], b[p], c[p], d[p]])
}

/// In vectors: the compiler takes one number at a time.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn turned(rows: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
    use std::arch::wasm32::{f32x4, f32x4_extract_lane as lane, i32x4_shuffle as shuffle};
    let [a, b, c, d] = rows.map(|[x, y, z, w]| f32x4(x, y, z, w));
    let (ab, cd) = (shuffle::<0, 4, 1, 5>(a, b), shuffle::<0, 4, 1, 5>(c, d)); // a₀ b₀ a₁ b₁
    let (ab_2, cd_2) = (shuffle::<2, 6, 3, 7>(a, b), shuffle::<2, 6, 3, 7>(c, d));
    let columns = [
        shuffle::<0, 1, 4, 5>(ab, cd),
        shuffle::<2, 3, 6, 7>(ab, cd),
        shuffle::<0, 1, 4, 5>(ab_2, cd_2),
        shuffle::<2, 3, 6, 7>(ab_2, cd_2),
    ];
    columns.map(|v| [lane::<0>(v), lane::<1>(v), lane::<2>(v), lane::<3>(v)])
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
    let (k, [a_row, a_step]) = (b.depth.len(), a.steps());
    // The assertions stand for all that is read and written: a check of each takes two fifths of the time.
    assert!(k == 0 || (rows.end - 1) * a_row + (b.depth.end - 1) * a_step < a.values.len());
    assert!((rows.end - 1) * n + b.columns.end <= c.len() && rows.len() <= ROWS);
    let a_at = a.values.as_ptr().wrapping_add(rows.start * a_row + b.depth.start * a_step);
    for q in 0..b.n() {
        let (j, panel, b_step) = b.panel(q);
        assert!(k == 0 || (k - 1) * b_step + NR <= panel.len());
        let (width, at) = (NR.min(b.columns.end - j), rows.start * n + j);
        let mut first = [0.0; NR];
        if let Start::Row(row) = start {
            first[..width].copy_from_slice(&row[j..j + width]);
        }
        let first = if let Start::Keep = start { None } else { Some(&first) };
        let factors = Factors { a: a_at, a_step: a_row.max(a_step), b: panel.as_ptr(), b_step, k };
        let tiles = rows.len() / MR;
        if width == NR {
            // SAFETY: the assertions.
            unsafe { sweep_any::<MR, NR, FUSED>(a.transposed, factors, first, c[at..].as_mut_ptr(), n, tiles) };
        } else {
            // C has no room for a whole panel: it is made aside.
            let mut aside = [[0.0; NR]; ROWS];
            let (aside, size) = (aside.as_flattened_mut(), [rows.len(), width]);
            copy(&c[at..], n, aside, NR, size);
            // SAFETY: the assertions, and there is room for ROWS rows.
            unsafe { sweep_any::<MR, NR, FUSED>(a.transposed, factors, first, aside.as_mut_ptr(), NR, tiles) };
            copy(aside, NR, &mut c[at..], n, size);
        }
    }
}

/// What tiles are made of: some rows of A from one of its columns on, and a panel of B.
#[derive(Clone, Copy)]
struct Factors {
    a: *const f32,
    /// From one row to the next; from one column to the next where A is transposed. The other step is 1.
    a_step: usize,
    b: *const f32,
    b_step: usize,
    k: usize,
}

/// The [`sweep`] for this kind of A and of B. No closure: one would not be compiled for the instructions that were asked for.
///
/// # Safety
/// As of [`sweep`].
#[inline(always)]
unsafe fn sweep_any<const MR: usize, const NR: usize, const FUSED: bool>(
    turned: bool,
    factors: Factors,
    first: Option<&[f32; NR]>,
    c: *mut f32,
    n: usize,
    tiles: usize,
) {
    #[cfg(target_arch = "x86_64")]
    if FUSED {
        // SAFETY: the caller's, who has the instructions.
        return unsafe {
            match [turned, factors.b_step == NR] {
                [false, true] => sweep_fused::<MR, NR, false, true>(factors, first, c, n, tiles),
                [true, true] => sweep_fused::<MR, NR, true, true>(factors, first, c, n, tiles),
                [false, false] => sweep_fused::<MR, NR, false, false>(factors, first, c, n, tiles),
                [true, false] => sweep_fused::<MR, NR, true, false>(factors, first, c, n, tiles),
            }
        };
    }
    // SAFETY: the caller's.
    unsafe {
        match [turned, factors.b_step == NR] {
            [false, true] => sweep::<MR, NR, FUSED, false, true>(factors, first, c, n, tiles),
            [true, true] => sweep::<MR, NR, FUSED, true, true>(factors, first, c, n, tiles),
            [false, false] => sweep::<MR, NR, FUSED, false, false>(factors, first, c, n, tiles),
            [true, false] => sweep::<MR, NR, FUSED, true, false>(factors, first, c, n, tiles),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn sweep_fused<const MR: usize, const NR: usize, const TURNED: bool, const PACKED: bool>(
    factors: Factors,
    first: Option<&[f32; NR]>,
    c: *mut f32,
    n: usize,
    tiles: usize,
) {
    // SAFETY: the caller's.
    unsafe { sweep::<MR, NR, true, TURNED, PACKED>(factors, first, c, n, tiles) }
}

/// Tiles below each other, from where c is on: `first` in each row, or what C holds, + A B. A step that is known at compile
/// time is part of the instructions, and what a function has no use for leaves registers free: so there is one for each kind of
/// A (`TURNED`: transposed) and of B (`PACKED`: its rows lie end to end).
///
/// # Safety
/// All of A, of the panel and of the tiles must be there.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
unsafe fn sweep<const MR: usize, const NR: usize, const FUSED: bool, const TURNED: bool, const PACKED: bool>(
    Factors { mut a, a_step, b, b_step, k }: Factors,
    first: Option<&[f32; NR]>,
    mut c: *mut f32,
    n: usize,
    tiles: usize,
) {
    let a_steps = if TURNED { [1, a_step] } else { [a_step, 1] };
    for _ in 0..tiles {
        // SAFETY: the caller's.
        unsafe {
            let sums = std::array::from_fn(|r| first.copied().unwrap_or_else(|| *c.add(r * n).cast()));
            let sums = tile::<MR, NR, FUSED>(a, a_steps, b, if PACKED { NR } else { b_step }, k, sums);
            for (r, sums) in sums.iter().enumerate() {
                *c.add(r * n).cast() = *sums;
            }
        }
        (a, c) = (a.wrapping_add(MR * a_steps[0]), c.wrapping_add(MR * n));
    }
}

/// One index at a time: rows are too short for a call of `memcpy`.
#[inline(never)]
fn copy(from: &[f32], from_step: usize, to: &mut [f32], to_step: usize, [rows, columns]: [usize; 2]) {
    for r in 0..rows {
        for x in 0..columns {
            to[r * to_step + x] = from[r * from_step + x];
        }
    }
}

/// Terms of a sum that a turn of the loop adds in WebAssembly. It may end after each of them: where it could not, V8 would take
/// all four together, in an order that asks for more registers than there are. Elsewhere the compiler knows better.
const TURN: usize = if cfg!(target_arch = "wasm32") { 4 } else { 1 };

/// `sums[r][x]` + Σ_p `a[r * a_row + p * a_step] b[p * b_step + x]`
///
/// # Safety
/// All these numbers can be read.
#[inline(always)]
unsafe fn tile<const MR: usize, const NR: usize, const FUSED: bool>(
    mut a: *const f32,
    [a_row, a_step]: [usize; 2],
    mut b: *const f32,
    b_step: usize,
    k: usize,
    mut sums: [[f32; NR]; MR],
) -> [[f32; NR]; MR] {
    if k == 0 {
        return sums;
    }
    let mut left = k;
    loop {
        for q in 0..TURN {
            // SAFETY: the caller's.
            let (a_p, b_p): ([f32; MR], [f32; NR]) =
                unsafe { (std::array::from_fn(|r| *a.add(q * a_step).add(r * a_row)), *b.add(q * b_step).cast()) };
            for r in 0..MR {
                sums[r] = mul_add::<NR, FUSED>([a_p[r]; NR], b_p, sums[r]);
            }
            left -= 1;
            if left == 0 {
                return sums;
            }
        }
        (a, b) = (a.wrapping_add(TURN * a_step), b.wrapping_add(TURN * b_step));
    }
}
