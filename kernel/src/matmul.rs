//! The product of two matrices, C ← start + A B.
//!
//! C is made in tiles of MR × NR numbers that stay in registers over a whole block of the inner index, a panel of NR
//! columns of B at a time (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008). Small
//! matrices come first here: what need not be copied is read where it stands, and vectors have a path of their own.

#[cfg(target_arch = "wasm32")]
pub mod fused;
mod panels;
mod small;
mod tile;
#[cfg(target_arch = "wasm32")]
mod v128;

use crate::operations;
use panels::Panels;
use std::ops::Range;

/// A matrix on a slice, row after row, or the transpose of one.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    values: &'a [f32],
    /// As it lies in memory.
    rows: usize,
    columns: usize,
    transposed: bool,
}

impl<'a> Matrix<'a> {
    pub fn new(values: &'a [f32], [rows, columns]: [usize; 2]) -> Self {
        check("the size of a matrix", rows.saturating_mul(columns), values.len());
        Self { values, rows, columns, transposed: false }
    }

    pub fn transposed(self) -> Self {
        Self { transposed: !self.transposed, ..self }
    }

    /// From one row to the next, and from one column to the next. One of them is 1.
    #[inline(always)]
    fn steps(&self) -> [usize; 2] {
        if self.transposed { [1, self.columns] } else { [self.columns, 1] }
    }

    /// `[rows, columns]`
    pub fn shape(&self) -> [usize; 2] {
        if self.transposed { [self.columns, self.rows] } else { [self.rows, self.columns] }
    }
}

/// What a product is added to.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    Zero,
    /// What C holds.
    Keep,
    /// The same row in every row of C: the biases of a layer.
    Row(&'a [f32]),
}

/// Columns of C up to which each of its numbers is a dot product of its own: tiles would be almost empty.
const MAX_DOTS: usize = 3;
/// A block of B has at most so many rows, for its panels to fit the first cache, ...
const MAX_DEPTH: usize = 256;
/// ... and at most so many columns, for all of it to fit the second.
const MAX_COLUMNS: usize = 256;
/// Rows of C that pass by a panel of B before the next panel: as many whole tiles as fit in here, ...
const ROWS: usize = 48;
/// ... or fewer, but two at least, where their part of A would not stay in the first cache beside the panel: more numbers
/// than these.
const CACHED: usize = 4096;
/// Rows of C below which B is read where it stands: copying it would take longer than it saves.
const MIN_ROWS_TO_PACK: usize = 32;

/// C `[m, n]`, row after row ← start + A `[m, k]` B `[k, n]`. The memory of `scratch` is used again. Counted in
/// [`operations`](crate::operations).
pub fn matmul(a: Matrix, b: Matrix, start: Start, c: &mut [f32], scratch: &mut Vec<f32>) {
    operations::count(a.shape(), b.shape()[1]);
    product(best, a, b, start, c, scratch);
}

type Run = fn(Task, Start, &mut [f32]);

/// Chooses how to make the product.
fn product(run: Run, a: Matrix, b: Matrix, start: Start, c: &mut [f32], scratch: &mut Vec<f32>) {
    let ([m, k], [inner, n]) = (a.shape(), b.shape());
    check("the inner size", k, inner);
    check("the size of the product", m * n, c.len());
    if let Start::Row(row) = start {
        check("the size of a row", n, row.len());
    }
    let width = if k <= 2 { n } else { n.min(MAX_COLUMNS) };
    let size = panels::size_of_panel(MAX_DEPTH.min(k), width.next_multiple_of(16)) + MAX_DOTS * (m + k) + n;
    if scratch.len() < size {
        scratch.resize(size, 0.0);
    }
    let work = scratch.as_mut_slice();
    let a_row = k > 0 && m == 1 && b.transposed;
    if m == 0 || n == 0 {
    } else if (k == 1 || (k == 2 && !a.transposed)) && !matches!(start, Start::Keep) {
        run(Task::Thin { a: a.values, b, work }, start, c);
    } else if k > 0 && n <= MAX_DOTS && !a.transposed {
        run(Task::Dots { a: a.values, b: columns(b, work), k }, start, c);
    } else if n <= MAX_DOTS || a_row {
        // Cᵀ = Bᵀ Aᵀ instead, which is wide, or is a column. Its B is read where it stands.
        let (turned, work) = work.split_at_mut(m * n);
        let task = if a_row {
            Task::Dots { a: b.values, b: a.values, k }
        } else {
            Task::Tiles { a: b.transposed(), b: a.transposed(), work }
        };
        run(task, Start::Zero, turned);
        for (i, c) in c.chunks_exact_mut(n).enumerate() {
            for (j, c) in c.iter_mut().enumerate() {
                *c = turned[j * m + i] + start_at(start, *c, j);
            }
        }
    } else {
        run(Task::Tiles { a, b, work }, start, c);
    }
}

#[inline(always)]
fn check(what: &str, expected: usize, found: usize) {
    if expected != found {
        disagree(what, expected, found);
    }
}

#[cold]
#[inline(never)]
fn disagree(what: &str, expected: usize, found: usize) -> ! {
    panic!("a matrix product: {what} is {expected} and {found}");
}

fn start_at(start: Start, kept: f32, column: usize) -> f32 {
    match start {
        Start::Zero => 0.0,
        Start::Keep => kept,
        Start::Row(row) => row[column],
    }
}

/// The columns of a matrix of few, one after another.
fn columns<'a>(b: Matrix<'a>, work: &'a mut [f32]) -> &'a [f32] {
    if b.transposed || b.columns == 1 {
        return b.values;
    }
    let copy = &mut work[..b.values.len()];
    for (p, row) in b.values.chunks_exact(b.columns).enumerate() {
        for (j, value) in row.iter().enumerate() {
            copy[j * b.rows + p] = *value;
        }
    }
    copy
}

enum Task<'a> {
    Tiles {
        a: Matrix<'a>,
        b: Matrix<'a>,
        work: &'a mut [f32],
    },
    /// Rows of a with rows of b, `[_, k]` both.
    Dots {
        a: &'a [f32],
        b: &'a [f32],
        k: usize,
    },
    /// k is 1 or 2, A `[m, k]` in memory, and the start not what C holds.
    Thin {
        a: &'a [f32],
        b: Matrix<'a>,
        work: &'a mut [f32],
    },
}

/// The best this machine can do. One algorithm: only the tile's size and the multiply-add are others.
fn best(task: Task, start: Start, c: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: the processor has both.
        return unsafe { with_fma(task, start, c) };
    }
    plain(task, start, c);
}

/// For the sixteen registers of four numbers that machines have: ten of sums, the rest of factors.
fn plain(task: Task, start: Start, c: &mut [f32]) {
    run::<5, 4, 8, { cfg!(target_arch = "aarch64") }>(task, start, c);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn with_fma(task: Task, start: Start, c: &mut [f32]) {
    run::<6, 5, 16, true>(task, start, c);
}

#[inline(always)]
fn run<const MR: usize, const LESS: usize, const NR: usize, const FUSED: bool>(
    task: Task,
    start: Start,
    c: &mut [f32],
) {
    match task {
        Task::Tiles { a, b, work } => tiles::<MR, LESS, NR, FUSED>(a, b, start, c, work),
        Task::Dots { a, b, k } => small::dots::<FUSED>(a, b, k, start, c),
        Task::Thin { a, b, work } => {
            let [k, n] = b.shape();
            let b = Panels::<NR>::new(b, 0..k, 0..n, false, work);
            match k {
                1 => small::thin::<1, NR, FUSED>(a, &b, n, start, c),
                _ => small::thin::<2, NR, FUSED>(a, &b, n, start, c),
            }
        }
    }
}

#[inline(always)]
fn tiles<const MR: usize, const LESS: usize, const NR: usize, const FUSED: bool>(
    a: Matrix,
    b: Matrix,
    start: Start,
    c: &mut [f32],
    work: &mut [f32],
) {
    let ([m, k], n) = (a.shape(), b.shape()[1]);
    let in_place = !b.transposed && m < MIN_ROWS_TO_PACK;
    for left in (0..n).step_by(MAX_COLUMNS) {
        let columns = left..n.min(left + MAX_COLUMNS);
        for top in (0..k.max(1)).step_by(MAX_DEPTH) {
            let depth = top..k.min(top + MAX_DEPTH);
            let panels = Panels::<NR>::new(b, depth.clone(), columns.clone(), in_place, work);
            let start = if top == 0 { start } else { Start::Keep };
            let several = (CACHED / depth.len().max(1) / MR).clamp(2, ROWS / MR) * MR;
            for from in (0..m).step_by(several) {
                let rows = from..m.min(from + several);
                let [most, all] = shares::<MR, LESS>(rows.clone());
                let last = rows.end - (rows.end - all) % 2;
                tile::strips::<MR, NR, FUSED>(a, from..most, &panels, n, start, c);
                tile::strips::<LESS, NR, FUSED>(a, most..all, &panels, n, start, c);
                tile::strips::<2, NR, FUSED>(a, all..last, &panels, n, start, c);
                tile::strips::<1, NR, FUSED>(a, last..rows.end, &panels, n, start, c);
            }
        }
    }
}

/// Of these rows, where those end that pass MR at a time, and after them those that pass LESS = MR − 1 at a time: together they
/// are all, unless there are too few.
fn shares<const MR: usize, const LESS: usize>(rows: Range<usize>) -> [usize; 2] {
    const { assert!(LESS + 1 == MR) };
    let (n, tiles) = (rows.len(), rows.len().div_ceil(MR));
    let smaller = tiles * MR - n;
    if smaller <= tiles {
        [rows.end - smaller * LESS, rows.end]
    } else {
        let most = rows.end - n % MR;
        [most, most + n % MR / LESS * LESS]
    }
}

#[cfg(test)]
mod tests;
