//! Sessions that play, for programs that have files.

#[path = "../stored/mod.rs"]
mod stored;

use burn::tensor::Device;
use genlab::protocol::{Command, Event, RawSettings, Start};
use genlab::session::Session;
use genlab::trainer::Stride;
use serde_json::json;

/// A run of a preset with some changes, given all that it needs.
pub fn playing(device: Device, preset: &str, changes: &[(&str, &str)]) -> Result<Session, String> {
    let words = [("preset", preset)].into_iter().chain(changes.iter().copied());
    let settings: RawSettings = words.map(|(key, value)| (key.to_string(), json!(value))).collect();
    let mut session = Session::new(device);
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
    Ok(session)
}
