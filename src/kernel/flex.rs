//! flex's tensors as slices, with as few allocations as can be: a small network's step is made of little else.

use burn::backend::{Flex, TensorMetadata, tensor::FloatTensor};
use burn::tensor::{Shape, TensorData};
use std::borrow::Cow;

/// A tensor whose numbers, 0 at first, `write` puts in place. `FlexTensor::empty` allocates twice, for alignment: a vector of
/// floats has that already.
pub fn made(shape: impl Into<Shape>, write: impl FnOnce(&mut [f32])) -> FloatTensor<Flex> {
    let shape = shape.into();
    let mut values = vec![0f32; shape.num_elements()];
    write(&mut values);
    tensor(values, shape)
}

/// Numbers, row after row, as a tensor.
pub fn tensor(values: Vec<f32>, shape: impl Into<Shape>) -> FloatTensor<Flex> {
    FloatTensor::<Flex>::from_data(TensorData::new(values, shape.into()))
}

/// The numbers of a tensor, row after row: where they stand, or copied if they stand otherwise.
pub fn numbers(x: &FloatTensor<Flex>) -> Cow<'_, [f32]> {
    match x.as_slice() {
        Some(values) => Cow::Borrowed(values),
        None => Cow::Owned(x.to_contiguous().storage().to_vec()),
    }
}

/// A tensor whose storage is its numbers, row after row, to be written to.
pub fn whole(x: FloatTensor<Flex>) -> FloatTensor<Flex> {
    let n = x.shape().num_elements();
    let is_whole = x.as_slice::<f32>().is_some() && x.storage::<f32>().len() == n;
    if is_whole { x } else { x.to_contiguous() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::backend::ops::FloatTensorOps;
    use burn::tensor::Slice;

    #[test]
    fn views_are_read_and_written_row_by_row() {
        let values = (0..6).map(|i| i as f32).collect::<Vec<_>>();
        let table = FloatTensor::<Flex>::from_data(TensorData::new(values, [2, 3]));
        let turned = table.transpose(0, 1);
        assert_eq!(*numbers(&turned), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
        let last = Flex::float_slice(table.clone(), &[Slice::from(1..2)]);
        assert_eq!(*numbers(&last), [3.0, 4.0, 5.0]);
        assert!(matches!(numbers(&table), Cow::Borrowed(_)));
        for (view, expected) in [(last, vec![3.0, 4.0, 5.0]), (turned, vec![0.0, 3.0, 1.0, 4.0, 2.0, 5.0])] {
            let mut view = whole(view);
            assert_eq!(view.storage::<f32>(), expected);
            view.storage_mut::<f32>().fill(9.0);
        }
        assert_eq!(*numbers(&table), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]); // nobody else's numbers have moved
    }
}
