//! The four passes through a stack of layers: forward, its gradient in the input, and the ways back from the first and from both. On flex each
//! is one call (`flex`); elsewhere each is composed of the backend's own operations (`composed`). The formulas stand in
//! `genlab_kernel::Layers`.

use crate::kernel::patches::PatchOps;
use burn::backend::tensor::FloatTensor;
use genlab_kernel::Layers;
use std::fmt::Debug;
use std::sync::Arc;

/// What a pass is made from, and what it leaves to the next.
#[derive(Clone, Debug)]
pub struct Kept<B: Passes> {
    pub x: FloatTensor<B>,
    /// Read where passes are not composed: on flex.
    #[cfg_attr(not(feature = "flex"), expect(dead_code, reason = "flex is left out"))]
    pub theta: FloatTensor<B>,
    pub net: Arc<Layers>,
    /// θ cut into weights and biases, layer by layer, where passes are composed.
    #[cfg_attr(not(any(feature = "ndarray", feature = "webgpu")), expect(dead_code, reason = "flex is alone"))]
    pub parameters: Vec<FloatTensor<B>>,
    /// What the hidden layers gave.
    pub hidden: B::Hidden,
    /// v of the layers between the first and the last.
    pub chain: B::Hidden,
}

impl<B: Passes> Kept<B> {
    pub fn new(x: FloatTensor<B>, theta: FloatTensor<B>, net: Arc<Layers>) -> Self {
        let parameters = B::cut(&theta, &net);
        Self { x, theta, net, parameters, hidden: B::Hidden::default(), chain: B::Hidden::default() }
    }
}

/// Gradients in x and in θ, as far as they are wanted.
pub type Found<B> = [Option<FloatTensor<B>>; 2];

pub trait Passes: PatchOps {
    /// Rows of hidden layers.
    type Hidden: Clone + Debug + Default + Send + 'static;

    /// Of each layer the weights `[inputs, outputs]` and the biases `[1, outputs]`, once for all passes; nothing where they
    /// are read in place.
    fn cut(theta: &FloatTensor<Self>, net: &Layers) -> Vec<FloatTensor<Self>>;

    /// y `[n, d_output]`, and what the hidden layers gave.
    fn forward(kept: &Kept<Self>) -> (FloatTensor<Self>, Self::Hidden);

    /// y alone.
    fn evaluate(kept: &Kept<Self>) -> FloatTensor<Self>;

    /// ∇ₓy `[n, d_input]` of a network with one output, and its chain.
    fn slope(kept: &Kept<Self>) -> (FloatTensor<Self>, Self::Hidden);

    /// From the loss's gradient in y.
    fn backward(kept: &Kept<Self>, in_y: FloatTensor<Self>, wanted: [bool; 2]) -> Found<Self>;

    /// From the loss's gradients in y and in ∇ₓy.
    fn both_backward(
        kept: &Kept<Self>,
        in_y: FloatTensor<Self>,
        in_slope: FloatTensor<Self>,
        wanted: [bool; 2],
    ) -> Found<Self>;
}
