//! Activation functions of hidden layers, and their slopes.

use crate::tanh::tanh;

/// A hidden layer's nonlinearity φ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// φ(a) = max(a, 0)
    Relu,
    /// φ(a) = max(a, 0.2 a) (Maas et al., 2013)
    LeakyRelu,
    /// φ(a) = tanh a
    Tanh,
}

/// Slope of the leaky rectifier for negative inputs.
pub const LEAK: f32 = 0.2;

impl Activation {
    /// The one of this name: `relu`, `leaky_relu` or `tanh`.
    pub fn of(id: &str) -> Self {
        match id {
            "relu" => Self::Relu,
            "leaky_relu" => Self::LeakyRelu,
            "tanh" => Self::Tanh,
            other => unreachable!("activation {other}"),
        }
    }

    /// φ(a) in place.
    pub fn apply(self, a: &mut [f32]) {
        match self {
            // Times a slope, not cut off: what is no number stays none.
            Self::Relu => a.iter_mut().for_each(|a| *a *= if *a > 0.0 { 1.0 } else { 0.0 }),
            Self::LeakyRelu => a.iter_mut().for_each(|a| {
                let leaked = LEAK * *a;
                *a = if leaked < *a { *a } else { leaked };
            }),
            Self::Tanh => tanh(a),
        }
    }

    /// φ′(a) of what φ made, h = φ(a), times what stands in `values`: `to` ← values ⊙ φ′. Values are repeated until
    /// they fill `to`.
    pub fn times_slope(self, h: &[f32], values: &[f32], to: &mut [f32]) {
        for ((h, to), values) in h.chunks(values.len()).zip(to.chunks_mut(values.len())).zip(std::iter::repeat(values))
        {
            let rows = to.iter_mut().zip(values).zip(h);
            match self.leak() {
                // What a rectifier gives has the sign of what it is given.
                Some(leak) => rows.for_each(|((to, value), h)| *to = value * if *h > 0.0 { 1.0 } else { leak }),
                None => rows.for_each(|((to, value), h)| *to = value * (1.0 - h * h)),
            }
        }
    }

    /// φ′(a) of what φ made, h = φ(a), times what stands in `values`, in place: values ← values ⊙ φ′.
    pub fn by_slope(self, h: &[f32], values: &mut [f32]) {
        let rows = values.iter_mut().zip(h);
        match self.leak() {
            Some(leak) => rows.for_each(|(value, h)| *value *= if *h > 0.0 { 1.0 } else { leak }),
            None => rows.for_each(|(value, h)| *value *= 1.0 - h * h),
        }
    }

    /// Is φ′ constant wherever it exists? Then it carries no gradient.
    pub fn is_piecewise_linear(self) -> bool {
        self.leak().is_some()
    }

    /// Of a rectifier, its slope for negative inputs.
    pub fn leak(self) -> Option<f32> {
        match self {
            Self::Relu => Some(0.0),
            Self::LeakyRelu => Some(LEAK),
            Self::Tanh => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectifiers_are_their_formulas_to_the_bit() {
        let tiny = f32::from_bits(1);
        let all = [0.0, -0.0, 1.5, -1.5, tiny, -tiny, f32::MAX, f32::MIN, f32::INFINITY, f32::NEG_INFINITY];
        for (kind, leak) in [(Activation::Relu, 0.0), (Activation::LeakyRelu, LEAK)] {
            let mut a = all;
            kind.apply(&mut a);
            let expected = all.map(|a: f32| a * if a > 0.0 { 1.0 } else { leak });
            assert_eq!(
                a[..9].iter().map(|a| a.to_bits()).collect::<Vec<_>>(),
                expected[..9].iter().map(|a| a.to_bits()).collect::<Vec<_>>()
            );
            assert!(a[9] == expected[9] || kind == Activation::Relu && a[9].is_nan());
            let mut none = [f32::NAN];
            kind.apply(&mut none);
            assert!(none[0].is_nan());
        }
    }
}
