//! Tiles of the product in registers, and the panels of B that they are made of.

use super::{Matrix, Start, start_at};
use std::ops::Range;

/// a b + sum. `FUSED` only where the target has the instruction: elsewhere `mul_add` would be a function of libm.
#[inline(always)]
fn mul_add<const FUSED: bool>(a: f32, b: f32, sum: f32) -> f32 {
    if FUSED { a.mul_add(b, sum) } else { a * b + sum }
}

/// Numbers of a block of B that stay in the first cache together.
const CACHED: usize = 4096;
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
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn new(
        b: Matrix<'a>,
        depth: Range<usize>,
        columns: Range<usize>,
        m: usize,
        work: &'a mut [f32],
    ) -> Self {
        let in_place = (!b.transposed && (m < MIN_ROWS_TO_PACK || depth.len() * b.columns <= CACHED)).then_some(b);
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
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
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
pub(super) fn strip<const MR: usize, const NR: usize, const FUSED: bool>(
    a: Matrix,
    i: usize,
    b: &Panels<NR>,
    n: usize,
    start: Start,
    c: &mut [f32],
) -> usize {
    let k = b.depth.len();
    let (a_from, a_steps) = if a.transposed {
        (b.depth.start * a.columns + i, [1, a.columns])
    } else {
        (i * a.columns + b.depth.start, [a.columns, 1])
    };
    let a = &a.values[a_from.min(a.values.len())..];
    let mut narrow = [[0.0; NR]; MR];
    for (q, j) in b.columns.clone().step_by(NR).enumerate() {
        let width = NR.min(b.columns.end - j);
        let c = &mut c[j..];
        let (panel, stride) = match b.in_place {
            Some(matrix) if width == NR => (&matrix.values[(b.depth.start * n + j).min(matrix.values.len())..], n),
            Some(_) => (b.packed, NR),
            None => (&b.packed[q * k * NR..], NR),
        };
        if width < NR {
            copy_start(narrow.as_flattened_mut(), NR, width, start, j, c, n);
        }
        let (target, c_stride, start) =
            if width == NR { (&mut *c, n, start) } else { (narrow.as_flattened_mut(), NR, Start::Keep) };
        let (from, step): (&[f32], usize) = match start {
            Start::Zero => (&[0.0; NR], 0),
            Start::Keep => (target, c_stride),
            Start::Row(row) => (&row[j..], 0),
        };
        let sums = std::array::from_fn(|r| *from[r * step..].first_chunk().unwrap());
        let sums = tile::<MR, NR, FUSED>(a, a_steps, panel, stride, k, sums);
        for (r, sums) in sums.iter().enumerate() {
            *target[r * c_stride..].first_chunk_mut().unwrap() = *sums;
        }
        if width < NR {
            copy_back(narrow.as_flattened(), NR, width, c, n);
        }
    }
    MR
}

/// What the narrow tile starts at.
#[inline(never)]
fn copy_start(narrow: &mut [f32], stride: usize, width: usize, start: Start, j: usize, c: &[f32], n: usize) {
    for (r, narrow) in narrow.chunks_exact_mut(stride).enumerate() {
        for x in 0..width {
            narrow[x] = start_at(start, c[r * n + x], j + x);
        }
    }
}

#[inline(never)]
fn copy_back(narrow: &[f32], stride: usize, width: usize, c: &mut [f32], n: usize) {
    for (r, narrow) in narrow.chunks_exact(stride).enumerate() {
        for x in 0..width {
            c[r * n + x] = narrow[x];
        }
    }
}

/// sums `[r][x]` + Σ_p `a[r * a_steps[0] + p * a_steps[1]]` `b[p * b_step + x]`
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
    let mut step = |p: usize| {
        // SAFETY: p < k, and so the assertion bounds both.
        let (a, b): ([f32; MR], [f32; NR]) = unsafe {
            (
                std::array::from_fn(|r| *a.get_unchecked(r * a_row + p * a_step)),
                *b.as_ptr().add(p * b_step).cast::<[f32; NR]>(),
            )
        };
        for r in 0..MR {
            for x in 0..NR {
                sums[r][x] = mul_add::<FUSED>(a[r], b[x], sums[r][x]);
            }
        }
    };
    for p in 0..k {
        step(p);
    }
    sums
}

/// Adds to Σ_p `a[i][p] b[p][j]` for an inner size K so small that a tile would hardly be begun: here B stays in
/// registers, and rows of A `[m, K]` pass.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(super) fn thin<const K: usize, const NR: usize, const FUSED: bool>(a: &[f32], b: Matrix, start: Start, c: &mut [f32]) {
    let n = b.shape()[1];
    let at = |p: usize, j: usize| if b.transposed { b.values[j * K + p] } else { b.values[p * n + j] };
    let whole = n - n % NR;
    for (a, c) in a.chunks(64 * K).zip(c.chunks_mut(64 * n)) {
        let a = a.as_chunks::<K>().0;
        for j in (0..whole).step_by(NR) {
            let panel: [[f32; NR]; K] = std::array::from_fn(|p| std::array::from_fn(|x| at(p, j + x)));
            let first: [f32; NR] = std::array::from_fn(|x| start_at(start, 0.0, j + x));
            for (a, c) in a.iter().zip(c.chunks_exact_mut(n)) {
                let c: &mut [f32; NR] = c[j..].first_chunk_mut().unwrap();
                let mut sums = if let Start::Keep = start { *c } else { first };
                for p in 0..K {
                    for x in 0..NR {
                        sums[x] = mul_add::<FUSED>(a[p], panel[p][x], sums[x]);
                    }
                }
                *c = sums;
            }
        }
        for (a, c) in a.iter().zip(c.chunks_exact_mut(n)) {
            for j in whole..n {
                c[j] = (0..K).fold(start_at(start, c[j], j), |sum, p| mul_add::<FUSED>(a[p], at(p, j), sum));
            }
        }
    }
}

/// Vectors at a time in [`dots`].
const DOTS: usize = 4;

/// `c[i][j]` ← start + Σ_p `a[i][p] b[j][p]`.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(super) fn dots<const FUSED: bool>(a: &[f32], b: &[f32], k: usize, start: Start, c: &mut [f32]) {
    let n = b.len() / k;
    for (i, c) in (0..).step_by(DOTS).zip(c.chunks_mut(DOTS * n)) {
        // The last rows are as many as there are, again and again.
        let a: [&[f32]; DOTS] = std::array::from_fn(|r| &a[(i + r.min(c.len() / n - 1)) * k..][..k]);
        for (j, b) in b.chunks_exact(k).enumerate() {
            let sums = dot::<FUSED>(a, b);
            for (c, sum) in c[j..].iter_mut().step_by(n).zip(sums) {
                *c = sum + start_at(start, *c, j);
            }
        }
    }
}

/// The dot products of some vectors with one, in eight running sums each.
#[inline(always)]
fn dot<const FUSED: bool>(a: [&[f32]; DOTS], b: &[f32]) -> [f32; DOTS] {
    let (chunks, rest) = b.as_chunks::<8>();
    let a = a.map(|a| &a[..b.len()]);
    let heads = a.map(|a| &a.as_chunks::<8>().0[..chunks.len()]);
    let mut sums = [[0.0; 8]; DOTS];
    for (p, b) in chunks.iter().enumerate() {
        for r in 0..DOTS {
            for x in 0..8 {
                sums[r][x] = mul_add::<FUSED>(heads[r][p][x], b[x], sums[r][x]);
            }
        }
    }
    let finished = sums;
    let mut totals = totals(&finished);
    for (p, b) in (b.len() - rest.len()..).zip(rest) {
        for r in 0..DOTS {
            totals[r] = mul_add::<FUSED>(a[r][p], *b, totals[r]);
        }
    }
    totals
}

/// Apart, or the compiler makes vectors of one lane of each dot product, and shuffles in the loop.
#[inline(never)]
fn totals(sums: &[[f32; 8]; DOTS]) -> [f32; DOTS] {
    sums.map(|s| ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7])))
}
