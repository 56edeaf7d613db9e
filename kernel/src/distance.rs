//! The distance of two rows.

/// Σ (a − b)², in f32. Eight running sums, which a processor takes four or eight at once; one would keep it waiting.
pub fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for k in 0..8 {
            sums[k] += (a[k] - b[k]) * (a[k] - b[k]);
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| (a - b) * (a - b)).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every length of row, so that no number is left out of a sum.
    #[test]
    fn every_number_counts() {
        for d in 0..=40 {
            let row: Vec<f32> = (1..=d).map(|k| k as f32).collect();
            let sum_of_squares = (d * (d + 1) * (2 * d + 1) / 6) as f32;
            assert_eq!(squared_distance(&row, &vec![0.0; d]), sum_of_squares, "{d}");
        }
    }
}
