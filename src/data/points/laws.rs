//! What every distribution's sampler and density must obey: exact moments, total mass 1, and each other.

use super::{DISTRIBUTIONS, Distribution, Point, find};
use crate::rng::{Rng, Stream};

/// Moments of z = x₁ + i x₂: E|z|², E|z|⁴ and E zᵏ, which knows how arms are turned. Bound: 4.5 standard errors.
///
/// python: import numpy as np; from numpy.polynomial import legendre, hermite_e
///         u, w = legendre.leggauss(400); u, w = (u + 1)/2, w/2; x, h = hermite_e.hermegauss(80); h = h/h.sum()
///         def moments(z, w, noise, k):  # round noise leaves E z^k as it is
///             r2, r4, s = (w*abs(z)**2).sum(), (w*abs(z)**4).sum(), noise**2
///             print(r2 + 2*s, r4 + 8*s*r2 + 8*s*s, (w*z**k).sum())
///         t = 3*np.pi*u; moments(-t*np.exp(-1j*t)/4.5, 2*u*w, .04, 2)  # t = 3 pi sqrt(v): u = sqrt(v)
///         t = 1.5*np.pi*(1 + 2*u); moments(t*np.exp(1j*t)/7.5, w, .25/7.5, 1)
///         f, g = 1 + .3*x[:, None], .1*x[None]
///         moments(1.3*(f + 1j*g)*np.exp(-.25j*np.exp(f)), h[:, None]*h, 0, 5)
///         moments(np.array([.65, 1.3]), np.array([.5, .5]), .104, 1)  # E z = 0 by symmetry
#[test]
fn moments_are_exact() {
    for (id, k, expected) in [
        ("spiral", 2, [2.196_445_422_464_3, 6.441_861_332_288_0, 0.074_074_074_074_1, 0.457_561_630_502_6]),
        ("swiss_roll", 1, [1.712_953_651_744_4, 3.786_896_382_975_5, 0.266_666_666_666_7, 0.028_294_212_105_2]),
        ("pinwheel", 5, [1.859, 4.530_917_04, 0.043_046_361_044_7, 3.244_192_231_624_2]),
        ("circles", 1, [1.077_882, 1.609_634_211_848, 0.0, 0.0]),
    ] {
        let n = 200_000;
        let sample = find(id).unwrap().sample(n, &mut Rng::new(2, Stream::RealForD));
        let values: Vec<[f64; 4]> = sample.chunks(2).map(|p| moments([p[0] as f64, p[1] as f64], k)).collect();
        for (j, expected) in expected.into_iter().enumerate() {
            let mean = values.iter().map(|v| v[j]).sum::<f64>() / n as f64;
            let variance = values.iter().map(|v| (v[j] - mean).powi(2)).sum::<f64>() / n as f64;
            let error = (mean - expected) / (variance / n as f64).sqrt();
            assert!(error.abs() < 4.5, "{id}, {j}: {mean} against {expected}, {error} standard errors");
        }
    }
}

fn moments([x, y]: [f64; 2], k: u32) -> [f64; 4] {
    let square = x * x + y * y;
    let [re, im] = (0..k).fold([1.0, 0.0], |[re, im], _| [re * x - im * y, re * y + im * x]);
    [square, square * square, re, im]
}

/// Every distribution that has a density, without and with blur.
fn densities() -> impl Iterator<Item = (&'static dyn Distribution, f64)> {
    let has_density = |d: &&dyn Distribution| d.density([0.0, 0.0], 0.0).is_some();
    DISTRIBUTIONS.iter().copied().filter(has_density).flat_map(|d| [(d, 0.0), (d, 0.3)])
}

#[test]
fn mixtures_lines_and_squares_have_a_density() {
    let ids: Vec<_> = densities().step_by(2).map(|(d, _)| d.card().id).collect();
    let expected =
        ["ring8", "ring8_strict", "grid25", "grid25_strict", "two_gaussians", "blobs", "line", "checkerboard"];
    assert_eq!(ids, expected);
}

/// The midpoint rule converges faster than any power for smooth densities (steps of 1/60 are finer than the narrowest
/// σ), and is exact for the checkerboard, whose edges are multiples of 50/60.
#[test]
fn densities_sum_to_one() {
    let step = 1.0 / 60.0;
    for (d, blur) in densities() {
        let n = (60.0 * (d.half_width() + 4.0 * blur)).ceil() as i32;
        let place = |i: i32| (i as f64 + 0.5) * step;
        let row = |i| (-n..n).map(|j| d.density([place(i), place(j)], blur).unwrap()).sum::<f64>();
        let total = (-n..n).map(row).sum::<f64>() * step * step;
        assert!((total - 1.0).abs() < 1e-3, "{}, blur {blur}: {total}", d.card().id);
    }
}

/// Pearson's χ²: with f degrees of freedom it has mean f and variance 2 f.
#[test]
fn draws_follow_the_density() {
    let n = 100_000;
    for (d, blur) in densities() {
        let cells = Cells::around(d);
        let mut drawn = vec![0.0; cells.side * cells.side];
        let mut rng = Rng::new(3, Stream::RealForD);
        for _ in 0..n {
            let (x, noise) = (d.draw(&mut rng), rng.normal_pair());
            if let Some(cell) = cells.find([0, 1].map(|k| x[k] + blur * noise[k])) {
                drawn[cell] += 1.0;
            }
        }
        let expected = cells.masses(d, blur).into_iter().map(|mass| n as f64 * mass);
        let large: Vec<(f64, f64)> = drawn.into_iter().zip(expected).filter(|(_, e)| *e >= 5.0).collect();
        let chi2: f64 = large.iter().map(|(o, e)| (o - e).powi(2) / e).sum();
        let error = (chi2 - large.len() as f64) / (2.0 * large.len() as f64).sqrt();
        assert!(error.abs() < 4.5, "{}, blur {blur}: χ² {chi2} of {} cells", d.card().id, large.len());
    }
}

/// Square cells of side 1/3 over a distribution's frame.
struct Cells {
    side: usize,
}

impl Cells {
    fn around(d: &dyn Distribution) -> Self {
        Self { side: 2 * (3.0 * d.half_width()).ceil() as usize }
    }

    fn find(&self, x: Point) -> Option<usize> {
        let [column, row] = x.map(|v| (3.0 * v + self.side as f64 / 2.0).floor());
        let inside = |k: f64| (0.0..self.side as f64).contains(&k);
        (inside(row) && inside(column)).then(|| row as usize * self.side + column as usize)
    }

    /// The density's integral over each cell: midpoint rule with steps of 1/120, at most half the narrowest σ; the
    /// edges of the checkerboard are multiples of 100/120.
    fn masses(&self, d: &dyn Distribution, blur: f64) -> Vec<f64> {
        const FINE: usize = 40;
        let step = 1.0 / (3 * FINE) as f64;
        let mut masses = vec![0.0; self.side * self.side];
        let place = |k: usize| (k as f64 + 0.5) * step - self.side as f64 / 6.0;
        for row in 0..self.side * FINE {
            for column in 0..self.side * FINE {
                let density = d.density([place(column), place(row)], blur).unwrap();
                masses[row / FINE * self.side + column / FINE] += density * step * step;
            }
        }
        masses
    }
}
