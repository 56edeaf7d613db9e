//! Panels of B: some of its columns at a time, packed so that a tile reads them one after another.

use super::Matrix;
use std::ops::Range;

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
        let size = size_of_panel(depth.len(), NR);
        let from = if in_place { columns.end - columns.len() % NR } else { columns.start };
        let n_packed = if depth.is_empty() { 0 } else { (columns.end - from).div_ceil(NR) };
        let n_full = n_packed.min((columns.end - from) / NR);
        let packed = &mut work[..size * n_packed];
        let n_copied = if b.transposed { 0 } else { n_full };
        if n_copied > 0 {
            copy_rows::<NR>(b, depth.clone(), from..from + n_copied * NR, packed, size);
        }
        for q in n_copied..n_packed {
            let left = from + q * NR;
            let panel = packed[q * size..][..depth.len() * NR].as_chunks_mut::<NR>().0;
            pack(b, depth.clone(), left..columns.end.min(left + NR), panel);
        }
        let packed: &[f32] = packed;
        let (copies, narrow) = packed.split_at(size * n_full);
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

    /// Rows of B.
    #[inline(always)]
    pub(super) fn depth(&self) -> Range<usize> {
        self.depth.clone()
    }

    /// Columns of B.
    #[inline(always)]
    pub(super) fn columns(&self) -> Range<usize> {
        self.columns.clone()
    }

    /// Panels, a narrow one among them.
    #[inline(always)]
    pub(super) fn n(&self) -> usize {
        self.columns.len().div_ceil(NR)
    }
}

/// Numbers from one packed panel to the next. A row more than there is: the panels' rows side by side would else fall into the
/// same few places of a cache, and push each other out while they are written.
pub(super) const fn size_of_panel(depth: usize, width: usize) -> usize {
    (depth + 1) * width
}

/// Columns of full panels, `size` from one panel to the next: row after row, as they lie in memory.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
fn copy_rows<const NR: usize>(b: Matrix, depth: Range<usize>, columns: Range<usize>, panels: &mut [f32], size: usize) {
    let rows = b.values[depth.start * b.columns + columns.start..].chunks(b.columns);
    for (p, row) in rows.take(depth.len()).enumerate() {
        for (q, part) in row[..columns.len()].as_chunks::<NR>().0.iter().enumerate() {
            *panels[q * size + p * NR..].first_chunk_mut().unwrap() = *part;
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
        panel.as_flattened_mut().fill(0.0);
        copy(values, b.columns, panel.as_flattened_mut(), NR, [depth.len(), columns.len()]);
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

/// One index at a time: rows are too short for a call of `memcpy`.
#[inline(never)]
pub(super) fn copy(from: &[f32], from_step: usize, to: &mut [f32], to_step: usize, [rows, columns]: [usize; 2]) {
    for r in 0..rows {
        for x in 0..columns {
            to[r * to_step + x] = from[r * from_step + x];
        }
    }
}
