//! Tiles of the product in registers, and the panels of B that they are made of.
//!
//! On x86-64 all is inlined into the one function that is compiled for the instructions it has asked for; elsewhere
//! functions of their own keep the code short.

use super::{Matrix, Start};
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
    /// B, if whole panels are read where they stand, and only a last narrow one is a copy.
    in_place: Option<Matrix<'a>>,
    packed: &'a [f32],
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
        let from = if in_place { columns.end - columns.len() % NR } else { columns.start };
        let packed = &mut work[..depth.len() * (columns.end - from).next_multiple_of(NR)];
        for (q, panel) in packed.chunks_exact_mut((depth.len() * NR).max(1)).enumerate() {
            let left = from + q * NR;
            pack(b, depth.clone(), left..columns.end.min(left + NR), panel.as_chunks_mut::<NR>().0);
        }
        Panels { depth, columns, in_place: in_place.then_some(b), packed }
    }

    /// From column j of the q-th panel on, and from one row to the next.
    #[inline(always)]
    pub(super) fn panel(&self, q: usize, j: usize) -> (&[f32], usize) {
        match self.in_place {
            Some(b) if j + NR <= self.columns.end => {
                (b.values.get(self.depth.start * b.columns + j..).unwrap_or(&[]), b.columns)
            }
            Some(_) => (self.packed, NR),
            None => (&self.packed[q * self.depth.len() * NR..], NR),
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
        let [a, b, c, d] = blocks.map(|blocks| blocks[q]);
        for p in 0..4 {
            *to[p * step..].first_chunk_mut().unwrap() = [a[p], b[p], c[p], d[p]];
        }
    }
    for p in 4 * n..k {
        for x in 0..4 {
            to[p * step + x] = from[x][p];
        }
    }
}

/// Some rows of C, that begin at `c`, from those of A and a block of B: MR rows, or a single one. Tiles that C has no
/// room for are made aside.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(super) fn strip<const MR: usize, const NR: usize, const FUSED: bool>(
    a: Matrix,
    rows: Range<usize>,
    b: &Panels<NR>,
    n: usize,
    start: Start,
    c: &mut [f32],
) {
    debug_assert!(rows.len() == MR || rows.len() == 1);
    let (from, [a_row, a_step]) = if a.transposed {
        (b.depth.start * a.columns + rows.start, [1, a.columns])
    } else {
        (rows.start * a.columns + b.depth.start, [a.columns, 1])
    };
    let a_steps = [if rows.len() == MR { a_row } else { 0 }, a_step];
    let a = a.values.get(from..).unwrap_or(&[]);
    let mut partial = [[0.0; NR]; MR];
    for (q, j) in b.columns.clone().step_by(NR).enumerate() {
        let (c, partial) = (&mut c[j..], partial.as_flattened_mut());
        let size = [rows.len(), NR.min(b.columns.end - j)];
        let whole = size == [MR, NR];
        if !whole {
            match start {
                Start::Zero => partial.fill(0.0),
                Start::Keep => copy(c, n, partial, NR, size),
                Start::Row(row) => copy(&row[j..], 0, partial, NR, size),
            }
        }
        let (target, step) = if whole { (&mut *c, n) } else { (&mut *partial, NR) };
        let (first, first_step): (&[f32], usize) = match start {
            Start::Zero => (&[0.0; NR], 0),
            Start::Row(row) if whole => (&row[j..], 0),
            _ => (target, step),
        };
        let sums = std::array::from_fn(|r| *first[r * first_step..].first_chunk().unwrap());
        let (panel, b_step) = b.panel(q, j);
        let depth = b.depth.len();
        // A step that is known at compile time is part of the instructions.
        let sums = if a_step == 1 {
            tile::<MR, NR, FUSED>(a, [a_steps[0], 1], panel, b_step, depth, sums)
        } else {
            tile::<MR, NR, FUSED>(a, a_steps, panel, b_step, depth, sums)
        };
        for (r, sums) in sums.iter().enumerate() {
            *target[r * step..].first_chunk_mut().unwrap() = *sums;
        }
        if !whole {
            copy(partial, NR, c, n, size);
        }
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

/// `sums[r][x]` + Σ_p `a[r * a_row + p * a_step] b[p * b_step + x]`
///
/// One assertion stands for all reads: a check of each takes two fifths of the time.
#[inline(always)]
fn tile<const MR: usize, const NR: usize, const FUSED: bool>(
    a: &[f32],
    [a_row, a_step]: [usize; 2],
    b: &[f32],
    b_step: usize,
    k: usize,
    mut sums: [[f32; NR]; MR],
) -> [[f32; NR]; MR] {
    if k == 0 {
        return sums;
    }
    assert!((MR - 1) * a_row + (k - 1) * a_step < a.len() && (k - 1) * b_step + NR <= b.len());
    for p in 0..k {
        // SAFETY: r < MR and p < k, and so the assertion bounds a.
        let a: [f32; MR] = std::array::from_fn(|r| unsafe { *a.get_unchecked(r * a_row + p * a_step) });
        // SAFETY: p < k, and so the assertion bounds b.
        let b: [f32; NR] = unsafe { *b.as_ptr().add(p * b_step).cast() };
        for r in 0..MR {
            sums[r] = mul_add::<NR, FUSED>([a[r]; NR], b, sums[r]);
        }
    }
    sums
}
