//! One step of an optimiser in one pass over the parameters: the gradient in, the next parameters out in its place, with
//! their running average beside them.

/// The scalars of a step of Adam, bias corrections folded in.
#[derive(Clone, Copy, Debug)]
pub struct AdamRates {
    pub beta1: f32,
    pub beta2: f32,
    /// −lr √(1 − β₂ᵗ) / (1 − β₁ᵗ)
    pub scale: f32,
    /// ε √(1 − β₂ᵗ)
    pub epsilon: f32,
}

/// The scalars of a step of gradient descent.
#[derive(Clone, Copy, Debug)]
pub struct SgdRates {
    /// None where there is none, and so no velocity.
    pub momentum: Option<f32>,
    /// −lr
    pub scale: f32,
}

/// What is done to parameters once they have moved.
#[derive(Clone, Copy, Debug)]
pub struct Finish {
    /// They are kept within ± this, which may be infinite.
    pub clip: f32,
    /// How far the average follows, where there is one: θ̄ ← θ̄ + follow · (θ − θ̄).
    pub follow: Option<f32>,
}

impl Finish {
    /// Nothing.
    pub const NONE: Self = Self { clip: f32::INFINITY, follow: None };

    /// θ + change where it may go. A parameter that is no number stays none.
    #[inline(always)]
    fn moved(self, theta: f32, change: f32) -> f32 {
        let moved = theta + change;
        let low = if moved < -self.clip { -self.clip } else { moved };
        if low > self.clip { self.clip } else { low }
    }
}

/// m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g², and g becomes θ + scale · m / (√v + ε), finished (Kingma and Ba, 2015).
/// All slices are of one length; `average` is not looked at where none is kept.
pub fn adam(
    theta: &[f32],
    gradient: &mut [f32],
    [m, v]: [&mut [f32]; 2],
    average: &mut [f32],
    rates: AdamRates,
    finish: Finish,
) {
    let AdamRates { beta1, beta2, scale, epsilon } = rates;
    let (new1, new2) = (1.0 - beta1, 1.0 - beta2);
    let step = |theta: f32, g: &mut f32, m: &mut f32, v: &mut f32| {
        *m = beta1 * *m + new1 * *g;
        *v = beta2 * *v + new2 * (*g * *g);
        *g = finish.moved(theta, scale * *m / (v.sqrt() + epsilon));
        *g
    };
    let all = theta.iter().zip(gradient).zip(m).zip(v);
    match finish.follow {
        Some(follow) => all.zip(average).for_each(|((((theta, g), m), v), average)| {
            *average += follow * (step(*theta, g, m, v) - *average);
        }),
        None => all.for_each(|(((theta, g), m), v)| _ = step(*theta, g, m, v)),
    }
}

/// u ← momentum · u + g, and g becomes θ + scale · u, finished (Polyak, 1964). `velocity` u and `average` are not
/// looked at where there is no momentum and no average.
pub fn sgd(
    theta: &[f32],
    gradient: &mut [f32],
    velocity: &mut [f32],
    average: &mut [f32],
    rates: SgdRates,
    finish: Finish,
) {
    if let Some(momentum) = rates.momentum {
        for (u, g) in velocity.iter_mut().zip(&mut *gradient) {
            *u = momentum * *u + *g;
            *g = *u;
        }
    }
    for (theta, g) in theta.iter().zip(&mut *gradient) {
        *g = finish.moved(*theta, rates.scale * *g);
    }
    if let Some(follow) = finish.follow {
        average.iter_mut().zip(gradient).for_each(|(average, theta)| *average += follow * (*theta - *average));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_of_adam_is_its_formula() {
        let rates = AdamRates { beta1: 0.5, beta2: 0.75, scale: -0.1, epsilon: 0.5 };
        let (theta, mut g, mut m, mut v) = ([1.0, 1.0], [2.0, -4.0], [1.0, 0.0], [4.0, 0.0]);
        let mut average = [0.0, 2.0];
        let finish = Finish { clip: 1.0, follow: Some(0.25) };
        adam(&theta, &mut g, [&mut m, &mut v], &mut average, rates, finish);
        assert_eq!((m, v), ([1.5, -2.0], [4.0, 4.0]));
        assert_eq!(g, [1.0 - 0.1 * 1.5 / 2.5, 1.0]); // the second would be 1.08
        assert_eq!(average, [0.25 * g[0], 1.75]);
    }

    #[test]
    fn a_step_of_gradient_descent_is_its_formula() {
        let rates = SgdRates { momentum: Some(0.5), scale: -0.25 };
        let (theta, mut g, mut u, mut average) = ([1.0, -1.0], [2.0, 4.0], [4.0, 0.0], [0.0, 0.0]);
        sgd(&theta, &mut g, &mut u, &mut average, rates, Finish { clip: 1.5, follow: Some(0.5) });
        assert_eq!((u, g, average), ([4.0, 4.0], [0.0, -1.5], [0.0, -0.75]));
        let (mut g, rates) = ([2.0, 4.0], SgdRates { momentum: None, ..rates });
        sgd(&theta, &mut g, &mut [], &mut [], rates, Finish::NONE);
        assert_eq!(g, [0.5, -2.0]);
    }

    #[test]
    fn what_is_no_number_stays_none() {
        let mut g = [f32::NAN];
        sgd(
            &[1.0],
            &mut g,
            &mut [],
            &mut [],
            SgdRates { momentum: None, scale: -1.0 },
            Finish { clip: 1.0, follow: None },
        );
        assert!(g[0].is_nan());
    }
}
