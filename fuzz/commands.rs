//! Lines of JSON, each a command as it comes over the wire. No line may panic, and a refused one may not cost the run.
//!
//! libFuzzer changes the `seeds` (sessions that work) where that reaches new code.
#![no_main]

use genlab::device;
use genlab::protocol::{Command, Event};
use genlab::session::Session;

/// More commands only cost time.
const MOST: usize = 32;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut session = Session::new(device::cpu());
    for line in bytes.split(|byte| *byte == b'\n').take(MOST) {
        let Ok(command) = serde_json::from_slice::<Command>(line) else { continue };
        let before = (session.run_id(), session.step(), session.settings().cloned());
        if let Event::Failed { .. } = session.apply(command) {
            assert_eq!((session.run_id(), session.step(), session.settings().cloned()), before);
        }
        session.advance(1);
    }
    device::block_on(session.snapshot()).expect("the CPU is never lost");
});
