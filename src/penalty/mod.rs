//! Regularisers of the discriminator. Each is a function from what D computed to a loss term `[1]`.

mod r1;

pub use r1::r1;
