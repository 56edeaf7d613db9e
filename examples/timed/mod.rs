//! How often something can be done in a second, for programs that measure.

use std::time::Instant;

/// How often, and for how many seconds each time, something is timed.
#[derive(Clone, Copy)]
pub struct Plan {
    pub repetitions: usize,
    pub seconds: f64,
}

impl Plan {
    pub const FULL: Self = Self { repetitions: 5, seconds: 0.4 };
    /// Proves that it works, and no more.
    pub const CHECK: Self = Self { repetitions: 1, seconds: 0.04 };
}

/// Times a second, over at least so many seconds.
pub fn rate(seconds: f64, mut act: impl FnMut()) -> f64 {
    let clock = Instant::now();
    let mut times = 0.0;
    while clock.elapsed().as_secs_f64() < seconds {
        act();
        times += 1.0;
    }
    times / clock.elapsed().as_secs_f64()
}
