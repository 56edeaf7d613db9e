//! Who tells the classes apart: logistic regression and a network learn p(y | x), gaussians p(x | y) and p(y).

use super::Kind;
use super::logistic::Logistic;
use crate::data::points::Point;
use crate::density::{Density, Gaussian};
use crate::kernel;
use crate::logistic::softplus;
use crate::nn::{Activation, Network, NetworkConfig};
use crate::optimizer::OptimizerConfig;
use crate::rng::{Rng, Stream};
use crate::settings::Settings;
use crate::trainer::{Learner, Value, rows};
use burn::module::Module;
use burn::tensor::{Device, Tensor};

#[expect(clippy::large_enum_variant, reason = "there is one a run")]
pub(super) enum Classifier {
    Logistic(Logistic),
    Network(NetworkClassifier),
    /// Of class A and B.
    Gaussians([Gaussian; 2]),
}

/// A network with one logit.
pub(super) struct NetworkClassifier {
    pub config: NetworkConfig,
    pub learner: Learner<Network>,
    /// All points `[n, 2]`, those of A first, and the sign of each, −1 or 1, `[n, 1]`.
    points: Tensor<2>,
    signs: Tensor<2>,
}

pub(super) const ADAM: OptimizerConfig = OptimizerConfig::Adam { beta1: 0.9, beta2: 0.999 };

impl Classifier {
    pub fn new(kind: Kind, settings: &Settings, classes: [&[Point]; 2], device: &Device) -> Self {
        match kind {
            Kind::Logistic => Self::Logistic(Logistic::default()),
            Kind::Gaussians => {
                // Alike, and as wide as all points: the first step fits them.
                let all = Gaussian::fit(&classes.concat(), None);
                Self::Gaussians([all.clone(), all])
            }
            Kind::Network => Self::Network(NetworkClassifier::new(settings, classes, device)),
        }
    }

    /// One step; the loss, − ln p(y | x) a point.
    pub fn step(&mut self, classes: [&[Point]; 2], settings: Live) -> Value {
        match self {
            Self::Network(network) => return Value::OnDevice(network.step(settings.lr)),
            Self::Logistic(logistic) => *logistic = logistic.step(classes, settings.penalty),
            Self::Gaussians(gaussians) => *gaussians = classes.map(|points| Gaussian::fit(points, None)),
        }
        let logit = |x: &Point| self.logit(*x).expect("known on the host");
        let losses = classes
            .into_iter()
            .zip([1.0, -1.0])
            .flat_map(|(points, sign)| points.iter().map(move |x| softplus(sign * logit(x))));
        let n = classes.concat().len() as f64;
        Value::Known((losses.sum::<f64>() / n) as f32)
    }

    /// ln p(B | x) − ln p(A | x), where it is known without asking the device.
    pub fn logit(&self, x: Point) -> Option<f64> {
        match self {
            Self::Logistic(logistic) => Some(logistic.logit(x)),
            // Classes are as likely as each other, so Bayes' rule leaves the densities alone.
            Self::Gaussians([a, b]) => Some(b.log(x) - a.log(x)),
            Self::Network(_) => None,
        }
    }

    /// The gaussian of each class, of who has learned what a class looks like.
    pub fn generative(&self) -> Option<&[Gaussian; 2]> {
        if let Self::Gaussians(gaussians) = self { Some(gaussians) } else { None }
    }

    pub fn n_parameters(&self) -> usize {
        match self {
            Self::Logistic(_) => 3,
            Self::Network(network) => network.config.n_parameters(),
            Self::Gaussians(_) => 10,
        }
    }
}

/// What may change while training.
#[derive(Clone, Copy, Debug)]
pub(super) struct Live {
    pub penalty: f64,
    pub lr: f64,
}

impl NetworkClassifier {
    fn new(settings: &Settings, classes: [&[Point]; 2], device: &Device) -> Self {
        let config = NetworkConfig {
            d_input: 2,
            d_output: 1,
            width: settings.integer("width") as usize,
            depth: settings.integer("depth") as usize,
            activation: Activation::of(settings.choice("activation")),
            ..NetworkConfig::DENSE
        };
        let net = config.init(&mut Rng::new(settings.integer("seed"), Stream::WeightsD), device);
        let points: Vec<f32> = classes.iter().flat_map(|points| points.iter().flatten()).map(|v| *v as f32).collect();
        let signs = classes.iter().zip([-1.0, 1.0]).flat_map(|(points, sign)| std::iter::repeat_n(sign, points.len()));
        Self {
            config,
            learner: Learner::new(net, ADAM),
            points: rows(points, 2, device),
            signs: rows(signs.collect(), 1, device),
        }
    }

    /// One update on all points. The loss `[1]`.
    fn step(&mut self, lr: f64) -> Tensor<1> {
        let logits = self.learner.net.forward(self.points.clone().autodiff());
        let loss = kernel::mean_softplus(-1.0, logits * self.signs.clone().autodiff());
        let gradient = self.learner.gradient(&loss);
        self.learner.descend(gradient, lr, None);
        loss.without_autodiff()
    }

    /// Logits `[n, 1]` at places `[n, 2]`.
    pub fn logits(&self, places: Tensor<2>) -> Tensor<2> {
        self.learner.net.valid().forward(places)
    }
}
