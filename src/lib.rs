//! GenLab: small generative models that train while the reader watches.
//!
//! The crate is the whole laboratory without the page: data, networks, training, measurement, and the
//! session that a page (or the command line) talks to. It runs natively and as WebAssembly.
//!
//! # Notation
//!
//! | symbol | meaning | shape |
//! | --- | --- | --- |
//! | `x` | real points, data units | `[batch, 2]` |
//! | `z` | latent noise | `[batch, latent_dim]` |
//! | `G(z)` | generator, noise to points | `[batch, 2]` |
//! | `D(x)` | discriminator, points to logits (σ(D) is the probability of "real") | `[batch, 1]` |
//! | `∇ₓD` | gradient of the logit in the input | `[batch, 2]` |
//! | `θ` | all parameters of one network, end to end | `[n_parameters]` |
//!
//! # Map
//!
//! ```text
//! data  nn  optimizer  objective  penalty  metric     know burn and rng at the most
//!            trainer            probe                 a probe reads a model and never trains it
//!                 model                               families: settings, presets, pictures, loop
//!                 session ── protocol ── catalog
//!                     web → www/worker.js → www/lab.js → www/views/*
//! ```
//!
//! `ARCHITECTURE.md` holds the invariants and says what an addition may touch.
#![recursion_limit = "256"]

#[cfg(any(test, target_arch = "wasm32"))]
mod allocator;
pub mod card;
pub mod catalog;
pub mod data;
pub mod density;
pub mod device;
mod kernel;
mod logistic;
pub mod metric;
pub mod model;
pub mod nn;
pub mod objective;
pub mod optimizer;
pub mod penalty;
pub mod probe;
pub mod protocol;
pub mod rng;
pub mod session;
pub mod settings;
pub mod trainer;
#[cfg(target_arch = "wasm32")]
pub mod web;
