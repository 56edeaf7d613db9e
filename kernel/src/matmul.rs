#[derive(Clone, Copy)]
pub struct Matrix<'a> { v: &'a [f32], s: [usize; 2], t: [usize; 2] }
impl<'a> Matrix<'a> {
    pub fn new(v: &'a [f32], s: [usize; 2]) -> Self { assert_eq!(v.len(), s[0]*s[1]); Self { v, s, t: [s[1], 1] } }
    pub fn transposed(self) -> Self { Self { v: self.v, s: [self.s[1], self.s[0]], t: [self.t[1], self.t[0]] } }
}
pub enum Start<'a> { Zero, Keep, Row(&'a [f32]) }
pub fn matmul(a: Matrix, b: Matrix, start: Start, c: &mut [f32], _: &mut Vec<f32>) {
    let ([m, k], n) = (a.s, b.s[1]);
    assert_eq!(b.s[0], k); assert_eq!(c.len(), m*n);
    for i in 0..m { for j in 0..n {
        let mut s = match &start { Start::Zero => 0.0, Start::Keep => c[i*n+j], Start::Row(r) => r[j] };
        for l in 0..k { s += a.v[i*a.t[0]+l*a.t[1]] * b.v[l*b.t[0]+j*b.t[1]]; }
        c[i*n+j] = s;
    } }
}
