//! What D and G each minimise, written on logits: r = D(x), f = D(G(z)).
//!
//! Add one: write its file, implement [`Objective`], and name it in [`OBJECTIVES`].

mod hinge;
mod least_squares;
mod minimax;
mod non_saturating;
mod relativistic_average;
mod relativistic_pairing;
mod wasserstein;

use crate::card::Card;
use burn::tensor::Tensor;
use serde::Serialize;

/// Every objective on offer, in the order of the page's menu.
pub static OBJECTIVES: &[&dyn Objective] = &[
    &non_saturating::NonSaturating,
    &minimax::Minimax,
    &least_squares::LeastSquares,
    &hinge::Hinge,
    &wasserstein::Wasserstein,
    &relativistic_pairing::RelativisticPairing,
    &relativistic_average::RelativisticAverage,
];

/// What the number that D puts out means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// σ(D) is the probability of "real".
    Probability,
    /// D aims at 1 for real and at 0 for generated points.
    Label,
    /// Only differences count: the higher, the more real.
    Score,
}

/// A pair of losses. Logits are `[rows, 1]`; a loss is `[1]`, the mean over the rows.
pub trait Objective: Sync {
    fn card(&self) -> Card;

    /// What D's output means.
    fn unit(&self) -> Unit;

    /// D's loss on the logits of real and generated points.
    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1>;

    /// G's loss on the logits of its points. `real` scores as many real points, for objectives that
    /// compare the two; the others never call it.
    fn generator_loss(&self, real: &dyn Fn() -> Tensor<2>, fake: Tensor<2>) -> Tensor<1>;
}

/// The objective with this id.
pub fn find(id: &str) -> Option<&'static dyn Objective> {
    OBJECTIVES.iter().copied().find(|o| o.card().id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use burn::tensor::TensorData;

    const REAL: [f32; 3] = [0.3, -1.2, 2.0];
    const FAKE: [f32; 3] = [-0.5, 0.8, -3.0];

    fn logits(values: &[f32]) -> Tensor<2> {
        let device = device::cpu().autodiff();
        Tensor::from_data(TensorData::new(values.to_vec(), [values.len(), 1]), &device).require_grad()
    }

    fn gradient(loss: Tensor<1>, of: &Tensor<2>) -> Vec<f64> {
        of.grad(&loss.backward()).map_or(vec![0.0; of.dims()[0]], |g| g.into_data().iter().collect())
    }

    fn close(values: &[f64], expected: &[f64], what: &str) {
        assert_eq!(values.len(), expected.len());
        for (a, b) in values.iter().zip(expected) {
            assert!((a - b).abs() < 1e-6, "{what}: {values:?} against {expected:?}");
        }
    }

    /// id, D's loss, its gradients in r and f, G's loss, its gradient in f.
    type Oracle = (&'static str, f64, [f64; 3], [f64; 3], f64, [f64; 3]);

    /// From JAX 0.10, f64:
    ///
    /// python: import jax; jax.config.update("jax_enable_x64", True)
    ///         import jax.numpy as jnp; sp = jax.nn.softplus; relu = jax.nn.relu
    ///         r = jnp.array([.3, -1.2, 2.]); f = jnp.array([-.5, .8, -3.])
    ///         ce = lambda r, f: (sp(-r) + sp(f)).mean()
    ///         ra = lambda r, f: (sp(-(r - f.mean())) + sp(f - r.mean())).mean()
    ///         table = {
    ///             "non_saturating": (ce, lambda r, f: sp(-f).mean()),
    ///             "minimax": (ce, lambda r, f: -sp(f).mean()),
    ///             "least_squares": (lambda r, f: ((r - 1)**2 + f**2).mean(), lambda r, f: ((f - 1)**2).mean()),
    ///             "hinge": (lambda r, f: (relu(1 - r) + relu(1 + f)).mean(), lambda r, f: -f.mean()),
    ///             "wasserstein": (lambda r, f: (f - r).mean(), lambda r, f: -f.mean()),
    ///             "relativistic_pairing": (lambda r, f: sp(-(r - f)).mean(), lambda r, f: sp(-(f - r)).mean()),
    ///             "relativistic_average": (ra, lambda r, f: ra(f, r)),
    ///         }
    ///         for id, (d, g) in table.items():
    ///             print(id, d(r, f), *jax.grad(d, (0, 1))(r, f), g(r, f), jax.grad(g, 1)(r, f))
    const ORACLES: [Oracle; 7] = [
        (
            "non_saturating",
            1.27944357,
            [-0.14185249, -0.25617493, -0.03973431],
            [0.12584689, 0.22999149, 0.01580862],
            1.46458833,
            [-0.20748644, -0.10334184, -0.31752471],
        ),
        (
            "minimax",
            1.27944357,
            [-0.14185249, -0.25617493, -0.03973431],
            [0.12584689, 0.22999149, 0.01580862],
            -0.56458833,
            [-0.12584689, -0.22999149, -0.01580862],
        ),
        (
            "least_squares",
            5.40666667,
            [-0.46666667, -1.46666667, 0.66666667],
            [-0.33333333, 0.53333333, -2.00000000],
            6.09666667,
            [-1.00000000, -0.13333333, -2.66666667],
        ),
        (
            "hinge",
            1.73333333,
            [-0.33333333, -0.33333333, -0.00000000],
            [0.33333333, 0.33333333, 0.00000000],
            0.90000000,
            [-0.33333333, -0.33333333, -0.33333333],
        ),
        (
            "wasserstein",
            -1.26666667,
            [-0.33333333, -0.33333333, -0.33333333],
            [0.33333333, 0.33333333, 0.33333333],
            0.90000000,
            [-0.33333333, -0.33333333, -0.33333333],
        ),
        (
            "relativistic_pairing",
            0.83491468,
            [-0.10334184, -0.29359903, -0.00223095],
            [0.10334184, 0.29359903, 0.00223095],
            2.10158134,
            [-0.22999149, -0.03973431, -0.33110238],
        ),
        (
            "relativistic_average",
            0.82971043,
            [-0.18115522, -0.29547765, -0.12138134],
            [0.19399071, 0.29756437, 0.10645913],
            3.36304377,
            [-0.47267595, -0.36910229, -0.56020754],
        ),
    ];

    #[test]
    fn losses_and_gradients_follow_the_reference() {
        assert_eq!(ORACLES.len(), OBJECTIVES.len());
        for (id, d_loss, d_real, d_fake, g_loss, g_fake) in ORACLES {
            let objective = find(id).unwrap();
            let (real, fake) = (logits(&REAL), logits(&FAKE));
            let loss = objective.discriminator_loss(real.clone(), fake.clone());
            close(&[loss.clone().into_scalar()], &[d_loss], id);
            close(&gradient(loss, &real), &d_real, id);
            let (real, fake) = (logits(&REAL), logits(&FAKE));
            close(&gradient(objective.discriminator_loss(real, fake.clone()), &fake), &d_fake, id);
            let fake = logits(&FAKE);
            let loss = objective.generator_loss(&|| logits(&REAL), fake.clone());
            close(&[loss.clone().into_scalar()], &[g_loss], id);
            close(&gradient(loss, &fake), &g_fake, id);
        }
    }

    #[test]
    fn every_objective_stays_finite_and_agrees_with_finite_differences() {
        for objective in OBJECTIVES {
            let id = objective.card().id;
            for extreme in [-50.0, 50.0] {
                let (real, fake) = (logits(&[extreme]), logits(&[-extreme]));
                let loss = objective.discriminator_loss(real.clone(), fake.clone());
                assert!(loss.clone().into_scalar::<f32>().is_finite(), "{id}");
                assert!(gradient(loss, &real)[0].is_finite(), "{id}");
                let loss = objective.generator_loss(&|| logits(&[-extreme]), logits(&[extreme]));
                assert!(loss.into_scalar::<f32>().is_finite(), "{id}");
            }
            let h = 1e-2;
            let loss = |fake| objective.generator_loss(&|| logits(&[0.6]), fake);
            for value in [-2.0f32, -0.3, 0.4, 1.7] {
                let at = |v: f32| -> f32 { loss(logits(&[v])).into_scalar() };
                let slope = (at(value + h) - at(value - h)) / (2.0 * h);
                let fake = logits(&[value]);
                let exact = gradient(loss(fake.clone()), &fake)[0];
                assert!((slope as f64 - exact).abs() < 2e-3, "{id} at {value}: {slope} against {exact}");
            }
        }
    }

    /// G always wants its points to score higher, whatever the objective.
    #[test]
    fn every_objective_pulls_generated_points_up() {
        for objective in OBJECTIVES {
            let fake = logits(&[-0.7]);
            let loss = objective.generator_loss(&|| logits(&[0.4]), fake.clone());
            assert!(gradient(loss, &fake)[0] < 0.0, "{}", objective.card().id);
        }
    }
}
