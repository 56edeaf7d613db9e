//! Moving numbers between the rows of pictures and the rows of their patches, run by run.

/// Where each run of a patch's numbers stands in a picture's row.
#[derive(Debug)]
pub struct PatchTable {
    /// Numbers in a picture's row.
    pub d: usize,
    /// Numbers that stay together.
    pub run: usize,
    /// For each run of a picture's patches, one patch after another, where it starts in the row; None in the padding.
    pub starts: Vec<Option<usize>>,
}

impl PatchTable {
    /// Numbers in all patches of a picture.
    pub fn n(&self) -> usize {
        self.starts.len() * self.run
    }
}

/// Pictures `[n, d]` → their patches `[n, table.n()]`, 0 in the padding.
pub fn unfold(pictures: &[f32], table: &PatchTable, patches: &mut [f32]) {
    for (picture, patches) in pictures.chunks_exact(table.d).zip(patches.chunks_exact_mut(table.n())) {
        for (start, run) in table.starts.iter().zip(patches.chunks_exact_mut(table.run)) {
            match start {
                Some(start) => run.copy_from_slice(&picture[*start..*start + table.run]),
                None => run.fill(0.0),
            }
        }
    }
}

/// The transpose of [`unfold`]: each number of a picture is the sum of what stands for it in the patches.
pub fn fold(patches: &[f32], table: &PatchTable, pictures: &mut [f32]) {
    pictures.fill(0.0);
    for (picture, patches) in pictures.chunks_exact_mut(table.d).zip(patches.chunks_exact(table.n())) {
        for (start, run) in table.starts.iter().zip(patches.chunks_exact(table.run)) {
            if let Some(start) = start {
                for (sum, value) in picture[*start..*start + table.run].iter_mut().zip(run) {
                    *sum += value;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_copied_and_added_up() {
        let table = PatchTable { d: 6, run: 2, starts: vec![Some(4), None, Some(0), Some(4)] };
        let mut patches = [9.0; 8];
        unfold(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &table, &mut patches);
        assert_eq!(patches, [5.0, 6.0, 0.0, 0.0, 1.0, 2.0, 5.0, 6.0]);
        let mut picture = [9.0; 6];
        fold(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], &table, &mut picture);
        assert_eq!(picture, [5.0, 6.0, 0.0, 0.0, 8.0, 10.0]);
    }
}
