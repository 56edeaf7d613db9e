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
            Self::Relu => each(a, |a| a * if a > 0.0 { 1.0 } else { 0.0 }),
            Self::LeakyRelu => each(a, |a| {
                let leaked = LEAK * a;
                if leaked < a { a } else { leaked }
            }),
            Self::Tanh => tanh(a),
        }
    }

    /// φ′(a) of what φ made, h = φ(a), times what stands in `values`: `to` ← values ⊙ φ′. Values are repeated until
    /// they fill `to`.
    pub fn times_slope(self, h: &[f32], values: &[f32], to: &mut [f32]) {
        for (to, h) in to.chunks_mut(values.len()).zip(h.chunks(values.len())) {
            let values = &values[..to.len()];
            match self.leak() {
                Some(leak) => each_of(to, values, h, by_rectifier(leak)),
                None => each_of(to, values, h, by_tanh),
            }
        }
    }

    /// φ′(a) of what φ made, h = φ(a), times what stands in `values`, in place: values ← values ⊙ φ′.
    pub fn by_slope(self, h: &[f32], values: &mut [f32]) {
        match self.leak() {
            Some(leak) => each_with(values, h, by_rectifier(leak)),
            None => each_with(values, h, by_tanh),
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

/// value φ′ of a rectifier: what it gives, h, has the sign of what it is given.
#[inline(always)]
fn by_rectifier(leak: f32) -> impl Fn(f32, f32) -> f32 {
    move |value, h| value * if h > 0.0 { 1.0 } else { leak }
}

/// value φ′ of tanh: φ′ = 1 − h².
#[inline(always)]
fn by_tanh(value: f32, h: f32) -> f32 {
    value * (1.0 - h * h)
}

/// Numbers of one turn of a loop: where there were fewer, counting them would take as long as what is done.
const BLOCK: usize = 16;

#[inline(always)]
fn each(values: &mut [f32], change: impl Fn(f32) -> f32) {
    let (blocks, rest) = values.as_chunks_mut::<BLOCK>();
    for block in blocks {
        *block = block.map(&change);
    }
    rest.iter_mut().for_each(|value| *value = change(*value));
}

/// Each with its own of `others`.
#[inline(always)]
fn each_with(values: &mut [f32], others: &[f32], change: impl Fn(f32, f32) -> f32) {
    let ((blocks, rest), (other_blocks, other_rest)) = (values.as_chunks_mut::<BLOCK>(), others.as_chunks::<BLOCK>());
    for (block, others) in blocks.iter_mut().zip(other_blocks) {
        for x in 0..BLOCK {
            block[x] = change(block[x], others[x]);
        }
    }
    rest.iter_mut().zip(other_rest).for_each(|(value, other)| *value = change(*value, *other));
}

/// `to` ← what `make` makes of `a` and `b`, as far as all three go.
#[inline(always)]
fn each_of(to: &mut [f32], a: &[f32], b: &[f32], make: impl Fn(f32, f32) -> f32) {
    let (blocks, rest) = to.as_chunks_mut::<BLOCK>();
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<BLOCK>(), b.as_chunks::<BLOCK>());
    for ((block, a), b) in blocks.iter_mut().zip(a).zip(b) {
        *block = std::array::from_fn(|x| make(a[x], b[x]));
    }
    rest.iter_mut().zip(a_rest).zip(b_rest).for_each(|((to, a), b)| *to = make(*a, *b));
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
