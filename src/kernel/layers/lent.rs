//! Numbers that one pass leaves to another. Their memory is lent: it goes back to a shelf, where the next pass of that size
//! finds it, so a step neither allocates what its hidden layers give nor clears it.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

/// So many are kept for the next pass: a step of the largest models leaves fewer.
const ROOM: usize = 16;

thread_local! {
    /// The one given back last comes last.
    static SHELF: RefCell<Vec<Vec<f32>>> = const { RefCell::new(Vec::new()) };
}

/// What it holds at first is whatever the last one who had it left.
#[derive(Debug)]
pub struct Lent(Vec<f32>);

impl Lent {
    /// `n` numbers, to be written before they are read.
    pub fn new(n: usize) -> Self {
        let found = SHELF.with_borrow_mut(|shelf| {
            let at = shelf.iter().rposition(|numbers| numbers.len() == n)?;
            Some(shelf.remove(at))
        });
        Self(found.unwrap_or_else(|| vec![0.0; n]))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let numbers = std::mem::take(&mut self.0);
        // A thread that ends has no shelf any more.
        let _ = SHELF.try_with(|shelf| {
            let mut shelf = shelf.borrow_mut();
            if shelf.len() == ROOM {
                shelf.remove(0);
            }
            shelf.push(numbers);
        });
    }
}

impl Deref for Lent {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_lent_again() {
        let mut first = Lent::new(7);
        first.fill(3.0);
        let second = Lent::new(7); // while the first is out
        assert_eq!(*second, [0.0; 7]);
        let at = first.as_ptr();
        drop(first);
        assert_eq!(Lent::new(8).len(), 8);
        let third = Lent::new(7);
        assert_eq!((third.as_ptr(), &*third), (at, [3.0; 7].as_slice()));
    }

    #[test]
    fn the_shelf_has_its_size_and_keeps_what_is_used() {
        for n in 1..=3 * ROOM {
            drop(Lent::new(n));
            drop(Lent::new(1_000));
        }
        SHELF.with_borrow(|shelf| {
            assert_eq!(shelf.len(), ROOM);
            assert_eq!(shelf[ROOM - 1].len(), 1_000);
        });
    }
}
