//! Log-odds and their sums in plain f64 arithmetic, for what is worked out exactly on the host.

/// σ(a) = 1 / (1 + e⁻ᵃ), the probability whose log-odds are a.
pub fn sigmoid(a: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-a))
}

/// sp(a) = ln (1 + eᵃ) = − ln σ(−a), without overflow.
pub fn softplus(a: f64) -> f64 {
    a.max(0.0) + libm::log1p(libm::exp(-a.abs()))
}

/// ln Σ exp of the terms, without overflow; −∞ where there are none.
pub fn log_sum_exp(terms: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = terms.clone().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + libm::log(terms.map(|term| libm::exp(term - largest)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_what_it_says_and_keeps_its_limits() {
        for a in [-3.0f64, -0.5, 0.0, 1.0, 7.0] {
            assert!((sigmoid(a) - 1.0 / (1.0 + (-a).exp())).abs() < 1e-15);
            assert!((softplus(a) - a.exp().ln_1p()).abs() < 1e-14 && (softplus(a) + sigmoid(-a).ln()).abs() < 1e-13);
        }
        assert_eq!((softplus(900.0), softplus(-900.0), sigmoid(-900.0), sigmoid(900.0)), (900.0, 0.0, 0.0, 1.0));
        let sum = |terms: &[f64]| log_sum_exp(terms.iter().copied());
        assert!((sum(&[1.0, 2.0, 3.0]) - 3.407_605_964_444_38).abs() < 1e-14);
        assert!((sum(&[-2000.0, -2000.0]) + 2000.0 - std::f64::consts::LN_2).abs() < 1e-12);
        assert_eq!(sum(&[]), f64::NEG_INFINITY);
    }
}
