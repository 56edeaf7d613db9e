//! Settings that every model has.

use crate::card::text;
use crate::data::worlds::WORLDS;
use crate::device::DeviceKind;
use crate::settings::{Choice, Group, Kind, Knob, knob};

/// What computes, and when to stop.
#[rustfmt::skip]
pub const RUN: &[Knob] = &[
    knob("device", Group::Run, Kind::Choice { options: device_options }, "auto", false,
        text("Device", "计算设备"), text("What computes. Automatic takes the fastest that works.", "由谁来计算。自动会选用能工作的最快设备。")),
    knob("stop_steps", Group::Run, Kind::Integer { min: 0, max: 1_000_000 }, "0", true,
        text("Stop after steps", "训练多少步后停止"), text("0 goes on for ever.", "0 为一直训练。")),
    knob("stop_seconds", Group::Run, Kind::Integer { min: 0, max: 86_400 }, "0", true,
        text("Stop after seconds", "播放多少秒后停止"), text("Seconds of playing, at any pace; 0 goes on for ever.", "播放的秒数，快慢都一样；0 为一直训练。")),
    knob("stop_converged", Group::Run, Kind::Switch, "off", true,
        text("Stop when converged", "收敛后停止"), text("Stops when the averaged G has stayed within 1.2 times the floor for 500 steps.", "当平均 G 连续 500 步不超过地板值的 1.2 倍时停止。")),
];

/// For models that draw lots.
#[rustfmt::skip]
pub const SEED: &[Knob] = &[
    knob("seed", Group::Run, Kind::Integer { min: 0, max: u32::MAX as i64 }, "1", false,
        text("Seed", "随机种子"), text("The same seed repeats the run exactly.", "同一种子会完全重复这次训练。")),
];

/// Pictures to learn, where they are not made up.
pub fn pictures() -> Vec<Choice> {
    [
        choice("digits14", "Digits, 14 × 14", "数字，14 × 14"),
        choice("digits28", "Digits, 28 × 28", "数字，28 × 28"),
        choice("own14", "Your own, 14 × 14", "你自己的，14 × 14"),
        choice("own28", "Your own, 28 × 28", "你自己的，28 × 28"),
    ]
    .into_iter()
    .chain(faces())
    .collect()
}

pub fn faces() -> Vec<Choice> {
    vec![choice("faces16", "Faces, 16 × 16", "脸，16 × 16"), choice("faces24", "Faces, 24 × 24", "脸，24 × 24")]
}

/// Worlds of strings, for who learns them as pictures.
pub fn worlds() -> Vec<Choice> {
    WORLDS.iter().map(|world| Choice { id: world.card.id, label: world.card.label }).collect()
}

/// An option of a choice.
pub fn choice(id: &'static str, en: &'static str, zh: &'static str) -> Choice {
    Choice { id, label: text(en, zh) }
}

fn device_options() -> Vec<Choice> {
    let kinds = DeviceKind::ALL.into_iter().map(|kind| Choice { id: kind.id(), label: kind.label() });
    std::iter::once(choice("auto", "Automatic", "自动")).chain(kinds).collect()
}
