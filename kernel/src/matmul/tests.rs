use super::*;

/// Reproducible numbers in [−1, 1).
fn noise(seed: u32, n: usize) -> Vec<f32> {
    let mut state = seed;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..n).map(next).collect()
}

fn matrix(values: &[f32], [rows, columns]: [usize; 2], transposed: bool) -> Matrix<'_> {
    if transposed { Matrix::new(values, [columns, rows]).transposed() } else { Matrix::new(values, [rows, columns]) }
}

fn at(matrix: &Matrix, i: usize, j: usize) -> f64 {
    let [i, j] = if matrix.transposed { [j, i] } else { [i, j] };
    matrix.values[i * matrix.columns + j].into()
}

/// What this machine takes, and what machines without its instructions do.
const RUNS: [Run; 2] = [best, plain];

/// Every layout and start against the sum in double precision. The scratch comes full of what would show.
fn check(m: usize, k: usize, n: usize, scratch: &mut Vec<f32>) {
    let (a_values, b_values, row, kept) = (noise(1, m * k), noise(2, k * n), noise(3, n), noise(4, m * n));
    for (a_transposed, b_transposed) in [(false, false), (true, false), (false, true), (true, true)] {
        let (a, b) = (matrix(&a_values, [m, k], a_transposed), matrix(&b_values, [k, n], b_transposed));
        for (run, start) in
            RUNS.iter().flat_map(|run| [Start::Zero, Start::Keep, Start::Row(&row)].map(|start| (run, start)))
        {
            let mut c = if let Start::Keep = start { kept.clone() } else { vec![f32::NAN; m * n] };
            scratch.fill(f32::NAN);
            product(*run, a, b, start, &mut c, scratch);
            for i in 0..m {
                for j in 0..n {
                    let first = match start {
                        Start::Zero => 0.0,
                        Start::Keep => kept[i * n + j].into(),
                        Start::Row(row) => f64::from(row[j]),
                    };
                    let terms = (0..k).map(|p| at(&a, i, p) * at(&b, p, j));
                    let (sum, size) = terms.fold((first, first.abs()), |(sum, size), x| (sum + x, size + x.abs()));
                    let error = (f64::from(c[i * n + j]) - sum).abs();
                    let layout = (a_transposed, b_transposed);
                    assert!(error <= 2e-6 * size, "[{m}, {k}] [{k}, {n}] {layout:?} {start:?} at {i}, {j}: {error}");
                }
            }
        }
    }
}

#[test]
fn every_remainder() {
    let mut scratch = Vec::new();
    for m in 1..=20 {
        for k in [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 20] {
            for n in 1..=20 {
                check(m, k, n, &mut scratch);
            }
        }
    }
}

#[test]
fn every_block() {
    let mut scratch = Vec::new();
    let large = [
        [64, 64, 64],
        [67, 300, 33],
        [5, 513, 270],
        [33, 257, 261],
        [1, 600, 300],
        [300, 600, 1],
        [2, 300, 300],
        [300, 300, 2],
        [300, 2, 300],
        [130, 1, 257],
        [600, 2, 3],
        [700, 300, 3],
        [3, 2, 600],
    ];
    for [m, k, n] in large {
        check(m, k, n, &mut scratch);
    }
}

#[test]
fn nothing_is_a_product_too() {
    let mut scratch = Vec::new();
    for [m, k, n] in [[0, 0, 0], [0, 3, 2], [3, 2, 0], [0, 2, 1], [1, 0, 0]] {
        matmul(
            Matrix::new(&[0.0; 6][..m * k], [m, k]),
            Matrix::new(&[0.0; 6][..k * n], [k, n]),
            Start::Keep,
            &mut [],
            &mut scratch,
        );
    }
}

#[test]
#[should_panic(expected = "the inner size is 3 and 2")]
fn inner_sizes_agree() {
    let x = Matrix::new(&[0.0; 6], [2, 3]);
    matmul(x, x, Start::Zero, &mut [0.0; 6], &mut Vec::new());
}

#[test]
#[should_panic(expected = "the size of the product is 4 and 6")]
fn the_product_has_its_size() {
    let x = Matrix::new(&[0.0; 6], [2, 3]);
    matmul(x, x.transposed(), Start::Zero, &mut [0.0; 6], &mut Vec::new());
}

#[test]
#[should_panic(expected = "the size of a row is 2 and 3")]
fn the_row_has_its_size() {
    let x = Matrix::new(&[0.0; 6], [2, 3]);
    matmul(x, x.transposed(), Start::Row(&[0.0; 3]), &mut [0.0; 4], &mut Vec::new());
}

#[test]
#[should_panic(expected = "the size of a matrix is 4 and 6")]
fn a_matrix_has_its_size() {
    Matrix::new(&[0.0; 6], [2, 2]);
}
