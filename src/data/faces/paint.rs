//! The painter: shapes one over the other, each given by its signed distance and softened over one pixel.
//!
//! The picture is the square [−1, 1]², y downwards. Only + − × ÷ √: every machine paints the same face to the last bit.

use super::Face;

type Color = [f32; 3];

const HAIR: [Color; 8] = [
    rgb(0x2b252b),
    rgb(0x7a4a2a),
    rgb(0xc23b2e),
    rgb(0xf0c85a),
    rgb(0xc9cdd6),
    rgb(0x3f6fd0),
    rgb(0x3fa362),
    rgb(0xf085b8),
];
const EYES: [Color; 6] = [rgb(0x6b3d1e), rgb(0x2f7fe0), rgb(0x2f9a4c), rgb(0xd82f3f), rgb(0xd88a1c), rgb(0x8a4fd0)];
const SKIN: [Color; 6] = [rgb(0xffe4d1), rgb(0xf6cfb0), rgb(0xe3b086), rgb(0xc68d5f), rgb(0x9a6642), rgb(0x6b4530)];
const BACKGROUND: Color = rgb(0xe6eef5);
const SHIRT: Color = rgb(0x5d6d86);
const WHITE: Color = [1.0; 3];
const PUPIL: Color = [0.06, 0.05, 0.08];
const BLUSH: Color = [0.95, 0.42, 0.42];
const LIPS: Color = [0.62, 0.16, 0.2];
const THROAT: Color = [0.35, 0.05, 0.1];

/// A face as `[3 · side²]`: a plane of red, one of green, one of blue, each row by row from the top, from 0 to 1.
pub fn paint(face: &Face, side: usize) -> Vec<f32> {
    let painter = Painter::new(face, side);
    let plane = side * side;
    let mut pixels = vec![0.0; 3 * plane];
    for place in 0..plane {
        let at = |i: usize| (i as f32 + 0.5) * painter.pixel - 1.0;
        let color = painter.color(at(place % side), at(place / side));
        (0..3).for_each(|k| pixels[k * plane + place] = color[k]);
    }
    pixels
}

/// Everything that is the same for all pixels of a face.
struct Painter {
    face: Face,
    /// Width of a pixel.
    pixel: f32,
    hair: Color,
    eye: Color,
    skin: Color,
    /// Half the width of the face.
    half: f32,
}

impl Painter {
    fn new(face: &Face, side: usize) -> Self {
        let [hair, _, _, _, eye, _, _, _, skin, width] = *face;
        Self {
            face: *face,
            pixel: 2.0 / side as f32,
            hair: HAIR[hair as usize],
            eye: EYES[eye as usize],
            skin: SKIN[skin as usize],
            half: 0.5 + 0.12 * width,
        }
    }

    fn color(&self, x: f32, y: f32) -> Color {
        let [_, length, fringe, eye_size, _, gaze, mouth, open, _, _] = self.face;
        let Self { pixel, hair, eye, skin, half, .. } = *self;
        let mut color = BACKGROUND;
        // Paints over what is there wherever a distance is below 0.
        let mut over = |distance: f32, with: Color, opacity: f32| {
            let t = (0.5 - distance / pixel).clamp(0.0, 1.0);
            let a = t * t * (3.0 - 2.0 * t) * opacity;
            (0..3).for_each(|k| color[k] += a * (with[k] - color[k]));
        };

        // Hair behind the face, neck and shirt.
        let (top, bottom) = (-0.92, 0.12 + 0.86 * length);
        let tall = (bottom - top) / 2.0;
        over(rounded_box([x, y - (top + bottom) / 2.0], [half + 0.17, tall], tall.min(0.5)), times(hair, 0.8), 1.0);
        over(rounded_box([x, y - 0.85], [0.2, 0.3], 0.05), times(skin, 0.82), 1.0);
        over(ellipse([x, y - 1.12], [0.62, 0.32]), SHIRT, 1.0);

        over(ellipse([x, y - 0.1], [half, 0.7]), skin, 1.0);
        for s in [-1.0, 1.0] {
            over(ellipse([x - s * 0.7 * half, y - 0.36], [0.11, 0.07]), BLUSH, 0.35);
        }

        let [rx, ry] = [0.145 + 0.05 * eye_size, 0.12 + 0.23 * eye_size];
        for s in [-1.0, 1.0] {
            let from = x - s * 0.5 * half;
            let looking = from - 0.06 * gaze;
            over(ellipse([from, y - 0.05], [rx, ry]), WHITE, 1.0);
            over(ellipse([looking, y - 0.06], [0.8 * rx, 0.9 * ry]), eye, 1.0);
            over(ellipse([looking, y - 0.07], [0.26 * rx, 0.34 * ry]), PUPIL, 1.0);
            over(rounded_box([from, y - 0.04 + ry], [0.9 * rx, 0.03], 0.02), times(hair, 0.45), 1.0);
        }

        // Lips between two parabolas; corners up for a smile.
        let half_mouth = 0.28;
        let squared = (x / half_mouth) * (x / half_mouth);
        let middle = 0.45 + 0.3 * mouth * (0.5 - squared);
        let (upper, lower) = (middle - 0.045, middle + 0.045 + 0.3 * open * (1.0 - squared).max(0.0));
        over((upper - y).max(y - lower).max(x.abs() - half_mouth), LIPS, 1.0);
        over((upper + 0.06 - y).max(y - lower + 0.06).max(x.abs() - 0.8 * half_mouth), THROAT, 1.0);

        // Hair in front ends at a line.
        let below = match fringe as usize {
            0 => y + 0.5 - 0.55 * x * x,
            1 => y + 0.2,
            _ => (y + 0.36 - 0.42 * x) / 1.084_62, // √(1 + .42²)
        };
        over(ellipse([x, y + 0.02], [half + 0.17, 0.9]).max(below), hair, 1.0);
        color
    }
}

/// Signed distance from an ellipse about 0, to first order.
fn ellipse([x, y]: [f32; 2], [rx, ry]: [f32; 2]) -> f32 {
    let length = |x: f32, y: f32| (x * x + y * y).sqrt();
    let p = length(x / rx, y / ry);
    p * (p - 1.0) / length(x / (rx * rx), y / (ry * ry)).max(1e-6)
}

/// Signed distance from a box about 0 with corners of `radius`.
fn rounded_box([x, y]: [f32; 2], [half_width, half_height]: [f32; 2], radius: f32) -> f32 {
    let (u, v) = (x.abs() - half_width + radius, y.abs() - half_height + radius);
    let (a, b) = (u.max(0.0), v.max(0.0));
    (a * a + b * b).sqrt() + u.max(v).min(0.0) - radius
}

fn times(color: Color, by: f32) -> Color {
    color.map(|c| by * c)
}

const fn rgb(hex: u32) -> Color {
    [(hex >> 16 & 255) as f32 / 255.0, (hex >> 8 & 255) as f32 / 255.0, (hex & 255) as f32 / 255.0]
}
