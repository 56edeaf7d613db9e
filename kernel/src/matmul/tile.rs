//! Tiles of the product in registers, and the panels of B that they are made of.

use super::{Matrix, Start};
use std::ops::Range;

/// a b + sum. `FUSED` only where the target has the instruction: elsewhere `mul_add` would be a function of libm.
#[inline(always)]
fn mul_add<const FUSED: bool>(a: f32, b: f32, sum: f32) -> f32 {
    if FUSED { a.mul_add(b, sum) } else { a * b + sum }
}

/// Rows below which B is read where it stands: copying it would take longer than it saves.
const MIN_ROWS_TO_PACK: usize = 32;

/// A block of B in panels of NR columns, the last one filled up with zeros.
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
    /// For a product of `m` rows.
    #[inline(always)]
    pub(super) fn new(
        b: Matrix<'a>,
        depth: Range<usize>,
        columns: Range<usize>,
        m: usize,
        work: &'a mut [f32],
    ) -> Self {
        let in_place = (!b.transposed && m < MIN_ROWS_TO_PACK).then_some(b);
        let from = if in_place.is_some() { columns.end - columns.len() % NR } else { columns.start };
        let packed = &mut work[..depth.len() * (columns.end - from).next_multiple_of(NR)];
        if !depth.is_empty() {
            for (q, panel) in packed.chunks_exact_mut(depth.len() * NR).enumerate() {
                let left = from + q * NR;
                pack(b, depth.clone(), left..columns.end.min(left + NR), panel.as_chunks_mut::<NR>().0);
            }
        }
        Panels { depth, columns, in_place, packed }
    }
}

/// `panel[p][j] = b[depth.start + p][columns.start + j]`
#[inline(always)]
fn pack<const NR: usize>(b: Matrix, depth: Range<usize>, columns: Range<usize>, panel: &mut [[f32; NR]]) {
    if b.transposed {
        if columns.len() < NR {
            panel.as_flattened_mut().fill(0.0);
        }
        for (j, row) in columns.map(|column| &b.values[column * b.columns..][depth.clone()]).enumerate() {
            panel.iter_mut().zip(row).for_each(|(to, from)| to[j] = *from);
        }
    } else {
        let rows = b.values[depth.start * b.columns..].chunks_exact(b.columns);
        for (to, from) in panel.iter_mut().zip(rows) {
            let from = &from[columns.clone()];
            match from.first_chunk::<NR>() {
                Some(from) => *to = *from,
                None => {
                    *to = [0.0; NR];
                    to[..from.len()].copy_from_slice(from);
                }
            }
        }
    }
}

/// Rows i .. i + MR of C, that begin at `c`, from those of A and a block of B. MR.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(super) fn strip<const MR: usize, const NR: usize, const FUSED: bool, const TRANSPOSED: bool>(
    a: Matrix,
    i: usize,
    b: &Panels<NR>,
    n: usize,
    start: Start,
    c: &mut [f32],
) -> usize {
    let k = b.depth.len();
    for (q, j) in b.columns.clone().step_by(NR).enumerate() {
        let width = NR.min(b.columns.end - j);
        let (panel, stride, column) = match b.in_place {
            Some(matrix) if width == NR => (&matrix.values[b.depth.start * n..], n, j),
            Some(_) => (b.packed, NR, 0),
            None => (&b.packed[q * k * NR..], NR, 0),
        };
        let sums = if TRANSPOSED {
            let rows = &a.values[b.depth.start * a.columns..];
            by_rows::<MR, NR, FUSED>(rows, a.columns, i, panel, stride, column, k)
        } else {
            let rows = std::array::from_fn(|r| &a.values[(i + r) * a.columns..][b.depth.clone()]);
            by_columns::<MR, NR, FUSED>(rows, panel, stride, column, k)
        };
        if width == NR {
            for (r, sums) in sums.iter().enumerate() {
                let c: &mut [f32; NR] = c[r * n + j..].first_chunk_mut().unwrap();
                match start {
                    Start::Zero => *c = *sums,
                    Start::Keep => (0..NR).for_each(|x| c[x] += sums[x]),
                    Start::Row(row) => {
                        let row: &[f32; NR] = row[j..].first_chunk().unwrap();
                        (0..NR).for_each(|x| c[x] = row[x] + sums[x]);
                    }
                }
            }
        } else {
            for (r, sums) in sums.iter().enumerate() {
                for (x, (c, sum)) in c[r * n + j..][..width].iter_mut().zip(sums).enumerate() {
                    *c = sum + super::start_at(start, *c, j + x);
                }
            }
        }
    }
    MR
}

/// A's transpose row after row.
#[inline(always)]
fn by_rows<const MR: usize, const NR: usize, const FUSED: bool>(
    a: &[f32],
    a_stride: usize,
    i: usize,
    b: &[f32],
    b_stride: usize,
    j: usize,
    k: usize,
) -> [[f32; NR]; MR] {
    let mut sums = [[0.0; NR]; MR];
    assert!(a.len() >= k * a_stride && b.len() >= k * b_stride && i + MR <= a_stride && j + NR <= b_stride);
    for p in 0..k {
        // SAFETY: the assertion.
        let (a, b) = unsafe {
            (
                &*a.as_ptr().add(p * a_stride + i).cast::<[f32; MR]>(),
                &*b.as_ptr().add(p * b_stride + j).cast::<[f32; NR]>(),
            )
        };
        step::<MR, NR, FUSED>(a, b, &mut sums);
    }
    sums
}

/// A row after row.
#[inline(always)]
fn by_columns<const MR: usize, const NR: usize, const FUSED: bool>(
    a: [&[f32]; MR],
    b: &[f32],
    b_stride: usize,
    j: usize,
    k: usize,
) -> [[f32; NR]; MR] {
    let mut sums = [[0.0; NR]; MR];
    assert!(a.iter().all(|a| a.len() == k) && b.len() >= k * b_stride && j + NR <= b_stride);
    for p in 0..k {
        // SAFETY: the assertion.
        let (a, b) = unsafe {
            (std::array::from_fn(|r| *a[r].get_unchecked(p)), &*b.as_ptr().add(p * b_stride + j).cast::<[f32; NR]>())
        };
        step::<MR, NR, FUSED>(&a, b, &mut sums);
    }
    sums
}

#[inline(always)]
fn step<const MR: usize, const NR: usize, const FUSED: bool>(a: &[f32; MR], b: &[f32; NR], sums: &mut [[f32; NR]; MR]) {
    for r in 0..MR {
        for x in 0..NR {
            sums[r][x] = mul_add::<FUSED>(a[r], b[x], sums[r][x]);
        }
    }
}

/// `c[i][j]` ← start + Σ_p `a[i][p] b[j][p]`.
#[inline(always)]
pub(super) fn dots<const FUSED: bool>(a: &[f32], b: &[f32], k: usize, start: Start, c: &mut [f32]) {
    if k == 0 {
        let n = if let Start::Row(row) = start { row.len() } else { 1 };
        c.iter_mut().enumerate().for_each(|(i, c)| *c = super::start_at(start, *c, i % n));
        return;
    }
    let n = b.len() / k;
    let mut blocks = a.chunks_exact(4 * k);
    let mut rows = c.chunks_exact_mut(4 * n);
    for (a, c) in (&mut blocks).zip(&mut rows) {
        let a: [&[f32]; 4] = std::array::from_fn(|r| &a[r * k..][..k]);
        for (j, b) in b.chunks_exact(k).enumerate() {
            let sums = dot::<4, FUSED>(a, b);
            for r in 0..4 {
                c[r * n + j] = sums[r] + super::start_at(start, c[r * n + j], j);
            }
        }
    }
    for (a, c) in blocks.remainder().chunks_exact(k).zip(rows.into_remainder().chunks_exact_mut(n)) {
        for ((j, b), c) in b.chunks_exact(k).enumerate().zip(c) {
            *c = dot::<1, FUSED>([a], b)[0] + super::start_at(start, *c, j);
        }
    }
}

/// The dot products of R vectors with one, in eight running sums each.
#[inline(always)]
fn dot<const R: usize, const FUSED: bool>(a: [&[f32]; R], b: &[f32]) -> [f32; R] {
    let a = a.map(|a| &a[..b.len()]);
    let (chunks, rest) = b.as_chunks::<8>();
    let heads = a.map(|a| &a.as_chunks::<8>().0[..chunks.len()]);
    let mut sums = [[0.0; 8]; R];
    for (p, b) in chunks.iter().enumerate() {
        for r in 0..R {
            for x in 0..8 {
                sums[r][x] = mul_add::<FUSED>(heads[r][p][x], b[x], sums[r][x]);
            }
        }
    }
    let mut totals = sums.map(|s| ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7])));
    for (p, b) in (8 * chunks.len()..).zip(rest) {
        for r in 0..R {
            totals[r] = mul_add::<FUSED>(a[r][p], *b, totals[r]);
        }
    }
    totals
}
