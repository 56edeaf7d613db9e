//! From one shown picture's code to another's.

use crate::card::text;
use crate::settings::{Group, Kind, Knob, Settings, knob};
use crate::trainer::rows;
use burn::tensor::Tensor;

/// Which two. At least 16 pictures are shown.
#[rustfmt::skip]
pub(super) const LINE: &[Knob] = &[
    knob("line_from", Group::Code, SHOWN, "1", true,
        text("Line from picture", "连线的起点"), text("Number of the shown picture whose code is a.", "所示图片的编号，它的编码是 a。")),
    knob("line_to", Group::Code, SHOWN, "7", true,
        text("Line to picture", "连线的终点"), text("Number of the shown picture whose code is b.", "所示图片的编号，它的编码是 b。")),
];

const SHOWN: Kind = Kind::Integer { min: 0, max: 15 };

/// Codes on a line, its ends included.
const N_LINE: usize = 9;

/// The places of a and b among the pictures on show.
pub(super) fn ends(settings: &Settings) -> [usize; 2] {
    ["line_from", "line_to"].map(|id| settings.integer(id) as usize)
}

/// (1 − t) a + t b for t from 0 to 1, `[N_LINE, d]`, where a and b are two rows of `codes` `[n, d]`.
pub(super) fn straight(codes: &Tensor<2>, ends: [usize; 2]) -> Tensor<2> {
    let [n, d] = codes.dims();
    let [a, b] = ends.map(|at| at.min(n - 1)).map(|at| codes.clone().slice([at..at + 1, 0..d]));
    let share = (0..N_LINE).map(|i| i as f32 / (N_LINE - 1) as f32).collect();
    let share = rows(share, 1, &codes.device()); // [N_LINE, 1]
    a.clone() + share * (b - a)
}

/// The same way, but bent outwards so that the length goes evenly from ‖a‖ to ‖b‖: half-way between two draws from a
/// gaussian of many dimensions a straight line is nearer to 0 than any draw (White, 2016).
pub(super) fn arc(codes: &Tensor<2>, ends: [usize; 2]) -> Tensor<2> {
    let length = |codes: &Tensor<2>| codes.clone().square().sum_dim(1).sqrt();
    let line = straight(codes, ends);
    let due = straight(&length(codes), ends);
    line.clone() * (due / length(&line).clamp_min(f32::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;

    #[test]
    fn an_arc_keeps_the_ends_and_the_length() {
        let codes = rows(vec![3.0, 0.0, 9.0, 9.0, 0.0, 4.0], 2, &device::cpu());
        let flat = |codes: Tensor<2>| codes.into_data().iter::<f32>().collect::<Vec<_>>();
        let (line, arc) = (flat(straight(&codes, [0, 2])), flat(arc(&codes, [0, 2])));
        assert_eq!((&line[..2], &line[8..10], &line[16..]), (&[3.0, 0.0][..], &[1.5, 2.0][..], &[0.0, 4.0][..]));
        for (i, code) in arc.chunks(2).enumerate() {
            assert!((code[0].hypot(code[1]) - (3.0 + i as f32 / 8.0)).abs() < 1e-5);
            assert!((code[0] * line[2 * i + 1] - code[1] * line[2 * i]).abs() < 1e-5, "the same direction");
        }
    }
}
