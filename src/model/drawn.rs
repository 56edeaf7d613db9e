//! The reader's own pictures, as models take them in.

use crate::data::faces;
use crate::protocol::Matrix;
use crate::trainer::rows;
use burn::tensor::{Device, Tensor};

/// Pictures, at the most.
const MOST: usize = 16;

/// Pictures of `d` numbers from 0 to 1 each, flat.
pub(super) struct Drawn {
    d: usize,
    ink: Vec<f32>,
}

impl Drawn {
    pub fn new(d: usize) -> Self {
        Self { d, ink: Vec::new() }
    }

    /// # Errors
    ///
    /// What they must be, in words that follow "it must be".
    pub fn draw(&mut self, values: &[f32]) -> Result<(), String> {
        let d = self.d;
        let fits = values.len().is_multiple_of(d) && values.len() <= d * MOST;
        if !fits || !values.iter().all(|ink| (0.0..=1.0).contains(ink)) {
            return Err(format!("at most {MOST} pictures of {d} numbers from 0 to 1 each"));
        }
        self.ink = values.to_vec();
        Ok(())
    }

    /// Paints a face of these factors.
    ///
    /// # Errors
    ///
    /// What they must be, in words that follow "it must be".
    pub fn paint(&mut self, factors: &[f32], side: usize) -> Result<(), String> {
        self.ink = faces::paint(&faces::face(factors)?, side);
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.ink.is_empty()
    }

    /// `[n, d]`
    pub fn matrix(&self) -> Matrix {
        Matrix { shape: [self.ink.len() / self.d, self.d], values: self.ink.clone() }
    }

    /// `[n, d]`
    pub fn tensor(&self, device: &Device) -> Tensor<2> {
        rows(self.ink.clone(), self.d, device)
    }

    /// The picture drawn last, `[d]`.
    pub fn last(&self) -> &[f32] {
        &self.ink[self.ink.len() - self.d..]
    }
}
