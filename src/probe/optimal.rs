//! The best possible discriminator: D*(x) = p(x) / (p(x) + q(x)) (Goodfellow et al., 2014).
//!
//! p is the data's density, known in closed form for some distributions. q, G's density, is estimated:
//! many generated points are laid on the landscape's grid and blurred with a gaussian. p is blurred
//! with the same gaussian, so a perfect G gives ½ up to the noise of the count.

use super::landscape::SIDE;
use super::{Inputs, landscape};
use crate::protocol::Matrix;
use crate::rng::{Rng, Stream};
use crate::trainer::{Gan, noise};
use burn::tensor::Tensor;

/// Generated points behind q.
const N_SAMPLES: usize = 8_192;
/// Standard deviation of the blur, in cells of the grid.
const BLUR: f64 = 1.0;
/// Below this share of the largest density there is nothing to judge: D* is not a number there.
const NOTHING: f64 = 1e-4;

/// Points from G, `[N_SAMPLES, 2]`; none where the data's density is not known.
pub fn generated(gan: &Gan, inputs: &Inputs) -> Option<Tensor<2>> {
    data_density(inputs)?;
    let experiment = &gan.experiment;
    let rng = || Rng::new(experiment.seed ^ 0x0971, Stream::Probe);
    let z = inputs.many.get_or_init(|| noise(experiment.latent, N_SAMPLES, &mut rng(), gan.device()));
    Some(gan.generator().forward(z.clone()))
}

/// D* on the landscape's grid, `[SIDE, SIDE]`.
pub fn discriminator(_: &Gan, inputs: &Inputs, points: Vec<f32>) -> Matrix {
    let p = data_density(inputs).expect("read only where the density is known");
    let half_width = inputs.data.half_width();
    let q = blurred_density(&points, half_width);
    let floor = NOTHING * p.iter().chain(&q).copied().fold(0.0, f64::max);
    let optimal = |(p, q): (&f64, &f64)| if p + q < floor { f32::NAN } else { (p / (p + q)) as f32 };
    Matrix { shape: [SIDE, SIDE], values: p.iter().zip(&q).map(optimal).collect() }
}

/// p on the grid, blurred; worked out once a run.
fn data_density(inputs: &Inputs) -> Option<&Vec<f64>> {
    let data = &inputs.data;
    let half_width = data.half_width();
    let cell = 2.0 * half_width / SIDE as f64;
    // Sharing a point among its four neighbours adds the variance of a triangle one cell wide to each side.
    let blur = cell * (BLUR * BLUR + 1.0 / 6.0f64).sqrt();
    let on_grid = || {
        let at = |x: &[f32]| data.density([x[0] as f64, x[1] as f64], blur);
        landscape::grid(half_width, SIDE).chunks_exact(2).map(at).collect()
    };
    inputs.density.get_or_init(on_grid).as_ref()
}

/// The density of `points` on the grid: each shared among the four nearest cells, then blurred.
fn blurred_density(points: &[f32], half_width: f64) -> Vec<f64> {
    let cell = 2.0 * half_width / SIDE as f64;
    let weight = 1.0 / ((points.len() / 2).max(1) as f64 * cell * cell);
    let mut cells = vec![0.0; SIDE * SIDE];
    for point in points.chunks_exact(2) {
        let [column, row] = [point[0] as f64 + half_width, half_width - point[1] as f64].map(|v| v / cell - 0.5);
        if !(column.is_finite() && row.is_finite()) {
            continue;
        }
        for (dy, wy) in share(row) {
            for (dx, wx) in share(column) {
                if let (Some(y), Some(x)) = (index(dy), index(dx)) {
                    cells[y * SIDE + x] += weight * wy * wx;
                }
            }
        }
    }
    let kernel = kernel();
    let rows = convolve(&cells, &kernel, |line, k| line * SIDE + k);
    convolve(&rows, &kernel, |line, k| k * SIDE + line)
}

/// The two cells next to a place along one axis, with their shares.
fn share(place: f64) -> [(f64, f64); 2] {
    let low = place.floor();
    [(low, 1.0 - (place - low)), (low + 1.0, place - low)]
}

fn index(cell: f64) -> Option<usize> {
    (0.0..SIDE as f64).contains(&cell).then_some(cell as usize)
}

/// Gaussian weights from −4σ to 4σ that sum to 1.
fn kernel() -> Vec<f64> {
    let reach = (4.0 * BLUR).ceil() as i32;
    let weights: Vec<f64> = (-reach..=reach).map(|i| libm::exp(-0.5 * (i as f64 / BLUR).powi(2))).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

fn convolve(cells: &[f64], kernel: &[f64], at: impl Fn(usize, usize) -> usize) -> Vec<f64> {
    let reach = kernel.len() / 2;
    let mut out = vec![0.0; cells.len()];
    for line in 0..SIDE {
        for k in 0..SIDE {
            let near = k.saturating_sub(reach)..(k + reach + 1).min(SIDE);
            out[at(line, k)] = near.map(|j| cells[at(line, j)] * kernel[j + reach - k]).sum();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points;

    /// The estimate of the real points' own density is their density: D* of a perfect G is ½.
    #[test]
    fn real_points_have_the_density_of_the_data() {
        let data = points::find("ring8").unwrap();
        let half_width = data.half_width();
        let q = blurred_density(&data.sample(200_000, &mut Rng::new(1, Stream::Probe)), half_width);
        let cell = 2.0 * half_width / SIDE as f64;
        assert!((q.iter().sum::<f64>() * cell * cell - 1.0).abs() < 1e-3, "mass");
        let blur = cell * (BLUR * BLUR + 1.0 / 6.0f64).sqrt();
        let peak = q.iter().copied().fold(0.0, f64::max);
        for (x, q) in landscape::grid(half_width, SIDE).chunks_exact(2).zip(&q) {
            let p = data.density([x[0] as f64, x[1] as f64], blur).unwrap();
            assert!((p - q).abs() < 0.05 * peak, "{p} against {q} at {x:?}");
        }
    }

    #[test]
    fn points_outside_and_bad_points_cost_nothing() {
        assert!(blurred_density(&[f32::NAN, 0.0, 1e30, 0.0, -9.0, 9.0], 3.0).iter().all(|q| *q == 0.0));
    }
}
