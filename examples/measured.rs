//! Measures again what `www/measured.json` says, and writes it there: each entry's metric after its steps, for seeds 1, 2
//! and 3, of the averaged generator where there is one.
//!
//! ```text
//! cargo run --release --example measured
//! ```

mod trained;

use genlab::model;
use serde_json::{Map, Value, json};
use trained::{reading, train};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/measured.json");
const SEEDS: [u32; 3] = [1, 2, 3];

fn main() {
    let text = std::fs::read_to_string(FILE).expect("www/measured.json can be read");
    let mut entries: Vec<Map<String, Value>> = serde_json::from_str(&text).expect("a list of entries");
    for entry in &mut entries {
        let word = |key: &str| entry[key].as_str().expect("a word").to_string();
        let (preset, metric, step) = (word("preset"), word("metric"), entry["step"].as_u64().expect("a step"));
        let settings: Vec<(String, String)> =
            entry.get("settings").and_then(Value::as_object).map_or_else(Vec::new, |all| {
                all.iter().map(|(key, value)| (key.clone(), value.to_string().trim_matches('"').to_string())).collect()
            });
        let settings: Vec<(&str, &str)> = settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let (family, _) = model::presets().find(|(_, known)| known.id == preset).expect("a preset");
        let averaged = family.columns[1].0 == "ema";
        let values = SEEDS.map(|seed| {
            let end = train(&preset, seed, &settings, &[step]).remove(0);
            let reading = reading(&end, &metric);
            let value = if averaged { reading.ema } else { reading.live };
            (value * 1e4).round() / 1e4
        });
        println!("{preset} {metric} at {step}: {values:?}");
        entry.insert("values".into(), json!(values));
    }
    let lines: Vec<String> = entries.iter().map(|entry| format!("  {}", json!(entry))).collect();
    std::fs::write(FILE, format!("[\n{}\n]\n", lines.join(",\n"))).expect("www/measured.json can be written");
}
