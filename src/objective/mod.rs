//! What D and G each minimise, written on logits: r = D(x), f = D(G(z)).
//!
//! Add one: write its file, implement [`Objective`], and name it in [`OBJECTIVES`].

mod minimax;
mod non_saturating;

use crate::card::Card;
use burn::tensor::{Tensor, activation};

/// Every objective on offer, in the order of the page's menu.
pub static OBJECTIVES: &[&dyn Objective] = &[&non_saturating::NonSaturating, &minimax::Minimax];

/// A pair of losses. Logits are `[batch, 1]`; a loss is `[1]`, the mean over the batch, in nats.
pub trait Objective: Sync {
    fn card(&self) -> Card;

    /// D's loss on the logits of real and generated points.
    fn discriminator_loss(&self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1>;

    /// G's loss on the logits of its points.
    fn generator_loss(&self, fake: Tensor<2>) -> Tensor<1>;
}

/// The objective with this id.
pub fn find(id: &str) -> Option<&'static dyn Objective> {
    OBJECTIVES.iter().copied().find(|o| o.card().id == id)
}

/// softplus(x) = ln(1 + eˣ) = −ln σ(−x), finite for every finite x.
fn softplus(x: Tensor<2>) -> Tensor<2> {
    activation::log_sigmoid(x.neg()).neg()
}

/// The cross-entropy of telling real (r) from generated (f): mean sp(−r) + mean sp(f). Both classic
/// objectives share it for D.
fn cross_entropy(real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
    softplus(real.neg()).mean() + softplus(fake).mean()
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

    /// Values and gradients from JAX 0.10, f64:
    ///
    /// python: import jax; jax.config.update("jax_enable_x64", True)
    ///         import jax.numpy as jnp; sp = jax.nn.softplus
    ///         r = jnp.array([.3, -1.2, 2.]); f = jnp.array([-.5, .8, -3.])
    ///         D = lambda r, f: sp(-r).mean() + sp(f).mean(); NS = lambda f: sp(-f).mean(); MM = lambda f: -sp(f).mean()
    ///         print(D(r, f), jax.grad(D, (0, 1))(r, f)); print(NS(f), jax.grad(NS)(f)); print(MM(f), jax.grad(MM)(f))
    #[test]
    fn losses_and_gradients_follow_the_reference() {
        let d_loss = 1.27944357;
        let d_real = [-0.14185249, -0.25617493, -0.03973431];
        let d_fake = [0.12584689, 0.22999149, 0.01580862];
        let cases = [
            ("non_saturating", 1.46458833, [-0.20748644, -0.10334184, -0.31752471]),
            ("minimax", -0.56458833, [-0.12584689, -0.22999149, -0.01580862]),
        ];
        for (id, g_loss, g_fake) in cases {
            let objective = find(id).unwrap();
            let (real, fake) = (logits(&REAL), logits(&FAKE));
            let loss = objective.discriminator_loss(real.clone(), fake.clone());
            close(&[loss.clone().into_scalar()], &[d_loss]);
            close(&gradient(loss.clone(), &real), &d_real);
            let (real, fake) = (logits(&REAL), logits(&FAKE));
            close(&gradient(objective.discriminator_loss(real, fake.clone()), &fake), &d_fake);
            let fake = logits(&FAKE);
            let loss = objective.generator_loss(fake.clone());
            close(&[loss.clone().into_scalar()], &[g_loss]);
            close(&gradient(loss, &fake), &g_fake);
        }
    }

    fn close(values: &[f64], expected: &[f64]) {
        assert_eq!(values.len(), expected.len());
        for (a, b) in values.iter().zip(expected) {
            assert!((a - b).abs() < 1e-6, "{values:?} against {expected:?}");
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
                let loss = objective.generator_loss(logits(&[extreme]));
                assert!(loss.into_scalar::<f32>().is_finite(), "{id}");
            }
            let h = 1e-2;
            for value in [-2.0f32, -0.3, 0.4, 1.7] {
                let at = |v: f32| -> f32 { objective.generator_loss(logits(&[v])).into_scalar() };
                let slope = (at(value + h) - at(value - h)) / (2.0 * h);
                let fake = logits(&[value]);
                let exact = gradient(objective.generator_loss(fake.clone()), &fake)[0];
                assert!((slope as f64 - exact).abs() < 1e-3, "{id} at {value}: {slope} against {exact}");
            }
        }
    }
}
