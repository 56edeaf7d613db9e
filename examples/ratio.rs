//! Steps a second beside those of the same small GAN written with burn alone (`benches/plain`), in windows that take
//! turns, so that whatever else the machine does slows both. Prints one JSON object for each width.
//!
//! ```text
//! cargo run --release --example ratio
//! ```
//!
//! `settings` are those that make this laboratory's GAN the same as the plain one. With `--check` there is one short
//! window, which proves only that it works.

mod playing;
mod timed;

use genlab::device;
use plain::Plain;
use playing::playing;
use serde_json::json;
use timed::{Plan, rate};

const WIDTHS: [usize; 2] = [16, 64];
/// No Fourier features and no penalties: what both know.
const SAME: [(&str, &str); 7] = [
    ("objective", "non_saturating"),
    ("activation_g", "relu"),
    ("fourier", "0"),
    ("r1", "0"),
    ("r2", "0"),
    ("beta1", "0.5"),
    ("beta2", "0.999"),
];

fn main() {
    let plan = if std::env::args().any(|word| word == "--check") { Plan::CHECK } else { Plan::FULL };
    for width in WIDTHS {
        let words = width.to_string();
        let settings = [&SAME[..], &[("width_g", words.as_str()), ("width_d", words.as_str())]].concat();
        let mut session = playing(device::cpu(), "ring8", &settings).expect("settings that go together");
        let mut plain = Plain::new(width);
        let mut window = || (rate(plan.seconds, || session.advance(1)), rate(plan.seconds, || plain.step()));
        window(); // warms up
        let (ours, plain): (Vec<f64>, Vec<f64>) = (0..plan.repetitions).map(|_| window()).unzip();
        let settings: serde_json::Map<_, _> = settings.iter().map(|(k, v)| (k.to_string(), json!(v))).collect();
        println!("{}", json!({ "width": width, "settings": settings, "ours": ours, "plain": plain }));
    }
}
