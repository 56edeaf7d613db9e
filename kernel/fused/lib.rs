//! Tiles with fused multiply-adds, for engines that have them.
//!
//! An engine without `f32x4.relaxed_madd` refuses every module that names it, so these are a module of their own. It has
//! neither data nor a stack: it works on the memory of whoever calls it ([`genlab_kernel::fused`]).
#![cfg(target_arch = "wasm32")]

use genlab_kernel::fused::{Factors, Sums, sweep};

macro_rules! tiles {
    ($($name:ident: $rows:literal, $turned:literal, $packed:literal;)*) => {$(
        /// # Safety
        /// As of [`sweep`].
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name(factors: &Factors, sums: &Sums, step: &usize) {
            // SAFETY: the caller's.
            unsafe { sweep::<$rows, $turned, $packed>(*factors, *sums, step) }
        }
    )*};
}

genlab_kernel::with_kinds_of_tiles!(tiles);
