//! Three ways to look for argmax D, and how often each finds it.

use crate::data::worlds::{N_BITS, neighbours, string_of};
use crate::protocol::Matrix;
use crate::rng::{Rng, Stream};
use crate::trainer::lone::Lone;

/// Starts of gradient ascent, its steps, and their size in units of a pixel's range.
const STARTS: usize = 64;
const STEPS: usize = 20;
const RATE: f32 = 0.2;

/// `[3, 3]`: for hill climbing, gradient ascent and enumeration the share of starts that end at an argmax of D, the mean
/// score where they end, and evaluations of D for one start (a gradient counts as one).
///
/// Hill climbing is followed from every one of the 65,536 strings, so its row is exact.
pub(super) fn table(lone: &Lone, scores: &[f32]) -> Matrix {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let row = |ends: &[f32], evaluations: f32| {
        let share = ends.iter().filter(|end| **end >= most).count() as f32 / ends.len() as f32;
        [share, ends.iter().map(|end| f64::from(*end)).sum::<f64>() as f32 / ends.len() as f32, evaluations]
    };
    let (tops, flips) = climbs(scores);
    let climbing = row(&tops, (N_BITS as f32) * (1.0 + flips));
    let ascent = row(&ascents(lone, scores), STEPS as f32 + 1.0);
    let enumeration = [1.0, most, scores.len() as f32];
    Matrix { shape: [3, 3], values: [climbing, ascent, enumeration].concat() }
}

/// Where the climb from each string ends, by score, and how many flips it takes on average.
fn climbs(scores: &[f32]) -> (Vec<f32>, f32) {
    // From the highest string down, the next one on the way up has been dealt with already.
    let mut order: Vec<u16> = (0..=u16::MAX).collect();
    order.sort_unstable_by(|a, b| scores[*b as usize].total_cmp(&scores[*a as usize]));
    let mut ends = scores.to_vec();
    let mut flips = vec![0u32; scores.len()];
    for string in order {
        let next = neighbours(string).max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize]));
        if let Some(next) = next.map(usize::from).filter(|next| scores[*next] > scores[string as usize]) {
            ends[string as usize] = ends[next];
            flips[string as usize] = flips[next] + 1;
        }
    }
    let mean = flips.iter().map(|n| f64::from(*n)).sum::<f64>() / flips.len() as f64;
    (ends, mean as f32)
}

/// Scores of the strings nearest to where ascent in the cube [−1, 1]¹⁶ ends, from random places in it.
fn ascents(lone: &Lone, scores: &[f32]) -> Vec<f32> {
    let rng = &mut Rng::new(0, Stream::Probe);
    let mut lone = lone.clone();
    let from = |start: Vec<f32>| {
        let mut x: [f32; N_BITS] = std::array::from_fn(|i| start[i]);
        for _ in 0..STEPS {
            let slope = lone.slope(x, |_| 1.0);
            x.iter_mut().zip(slope).for_each(|(x, slope)| *x = (*x + RATE * slope.signum()).clamp(-1.0, 1.0));
        }
        scores[string_of(&x) as usize]
    };
    (0..STARTS).map(|_| rng.uniforms(N_BITS)).map(from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trainer::lone::{Judge, climb};

    #[test]
    fn a_linear_judge_is_climbed_from_everywhere() {
        let lone = Lone::new(Judge::Linear, &mut Rng::new(2, Stream::WeightsD), &mut Rng::new(2, Stream::WeightsG));
        let scores = lone.all_scores();
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let table = table(&lone, &scores).values;
        assert_eq!((table[0], table[3], table[6]), (1.0, 1.0, 1.0));
        assert!([table[1], table[4], table[7]].iter().all(|end| (end - most).abs() < 1e-4));
        // From a random string half of the 16 pixels have to be flipped.
        assert!((table[2] - 16.0 * 9.0).abs() < 1e-3 && table[8] == 65_536.0);
    }

    #[test]
    fn climbs_end_where_each_climb_alone_does() {
        let lone =
            Lone::new(Judge::Mlp { width: 12 }, &mut Rng::new(2, Stream::WeightsD), &mut Rng::new(2, Stream::WeightsG));
        let scores = lone.all_scores();
        let (ends, _) = climbs(&scores);
        for start in (0..=u16::MAX).step_by(251) {
            let top = climb(&scores, start).last().unwrap();
            assert_eq!(ends[start as usize], scores[top as usize]);
        }
    }
}
