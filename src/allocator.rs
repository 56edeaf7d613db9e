//! WebAssembly's allocator. A step of a small network is hundreds of small allocations, most of a few dozen sizes: blocks
//! that are given back wait in a list of their size for the next one who asks (Bonwick, "The slab allocator", 1994), and
//! talc sees to the rest.

use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr::null_mut;

/// Blocks are whole grains, and lie on one.
const GRAIN: usize = 16;
/// Blocks of a size that it divides lie on this.
const ALIGNED: usize = 128;
/// Larger ones than so many bytes are not kept.
const LARGEST: usize = 32 * 1024;
/// Sizes between one power of two and the next: at most a fifth of a block is lost.
const STEPS: usize = 4;
/// Up to so many bytes each number of grains is a size.
const FINE: usize = STEPS * GRAIN;
const N_SIZES: usize = STEPS + STEPS * (LARGEST / FINE).ilog2() as usize;
/// Bytes of a slab, which blocks are cut from where a list is empty.
const SLAB: usize = 64 * 1024;

/// Lists of free blocks in front of `rest`. For one thread.
pub struct Lists<A> {
    free: UnsafeCell<[*mut Block; N_SIZES]>,
    /// What is left of the last slab.
    slab: UnsafeCell<(*mut u8, usize)>,
    rest: A,
}

/// A block that nobody uses begins with the next one.
struct Block {
    next: *mut Block,
}

// SAFETY: WebAssembly without the `atomics` feature has one thread.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
unsafe impl<A> Sync for Lists<A> {}

impl<A> Lists<A> {
    pub const fn before(rest: A) -> Self {
        Self { free: UnsafeCell::new([null_mut(); N_SIZES]), slab: UnsafeCell::new((null_mut(), 0)), rest }
    }
}

/// The list for blocks of `size` bytes; None where there is none.
#[inline(always)]
fn list(layout: Layout) -> Option<usize> {
    let (size, align) = (layout.size(), layout.align());
    // A block of a power of two lies on a multiple of itself.
    let size = if align > GRAIN { size.max(align).next_power_of_two() } else { size };
    if size == 0 || size > LARGEST || align > ALIGNED {
        return None;
    }
    if size <= FINE {
        return Some((size - 1) / GRAIN);
    }
    // (size − 1) in binary: its highest bit, and the two below it.
    let top = (size - 1).ilog2() as usize;
    let step = ((size - 1) >> (top - STEPS.ilog2() as usize)) - STEPS;
    Some((top - FINE.ilog2() as usize) * STEPS + step + STEPS)
}

/// Bytes of the blocks in a list.
#[inline(always)]
fn bytes(list: usize) -> usize {
    if list < STEPS {
        return (list + 1) * GRAIN;
    }
    let (octave, step) = ((list - STEPS) / STEPS, (list - STEPS) % STEPS);
    ((STEPS + step + 1) * GRAIN) << octave
}

// SAFETY: a block belongs to the list that its layout names, when it is given out as when it is given back, and is of that
// list's size; blocks are cut from slabs that are never given back, on multiples of GRAIN.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Lists<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(list) = list(layout) else { return unsafe { self.rest.alloc(layout) } };
        let head = unsafe { &mut (&mut *self.free.get())[list] };
        let block = *head;
        if block.is_null() {
            return unsafe { self.cut(bytes(list)) };
        }
        *head = unsafe { (*block).next };
        block.cast()
    }

    #[inline]
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        let Some(list) = list(layout) else { return unsafe { self.rest.dealloc(ptr, layout) } };
        let head = unsafe { &mut (&mut *self.free.get())[list] };
        let block = ptr.cast::<Block>();
        unsafe { block.write(Block { next: *head }) };
        *head = block;
    }

    #[inline]
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (list(layout), list(new)) {
            (None, None) => unsafe { self.rest.realloc(ptr, layout, size) },
            (old, list) if old == list => ptr,
            _ => unsafe {
                let moved = self.alloc(new);
                if !moved.is_null() {
                    moved.copy_from_nonoverlapping(ptr, layout.size().min(size));
                    self.dealloc(ptr, layout);
                }
                moved
            },
        }
    }
}

impl<A: GlobalAlloc> Lists<A> {
    /// A block from the slab, or from a new one.
    #[cold]
    #[inline(never)]
    unsafe fn cut(&self, size: usize) -> *mut u8 {
        let slab = unsafe { &mut *self.slab.get() };
        let align = (1 << size.trailing_zeros()).min(ALIGNED);
        let mut skipped = slab.0.align_offset(align);
        if slab.1 < skipped.saturating_add(size) {
            let layout = unsafe { Layout::from_size_align_unchecked(SLAB, ALIGNED) };
            *slab = (unsafe { self.rest.alloc(layout) }, SLAB);
            if slab.0.is_null() {
                slab.1 = 0;
                return null_mut();
            }
            skipped = 0;
        }
        let block = unsafe { slab.0.add(skipped) };
        *slab = (unsafe { block.add(size) }, slab.1 - skipped - size);
        block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Rng, Stream};
    use std::alloc::System;

    #[test]
    fn every_layout_fits_a_block_of_its_list() {
        for align in [1, 2, 8, 16, 32, 64, 128] {
            let mut last = 0;
            for size in 1..=LARGEST {
                let list = list(Layout::from_size_align(size, align).unwrap()).unwrap();
                let block = bytes(list);
                assert!(block >= size && block.is_multiple_of(align.max(GRAIN)), "{size} bytes on {align}: {block}");
                assert!(align > GRAIN || block <= size.next_multiple_of(GRAIN) * 5 / 4, "{size} bytes: {block}");
                assert!((last..N_SIZES).contains(&list));
                last = list;
            }
        }
        let none = [(0, 8), (LARGEST + 1, 8), (8, 2 * ALIGNED), (LARGEST - 1, 4 * ALIGNED)];
        assert!(none.iter().all(|&(size, align)| list(Layout::from_size_align(size, align).unwrap()).is_none()));
    }

    /// Many blocks at a time, each full of its own byte: none moves into another.
    #[test]
    fn blocks_keep_what_is_written_to_them() {
        let (lists, mut rng) = (Lists::before(System), Rng::new(1, Stream::Probe));
        let mut held: Vec<(*mut u8, Layout, u8)> = Vec::new();
        let check = |(block, layout, byte): &(*mut u8, Layout, u8)| {
            // SAFETY: the block is as large as its layout.
            let bytes = unsafe { std::slice::from_raw_parts(*block, layout.size()) };
            assert!(bytes.iter().all(|b| b == byte), "{layout:?}");
            assert!(block.addr().is_multiple_of(layout.align()));
        };
        for round in 0..20_000u32 {
            let magnitude = rng.below(17);
            let size = 1 + rng.below(1 << magnitude);
            // SAFETY: every block is given back, or made another, by the layout it was asked for with.
            unsafe {
                match rng.below(if held.len() < 200 { 3 } else { 4 }) {
                    0 if !held.is_empty() => {
                        let at = rng.below(held.len());
                        let (block, layout, byte) = held.swap_remove(at);
                        let kept = size.min(layout.size());
                        let block = lists.realloc(block, layout, size);
                        let layout = Layout::from_size_align(size, layout.align()).unwrap();
                        check(&(block, Layout::from_size_align(kept, layout.align()).unwrap(), byte));
                        block.write_bytes(byte, size);
                        held.push((block, layout, byte));
                    }
                    0..=2 => {
                        let layout = Layout::from_size_align(size, 1 << rng.below(8)).unwrap();
                        let block = lists.alloc_zeroed(layout);
                        check(&(block, layout, 0));
                        block.write_bytes(round as u8, size);
                        held.push((block, layout, round as u8));
                    }
                    _ => {
                        for (block, layout, byte) in held.drain(100..) {
                            check(&(block, layout, byte));
                            lists.dealloc(block, layout);
                        }
                    }
                }
            }
        }
        held.iter().for_each(check);
    }

    #[test]
    fn a_block_given_back_is_the_next_one_given_out() {
        let (lists, layout) = (Lists::before(System), Layout::new::<[f32; 100]>());
        // SAFETY: blocks are given back by the layout they were asked for with.
        unsafe {
            let block = lists.alloc(layout);
            lists.dealloc(block, layout);
            assert_eq!(lists.alloc(Layout::new::<[f32; 101]>()), block); // of the same list
        }
    }
}
