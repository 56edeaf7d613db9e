//! How far a law on the strings of a world is from the uniform one on its valid strings.

/// Jensen–Shannon divergence, nats, at most ln 2 (Lin, 1991): ½ KL(p ‖ m) + ½ KL(u ‖ m) with `p` the probability of
/// every string, u uniform on the `valid` ones (in order) and m half-way between.
pub fn jsd(p: &[f64], valid: &[u16]) -> f64 {
    let share = 1.0 / valid.len() as f64;
    let term = |p: f64, m: f64| if p > 0.0 { p * libm::log(p / m) } else { 0.0 };
    let mut valid = valid.iter().peekable();
    let both = |(string, p): (usize, &f64)| {
        let u = if valid.next_if(|next| **next as usize == string).is_some() { share } else { 0.0 };
        let m = 0.5 * (p + u);
        0.5 * (term(*p, m) + term(u, m))
    };
    p.iter().enumerate().map(both).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_between_equals_and_ln_2_between_strangers() {
        let mut p = vec![0.0; 1 << 16];
        [3, 5, 9].into_iter().for_each(|string: usize| p[string] = 1.0 / 3.0);
        assert!(jsd(&p, &[3, 5, 9]).abs() < 1e-12);
        assert!((jsd(&p, &[4, 6]) - 2f64.ln()).abs() < 1e-12);
        // scipy.spatial.distance.jensenshannon([1/3, 1/3, 1/3, 0], [1/2, 1/2, 0, 0]) ** 2
        assert!((jsd(&p, &[3, 5]) - 0.132_304_124_718_898_35).abs() < 1e-12, "{}", jsd(&p, &[3, 5]));
    }
}
