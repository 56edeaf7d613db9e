//! Times the training steps of presets and prints JSON: one object for what this machine could do, one for each preset
//! on each device.
//!
//! ```text
//! cargo run --release --example speed             # every preset with networks on flex, those of the GAN on ndarray too
//! cargo run --release --example speed -- moons    # this one
//! ```
//!
//! `rates` are steps a second in repetitions that follow each other; nothing but steps is timed, no probe and no metric.
//! `operations` (floating point, in matrix products; counted on flex alone) and `allocations` are those of one step, means
//! over some. Presets whose steps have no products are left out: no network trains there. `limit` has operations a second.
//! With `--check` there is one short repetition of the first preset of each family, which proves only that it works.
//! Exit status 2 and one sentence on standard error for anything that cannot be done.

mod counted;
mod playing;
mod timed;

use genlab::device::{self, DeviceKind};
use genlab::model::{FAMILIES, Family};
use playing::playing;
use serde_json::{Value, json};
use std::process::ExitCode;
use timed::{Plan, rate};

/// Steps whose operations and allocations are counted.
const COUNTED: u32 = 20;

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
    let (flags, presets): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.starts_with('-'));
    if let Some(flag) = flags.iter().find(|flag| *flag != "--check") {
        return Err(format!("{flag} is not known\nusage: speed [--check] [PRESET]…"));
    }
    let check = !flags.is_empty();
    let plan = if check { Plan::CHECK } else { Plan::FULL };
    println!("{}", json!({ "limit": limit(plan) }));
    for (preset, kinds) in chosen(&presets, check) {
        for &kind in kinds {
            if let Some(row) = measure(&preset, kind, plan)? {
                println!("{row}");
            }
        }
    }
    Ok(())
}

/// Presets and the devices they are measured on.
fn chosen(presets: &[String], check: bool) -> Vec<(String, &'static [DeviceKind])> {
    const BOTH: &[DeviceKind] = &[DeviceKind::Flex, DeviceKind::Ndarray];
    if !presets.is_empty() {
        return presets.iter().map(|preset| (preset.clone(), BOTH)).collect();
    }
    let of = |family: &&'static Family| {
        let kinds = if std::ptr::eq(*family, FAMILIES[0]) { BOTH } else { &BOTH[..1] };
        let few = if check { 1 } else { usize::MAX };
        family.presets.iter().take(few).map(move |preset| (preset.id.to_string(), kinds)).collect::<Vec<_>>()
    };
    FAMILIES.iter().flat_map(of).collect()
}

/// Operations a second: on registers alone, and in a product of 256 × 256 × 256.
fn limit(plan: Plan) -> Value {
    type Loop = extern "C" fn(u32) -> f64;
    let best = |done: Loop, times| {
        let mut operations = 0.0;
        let mut window = || rate(plan.seconds, || operations = done(times)) * operations;
        (0..=plan.repetitions).map(|_| window()).fold(0.0, f64::max)
    };
    json!({ "multiply_add": best(limit::multiply_add, 100_000), "product": best(limit::product, 10) })
}

/// None where no network trains: a step without products.
fn measure(preset: &str, kind: DeviceKind, plan: Plan) -> Result<Option<Value>, String> {
    let mut session = playing(device::block_on(device::open(kind))?, preset, &[])?;
    session.advance(1); // asks for memory that later steps use again
    let before = (genlab_kernel::operations(), counted::allocations());
    session.advance(COUNTED);
    let a_step = |before, after| (after - before) as f64 / f64::from(COUNTED);
    let operations = a_step(before.0, genlab_kernel::operations());
    let allocations = a_step(before.1, counted::allocations());
    if kind == DeviceKind::Flex && operations == 0.0 {
        return Ok(None);
    }
    let mut steps = || rate(plan.seconds, || session.advance(1)); // on a CPU it has taken them when `advance` returns
    steps(); // warms up
    let rates: Vec<_> = (0..plan.repetitions).map(|_| steps()).collect();
    let mut row = json!({ "preset": preset, "device": kind.id(), "rates": rates, "allocations": allocations });
    if kind == DeviceKind::Flex {
        row["operations"] = operations.into();
    }
    Ok(Some(row))
}
