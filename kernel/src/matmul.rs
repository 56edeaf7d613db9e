//! The product of two matrices, C ← start + A B.
//!
//! C is made in tiles of MR × NR numbers that stay in registers over a whole block of the inner index, a panel of NR
//! columns of B at a time (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008). Small
//! matrices come first here: what need not be copied is read where it stands, and vectors have a path of their own.

mod tile;

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
        assert_eq!(values.len(), rows * columns, "a matrix [{rows}, {columns}]");
        Self { values, rows, columns, transposed: false }
    }

    pub fn transposed(self) -> Self {
        Self { transposed: !self.transposed, ..self }
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

/// C `[m, n]`, row after row ← start + A `[m, k]` B `[k, n]`. The memory of `scratch` is used again.
pub fn matmul(a: Matrix, b: Matrix, start: Start, c: &mut [f32], scratch: &mut Vec<f32>) {
    let ([m, k], [inner, n]) = (a.shape(), b.shape());
    assert_eq!(k, inner, "[{m}, {k}] times [{inner}, {n}]");
    assert_eq!(c.len(), m * n, "a product [{m}, {n}]");
    if let Start::Row(row) = start {
        assert_eq!(row.len(), n, "the row that a product [{m}, {n}] starts at");
    }
    let work = MAX_DEPTH.min(k) * MAX_COLUMNS.min(m.max(n).next_multiple_of(16)) + MAX_DOTS * (m + k);
    if scratch.len() < work {
        scratch.resize(work, 0.0);
    }
    if m == 0 || n == 0 {
    } else if k == 1 || (k == 2 && !a.transposed) {
        dispatch(Task::Thin { a: a.values, b, k }, start, c);
    } else if k > 0 && n <= MAX_DOTS && !a.transposed {
        dispatch(Task::Dots { a: a.values, b: by_columns(b, scratch), k }, start, c);
    } else if k > 0 && m == 1 && b.transposed {
        // Cᵀ = Bᵀ Aᵀ, and a vector is its own transpose in memory.
        dispatch(Task::Dots { a: b.values, b: a.values, k }, spread(start, c), c);
    } else if n == 1 {
        dispatch(Task::Tiles { a: b.transposed(), b: a.transposed(), work: scratch }, spread(start, c), c);
    } else if n <= MAX_DOTS {
        let (turned, work) = scratch.split_at_mut(m * n);
        dispatch(Task::Tiles { a: b.transposed(), b: a.transposed(), work }, Start::Zero, turned);
        for (i, c) in c.chunks_exact_mut(n).enumerate() {
            for (j, c) in c.iter_mut().enumerate() {
                *c = turned[j * m + i] + start_at(start, *c, j);
            }
        }
    } else {
        dispatch(Task::Tiles { a, b, work: scratch }, start, c);
    }
}

/// Writes the start of a product that is one column or one row, so that it may be kept.
fn spread<'a>(start: Start, c: &mut [f32]) -> Start<'a> {
    match start {
        Start::Zero => return Start::Zero,
        Start::Keep => {}
        Start::Row(row) if row.len() == c.len() => c.copy_from_slice(row),
        Start::Row(row) => c.fill(row[0]),
    }
    Start::Keep
}

fn start_at(start: Start, kept: f32, column: usize) -> f32 {
    match start {
        Start::Zero => 0.0,
        Start::Keep => kept,
        Start::Row(row) => row[column],
    }
}

/// The columns of a matrix of few, one after another.
fn by_columns<'a>(b: Matrix<'a>, scratch: &'a mut [f32]) -> &'a [f32] {
    if b.transposed || b.columns == 1 {
        return b.values;
    }
    let copy = &mut scratch[..b.values.len()];
    for (j, column) in copy.chunks_exact_mut(b.rows.max(1)).enumerate() {
        column.iter_mut().zip(b.values[j..].iter().step_by(b.columns)).for_each(|(to, from)| *to = *from);
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
    /// k is 1 or 2, A `[m, k]` in memory.
    Thin {
        a: &'a [f32],
        b: Matrix<'a>,
        k: usize,
    },
}

/// The best this machine can do. One algorithm: only the tile's size and the multiply-add are others.
fn dispatch(task: Task, start: Start, c: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: the processor has both.
        return unsafe { with_fma(task, start, c) };
    }
    run::<4, 8, false>(task, start, c);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn with_fma(task: Task, start: Start, c: &mut [f32]) {
    run::<6, 16, true>(task, start, c);
}

#[inline(always)]
fn run<const MR: usize, const NR: usize, const FUSED: bool>(task: Task, start: Start, c: &mut [f32]) {
    match task {
        Task::Tiles { a, b, work } => tiles::<MR, NR, FUSED>(a, b, start, c, work),
        Task::Dots { a, b, k } => tile::dots::<FUSED>(a, b, k, start, c),
        Task::Thin { a, b, k: 1 } => tile::thin::<1, NR, FUSED>(a, b, start, c),
        Task::Thin { a, b, .. } => tile::thin::<2, NR, FUSED>(a, b, start, c),
    }
}

#[inline(always)]
fn tiles<const MR: usize, const NR: usize, const FUSED: bool>(
    a: Matrix,
    b: Matrix,
    start: Start,
    c: &mut [f32],
    work: &mut [f32],
) {
    let ([m, k], n) = (a.shape(), b.shape()[1]);
    for left in (0..n).step_by(MAX_COLUMNS) {
        let columns = left..n.min(left + MAX_COLUMNS);
        for top in (0..k.max(1)).step_by(MAX_DEPTH) {
            let depth = top..k.min(top + MAX_DEPTH);
            let panels = tile::Panels::<NR>::new(b, depth, columns.clone(), m, work);
            let start = if top == 0 { start } else { Start::Keep };
            let mut i = 0;
            while i < m {
                let c = &mut c[i * n..];
                i += match m - i {
                    rows if rows >= MR => tile::strip::<MR, NR, FUSED>(a, i, &panels, n, start, c),
                    2.. => tile::strip::<2, NR, FUSED>(a, i, &panels, n, start, c),
                    _ => tile::strip::<1, NR, FUSED>(a, i, &panels, n, start, c),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests;
