//! The WebGPU artefact: the same library, linked with the GPU backend. Its API is `genlab::web`.

use genlab as _;

fn main() {}
