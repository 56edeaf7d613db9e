//! Every picture there is: 65,536 of 4 × 4 pixels, 30 of them valid, and a discriminator that is trained alone. What it
//! takes for good is not estimated but looked up.

mod exact;
mod knobs;
mod presets;
mod search;

use super::{Curve, Family, Judged, Model, Sight};
use crate::card::text;
use crate::data::worlds::{N_BITS, bits, gray, string_of};
use crate::protocol::{HealthState, Matrix, Named, Progress};
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::lone::{FLIPS, Lone, LoneLive, LoneProgress, best, climb};
use crate::trainer::{Cursor, Line, Player, Stride, Value};
use burn::tensor::{Device, Tensor};
use exact::Facts;
use std::cell::OnceCell;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("D alone, on every picture there is", "只有 D，面对所有可能的图片"),
    presets: presets::PRESETS,
    curves: &[Curve { id: "loss_d", label: text("D", "D") }],
    columns: [("", text("D", "D")), ("start", text("D untrained", "未训练的 D"))],
    levels: [text("a perfect D", "完美的 D"), text("by chance", "靠运气")],
    metrics: exact::cards,
    ground: || None,
    probes: || PROBES.to_vec(),
    looks_apart: false,
    needs: |_| &[],
    start: |settings, _, device| Ok(Box::new(Universe::new(settings, device))),
};

/// Pictures are rows of 16 pixels, 0 paper and 1 ink; strings are numbers from 0 to 65,535, the first pixel their bit 15.
///
/// - `scores` `[256, 256]`: D of every picture; the upper half of a picture is the Gray code of its row, the lower of its
///   column, so that neighbours differ in one pixel;
/// - `valid` `[n, 1]`: the valid strings; `positives` `[n, 16]`: their pictures;
/// - `negatives` `[k, 16]`: those of the last round;
/// - `top` `[n, 16]`, `top_scores` `[n, 1]`: D's best, as many as there are valid ones;
/// - `near` `[480, 2]`: every string one pixel away from a valid one, with its score;
/// - `climb` `[n, 16]`, `climb_scores` `[n, 1]`: the way up from the reader's own picture;
/// - `searches` `[3, 3]`: see [`search::table`].
const PROBES: &[&str] =
    &["scores", "valid", "positives", "negatives", "top", "top_scores", "near", "climb", "climb_scores", "searches"];

/// How far a round has come that is followed line by line.
enum Round {
    Positives,
    /// With the random numbers as they were before: a round given up is drawn again.
    Negatives {
        before: Rng,
    },
    Differentiated {
        before: Rng,
        loss: f32,
        gradient: Vec<f32>,
    },
}

struct Universe {
    lone: Lone,
    facts: Facts,
    live: LoneLive,
    rng: Rng,
    negatives: Vec<u16>,
    round: Option<Round>,
    cursor: Option<Cursor>,
    /// What the numbers were before training.
    start: [f64; 6],
    /// D of every string, as long as D does not change.
    scores: OnceCell<Vec<f32>>,
    /// The reader's own picture.
    placed: Option<u16>,
    device: Device,
}

impl Universe {
    fn new(settings: &Settings, device: &Device) -> Self {
        let seed = settings.integer("seed");
        let weights = |stream| Rng::new(seed, stream);
        let lone = Lone::new(knobs::judge(settings), &mut weights(Stream::WeightsD), &mut weights(Stream::WeightsG));
        let facts = Facts::new(knobs::world(settings));
        Self {
            start: facts.numbers(&lone.all_scores()),
            lone,
            facts,
            live: knobs::live(settings),
            rng: Rng::new(seed, Stream::NoiseForD),
            negatives: Vec::new(),
            round: None,
            cursor: None,
            scores: OnceCell::new(),
            placed: None,
            device: device.clone(),
        }
    }

    /// The next line of a round. The loss when it was the last one.
    fn line(&mut self) -> Option<f32> {
        let Self { lone, facts, live, rng, .. } = self;
        let (line, round, done) = match self.round.take() {
            None => (Line::Real, Some(Round::Positives), None),
            Some(Round::Positives) => {
                let before = rng.clone();
                self.negatives = lone.negatives(live.source, live.k, &facts.valid, rng);
                (Line::Generate, Some(Round::Negatives { before }), None)
            }
            Some(Round::Negatives { before }) => {
                let (loss, gradient) = lone.differentiate(&facts.valid, &self.negatives);
                (Line::Loss, Some(Round::Differentiated { before, loss, gradient }), None)
            }
            Some(Round::Differentiated { loss, gradient, .. }) => {
                lone.descend(gradient, *live, rng);
                self.scores.take();
                (Line::Update, None, Some(loss))
            }
        };
        self.round = round;
        self.cursor = Some(Cursor { player: Player::D, line });
        done
    }

    fn scores(&self) -> &[f32] {
        self.scores.get_or_init(|| self.lone.all_scores())
    }

    fn top(&self) -> Vec<u16> {
        best(self.scores(), self.facts.valid.len())
    }

    fn climb(&self) -> Option<Vec<u16>> {
        self.placed.map(|start| climb(self.scores(), start).take(FLIPS + 1).collect())
    }

    /// One number for each of some strings, `[n, 1]`.
    fn each(&self, strings: &[u16], number: impl Fn(u16) -> f32) -> Sight<'_> {
        let values: Vec<f32> = strings.iter().map(|string| number(*string)).collect();
        Sight::Known(Matrix { shape: [values.len(), 1], values })
    }
}

fn pictures(strings: &[u16]) -> Sight<'static> {
    let values: Vec<f32> = strings.iter().flat_map(|string| bits(*string, 0.0)).collect();
    Sight::Known(Matrix { shape: [strings.len(), N_BITS], values })
}

impl Model for Universe {
    fn tune(&mut self, settings: &Settings) {
        self.live = knobs::live(settings);
    }

    /// There is one player: every stride but a line is a round.
    fn advance(&mut self, stride: Stride) -> Option<Vec<Option<Value>>> {
        let loss = if stride == Stride::Line {
            self.line()?
        } else {
            let loss = loop {
                if let Some(loss) = self.line() {
                    break loss;
                }
            };
            self.cursor = None;
            loss
        };
        Some(vec![Some(Value::Known(loss))])
    }

    fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    fn updates(&self) -> Named<u64> {
        [("d", self.lone.d.n_updates), ("g", self.lone.g.n_updates)].into()
    }

    fn n_parameters(&self) -> Named<usize> {
        [("d", self.lone.d.n_parameters()), ("g", self.lone.g.n_parameters())].into()
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        let score = |string: u16| self.scores()[string as usize];
        match probe {
            "scores" => {
                let rows = (0..=255).flat_map(|r| (0..=255).map(move |c| u16::from_be_bytes([gray(r), gray(c)])));
                Some(Sight::Known(Matrix { shape: [256, 256], values: rows.map(score).collect() }))
            }
            "valid" => Some(self.each(&self.facts.valid, f32::from)),
            "positives" => Some(pictures(&self.facts.valid)),
            "negatives" => (!self.negatives.is_empty()).then(|| pictures(&self.negatives)),
            "top" => Some(pictures(&self.top())),
            "top_scores" => Some(self.each(&self.top(), score)),
            "near" => {
                let near = &self.facts.near_misses;
                let values = near.iter().flat_map(|string| [f32::from(*string), score(*string)]).collect();
                Some(Sight::Known(Matrix { shape: [near.len(), 2], values }))
            }
            "climb" => self.climb().map(|way| pictures(&way)),
            "climb_scores" => self.climb().map(|way| self.each(&way, score)),
            "searches" => Some(Sight::Known(search::table(&self.lone, self.scores()))),
            _ => None,
        }
    }

    fn answers(&self) -> &'static [&'static str] {
        &["climb", "climb_scores"]
    }

    fn place(&mut self, values: &[f32]) -> Result<(), String> {
        if values.len() != N_BITS || values.iter().any(|v| ![0.0, 1.0].contains(v)) {
            return Err(format!("{N_BITS} pixels, each 0 or 1"));
        }
        self.placed = Some(string_of(values));
        Ok(())
    }

    fn measured(&self, _: u64) -> Vec<Tensor<2>> {
        Vec::new()
    }

    fn judge(&mut self, _: u64, _: &[Vec<f32>]) -> Judged {
        let metrics = self.facts.read(self.scores(), &self.start);
        Judged { metrics, health: HealthState::default(), ..Judged::default() }
    }

    fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let vectors = self.lone.d.vectors.iter().chain(&self.lone.g.vectors);
        let vectors = vectors.map(|vector| Tensor::from_floats(vector.as_slice(), &self.device));
        let rng = match &self.round {
            Some(Round::Negatives { before } | Round::Differentiated { before, .. }) => before,
            None | Some(Round::Positives) => &self.rng,
        };
        let progress = LoneProgress { updates: [self.lone.d.n_updates, self.lone.g.n_updates], rng: rng.clone() };
        (vectors.collect(), Progress::Lone(progress))
    }

    fn restore(&mut self, _: u64, values: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress::Lone(progress) = progress else { return Err("another model's".into()) };
        let Lone { d, g, .. } = &mut self.lone;
        let of_d = 3 * d.n_parameters();
        if values.len() != of_d + 3 * g.n_parameters() || progress.updates.iter().any(|n| *n >= 1 << 53) {
            return Err(format!("{} values do not fit these networks", values.len()));
        }
        d.restore(&values[..of_d], progress.updates[0]);
        g.restore(&values[of_d..], progress.updates[1]);
        self.rng = progress.rng.clone();
        self.negatives.clear();
        (self.round, self.cursor) = (None, None);
        self.scores.take();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    fn universe(changes: &[(&str, &str)]) -> Universe {
        let raw: crate::protocol::RawSettings = changes
            .iter()
            .map(|(k, v)| (k.to_string(), (*v).into()))
            .chain([("model".into(), "universe".into())])
            .collect();
        Universe::new(&crate::model::settings(&raw).unwrap(), &device::cpu())
    }

    fn losses(universe: &mut Universe, stride: Stride, n: usize) -> Vec<f32> {
        let mut loss = || match universe.advance(stride)?[0] {
            Some(Value::Known(loss)) => Some(loss),
            _ => None,
        };
        std::iter::repeat_with(&mut loss).take(n).flatten().collect()
    }

    #[test]
    fn line_by_line_is_the_same_round_and_a_checkpoint_in_the_middle_draws_it_again() {
        let changes = [("width", "8"), ("k", "4"), ("negatives", "soft")];
        let (mut whole, mut lines) = (universe(&changes), universe(&changes));
        let expected = losses(&mut whole, Stride::Both, 5);
        assert_eq!(losses(&mut lines, Stride::Line, 12), expected[..3]);
        assert_eq!(lines.cursor(), Some(Cursor { player: Player::D, line: Line::Update }));
        losses(&mut lines, Stride::Line, 3);
        let (tensors, progress) = lines.save();
        let values = device::block_on(device::read(tensors)).unwrap().concat();
        let mut twin = universe(&changes);
        twin.restore(3, &values, &progress).unwrap();
        assert_eq!(losses(&mut twin, Stride::Both, 2), expected[3..]);
        assert!(twin.restore(3, &values[1..], &progress).is_err());
    }

    #[test]
    fn a_picture_of_the_wrong_size_is_refused_and_a_right_one_is_climbed_from() {
        let mut universe = universe(&[("width", "8")]);
        assert!(
            universe.place(&[0.0; 15]).is_err() && universe.place(&[0.5; 16]).is_err() && universe.climb().is_none()
        );
        universe.place(&[1.0; 16]).unwrap();
        assert_eq!(universe.climb().unwrap()[0], u16::MAX);
    }
}
