//! All metrics for one run's data: each reading with its floor and its chance level.

use super::levels::{Levels, levels};
use super::{METRICS, N_SAMPLES, Reference, Scale, Scorer, has_collapsed, mode_score, pairs, spread};
use crate::data::points::{Point, Source};
use crate::protocol::Reading;
use crate::rng::{Rng, Stream};
use std::cell::OnceCell;

/// Measures generated points against the real points of one run.
pub struct Yardstick {
    data: Source,
    real: Vec<Point>,
    real_spread: f64,
    /// Made at the first reading: starting a run must be instant.
    gauges: OnceCell<Vec<Gauge>>,
}

/// One metric, ready to read.
struct Gauge {
    id: &'static str,
    score: Scorer,
    levels: Levels,
    max: Option<f64>,
}

impl Yardstick {
    /// Draws the real points of the run with this seed.
    pub fn new(data: Source, seed: u64) -> Self {
        let real = pairs(&data.sample(N_SAMPLES, &mut Rng::new(seed, Stream::Display)));
        Self { data, real_spread: spread(&real), real, gauges: OnceCell::new() }
    }

    /// Reads every metric that the data allow, for points of the live and the averaged generator, `[n, 2]` flat.
    pub fn read(&self, live: &[f32], ema: &[f32]) -> Vec<Reading> {
        let (live, ema) = (pairs(live), pairs(ema));
        let reading = |gauge: &Gauge| Reading {
            id: gauge.id,
            live: (gauge.score)(&live),
            ema: (gauge.score)(&ema),
            floor: gauge.levels.floor,
            chance: gauge.levels.chance,
            max: gauge.max,
        };
        self.gauges.get_or_init(|| self.make_gauges()).iter().map(reading).collect()
    }

    /// Do points of the live generator, `[n, 2]` flat, cover only a part of the data?
    pub fn has_collapsed(&self, live: &[f32]) -> bool {
        let live = pairs(live);
        let score = self.data.modes().map(|modes| (mode_score(&live, modes), modes.centers.len()));
        has_collapsed(&live, self.real_spread, score)
    }

    fn make_gauges(&self) -> Vec<Gauge> {
        let modes = self.data.modes();
        let reference = Reference { points: &self.real, modes, half_width: self.data.half_width() };
        let max = |scale| match scale {
            Scale::Count { .. } => modes.map(|modes| modes.centers.len() as f64),
            Scale::Share => Some(1.0),
            Scale::Nats | Scale::Distance => None,
        };
        let metrics = METRICS.iter().zip(levels(&*self.data));
        let gauge = metrics.filter_map(|(metric, levels)| {
            let (score, levels) = metric.scorer(&reference).zip(levels)?;
            Some(Gauge { id: metric.card().id, score, levels, max: max(metric.scale()) })
        });
        gauge.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::points::{DISTRIBUTIONS, Distribution, find};

    fn real_points(data: &dyn Distribution, seed: u64) -> Vec<f32> {
        data.sample(N_SAMPLES, &mut Rng::new(seed, Stream::Metric))
    }

    /// Fresh real points are close to the floor, on the scale that chance sets. Single readings lie on both sides of
    /// it, and scatter where modes lie far apart, so means are compared.
    #[test]
    fn real_points_read_the_floor() {
        const DRAWS: u64 = 8;
        for data in DISTRIBUTIONS {
            let yardstick = Yardstick::new(Source::Registered(*data), 2);
            let readings: Vec<_> = (1..=DRAWS)
                .map(|seed| {
                    let fresh = real_points(*data, seed);
                    yardstick.read(&fresh, &fresh)
                })
                .collect();
            for (i, Reading { id, floor, chance, .. }) in readings[0].iter().enumerate() {
                assert!(readings.iter().all(|r| r[i].live == r[i].ema));
                let mean = readings.iter().map(|r| r[i].live).sum::<f64>() / DRAWS as f64;
                let scale = (chance - floor).abs().max(0.05);
                assert!((mean - floor).abs() < 0.25 * scale, "{} {id}: {mean}, floor {floor}", data.card().id);
            }
        }
    }

    #[test]
    fn floors_do_not_depend_on_the_run_and_readings_repeat() {
        let data = find("moons").unwrap();
        let points = real_points(data, 1);
        let read = |seed| Yardstick::new(Source::Registered(data), seed).read(&points, &points);
        assert_eq!(read(1), read(1));
        for (one, two) in read(1).iter().zip(read(2)) {
            assert_eq!((one.id, one.floor, one.chance), (two.id, two.floor, two.chance));
            assert_ne!(one.live, two.live, "{}", one.id);
        }
    }

    /// One mode of eight holds everything: the closed forms are those of shares (1, 0, …) against 1/8 each.
    ///
    /// python: from scipy.spatial.distance import jensenshannon as js; print(js([1] + [0] * 7, [1/8] * 8)**2) = 0.49692912
    #[test]
    fn a_generator_stuck_on_one_mode_reads_as_such() {
        let data = find("ring8").unwrap();
        let yardstick = Yardstick::new(Source::Registered(data), 1);
        let noise = Rng::new(1, Stream::Metric).normals(2 * N_SAMPLES);
        let stuck: Vec<f32> = noise.chunks(2).flat_map(|e| [2.0 + 0.1 * e[0], 0.1 * e[1]]).collect();
        let good = real_points(data, 1);
        assert!(yardstick.has_collapsed(&stuck) && !yardstick.has_collapsed(&good));
        for Reading { id, live, floor, chance, max, .. } in yardstick.read(&stuck, &good) {
            match id {
                "modes" => assert_eq!((live, max), (1.0, Some(8.0))),
                "high_quality" => assert!((live - floor).abs() < 0.01 && max == Some(1.0)),
                "reverse_kl" => assert!((live - libm::log(8.0)).abs() < 1e-12 && max.is_none()),
                "jensen_shannon" => assert!((live - 0.496_929_12).abs() < 0.02, "{live}"),
                "precision" => assert!(live > 0.9, "{live}"),
                "recall" => assert!(live < 0.2, "{live}"),
                _ => assert!(live > chance, "{id}: {live}, chance {chance}"),
            }
        }
    }

    #[test]
    fn bad_points_are_read_without_a_panic() {
        let yardstick = Yardstick::new(Source::Registered(find("grid25").unwrap()), 1);
        let readings = yardstick.read(&[f32::NAN; 10], &[]);
        assert_eq!(readings.len(), METRICS.len());
        for Reading { id, live, ema, .. } in readings {
            let expected = if ["modes", "high_quality"].contains(&id) { "0" } else { "NaN" };
            assert_eq!([live, ema].map(|v| v.to_string()), [expected; 2], "{id}");
        }
    }
}
