//! How many floating-point operations a second one thread of an engine can do: two loops to be timed by whoever has a
//! clock. The better of the two is the limit that training is held against.

use genlab_kernel::{Matrix, Start, matmul};
use std::hint::black_box;

/// Sums that run beside each other, as many as hide how long a multiply-add takes.
const CHAINS: usize = 12;

/// Multiply-adds on registers alone, `rounds` in each of [`CHAINS`] vectors; returns how many operations those were.
#[unsafe(no_mangle)]
pub extern "C" fn multiply_add(rounds: u32) -> f64 {
    let factor = black_box(0.5);
    black_box(chains::sum(rounds, factor));
    2.0 * CHAINS as f64 * chains::lanes() as f64 * f64::from(rounds)
}

/// Products of two 256 × 256 matrices by the laboratory's own kernel; returns how many operations those were.
#[unsafe(no_mangle)]
pub extern "C" fn product(times: u32) -> f64 {
    const N: usize = 256;
    let (a, b) = (vec![0.5; N * N], vec![0.25; N * N]);
    let (mut c, mut scratch) = (vec![0.0; N * N], Vec::new());
    for _ in 0..times {
        matmul(Matrix::new(&a, [N, N]), Matrix::new(&b, [N, N]), Start::Zero, &mut c, &mut scratch);
        black_box(&mut c);
    }
    2.0 * (N * N * N) as f64 * f64::from(times)
}

/// Relaxed SIMD, which the engine must know.
#[cfg(target_arch = "wasm32")]
mod chains {
    use super::CHAINS;
    use std::arch::wasm32::{f32x4_add, f32x4_extract_lane, f32x4_relaxed_madd, f32x4_splat};

    pub fn lanes() -> usize {
        4
    }

    #[target_feature(enable = "relaxed-simd")]
    pub fn sum(rounds: u32, factor: f32) -> f32 {
        let factor = f32x4_splat(factor);
        let mut sums = [f32x4_splat(1.0); CHAINS];
        for _ in 0..rounds {
            for sum in &mut sums {
                *sum = f32x4_relaxed_madd(*sum, factor, factor);
            }
        }
        f32x4_extract_lane::<0>(sums.into_iter().fold(factor, |a, b| f32x4_add(a, b)))
    }
}

/// The widest vectors that the processor has.
#[cfg(target_arch = "x86_64")]
mod chains {
    use super::CHAINS;
    use std::arch::x86_64::*;

    fn has_wide() -> bool {
        is_x86_feature_detected!("avx512f")
    }

    fn has_fused() -> bool {
        is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
    }

    pub fn lanes() -> usize {
        if has_wide() {
            16
        } else if has_fused() {
            8
        } else {
            4
        }
    }

    pub fn sum(rounds: u32, factor: f32) -> f32 {
        // SAFETY: the processor has what each was compiled for.
        unsafe {
            if has_wide() {
                wide(rounds, factor)
            } else if has_fused() {
                fused(rounds, factor)
            } else {
                plain(rounds, factor)
            }
        }
    }

    #[target_feature(enable = "avx512f")]
    fn wide(rounds: u32, factor: f32) -> f32 {
        let factor = _mm512_set1_ps(factor);
        let mut sums = [_mm512_set1_ps(1.0); CHAINS];
        for _ in 0..rounds {
            for sum in &mut sums {
                *sum = _mm512_fmadd_ps(*sum, factor, factor);
            }
        }
        _mm512_cvtss_f32(sums.into_iter().fold(factor, |a, b| _mm512_add_ps(a, b)))
    }

    #[target_feature(enable = "avx2,fma")]
    fn fused(rounds: u32, factor: f32) -> f32 {
        let factor = _mm256_set1_ps(factor);
        let mut sums = [_mm256_set1_ps(1.0); CHAINS];
        for _ in 0..rounds {
            for sum in &mut sums {
                *sum = _mm256_fmadd_ps(*sum, factor, factor);
            }
        }
        _mm256_cvtss_f32(sums.into_iter().fold(factor, |a, b| _mm256_add_ps(a, b)))
    }

    fn plain(rounds: u32, factor: f32) -> f32 {
        // SAFETY: every x86-64 processor has SSE.
        unsafe {
            let factor = _mm_set1_ps(factor);
            let mut sums = [_mm_set1_ps(1.0); CHAINS];
            for _ in 0..rounds {
                for sum in &mut sums {
                    *sum = _mm_add_ps(_mm_mul_ps(*sum, factor), factor);
                }
            }
            _mm_cvtss_f32(sums.into_iter().fold(factor, |a, b| _mm_add_ps(a, b)))
        }
    }
}

/// Left to the compiler.
#[cfg(not(any(target_arch = "wasm32", target_arch = "x86_64")))]
mod chains {
    use super::CHAINS;

    pub fn lanes() -> usize {
        4
    }

    pub fn sum(rounds: u32, factor: f32) -> f32 {
        let mut sums = [[1f32; 4]; CHAINS];
        for _ in 0..rounds {
            for sum in sums.as_flattened_mut() {
                *sum = sum.mul_add(factor, factor);
            }
        }
        sums.as_flattened().iter().sum()
    }
}
