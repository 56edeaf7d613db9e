//! Products that tiles are poor at: of a very short inner index, and of very few columns.

use super::panels::Panels;
use super::tile::mul_add;
use super::{Start, start_at};
use std::ops::Range;

/// Rows of A that pass by a panel of B before the next panel: their rows of C stay in the first cache.
const ROWS: usize = 64;

/// C ← the start, that is not what C holds, + A B, for an inner size K so small that a tile would be finished before it
/// is begun: here a panel of B stays in registers, and the rows of A `[m, K]` pass.
#[cfg_attr(not(target_arch = "x86_64"), inline(never))]
#[cfg_attr(target_arch = "x86_64", inline(always))]
pub(super) fn thin<const K: usize, const NR: usize, const FUSED: bool>(
    a: &[f32],
    b: &Panels<NR>,
    n: usize,
    start: Start,
    c: &mut [f32],
) {
    for (a, c) in a.chunks(ROWS * K).zip(c.chunks_mut(ROWS * n)) {
        for q in 0..b.n() {
            let (j, panel, _) = b.panel(q);
            if j + NR > n {
                narrow(a, panel, start, c, j..n, [K, NR]);
                break;
            }
            let b: [[f32; NR]; K] = *panel.as_chunks().0.first_chunk().unwrap();
            let first = if let Start::Row(row) = start { *row[j..].first_chunk().unwrap() } else { [0.0; NR] };
            for (a, c) in a.as_chunks::<K>().0.iter().zip(c.chunks_exact_mut(n)) {
                let c: &mut [f32; NR] = c[j..].first_chunk_mut().unwrap();
                let mut sums = first;
                for p in 0..K {
                    sums = mul_add::<NR, FUSED>([a[p]; NR], b[p], sums);
                }
                *c = sums;
            }
        }
    }
}

/// The last columns, fewer than a panel has. `step` from one row of the panel to the next.
#[inline(never)]
fn narrow(a: &[f32], panel: &[f32], start: Start, c: &mut [f32], columns: Range<usize>, [k, step]: [usize; 2]) {
    for (a, c) in a.chunks_exact(k).zip(c.chunks_exact_mut(columns.end)) {
        for x in columns.clone() {
            let mut sum = start_at(start, 0.0, x);
            for p in 0..k {
                sum += a[p] * panel[p * step + x - columns.start];
            }
            c[x] = sum;
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
    let mut groups = a.chunks_exact(DOTS * k);
    let mut rows = c.chunks_exact_mut(DOTS * n);
    for (a, c) in (&mut groups).zip(&mut rows) {
        let a: [&[f32]; DOTS] = std::array::from_fn(|r| &a[r * k..][..k]);
        for (j, b) in b.chunks_exact(k).enumerate() {
            for (r, sum) in dot::<FUSED>(a, b).into_iter().enumerate() {
                c[r * n + j] = sum + start_at(start, c[r * n + j], j);
            }
        }
    }
    for (a, c) in groups.remainder().chunks_exact(k).zip(rows.into_remainder().chunks_exact_mut(n)) {
        for (j, (b, c)) in b.chunks_exact(k).zip(c).enumerate() {
            *c = dot::<FUSED>([a; DOTS], b)[0] + start_at(start, *c, j);
        }
    }
}

/// The dot products of some vectors with one, in eight running sums each.
#[inline(always)]
fn dot<const FUSED: bool>(a: [&[f32]; DOTS], b: &[f32]) -> [f32; DOTS] {
    let (chunks, rest) = b.as_chunks::<8>();
    let heads = a.map(|a| &a.as_chunks::<8>().0[..chunks.len()]);
    let mut sums = [[0.0; 8]; DOTS];
    for (p, b) in chunks.iter().enumerate() {
        for r in 0..DOTS {
            sums[r] = mul_add::<8, FUSED>(heads[r][p], *b, sums[r]);
        }
    }
    let mut totals = totals(&sums);
    if !rest.is_empty() {
        let from = b.len() - rest.len();
        totals.iter_mut().zip(a).for_each(|(total, a)| *total += short_dot(&a[from..], rest));
    }
    totals
}

/// Apart, to stay short.
#[inline(never)]
fn short_dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The sum of each: ((s₀ + s₄) + (s₁ + s₅)) + ((s₂ + s₆) + (s₃ + s₇)). Apart, or the compiler makes vectors of one lane of each
/// dot product, and shuffles in the loop.
#[cfg(not(target_arch = "wasm32"))]
#[inline(never)]
fn totals(sums: &[[f32; 8]; DOTS]) -> [f32; DOTS] {
    sums.map(|s| ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7])))
}

/// The same additions, four at a time: neighbours twice.
#[cfg(target_arch = "wasm32")]
#[inline(always)]
fn totals(sums: &[[f32; 8]; DOTS]) -> [f32; DOTS] {
    use std::arch::wasm32::{f32x4, f32x4_add, f32x4_extract_lane as lane, i32x4_shuffle, v128};
    let halves = |s: [f32; 8]| f32x4_add(f32x4(s[0], s[1], s[2], s[3]), f32x4(s[4], s[5], s[6], s[7]));
    let neighbours = |a: v128, b: v128| f32x4_add(i32x4_shuffle::<0, 2, 4, 6>(a, b), i32x4_shuffle::<1, 3, 5, 7>(a, b));
    let [a, b, c, d] = sums.map(halves);
    let all = neighbours(neighbours(a, b), neighbours(c, d));
    [lane::<0>(all), lane::<1>(all), lane::<2>(all), lane::<3>(all)]
}
