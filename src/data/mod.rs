//! What the models learn from. Registries of data sets by the kind of thing an example is.

pub mod library;
pub mod pictures;
pub mod points;
