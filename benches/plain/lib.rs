//! A GAN on the ring of eight gaussians as the burn book teaches it: modules of linear layers, a loss, `backward`, Adam.
//! Nothing here is GenLab's: it is what a newcomer to burn writes, and what GenLab's speed is compared with.

use burn::module::Module;
use burn::nn::{Linear, LinearConfig};
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::activation::{leaky_relu, log_sigmoid, relu};
use burn::tensor::{Device, Distribution, Tensor};
use std::f64::consts::TAU;

const BATCH: usize = 128;
const LEARNING_RATE: f64 = 1e-3;

#[derive(Module, Debug)]
struct Generator {
    first: Linear,
    second: Linear,
    last: Linear,
}

impl Generator {
    fn new(width: usize, device: &Device) -> Self {
        Self {
            first: LinearConfig::new(2, width).init(device),
            second: LinearConfig::new(width, width).init(device),
            last: LinearConfig::new(width, 2).init(device),
        }
    }

    fn forward(&self, z: Tensor<2>) -> Tensor<2> {
        let h = relu(self.first.forward(z));
        let h = relu(self.second.forward(h));
        self.last.forward(h)
    }
}

#[derive(Module, Debug)]
struct Discriminator {
    first: Linear,
    second: Linear,
    last: Linear,
}

impl Discriminator {
    fn new(width: usize, device: &Device) -> Self {
        Self {
            first: LinearConfig::new(2, width).init(device),
            second: LinearConfig::new(width, width).init(device),
            last: LinearConfig::new(width, 1).init(device),
        }
    }

    fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let h = leaky_relu(self.first.forward(x), 0.2);
        let h = leaky_relu(self.second.forward(h), 0.2);
        self.last.forward(h)
    }
}

/// Both networks in training.
pub struct Plain {
    device: Device,
    g: Generator,
    d: Discriminator,
    adam_g: ModuleOptimizer,
    adam_d: ModuleOptimizer,
}

impl Plain {
    pub fn new(width: usize) -> Self {
        let device = Device::flex().autodiff();
        device.seed(1);
        let adam = || AdamConfig::new().with_beta_1(0.5).with_beta_2(0.999).init();
        Self {
            g: Generator::new(width, &device),
            d: Discriminator::new(width, &device),
            adam_g: adam(),
            adam_d: adam(),
            device,
        }
    }

    /// One update of D, then one of G, by the non-saturating loss.
    pub fn step(&mut self) {
        let generated = self.g.forward(self.noise()).detach();
        let real = log_sigmoid(self.d.forward(self.ring())).mean();
        let loss = (real + log_sigmoid(self.d.forward(generated).neg()).mean()).neg();
        let gradients = GradientsParams::from_grads(loss.backward(), &self.d);
        self.d = self.adam_d.step(LEARNING_RATE, self.d.clone(), gradients);

        let loss = log_sigmoid(self.d.forward(self.g.forward(self.noise()))).mean().neg();
        let gradients = GradientsParams::from_grads(loss.backward(), &self.g);
        self.g = self.adam_g.step(LEARNING_RATE, self.g.clone(), gradients);
    }

    fn noise(&self) -> Tensor<2> {
        Tensor::random([BATCH, 2], Distribution::Normal(0.0, 1.0), &self.device)
    }

    /// Points of eight gaussians, standard deviation 0.1, on a circle of radius 2.
    fn ring(&self) -> Tensor<2> {
        let mode = Tensor::<2>::random([BATCH, 1], Distribution::Uniform(0.0, 8.0), &self.device).floor();
        let angle = mode * (TAU / 8.0);
        let centres = Tensor::cat(vec![angle.clone().cos(), angle.sin()], 1) * 2.0;
        centres + self.noise() * 0.1
    }
}

#[cfg(target_arch = "wasm32")]
mod web {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The same for JavaScript.
    #[wasm_bindgen]
    pub struct Plain(super::Plain);

    #[wasm_bindgen]
    impl Plain {
        #[wasm_bindgen(constructor)]
        pub fn new(width: usize) -> Plain {
            Plain(super::Plain::new(width))
        }

        pub fn advance(&mut self, n: u32) {
            (0..n).for_each(|_| self.0.step());
        }
    }
}
