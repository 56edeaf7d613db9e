// What a browser must have. Told in words, not in a blank box.

/** The smallest module that uses a 128-bit vector: v128.const, drop. */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 26, 11,
]);

/** The message that names what is missing, or null. */
export function unsupported() {
  if (typeof Worker === 'undefined') return 'unsupported_workers';
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(SIMD)) return 'unsupported_simd';
  return null;
}
