//! The painter of faces against the same painter in NumPy (`tests/fixtures/faces.py`), and what the committed reader reads.

use burn::tensor::{Tensor, TensorData};
use genlab::data::faces::{FACTORS, Face, Faces, N_NUMBERS, Values, paint};
use genlab::device;
use genlab::metric::faces::{STRANGE, read, strangeness};
use genlab::nn::{FeatureWeights, Subject};
use serde_json::Value;

#[test]
fn every_machine_paints_the_face_that_numpy_paints() {
    let fixture: Value = serde_json::from_str(include_str!("fixtures/faces.json")).unwrap();
    let floats =
        |values: &Value| values.as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as f32).collect::<Vec<_>>();
    let every = fixture["every"].as_u64().unwrap() as usize;
    for case in fixture["cases"].as_array().unwrap() {
        let face: Face = floats(&case["face"]).try_into().unwrap();
        let pixels = paint(&face, case["side"].as_u64().unwrap() as usize);
        let ours: Vec<f32> = pixels.into_iter().step_by(every).collect();
        let theirs = floats(&case["pixels"]);
        assert_eq!(ours.len(), theirs.len());
        let worst = ours.iter().zip(&theirs).fold(0.0, |worst: f32, (a, b)| worst.max((a - b).abs()));
        assert!(worst < 1e-4, "{worst} at {}", case["side"]);
    }
}

/// What `data/faces/README.md` says.
#[test]
fn the_reader_reads_test_faces_of_both_sizes() {
    let file = include_bytes!("../data/faces/reader.safetensors");
    let device = device::cpu();
    let net = FeatureWeights::decode(Subject::Faces, file).unwrap().net(&device);
    for side in [16, 24] {
        let faces = Faces::new(side);
        let (data, test) = (&faces.pictures, faces.pictures.test());
        let rows = Tensor::from_data(TensorData::new(data.rows(test), [test.len(), data.dim()]), &device);
        let said: Vec<f32> = net.logits(net.features(Subject::Faces.fitted(rows, side))).into_data().iter().collect();
        let read: Vec<Face> = said.chunks_exact(N_NUMBERS).map(read).collect();
        let pairs = || read.iter().zip(test.iter().map(|place| &faces.factors[*place]));
        let n = test.len() as f32;
        for (i, factor) in FACTORS.iter().enumerate() {
            match factor.values {
                Values::Choice(_) => {
                    let right = pairs().filter(|(read, face)| read[i] == face[i]).count() as f32 / n;
                    assert!(right > 0.995, "{side}: {} {right}", factor.id);
                }
                Values::Range { low, .. } => {
                    let squared: f32 = pairs().map(|(read, face)| (read[i] - face[i]) * (read[i] - face[i])).sum();
                    let off = (squared / n).sqrt() / (1.0 - low);
                    println!("{side} {} {:.4}", factor.id, off * (1.0 - low));
                    assert!(off < 0.09, "{side}: {} {off}", factor.id);
                }
            }
        }
        let strange = test.iter().zip(&read).map(|(place, read)| strangeness(data.picture(*place), read, side));
        let seen = strange.filter(|strangeness| *strangeness < STRANGE).count() as f32 / n;
        assert!(seen > 0.985, "{side}: {seen} are seen as faces");
        assert!(strangeness(&vec![0.5; data.dim()], &read[0], side) > STRANGE, "a grey picture is no face");
    }
}
