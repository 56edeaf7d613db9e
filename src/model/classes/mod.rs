//! Two classes of points: who learns p(y | x) knows where they part, who learns p(x | y) also what they look like. Both
//! can tell classes apart; only the latter can make new points, and notice a place where there are none.

mod classifier;
mod data;
mod knobs;
mod logistic;
mod presets;

use super::{Curve, Family, Judged, Model, Sight, plane};
use crate::card::text;
use crate::data::points::{Axis, Point};
use crate::density::{Density, Gaussian, Mixture};
use crate::logistic::{sigmoid, softplus};
use crate::metric::{Better, MetricCard, Scale, pairs};
use crate::model::Ground;
use crate::probe::grid;
use crate::protocol::{Matrix, Named, Progress, Reading};
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::{Stride, Value, rows};
use burn::tensor::{Device, Tensor};
use classifier::{ADAM, Classifier, Live};
use data::{Classes, HALF_WIDTH};
use logistic::Logistic;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

pub use knobs::SCHEMA;

pub static FAMILY: Family = Family {
    schema: &SCHEMA,
    label: text("Two classes", "两类点"),
    presets: presets::PRESETS,
    curves: &[Curve { id: "nats", label: text("− ln p(y | x)", "− ln p(y | x)") }],
    columns: [("", text("now", "当前")), ("start", text("untrained", "未训练"))],
    levels: [text("the law itself", "数据的真实分布"), text("a coin", "抛硬币")],
    metrics: cards,
    ground: || Some(Ground { half_width: HALF_WIDTH, axes: [axis("x₁"), axis("x₂")] }),
    probes: || PROBES.to_vec(),
    looks_apart: false,
    needs: |_| &[],
    start: |settings, _, device| Ok(Box::new(ClassesModel::new(settings, device))),
};

/// - `class_a`, `class_b` `[n, 2]`: the points to learn;
/// - `belief` `[SIDE, SIDE]`: p(B | x) at the middles of a grid's cells, rows from the top;
/// - `drawn_a`, `drawn_b` `[N_DRAWN, 2]`: new points of each class, of who can make some;
/// - `components` `[2, 6]`: weight, mean and Σ₀₀, Σ₀₁, Σ₁₁ of each class's gaussian, likewise;
/// - `asked` `[1, 4]`: the reader's point, p(B | x), and ln p(x), NaN of who does not know.
const PROBES: &[&str] = &["class_a", "class_b", "belief", "drawn_a", "drawn_b", "components", "asked"];

const SIDE: usize = 50;
const N_DRAWN: usize = 256;
/// Points of each class that nobody learns from.
const N_HELD_OUT: usize = 500;
/// Places far from all data: on a circle of so many half widths.
const FAR: f64 = 5.0;
const N_FAR: usize = 360;

/// Who learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Logistic,
    Network,
    Gaussians,
}

/// The part of a checkpoint that is not vectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassesProgress {
    steps: u64,
    /// Of logistic regression, or of both gaussians, mean and covariance; none for a network.
    weights: Vec<f64>,
    /// Vectors that a network brings.
    vectors: usize,
}

fn cards() -> Vec<MetricCard> {
    vec![
        MetricCard::new(
            "accuracy",
            text("accuracy", "准确率"),
            "share of held-out points whose class is believed",
            "",
            Scale::Share,
            Better::Higher,
        ),
        MetricCard::new(
            "held_out_nats",
            text("held-out points, − ln p(y | x)", "留出点的 − ln p(y | x)"),
            "mean over points that nobody learned from",
            "Shannon 1948",
            Scale::Nats,
            Better::Lower,
        ),
        MetricCard::new(
            "far_confidence",
            text("how sure it is far from all data", "远离数据处的把握"),
            "mean of max p(y | x) on a circle five pictures away",
            "",
            Scale::Share,
            Better::Lower,
        ),
    ]
}

fn axis(name: &'static str) -> Axis {
    Axis { label: text(name, name).into(), unit: text("", "").into(), mean: 0.0, scale: 1.0 }
}

struct ClassesModel {
    classifier: Classifier,
    classes: [Vec<Point>; 2],
    held_out: [Vec<Point>; 2],
    /// Accuracy and nats of the true law; NaN where it has no closed form.
    best: [f64; 2],
    live: Live,
    start: Option<[f64; 3]>,
    asked: Option<Point>,
    seed: u64,
    steps: u64,
    device: Device,
}

impl ClassesModel {
    fn new(settings: &Settings, device: &Device) -> Self {
        let seed = settings.integer("seed");
        let data = knobs::classes(settings);
        let classes = data.draw(settings.integer("n_points") as usize, &mut Rng::new(seed, Stream::RealForD));
        let held_out = data.draw(N_HELD_OUT, &mut Rng::new(seed, Stream::Display));
        let [a, b] = &classes;
        Self {
            classifier: Classifier::new(knobs::method(settings), settings, [a, b], device),
            best: best(data, &held_out),
            classes,
            held_out,
            live: live(settings),
            start: None,
            asked: None,
            seed,
            steps: 0,
            device: device.clone(),
        }
    }

    /// From the logits at some places, which the device may have to work out first.
    fn of_logits<'a>(&'a self, places: Vec<Point>, look: impl Fn(&[f64]) -> Matrix + 'a) -> Sight<'a> {
        match &self.classifier {
            Classifier::Network(network) => {
                let finish = move |values: Vec<f32>| look(&values.into_iter().map(f64::from).collect::<Vec<_>>());
                Sight::OnDevice(network.logits(tensor(&places, &self.device)), Some(Box::new(finish)))
            }
            known => Sight::Known(look(&logits(known, &places))),
        }
    }

    fn drawn(&self, class: usize) -> Option<Sight<'_>> {
        let gaussian = &self.classifier.generative()?[class];
        let rng = &mut Rng::new(self.seed, Stream::Probe);
        Some(Sight::Known(plane::matrix(&(0..N_DRAWN).map(|_| gaussian.draw(rng)).collect::<Vec<_>>())))
    }

    /// Places whose logits the readings need: held-out points of A and of B, and those far away.
    fn judged(&self) -> Vec<Point> {
        let far = (0..N_FAR).map(|i| {
            let angle = TAU * i as f64 / N_FAR as f64;
            [libm::cos(angle), libm::sin(angle)].map(|v| FAR * HALF_WIDTH * v)
        });
        self.held_out.iter().flatten().copied().chain(far).collect()
    }
}

fn live(settings: &Settings) -> Live {
    Live { penalty: settings.number("penalty"), lr: settings.number("lr") }
}

/// Of a classifier that is known on the host.
fn logits(classifier: &Classifier, places: &[Point]) -> Vec<f64> {
    places.iter().map(|x| classifier.logit(*x).expect("known on the host")).collect()
}

/// Accuracy and nats a point, from logits of points of A and of B, as many of each.
fn scored(logits: &[f64]) -> [f64; 2] {
    let n = logits.len() as f64;
    let (a, b) = logits.split_at(logits.len() / 2);
    // Who cannot decide is right half of the time.
    let right = |against: f64| if against < 0.0 { 1.0 } else { f64::from(u8::from(against == 0.0)) / 2.0 };
    let right: f64 = a.iter().map(|logit| right(*logit)).chain(b.iter().map(|logit| right(-logit))).sum();
    let cost: f64 = a.iter().map(|logit| softplus(*logit)).chain(b.iter().map(|logit| softplus(-logit))).sum();
    [right / n, cost / n]
}

fn best(data: &Classes, held_out: &[Vec<Point>; 2]) -> [f64; 2] {
    let Some(log) = data.log else { return [f64::NAN; 2] };
    scored(&held_out.iter().flatten().map(|x| log(true, *x) - log(false, *x)).collect::<Vec<_>>())
}

fn tensor(points: &[Point], device: &Device) -> Tensor<2> {
    rows(plane::matrix(points).values, 2, device)
}

impl Model for ClassesModel {
    fn tune(&mut self, settings: &Settings) {
        self.live = live(settings);
    }

    /// Nobody plays against anybody: every stride is a step.
    fn advance(&mut self, _: Stride) -> Option<Vec<Option<Value>>> {
        self.steps += 1;
        let [a, b] = &self.classes;
        Some(vec![Some(self.classifier.step([a, b], self.live))])
    }

    fn updates(&self) -> Named<u64> {
        [("d", self.steps)].into()
    }

    fn n_parameters(&self) -> Named<usize> {
        [("d", self.classifier.n_parameters())].into()
    }

    fn see(&self, probe: &str) -> Option<Sight<'_>> {
        match probe {
            "class_a" => Some(Sight::Known(plane::matrix(&self.classes[0]))),
            "class_b" => Some(Sight::Known(plane::matrix(&self.classes[1]))),
            "belief" => Some(self.of_logits(pairs(&grid(HALF_WIDTH, SIDE)), |logits| Matrix {
                shape: [SIDE, SIDE],
                values: logits.iter().map(|logit| sigmoid(*logit) as f32).collect(),
            })),
            "drawn_a" => self.drawn(0),
            "drawn_b" => self.drawn(1),
            "components" => {
                let rows = self.classifier.generative()?.each_ref().map(|class| plane::component(0.5, class));
                Some(Sight::Known(plane::components(&rows)))
            }
            "asked" => {
                let x = self.asked?;
                let both = self
                    .classifier
                    .generative()
                    .map(|classes| Mixture { components: classes.iter().map(|class| (0.5, class.clone())).collect() });
                let log = both.map_or(f64::NAN, |both| both.log(x));
                Some(self.of_logits(vec![x], move |logits| Matrix {
                    shape: [1, 4],
                    values: [x[0], x[1], sigmoid(logits[0]), log].map(|v| v as f32).into(),
                }))
            }
            _ => None,
        }
    }

    fn answers(&self) -> &'static [&'static str] {
        &["asked"]
    }

    fn place(&mut self, values: &[f32]) -> Result<(), String> {
        self.asked = Some(plane::asked(values)?);
        Ok(())
    }

    fn measured(&self, _: u64) -> Vec<Tensor<2>> {
        match &self.classifier {
            Classifier::Network(network) => vec![network.logits(tensor(&self.judged(), &self.device))],
            _ => Vec::new(),
        }
    }

    fn judge(&mut self, _: u64, measured: &[Vec<f32>]) -> Judged {
        let all = match measured {
            [values] => values.iter().map(|v| f64::from(*v)).collect(),
            _ => logits(&self.classifier, &self.judged()),
        };
        let (held_out, far) = all.split_at(2 * N_HELD_OUT);
        let [accuracy, cost] = scored(held_out);
        let sure = far.iter().map(|logit| sigmoid(logit.abs())).sum::<f64>() / far.len() as f64;
        let now = [accuracy, cost, sure];
        let start = *self.start.get_or_insert(if self.steps == 0 { now } else { [f64::NAN; 3] });
        let reading =
            |i: usize, id, floor, chance, max| Reading { id, live: now[i], ema: start[i], floor, chance, max };
        let metrics = vec![
            reading(0, "accuracy", self.best[0], 0.5, Some(1.0)),
            reading(1, "held_out_nats", self.best[1], std::f64::consts::LN_2, None),
            reading(2, "far_confidence", f64::NAN, 0.5, Some(1.0)),
        ];
        Judged { metrics, ..Judged::default() }
    }

    fn save(&self) -> (Vec<Tensor<1>>, Progress) {
        let (tensors, weights) = match &self.classifier {
            Classifier::Network(network) => (network.learner.vectors(), Vec::new()),
            Classifier::Logistic(logistic) => (Vec::new(), logistic.weights.to_vec()),
            Classifier::Gaussians(gaussians) => {
                let numbers = |g: &Gaussian| g.mean.into_iter().chain(g.covariance).collect::<Vec<_>>();
                (Vec::new(), gaussians.iter().flat_map(numbers).collect())
            }
        };
        let progress = ClassesProgress { steps: self.steps, weights, vectors: tensors.len() };
        (tensors, Progress::Classes(progress))
    }

    fn restore(&mut self, _: u64, values: &[f32], progress: &Progress) -> Result<(), String> {
        let Progress::Classes(ClassesProgress { steps, weights, vectors }) = progress else {
            return Err("another model's".into());
        };
        match (&mut self.classifier, weights.as_slice()) {
            (Classifier::Network(network), []) => {
                let n = network.config.n_parameters();
                if !ADAM.fits(*vectors, *steps) || values.len() != n * vectors || *steps >= 1 << 53 {
                    return Err(format!("{} values do not fit this network", values.len()));
                }
                let vectors = values.chunks_exact(n).map(|vector| Tensor::from_floats(vector, &self.device)).collect();
                network.learner.restore(vectors, *steps);
            }
            (Classifier::Logistic(logistic), &[b, w0, w1]) if weights.iter().all(|w| w.is_finite()) => {
                *logistic = Logistic { weights: [b, w0, w1] };
            }
            (Classifier::Gaussians(gaussians), numbers) if numbers.len() == 10 => {
                let read = |n: &[f64]| Gaussian::checked([n[0], n[1]], [n[2], n[3], n[4]]).ok_or("no gaussian");
                *gaussians = [read(&numbers[..5])?, read(&numbers[5..])?];
            }
            _ => return Err("another classifier's".into()),
        }
        self.steps = *steps;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::seen;
    use super::*;
    use crate::device;
    use crate::protocol::RawSettings;

    const METHODS: [&str; 3] = ["gaussians", "logistic", "network"];

    fn trained(method: &str, data: &str, steps: usize) -> ClassesModel {
        let raw: RawSettings =
            [("model", "classes"), ("method", method), ("data", data), ("width", "8"), ("lr", "0.02")]
                .map(|(k, v)| (k.to_string(), v.into()))
                .into();
        let mut model = ClassesModel::new(&crate::model::settings(&raw).unwrap(), &device::cpu());
        (0..steps).for_each(|_| _ = model.advance(Stride::Both));
        model
    }

    fn values(model: &ClassesModel, probe: &str) -> Option<Vec<f32>> {
        Some(seen(model, probe)?.values)
    }

    fn readings(model: &mut ClassesModel) -> Vec<Reading> {
        let measured = device::block_on(device::read(model.measured(0))).unwrap();
        model.judge(0, &measured).metrics
    }

    #[test]
    fn all_tell_the_clouds_apart_and_only_the_generative_one_makes_points() {
        for method in METHODS {
            let mut model = trained(method, "two_clouds", 200);
            let readings = readings(&mut model);
            let accuracy = &readings[0];
            assert!(accuracy.live > accuracy.floor - 0.03 && accuracy.floor > 0.9, "{method}: {accuracy:?}");
            assert!(readings[1].live < readings[1].floor + 0.05, "{method}: {:?}", readings[1]);
            let generative = method == "gaussians";
            assert_eq!(values(&model, "drawn_a").is_some(), generative);
            model.place(&[14.0, 14.0]).unwrap();
            let asked = values(&model, "asked").unwrap();
            assert_eq!(asked[3].is_nan(), !generative, "{method}: {asked:?}");
            assert!(model.place(&[f32::NAN, 0.0]).is_err());
            model.place(&[300.0, 0.0]).unwrap();
            assert_eq!(values(&model, "asked").unwrap()[3].is_finite(), generative, "ever so far away");
        }
    }

    #[test]
    fn a_bent_boundary_takes_a_network() {
        let accuracy = |method| readings(&mut trained(method, "core_and_ring", 300))[0].live;
        let [gaussians, logistic, network] = METHODS.map(accuracy);
        assert!(network > 0.95 && logistic < 0.6 && gaussians > 0.9, "{gaussians} {logistic} {network}");
    }

    #[test]
    fn a_restored_run_goes_on_as_if_nothing_had_happened() {
        for method in METHODS {
            let mut original = trained(method, "two_arcs", 3);
            let (tensors, progress) = original.save();
            let saved = device::block_on(device::read(tensors)).unwrap().concat();
            let mut twin = trained(method, "two_arcs", 0);
            twin.restore(3, &saved, &progress).unwrap();
            for model in [&mut original, &mut twin] {
                model.advance(Stride::Both);
            }
            assert_eq!(values(&original, "belief"), values(&twin, "belief"), "{method}");
            let other = trained(if method == "network" { "logistic" } else { "network" }, "two_arcs", 0).save().1;
            assert!(twin.restore(0, &[], &other).is_err());
        }
    }
}
