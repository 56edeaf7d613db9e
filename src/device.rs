//! Where tensors live: WebGPU, flex or ndarray. Only this file and `kernel/` name a backend.
//!
//! burn chooses the backend at run time, so the rest of the crate is written once. flex stands before
//! ndarray because burn deprecates the latter in its favour (burn 0.22) and it is the faster of the two.

use crate::card::{Text, text};
use burn::tensor::{Device, Tensor, Transaction, activation};

/// A backend that this crate knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceKind {
    Webgpu,
    Flex,
    Ndarray,
}

impl DeviceKind {
    pub const ALL: [Self; 3] = [Self::Webgpu, Self::Flex, Self::Ndarray];

    /// The kind with this id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Webgpu => text("WebGPU", "WebGPU"),
            Self::Flex => text("CPU (flex)", "CPU（flex）"),
            Self::Ndarray => text("CPU (ndarray)", "CPU（ndarray）"),
        }
    }

    pub const fn id(self) -> &'static str {
        match self {
            Self::Webgpu => "webgpu",
            Self::Flex => "flex",
            Self::Ndarray => "ndarray",
        }
    }
}

/// Launches that a GPU is sent at once: about two steps of a GAN. Each submission costs it time of its own.
#[cfg(feature = "webgpu")]
const LAUNCHES: usize = 512;

/// Opens a device and proves that it computes. Call once per kind and process: WebGPU cannot be
/// opened twice.
///
/// # Errors
///
/// The reason in one sentence: not in this build, no adapter, or a wrong result in [`self_check`].
pub async fn open(kind: DeviceKind) -> Result<Device, String> {
    let device = match kind {
        #[cfg(feature = "flex")]
        DeviceKind::Flex => Device::flex(),
        #[cfg(feature = "ndarray")]
        #[allow(deprecated)] // asked for by name; see the README
        DeviceKind::Ndarray => Device::ndarray(),
        #[cfg(feature = "webgpu")]
        DeviceKind::Webgpu => Device::wgpu_options()
            .tasks_max(LAUNCHES)
            .init_async()
            .await
            .map_err(|e| format!("WebGPU did not start: {e}"))?,
        #[allow(unreachable_patterns)] // which kinds are left depends on the features
        other => return Err(format!("this build has no {} device", other.id())),
    };
    self_check(&device).await.map_err(|e| format!("{} failed its check: {e}", kind.id()))?;
    Ok(device)
}

/// Runs one small training problem and compares it with the answer worked out in plain f64:
/// loss = mean −ln σ(x w), its gradient in w, over 32 rows of 4.
pub async fn self_check(device: &Device) -> Result<(), String> {
    const ROWS: usize = 32;
    const COLUMNS: usize = 4;
    let x: Vec<f64> = (0..ROWS * COLUMNS).map(|i| libm::sin(i as f64)).collect();
    let w: Vec<f64> = (0..COLUMNS).map(|i| 0.5 + i as f64).collect();

    let mut expected = vec![0.0; 1 + COLUMNS];
    for row in x.chunks(COLUMNS) {
        let logit: f64 = row.iter().zip(&w).map(|(x, w)| x * w).sum();
        expected[0] += libm::log1p(libm::exp(-logit)) / ROWS as f64;
        for (slot, x) in expected[1..].iter_mut().zip(row) {
            *slot -= x / (1.0 + libm::exp(logit)) / ROWS as f64;
        }
    }

    let floats = |values: &[f64]| values.iter().map(|&v| v as f32).collect::<Vec<_>>();
    let autodiff = device.clone().autodiff();
    let x = Tensor::<1>::from_floats(floats(&x).as_slice(), &autodiff).reshape([ROWS, COLUMNS]);
    let w = Tensor::<1>::from_floats(floats(&w).as_slice(), &autodiff).reshape([COLUMNS, 1]).require_grad();
    let loss = activation::log_sigmoid(x.matmul(w.clone())).mean().neg();
    let gradient = w.grad(&loss.backward()).ok_or("no gradient came back")?;
    let found = read(vec![loss.without_autodiff(), gradient.reshape([COLUMNS])]).await?.concat();
    for (found, expected) in found.iter().zip(&expected) {
        if (*found as f64 - expected).abs() > 1e-4 {
            return Err(format!("{found} where {expected} was due"));
        }
    }
    Ok(())
}

/// Brings tensors to the host in one round trip.
///
/// # Errors
///
/// What the device says; a lost GPU is the usual cause.
pub async fn read<const D: usize>(tensors: Vec<Tensor<D>>) -> Result<Vec<Vec<f32>>, String> {
    let transaction = tensors.into_iter().fold(Transaction::default(), Transaction::register);
    let data = transaction.execute_async().await.map_err(|e| format!("{e:?}"))?;
    Ok(data.into_iter().map(|d| d.iter::<f32>().collect()).collect())
}

/// Waits for a future that is ready at once, as every read on a CPU device is.
///
/// # Panics
///
/// When the future is not ready: it belongs to a GPU.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("a CPU device answers at once"),
    }
}

/// flex, unchecked: what tests and documentation examples run on.
#[cfg(feature = "flex")]
pub fn cpu() -> Device {
    Device::flex()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_cpu_devices_pass_their_check() {
        for kind in [DeviceKind::Flex, DeviceKind::Ndarray] {
            block_on(open(kind)).unwrap();
        }
    }

    #[test]
    fn a_missing_device_is_named() {
        let error = block_on(open(DeviceKind::Webgpu)).unwrap_err();
        assert_eq!(error, "this build has no webgpu device");
    }
}
