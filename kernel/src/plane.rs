//! Distances among points of the plane, and sorting: what metrics spend their time on. In f64, eight points at a time.

type Point = [f64; 2];

const LANES: usize = 8;

/// ‖a − b‖²
#[inline(always)]
pub fn squared_distance_in_plane(a: &Point, b: &Point) -> f64 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    dx * dx + dy * dy
}

/// Squared distances from `point` to eight others.
#[inline(always)]
fn squares(point: &Point, others: &[Point; LANES]) -> [f64; LANES] {
    let mut squares = [0.0; LANES];
    for k in 0..LANES {
        squares[k] = squared_distance_in_plane(point, &others[k]);
    }
    squares
}

/// Σ ‖point − other‖
pub fn sum_of_distances(point: &Point, others: &[Point]) -> f64 {
    let (chunks, rest) = others.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for others in chunks {
        let squares = squares(point, others);
        for k in 0..LANES {
            sums[k] += squares[k].sqrt();
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|other| squared_distance_in_plane(point, other).sqrt()).sum::<f64>()
}

/// Keeps in `smallest`, which is in order, the smallest of what it holds and the squared distances from `point`.
pub fn keep_nearest(point: &Point, others: &[Point], smallest: &mut [f64]) {
    let last = smallest.len() - 1;
    let (chunks, rest) = others.as_chunks::<LANES>();
    for others in chunks {
        let squares = squares(point, others);
        // As a rule none of them is among the nearest.
        if squares.iter().fold(false, |any, square| any | (*square < smallest[last])) {
            squares.into_iter().for_each(|square| keep_smallest(smallest, square));
        }
    }
    rest.iter().for_each(|other| keep_smallest(smallest, squared_distance_in_plane(point, other)));
}

/// Puts a value in its place among the smallest so far, which are in order: a full sort would cost ten times as much.
#[inline]
pub fn keep_smallest(smallest: &mut [f64], value: f64) {
    let mut at = smallest.len() - 1;
    if value >= smallest[at] {
        return;
    }
    while at > 0 && smallest[at - 1] > value {
        smallest[at] = smallest[at - 1];
        at -= 1;
    }
    smallest[at] = value;
}

/// Does `point` lie within some disc? Slices are of one length.
pub fn is_covered(point: &Point, centers: &[Point], squared_radii: &[f64]) -> bool {
    let ((centers, centers_rest), (radii, radii_rest)) =
        (centers.as_chunks::<LANES>(), squared_radii.as_chunks::<LANES>());
    let chunk = |(centers, radii): (&[Point; LANES], &[f64; LANES])| {
        let squares = squares(point, centers);
        (0..LANES).fold(false, |any, k| any | (squares[k] <= radii[k]))
    };
    centers.iter().zip(radii).any(chunk)
        || centers_rest
            .iter()
            .zip(radii_rest)
            .any(|(center, radius)| squared_distance_in_plane(point, center) <= *radius)
}

/// Smallest first.
pub fn sort(values: &mut [f64]) {
    values.sort_unstable_by(f64::total_cmp);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_are_kept_in_order() {
        let mut smallest = [f64::INFINITY; 3];
        [5.0, 1.0, 4.0, 1.0, 9.0, 2.0].into_iter().for_each(|value| keep_smallest(&mut smallest, value));
        assert_eq!(smallest, [1.0, 1.0, 2.0]);
    }

    fn points(n: usize) -> Vec<Point> {
        (0..n).map(|i| [(i as f64 * 0.7).sin(), (i as f64 * 1.3).cos()]).collect()
    }

    /// Every number of points, so that none is left out.
    #[test]
    fn every_point_counts() {
        let here = [0.2, -0.4];
        for n in 0..40 {
            let others = points(n);
            let mut squares: Vec<f64> = others.iter().map(|other| squared_distance_in_plane(&here, other)).collect();
            let sum: f64 = squares.iter().map(|square| square.sqrt()).sum();
            assert!((sum_of_distances(&here, &others) - sum).abs() < 1e-12, "{n}");
            for center in 0..n {
                let radii: Vec<f64> = (0..n).map(|i| if i == center { squares[i] } else { -1.0 }).collect();
                assert!(is_covered(&here, &others, &radii), "{n}: {center}");
            }
            assert!(!is_covered(&here, &others, &squares.iter().map(|s| s.next_down()).collect::<Vec<_>>()));
            let mut smallest = [f64::INFINITY; 3];
            keep_nearest(&here, &others, &mut smallest);
            sort(&mut squares);
            squares.resize(n.max(3), f64::INFINITY);
            assert_eq!(smallest, squares[..3], "{n}");
        }
    }
}
