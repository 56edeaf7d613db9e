//! Times the training steps of presets on every CPU device and prints one JSON object for each pair.
//!
//! ```text
//! cargo run --release --example speed             # every preset of the GAN
//! cargo run --release --example speed -- moons    # this one
//! ```
//!
//! `rates` are steps a second in repetitions that follow each other; nothing but steps is timed, no probe
//! and no metric. With `--check` there is one short repetition, which proves only that it works.
//! Exit status 2 and one sentence on standard error for anything that cannot be done.

mod stored;

use genlab::device::{self, DeviceKind};
use genlab::model::FAMILIES;
use genlab::protocol::{Command, Event, Start};
use genlab::session::Session;
use genlab::trainer::Stride;
use std::process::ExitCode;
use std::time::Instant;

const REPETITIONS: usize = 5;
/// Length of a repetition.
const SECONDS: f64 = 0.4;

fn main() -> ExitCode {
    match speed(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn speed(words: Vec<String>) -> Result<(), String> {
    let (flags, mut presets): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.starts_with('-'));
    if let Some(flag) = flags.iter().find(|flag| *flag != "--check") {
        return Err(format!("{flag} is not known\nusage: speed [--check] [PRESET]…"));
    }
    if presets.is_empty() {
        presets = FAMILIES[0].presets.iter().map(|preset| preset.id.into()).collect();
    }
    let (repetitions, seconds) = if flags.is_empty() { (REPETITIONS, SECONDS) } else { (1, SECONDS / 10.0) };
    let kinds = [DeviceKind::Flex, DeviceKind::Ndarray];
    let devices = kinds.iter().map(|&kind| device::block_on(device::open(kind))).collect::<Result<Vec<_>, _>>()?;
    for preset in &presets {
        for (kind, device) in kinds.iter().zip(&devices) {
            let mut session = Session::new(device.clone());
            play(&mut session, preset)?;
            rate(&mut session, seconds); // warms up
            let rates: Vec<_> = (0..repetitions).map(|_| rate(&mut session, seconds)).collect();
            println!("{}", serde_json::json!({ "preset": preset, "device": kind.id(), "rates": rates }));
        }
    }
    Ok(())
}

fn play(session: &mut Session, preset: &str) -> Result<(), String> {
    let settings = [("preset".to_string(), preset.into())].into();
    for name in session.needs(&settings) {
        let bytes = stored::stored(name)?;
        session.apply(Command::Load { name: name.into(), bytes });
    }
    for command in
        [Command::Start(Box::new(Start { run: 1, settings, ..Start::default() })), Command::Play { by: Stride::Both }]
    {
        if let Event::Failed { message, .. } = session.apply(command) {
            return Err(message);
        }
    }
    Ok(())
}

/// Steps a second. A CPU device has taken a step when `advance` returns.
fn rate(session: &mut Session, seconds: f64) -> f64 {
    let clock = Instant::now();
    let mut steps = 0.0;
    while clock.elapsed().as_secs_f64() < seconds {
        session.advance(1);
        steps += 1.0;
    }
    steps / clock.elapsed().as_secs_f64()
}
