//! One step of Adam in one pass.

/// The scalars of a step, bias corrections folded in.
#[derive(Clone, Copy, Debug)]
pub struct AdamRates {
    pub beta1: f32,
    pub beta2: f32,
    /// −lr √(1 − β₂ᵗ) / (1 − β₁ᵗ)
    pub scale: f32,
    /// ε √(1 − β₂ᵗ)
    pub epsilon: f32,
}

/// m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g², and g becomes the change scale · m / (√v + ε). All slices are of
/// one length.
pub fn adam(gradient: &mut [f32], m: &mut [f32], v: &mut [f32], rates: AdamRates) {
    let AdamRates { beta1, beta2, scale, epsilon } = rates;
    let (new1, new2) = (1.0 - beta1, 1.0 - beta2);
    for ((g, m), v) in gradient.iter_mut().zip(m).zip(v) {
        *m = beta1 * *m + new1 * *g;
        *v = beta2 * *v + new2 * (*g * *g);
        *g = scale * *m / (v.sqrt() + epsilon);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_its_formula() {
        let rates = AdamRates { beta1: 0.5, beta2: 0.75, scale: -0.1, epsilon: 0.5 };
        let (mut g, mut m, mut v) = ([2.0, -4.0], [1.0, 0.0], [4.0, 0.0]);
        adam(&mut g, &mut m, &mut v, rates);
        assert_eq!((m, v), ([1.5, -2.0], [4.0, 4.0]));
        assert_eq!(g, [-0.1 * 1.5 / 2.5, 0.1 * 2.0 / 2.5]);
    }
}
