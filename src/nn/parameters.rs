//! All parameters of a network as one vector θ, and back.
//!
//! An optimiser that works on θ needs a dozen tensor operations a step whatever the number of layers;
//! parameter by parameter it would need a dozen for each. Averages, clipping and checkpoints are
//! one-liners on θ for the same reason.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{Gradients, Tensor};

/// The parameters end to end, in the order the module names them: θ `[n_parameters]`, without autodiff.
pub fn ravel<M: Module>(module: &M) -> Tensor<1> {
    struct Collect(Vec<Tensor<1>>);
    impl ModuleVisitor for Collect {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            self.0.push(flatten(param.val().without_autodiff()));
        }
    }
    let mut collect = Collect(Vec::new());
    module.visit(&mut collect);
    joined(collect.0)
}

/// The gradient of a loss in θ, `[n_parameters]`. Parameters that the loss does not touch count as 0.
pub fn ravel_gradients<M: Module>(module: &M, gradients: &mut Gradients) -> Tensor<1> {
    struct Collect<'a>(Vec<Tensor<1>>, &'a mut Gradients);
    impl ModuleVisitor for Collect<'_> {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            let value = param.val();
            let gradient = value.grad_remove(self.1).unwrap_or_else(|| value.without_autodiff().zeros_like());
            self.0.push(flatten(gradient));
        }
    }
    let mut collect = Collect(Vec::new(), gradients);
    module.visit(&mut collect);
    joined(collect.0)
}

/// The same network with the parameters θ. Each parameter trains, or not, as it did before.
pub fn unravel<M: Module>(module: M, theta: &Tensor<1>) -> M {
    struct Replace<'a>(&'a Tensor<1>, usize);
    impl ModuleMapper for Replace<'_> {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            let (id, old, mapper) = param.consume();
            let shape = old.shape();
            let end = self.1 + shape.num_elements();
            let all = self.1 == 0 && end == self.0.dims()[0];
            let own = if all { self.0.clone() } else { self.0.clone().slice(self.1..end) };
            let new = if all && D == 1 { Tensor::from_dispatch(own.into_dispatch()) } else { own.reshape(shape) };
            self.1 = end;
            let new = if old.is_autodiff() { new.autodiff().set_require_grad(old.is_require_grad()) } else { new };
            Param::from_mapped_value(id, new, mapper)
        }
    }
    module.map(&mut Replace(theta, 0))
}

/// Vectors end to end.
fn joined(mut vectors: Vec<Tensor<1>>) -> Tensor<1> {
    match vectors.pop() {
        Some(only) if vectors.is_empty() => only,
        last => Tensor::cat(vectors.into_iter().chain(last).collect(), 0),
    }
}

fn flatten<const D: usize>(tensor: Tensor<D>) -> Tensor<1> {
    if D == 1 {
        return Tensor::from_dispatch(tensor.into_dispatch()); // it is flat, and a small step is made of little else
    }
    let n = tensor.shape().num_elements();
    tensor.reshape([n])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device;
    use crate::nn::{Activation, NetworkConfig};
    use crate::rng::{Rng, Stream};

    #[test]
    fn unravel_undoes_ravel() {
        let config = NetworkConfig {
            d_input: 3,
            d_output: 2,
            width: 5,
            depth: 2,
            activation: Activation::Tanh,
            ..NetworkConfig::DENSE
        };
        let device = device::cpu();
        let [a, b] = [1, 2].map(|seed| config.init(&mut Rng::new(seed, Stream::WeightsG), &device));
        let theta = ravel(&a);
        assert_eq!(theta.dims(), [config.n_parameters()]);
        let twin = unravel(b, &theta);
        assert_eq!(ravel(&twin).into_data(), theta.into_data());
    }
}
