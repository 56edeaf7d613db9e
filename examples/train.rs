//! Trains an experiment without a browser and prints one JSON object a line.
//!
//! ```text
//! cargo run --release --example train -- ring8 --steps 3000 --seed 1 --set lr_d=0.002
//! ```
//!
//! Exit status 2 and one sentence on standard error for anything that cannot be done.

mod stored;

use genlab::data::points::table;
use genlab::device::{self, DeviceKind};
use genlab::model::{self, Family, dirac};
use genlab::protocol::{Command, Event, Judgement, Points, RawSettings, Snapshot, Start};
use genlab::session::Session;
use genlab::settings::{Refusal, Value};
use genlab::trainer::Stride;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "usage: train PRESET [--steps N] [--seed N] [--every N] [--set KEY=VALUE]… [--data FILE]";

struct Arguments {
    steps: u64,
    /// Steps between two lines.
    every: u64,
    settings: RawSettings,
    /// The reader's own points.
    points: Option<Points>,
}

fn main() -> ExitCode {
    match parse(std::env::args().skip(1)).and_then(|arguments| train(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let preset = words.next().filter(|w| !w.starts_with('-')).ok_or_else(|| {
        let ids: Vec<_> = model::presets().map(|(_, preset)| preset.id).collect();
        format!("{USAGE}\nPRESET is one of {}", ids.join(", "))
    })?;
    let mut arguments = Arguments { steps: 3_000, every: 250, settings: RawSettings::new(), points: None };
    arguments.settings.insert("preset".into(), preset.into());
    while let Some(flag) = words.next() {
        let value = words.next().ok_or_else(|| format!("{flag} needs a value\n{USAGE}"))?;
        match flag.as_str() {
            "--steps" => arguments.steps = whole_number("steps", &value)?,
            "--every" => arguments.every = whole_number("every", &value)?,
            "--seed" => _ = arguments.settings.insert("seed".into(), value.into()),
            "--set" => {
                let (key, value) = value.split_once('=').ok_or("--set needs KEY=VALUE")?;
                arguments.settings.insert(key.into(), value.into());
            }
            "--data" => {
                let text = std::fs::read_to_string(&value).map_err(|e| format!("{value}: {e}"))?;
                arguments.points = Some(points(&text).map_err(|refusal| refusal.to_string())?);
                arguments.settings.insert("data".into(), "own".into());
            }
            _ => return Err(format!("{flag} is not known\n{USAGE}")),
        }
    }
    Ok(arguments)
}

/// Points as the page saves them, or any table.
fn points(text: &str) -> Result<Points, Refusal> {
    serde_json::from_str(text).or_else(|_| table::read(text).map(Points::from))
}

fn whole_number(field: &str, words: &str) -> Result<u64, String> {
    const MAX: u64 = 10_000_000;
    let refuse = || Refusal::new(field, words, format!("a whole number from 1 to {MAX}")).to_string();
    words.parse().ok().filter(|n| (1..=MAX).contains(n)).ok_or_else(refuse)
}

fn train(arguments: &Arguments) -> Result<(), String> {
    let settings = model::settings(&arguments.settings).map_err(|refusal| refusal.to_string())?;
    let family = model::family(&settings);
    let seed = settings.iter().find(|(id, _)| *id == "seed").map(|(_, value)| value); // not every model draws lots
    let kind = DeviceKind::find(settings.choice("device")).unwrap_or(DeviceKind::Flex); // auto
    let mut session = Session::new(device::block_on(device::open(kind))?);
    let start = Command::Start(Box::new(Start {
        run: 1,
        settings: arguments.settings.clone(),
        points: arguments.points.clone(),
        ..Start::default()
    }));
    for name in session.needs(&arguments.settings) {
        let bytes = stored::stored(name)?;
        session.apply(Command::Load { name: name.into(), bytes });
    }
    for command in [start, Command::Watch { probes: vec!["generated".into(), "rates".into()] }] {
        if let Event::Failed { message, .. } = session.apply(command) {
            return Err(message);
        }
    }

    let clock = Instant::now();
    let mut step = 0;
    while step < arguments.steps {
        let n = arguments.every.min(arguments.steps - step);
        session.apply(Command::Play { by: Stride::Both });
        session.advance(n as u32);
        session.apply(Command::Pause); // standing still, every snapshot carries all metrics
        step += n;
        let snapshot = device::block_on(session.snapshot())?.ok_or("no run")?;
        println!("{}", line(&snapshot, family, seed, kind, clock.elapsed().as_secs_f64()));
        if let Some(step) = snapshot.health.diverged_at {
            eprintln!("diverged at step {step}: a loss is no longer a finite number, or all bounds are left behind");
            break;
        }
    }
    Ok(())
}

/// One line of output. The names are part of the contract; later metrics join under their own.
fn line(
    snapshot: &Snapshot,
    family: &Family,
    seed: Option<Value>,
    kind: DeviceKind,
    seconds: f64,
) -> serde_json::Value {
    let mut line = serde_json::json!({
        "step": snapshot.step,
        "seed": seed,
        "device": kind.id(),
        "diverged_at": snapshot.health.diverged_at,
        "collapsed_at": snapshot.health.collapsed_at,
        "won_at": snapshot.health.won_at,
        "converged_at": snapshot.health.converged_at,
        "seconds": seconds,
    });
    for (id, values) in &snapshot.curves.values {
        line[*id] = values.last().copied().into();
    }
    if let Some(Judgement { real, generated, slope }) = snapshot.judgement {
        line["d_real"] = real.into();
        line["d_generated"] = generated.into();
        line["slope"] = slope.into();
    }
    for id in (family.metrics)().iter().map(|metric| metric.card.id) {
        let reading = snapshot.metrics.iter().find(|reading| reading.id == id);
        line[id] = reading.map(|r| r.live).into();
        line[format!("{id}_{}", family.columns[1].0)] = reading.map(|r| r.ema).into();
        line[format!("{id}_floor")] = reading.map(|r| r.floor).into();
        line[format!("{id}_chance")] = reading.map(|r| r.chance).into();
        if id == "modes" {
            line["n_modes"] = reading.and_then(|r| r.max).into();
        }
    }
    if let Some(rates) = snapshot.probes.get("rates") {
        for (name, value) in dirac::RATES.iter().zip(&rates.values) {
            line[*name] = (*value).into();
        }
    }
    line
}
