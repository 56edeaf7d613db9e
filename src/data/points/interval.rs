//! The indicator of an interval under gaussian noise: Φ((x − a)/σ) − Φ((x − b)/σ), what flat densities blur into.

/// The indicator of [low, high) at `x`, convolved with N(0, std²); the indicator itself where `std` is 0. In [0, 1].
///
/// Tails are taken on the side where they are small, so that they keep their digits far away.
pub(super) fn blurred_interval(x: f64, [low, high]: [f64; 2], std: f64) -> f64 {
    if std == 0.0 {
        return if low <= x && x < high { 1.0 } else { 0.0 };
    }
    let mirror = if 2.0 * x > low + high { (x - high, x - low) } else { (low - x, high - x) };
    let tail = |distance: f64| 0.5 * libm::erfc(distance / (std * std::f64::consts::SQRT_2));
    tail(mirror.0) - tail(mirror.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// python: from scipy.stats import norm; f = lambda x, s: norm.cdf((1 - x)/s) - norm.cdf((-2 - x)/s)
    ///         print(f(.3, .5), f(1, .5), f(-2.5, 2)); print(norm.sf(10) - norm.sf(16))   # the last: x = 6, s = .5
    #[test]
    fn values_follow_scipy() {
        let cases = [
            (0.3, 0.5, 0.9192412283115264),
            (1.0, 0.5, 0.49999999901341236),
            (-2.5, 2.0, 0.3612345174532592),
            (6.0, 0.5, 7.61985302416047e-24),
            (-7.0, 0.5, 7.61985302416047e-24),
        ];
        for (x, std, expected) in cases {
            let value = blurred_interval(x, [-2.0, 1.0], std);
            assert!((value / expected - 1.0).abs() < 1e-12, "{x}: {value}");
        }
    }

    #[test]
    fn without_noise_it_is_the_half_open_interval() {
        let inside = |x| blurred_interval(x, [-2.0, 1.0], 0.0);
        assert_eq!([-2.1, -2.0, 0.0, 1.0].map(inside), [0.0, 1.0, 1.0, 0.0]);
    }
}
