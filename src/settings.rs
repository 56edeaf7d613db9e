//! Settings: what each may be, and those of one run. Controls, links, command-line flags, bounds and
//! defaults all come from the tables of [`Knob`]s that each model brings.
//!
//! Raw words become [`Settings`] here or are refused with a [`Refusal`] that names the field, the value
//! and the bound. Past this point nothing needs to be checked again.

use crate::card::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value as Raw;
use std::collections::BTreeMap;
use std::fmt;

/// What a setting may be.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Kind {
    Integer {
        min: i64,
        max: i64,
    },
    /// `log`: the control moves by factors. `min` may still be 0.
    Number {
        min: f64,
        max: f64,
        log: bool,
    },
    Choice {
        #[serde(serialize_with = "serialize_options")]
        options: fn() -> Vec<Choice>,
    },
    /// `on` or `off`.
    Switch,
}

/// One value of a choice.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Choice {
    pub id: &'static str,
    pub label: Text,
}

/// One setting.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Knob {
    pub id: &'static str,
    pub label: Text,
    pub group: Group,
    #[serde(flatten)]
    pub kind: Kind,
    pub default: &'static str,
    /// May change while training; otherwise a change starts the run anew.
    pub live: bool,
    /// What it does, in a sentence.
    pub help: Text,
}

/// The settings of one model.
pub struct Schema {
    /// The model's id.
    pub model: &'static str,
    /// In the order of the page.
    pub tables: &'static [&'static [Knob]],
    /// Bounds that span several settings.
    pub check: fn(&Settings) -> Result<(), Refusal>,
}

impl Schema {
    pub fn knobs(&self) -> impl Iterator<Item = &'static Knob> + use<> {
        self.tables.iter().flat_map(|table| table.iter())
    }

    /// The knob with this id.
    pub fn find(&self, id: &str) -> Option<&'static Knob> {
        self.knobs().find(|knob| knob.id == id)
    }
}

/// The panel a setting stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Run,
    Game,
    Generator,
    Discriminator,
    Regularizer,
    Code,
    Network,
    Optimizer,
}

/// A knob, in the order its table reads best.
pub const fn knob(
    id: &'static str,
    group: Group,
    kind: Kind,
    default: &'static str,
    live: bool,
    label: Text,
    help: Text,
) -> Knob {
    Knob { id, label, group, kind, default, live, help }
}

fn serialize_options<S: serde::Serializer>(options: &fn() -> Vec<Choice>, s: S) -> Result<S::Ok, S::Error> {
    options().serialize(s)
}

/// A value within its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    Integer(i64),
    Number(f64),
    Choice(&'static str),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(v) => write!(f, "{v}"),
            Self::Number(v) => write!(f, "{v}"),
            Self::Choice(v) => write!(f, "{v}"),
        }
    }
}

/// Why a setting was not taken: which field, what it said, and what it may say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    pub field: String,
    /// The offending value, shortened.
    pub value: String,
    pub bound: String,
}

impl Refusal {
    pub fn new(field: &str, value: impl fmt::Display, bound: impl Into<String>) -> Self {
        Self { field: shorten(field), value: shorten(&value.to_string()), bound: bound.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {} was not taken: it must be {}.", self.field, self.value, self.bound)
    }
}

impl std::error::Error for Refusal {}

/// At most 40 characters (and an ellipsis), with control and direction marks spelled out: what a hostile
/// link may put on a page.
fn shorten(text: &str) -> String {
    const LIMIT: usize = 40;
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let spell = |c: char| if invisible(c) { c.escape_unicode().collect() } else { vec![c] };
    let mut spelled = text.chars().flat_map(spell);
    let mut short: String = spelled.by_ref().take(LIMIT).collect();
    if spelled.next().is_some() {
        short.push('…');
    }
    if short.is_empty() { "(nothing)".into() } else { short }
}

impl Knob {
    /// Reads a value from a link, a flag or a message.
    pub fn parse(&self, raw: &Raw) -> Result<Value, Refusal> {
        let words = match raw {
            Raw::String(s) => s.trim().to_string(),
            other => other.to_string(),
        };
        let refuse = || Refusal::new(self.id, &words, self.bound());
        match self.kind {
            Kind::Integer { min, max } => {
                let number: f64 = words.parse().map_err(|_| refuse())?;
                let inside = number.fract() == 0.0 && number >= min as f64 && number <= max as f64;
                inside.then_some(Value::Integer(number as i64)).ok_or_else(refuse)
            }
            Kind::Number { min, max, .. } => {
                let number: f64 = words.parse().map_err(|_| refuse())?;
                (number >= min && number <= max).then_some(Value::Number(number)).ok_or_else(refuse)
            }
            Kind::Choice { options } => {
                options().iter().find(|o| o.id == words).map(|o| Value::Choice(o.id)).ok_or_else(refuse)
            }
            Kind::Switch => ["on", "off"].into_iter().find(|o| *o == words).map(Value::Choice).ok_or_else(refuse),
        }
    }

    /// The bound in words: `a number from 0 to 1`.
    pub fn bound(&self) -> String {
        match self.kind {
            Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Kind::Number { min, max, .. } => format!("a number from {min} to {max}"),
            Kind::Choice { options } => {
                format!("one of {}", options().iter().map(|o| o.id).collect::<Vec<_>>().join(", "))
            }
            Kind::Switch => "on or off".into(),
        }
    }
}

/// A complete set of settings of one model, each within its bounds. It begins with `model`.
#[derive(Clone)]
pub struct Settings {
    schema: &'static Schema,
    values: BTreeMap<&'static str, Value>,
}

impl Settings {
    /// The model's defaults.
    pub fn new(schema: &'static Schema) -> Self {
        let parse = |k: &Knob| k.parse(&Raw::from(k.default)).expect("a default lies within its bounds");
        let values = schema.knobs().map(|k| (k.id, parse(k))).chain([("model", Value::Choice(schema.model))]);
        Self { schema, values: values.collect() }
    }

    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// These settings with `changes` laid over them.
    ///
    /// # Errors
    ///
    /// The first entry that is unknown, of the wrong type or out of bounds, or does not go with the others.
    pub fn with<'a>(&self, changes: impl IntoIterator<Item = (&'a str, &'a Raw)>) -> Result<Self, Refusal> {
        let mut settings = self.clone();
        for (key, value) in changes {
            settings.set(key, value)?;
        }
        (self.schema.check)(&settings)?;
        Ok(settings)
    }

    fn set(&mut self, key: &str, raw: &Raw) -> Result<(), Refusal> {
        let words = || raw.as_str().map_or_else(|| raw.to_string(), str::to_string);
        if key == "model" {
            let same = words() == self.schema.model;
            return same
                .then_some(())
                .ok_or_else(|| Refusal::new(key, words(), format!("{}, or chosen by a preset", self.schema.model)));
        }
        let knob = self.schema.find(key).ok_or_else(|| {
            let ids: Vec<_> = self.schema.knobs().map(|k| k.id).collect();
            Refusal::new(key, words(), format!("a known setting: {}", ids.join(", ")))
        })?;
        self.values.insert(knob.id, knob.parse(raw)?);
        Ok(())
    }

    /// Do these differ from `other` in nothing but what may change while training?
    pub fn is_tuned_from(&self, other: &Self) -> bool {
        let live = |id: &str| self.schema.find(id).is_some_and(|knob| knob.live);
        self.model() == other.model() && self.iter().all(|(id, value)| live(id) || other.values[id] == value)
    }

    /// The refusal of a setting that does not go with the others.
    pub fn refuse<T>(&self, id: &str, bound: impl Into<String>) -> Result<T, Refusal> {
        Err(Refusal::new(id, self.values[id], bound))
    }

    /// Does this model have such a setting?
    pub fn has(&self, id: &str) -> bool {
        self.values.contains_key(id)
    }

    pub fn model(&self) -> &'static str {
        self.schema.model
    }

    /// # Panics
    ///
    /// When `id` is not an integer of this model: a slip in this crate, caught by any test that starts a run.
    pub fn integer(&self, id: &str) -> u64 {
        match self.values[id] {
            Value::Integer(v) => v as u64,
            other => panic!("{id} is {other:?}"),
        }
    }

    /// # Panics
    ///
    /// When `id` is not a number of this model.
    pub fn number(&self, id: &str) -> f64 {
        match self.values[id] {
            Value::Number(v) => v,
            other => panic!("{id} is {other:?}"),
        }
    }

    /// # Panics
    ///
    /// When `id` is not a choice of this model.
    pub fn choice(&self, id: &str) -> &'static str {
        match self.values[id] {
            Value::Choice(v) => v,
            other => panic!("{id} is {other:?}"),
        }
    }

    /// # Panics
    ///
    /// When `id` is not a switch of this model.
    pub fn switch(&self, id: &str) -> bool {
        self.choice(id) == "on"
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Value)> + '_ {
        self.values.iter().map(|(k, v)| (*k, *v))
    }
}

impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.values.fmt(f)
    }
}

impl Serialize for Settings {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.values.serialize(s)
    }
}
