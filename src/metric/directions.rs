//! Which number of z moves which factor of a face, and which way through z moves one factor alone.
//!
//! Both are linear, from z drawn at random and the factors read from what G makes of it. A choice counts as one number for
//! each option, 0 or 1. With S the covariances of z and factors, C those of z, and σ² the variance of a factor:
//!
//! - R² of a factor on zⱼ: Σ Sⱼ² / Cⱼⱼ σ², the share of its variance that a linear function of zⱼ explains; on all of z
//!   Σ Sᵀ C⁻¹ S / σ²;
//! - the direction v of an option: of all with the same effect bᵀ v on it, b = C⁻¹ S / σ, that with the least effect on
//!   other factors, v = (Σ b b ᵀ over those + λ I)⁻¹ b. A little λ keeps v short where z has too few numbers for that.

use super::features::symmetric::eigen;
use crate::data::faces::{FACTORS, Face, N_NUMBERS, Values, places};
use std::ops::Range;

/// λ as a share of the mean square of what it stands beside.
const RIDGE: f64 = 0.03;

/// What z does to faces.
pub struct Directions {
    /// Of each factor on each number of z, and on all of them, `[N_FACTORS, d + 1]` flat.
    pub r2: Vec<f64>,
    /// For each option or value, `[N_NUMBERS, d]` flat.
    pub directions: Vec<f64>,
}

impl Directions {
    /// From z `[n, d]` flat and the faces read from G(z).
    pub fn fit(z: &[f32], d: usize, faces: &[Face]) -> Self {
        let numbers: Vec<[f64; N_NUMBERS]> = faces.iter().map(numbers).collect();
        let z = columns(z.chunks_exact(d).map(|row| row.iter().map(|v| f64::from(*v))), d, faces.len());
        let y = columns(numbers.iter().map(|row| row.iter().copied()), N_NUMBERS, faces.len());
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / faces.len() as f64;
        let own: Vec<f64> = z.iter().flat_map(|a| z.iter().map(|b| product(a, b))).collect(); // C
        let shared: Vec<Vec<f64>> = y.iter().map(|y| z.iter().map(|z| product(z, y)).collect()).collect(); // S
        let inverse = Inverse::of(&own, d);
        let effects: Vec<Vec<f64>> = shared.iter().map(|s| inverse.times(s)).collect(); // C⁻¹ S

        let mut r2 = Vec::new();
        let mut scaled = Vec::new();
        for outputs in places() {
            let variance: f64 = outputs.clone().map(|k| product(&y[k], &y[k])).sum();
            let share =
                |of: &dyn Fn(usize) -> f64| outputs.clone().map(of).sum::<f64>() / variance.max(f64::MIN_POSITIVE);
            r2.extend((0..d).map(|j| share(&|k| shared[k][j] * shared[k][j] / own[j * d + j])));
            r2.push(share(&|k| shared[k].iter().zip(&effects[k]).map(|(s, b)| s * b).sum()));
            let spread = variance.sqrt().max(f64::MIN_POSITIVE);
            scaled.extend(outputs.map(|k| effects[k].iter().map(|b| b / spread).collect::<Vec<f64>>()));
        }
        let of_factor = |outputs: Range<usize>| {
            let others = (0..N_NUMBERS).filter(|k| !outputs.contains(k)).map(|k| &scaled[k]);
            let mut square = vec![0.0; d * d];
            for b in others {
                (0..d * d).for_each(|at| square[at] += b[at / d] * b[at % d]);
            }
            let ridge = RIDGE * (0..d).map(|j| square[j * (d + 1)]).sum::<f64>() / d as f64;
            (0..d).for_each(|j| square[j * (d + 1)] += ridge);
            let inverse = Inverse::of(&square, d);
            outputs.flat_map(|k| inverse.times(&scaled[k])).collect::<Vec<_>>()
        };
        let directions = places().into_iter().flat_map(of_factor).collect();
        Self { r2, directions }
    }
}

/// 1 for the option that a choice has taken and 0 for the others; the value of what is no choice.
fn numbers(face: &Face) -> [f64; N_NUMBERS] {
    let mut numbers = [0.0; N_NUMBERS];
    for (i, place) in places().into_iter().enumerate() {
        match FACTORS[i].values {
            Values::Choice(_) => numbers[place.start + face[i] as usize] = 1.0,
            Values::Range { .. } => numbers[place.start] = face[i].into(),
        }
    }
    numbers
}

/// Columns of rows, less their means.
fn columns(rows: impl Iterator<Item = impl Iterator<Item = f64>>, d: usize, n: usize) -> Vec<Vec<f64>> {
    let mut columns = vec![Vec::with_capacity(n); d];
    rows.for_each(|row| row.zip(&mut columns).for_each(|(value, column)| column.push(value)));
    for column in &mut columns {
        let mean = column.iter().sum::<f64>() / n as f64;
        column.iter_mut().for_each(|value| *value -= mean);
    }
    columns
}

/// A⁻¹ of a symmetric A `[d, d]`, as its eigenvalues and vectors; directions in which A is nothing are left alone.
struct Inverse {
    values: Vec<f64>,
    vectors: Vec<f64>,
}

impl Inverse {
    fn of(a: &[f64], d: usize) -> Self {
        let (values, vectors) = eigen(a, d);
        Self { values, vectors }
    }

    /// A⁻¹ b
    fn times(&self, b: &[f64]) -> Vec<f64> {
        let Self { values, vectors } = self;
        let most = values.iter().fold(0.0, |most: f64, value| most.max(*value));
        let mut x = vec![0.0; b.len()];
        for (value, vector) in values.iter().zip(vectors.chunks_exact(b.len())).filter(|(v, _)| **v > 1e-12 * most) {
            let along = vector.iter().zip(b).map(|(v, b)| v * b).sum::<f64>() / value;
            x.iter_mut().zip(vector).for_each(|(x, v)| *x += along * v);
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::faces::N_FACTORS;
    use crate::rng::{Rng, Stream};
    use std::f64::consts::FRAC_2_PI;

    /// A world in which z₀ opens the mouth, z₁ makes hair longer and opens the mouth half as much, z₂ chooses the fringe, and
    /// z₃ does nothing.
    #[test]
    fn in_a_linear_world_everything_is_found() {
        let (n, d) = (4_000, 4);
        let z = Rng::new(1, Stream::Probe).normals(n * d);
        let of = |z: &[f32]| {
            let mut face = [0.0; N_FACTORS];
            (face[7], face[1], face[2]) = (z[0] + 0.5 * z[1], z[1], if z[2] > 0.0 { 1.0 } else { 2.0 });
            face
        };
        let faces: Vec<Face> = z.chunks_exact(d).map(of).collect();
        let Directions { r2, directions } = Directions::fit(&z, d, &faces);
        let of_factor = |factor: usize| &r2[factor * (d + 1)..][..d + 1];
        let close = |ours: &[f64], by_hand: [f64; 5]| ours.iter().zip(by_hand).all(|(a, b)| (a - b).abs() < 0.04);
        assert!(close(of_factor(7), [0.8, 0.2, 0.0, 0.0, 1.0]), "{:?}", of_factor(7));
        assert!(close(of_factor(1), [0.0, 1.0, 0.0, 0.0, 1.0]), "{:?}", of_factor(1));
        // A sign knows 2/π of the variance of what it is the sign of.
        assert!(close(of_factor(2), [0.0, 0.0, FRAC_2_PI, 0.0, FRAC_2_PI]), "{:?}", of_factor(2));
        assert!(close(of_factor(0), [0.0; 5]), "nothing to explain: {:?}", of_factor(0));

        let direction = |output: usize| &directions[output * d..][..d];
        let along = |output: usize| {
            let v = direction(output);
            let length = v.iter().map(|v| v * v).sum::<f64>().sqrt();
            v.iter().map(|v| v / length).collect::<Vec<f64>>()
        };
        let [_, length, fringe, .., open, _, _] = places();
        // To open the mouth alone, z₁ must stand still; to lengthen hair alone, z₀ must undo what z₁ does to the mouth.
        let near = |v: Vec<f64>, by_hand: [f64; 4]| v.iter().zip(by_hand).all(|(a, b)| (a - b).abs() < 0.06);
        assert!(near(along(open.start), [1.0, 0.0, 0.0, 0.0]), "{:?}", along(open.start));
        assert!(near(along(length.start), [-0.447, 0.894, 0.0, 0.0]), "{:?}", along(length.start));
        assert!(near(along(fringe.start + 1), [0.0, 0.0, 1.0, 0.0]), "{:?}", along(fringe.start + 1));
    }
}
