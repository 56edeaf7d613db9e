//! Is there still something to learn from? Each sign of trouble, or of success, with the step it began at.

use crate::objective::Unit;
use crate::protocol::{HealthState, Judgement, Reading};

/// Converged: within this factor of the floor...
const NEAR: f64 = 1.2;
/// ...for this many steps...
const PATIENCE: u64 = 500;
/// ...in each of these metrics that the data allow: where the mass lies, and how sharp the shape is.
const WITNESSES: [&str; 3] = ["sliced_wasserstein", "high_quality", "precision"];

/// D has won when it is this sure of both kinds of points and this flat under the generated ones.
const SURE: f64 = 0.95;
const FLAT: f64 = 0.02;

/// The state that is told, and what it takes to tell it.
#[derive(Default)]
pub(super) struct Health {
    state: HealthState,
    near_since: Option<u64>,
}

impl Health {
    /// Takes in the readings of one step.
    pub fn judge(
        &mut self,
        step: u64,
        collapsed: bool,
        metrics: &[Reading],
        unit: Unit,
        judgement: Judgement,
    ) -> HealthState {
        let state = &mut self.state;
        state.collapsed_at = since(state.collapsed_at, collapsed, step);
        state.won_at = since(state.won_at, unit == Unit::Probability && has_won(judgement), step);
        self.near_since = since(self.near_since, is_near(metrics), step);
        let converged = self.near_since.is_some_and(|near| step >= near + PATIENCE);
        state.converged_at = since(state.converged_at, converged, step);
        *state
    }
}

/// The step at which `holds` began to hold.
fn since(before: Option<u64>, holds: bool, step: u64) -> Option<u64> {
    holds.then(|| before.unwrap_or(step))
}

fn is_near(metrics: &[Reading]) -> bool {
    let mut witnesses = metrics.iter().filter(|reading| WITNESSES.contains(&reading.id)).peekable();
    let near = |r: &Reading| if r.chance > r.floor { r.ema <= NEAR * r.floor } else { NEAR * r.ema >= r.floor };
    witnesses.peek().is_some() && witnesses.all(near)
}

fn has_won(Judgement { real, generated, slope }: Judgement) -> bool {
    real > SURE && generated < 1.0 - SURE && slope < FLAT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(real: f64, generated: f64, slope: f64) -> Judgement {
        Judgement { real, generated, slope }
    }

    fn reading(ema: f64) -> Reading {
        Reading { id: "sliced_wasserstein", live: 1.0, ema, floor: 0.05, chance: 1.0, max: None }
    }

    #[test]
    fn converged_is_near_the_floor_for_long_enough() {
        let mut health = Health::default();
        let mut at =
            |step, ema| health.judge(step, false, &[reading(ema)], Unit::Score, judgement(0.5, 0.5, 0.1)).converged_at;
        assert_eq!(at(250, 0.059), None);
        assert_eq!(at(500, 0.058), None);
        assert_eq!(at(750, 0.059), Some(750));
        assert_eq!(at(1_000, 0.059), Some(750));
        assert_eq!(at(1_250, 0.07), None);
        assert_eq!(at(1_500, f64::NAN), None);
    }

    #[test]
    fn one_metric_far_from_its_floor_is_enough_to_go_on() {
        let share = |ema| Reading { id: "high_quality", live: 0.0, ema, floor: 0.99, chance: 0.3, max: Some(1.0) };
        assert!(is_near(&[reading(0.05), share(0.9)]));
        assert!(!is_near(&[reading(0.05), share(0.8)]));
        assert!(!is_near(&[]));
    }

    #[test]
    fn d_has_won_when_it_is_sure_and_flat() {
        let won = |unit, j| Health::default().judge(3, false, &[], unit, j).won_at;
        assert_eq!(won(Unit::Probability, judgement(0.99, 0.004, 0.002)), Some(3));
        assert_eq!(won(Unit::Probability, judgement(0.99, 0.004, 0.5)), None);
        assert_eq!(won(Unit::Probability, judgement(0.6, 0.004, 0.002)), None);
        assert_eq!(won(Unit::Score, judgement(0.99, 0.004, 0.002)), None);
    }
}
