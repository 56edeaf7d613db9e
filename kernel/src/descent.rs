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
    pub momentum: f32,
    /// −lr
    pub scale: f32,
}

/// What is done to parameters once they have moved.
#[derive(Clone, Copy, Debug)]
pub struct Finish {
    /// They are kept within ± this, which may be infinite.
    pub clip: f32,
    /// How far the average follows: θ̄ ← θ̄ + follow · (θ − θ̄).
    pub follow: f32,
}

impl Finish {
    /// Nothing.
    pub const NONE: Self = Self { clip: f32::INFINITY, follow: 0.0 };

    /// θ + change where it may go. A parameter that is no number stays none.
    #[inline(always)]
    fn moved(self, theta: f32, change: f32) -> f32 {
        let moved = theta + change;
        let low = if moved < -self.clip { -self.clip } else { moved };
        if low > self.clip { self.clip } else { low }
    }

    #[inline(always)]
    fn averaged(self, average: f32, theta: f32) -> f32 {
        average + self.follow * (theta - average)
    }
}

/// m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g², and g becomes θ + scale · m / (√v + ε), finished (Kingma and Ba, 2015).
/// `average` may be empty; all other slices are of one length.
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
    if average.is_empty() {
        all.for_each(|(((theta, g), m), v)| _ = step(*theta, g, m, v));
    } else {
        all.zip(average).for_each(|((((theta, g), m), v), average)| {
            *average = finish.averaged(*average, step(*theta, g, m, v));
        });
    }
}

/// u ← momentum · u + g, and g becomes θ + scale · u, finished (Polyak, 1964). `velocity` u may be empty where there is no
/// momentum, and so may `average`.
pub fn sgd(
    theta: &[f32],
    gradient: &mut [f32],
    velocity: &mut [f32],
    average: &mut [f32],
    rates: SgdRates,
    finish: Finish,
) {
    for (u, g) in velocity.iter_mut().zip(&mut *gradient) {
        *u = rates.momentum * *u + *g;
        *g = *u;
    }
    for (theta, g) in theta.iter().zip(&mut *gradient) {
        *g = finish.moved(*theta, rates.scale * *g);
    }
    for (average, theta) in average.iter_mut().zip(gradient) {
        *average = finish.averaged(*average, *theta);
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
        let finish = Finish { clip: 1.0, follow: 0.25 };
        adam(&theta, &mut g, [&mut m, &mut v], &mut average, rates, finish);
        assert_eq!((m, v), ([1.5, -2.0], [4.0, 4.0]));
        assert_eq!(g, [1.0 - 0.1 * 1.5 / 2.5, 1.0]); // the second would be 1.08
        assert_eq!(average, [0.25 * g[0], 1.75]);
    }

    #[test]
    fn a_step_of_gradient_descent_is_its_formula() {
        let rates = SgdRates { momentum: 0.5, scale: -0.25 };
        let (theta, mut g, mut u, mut average) = ([1.0, -1.0], [2.0, 4.0], [4.0, 0.0], [0.0, 0.0]);
        sgd(&theta, &mut g, &mut u, &mut average, rates, Finish { clip: 1.5, follow: 0.5 });
        assert_eq!((u, g, average), ([4.0, 4.0], [0.0, -1.5], [0.0, -0.75]));
        let mut g = [2.0, 4.0];
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
            SgdRates { momentum: 0.0, scale: -1.0 },
            Finish { clip: 1.0, follow: 0.0 },
        );
        assert!(g[0].is_nan());
    }
}
