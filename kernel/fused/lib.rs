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

// Named as in `genlab_kernel::fused::KINDS`.
tiles! {
    tiles_5: 5, false, false;
    tiles_5_packed: 5, false, true;
    tiles_5_turned: 5, true, false;
    tiles_5_turned_packed: 5, true, true;
    tiles_4: 4, false, false;
    tiles_4_packed: 4, false, true;
    tiles_4_turned: 4, true, false;
    tiles_4_turned_packed: 4, true, true;
    tiles_2: 2, false, false;
    tiles_2_packed: 2, false, true;
    tiles_2_turned: 2, true, false;
    tiles_2_turned_packed: 2, true, true;
    tiles_1: 1, false, false;
    tiles_1_packed: 1, false, true;
    tiles_1_turned: 1, true, false;
    tiles_1_turned_packed: 1, true, true;
}
