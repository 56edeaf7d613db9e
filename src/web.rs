//! The laboratory as a JavaScript class. The only file that knows JavaScript.

use crate::allocator::Lists;
use crate::catalog;
use crate::device::{self, DeviceKind};
use crate::protocol::{Checkpoint, Command, Event, Matrix, Named, RawSettings, Snapshot};
use crate::session::{self, Report, Session};
use crate::settings::Refusal;
use genlab_kernel::fused;
use js_sys::{Float32Array, Function, Object, Reflect, Uint8Array, WebAssembly};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};
use wasm_bindgen::prelude::*;

#[global_allocator]
static ALLOCATOR: Lists<WasmDynamicTalc> = Lists::before(new_wasm_dynamic_allocator());

/// Runs once when the module is loaded: makes panics readable, and pays for static constructors once.
#[wasm_bindgen(start)]
pub fn start() {
    #[cfg(feature = "webgpu")]
    {
        constructors::run_once();
        // cubecl reports shader failures through `log` only.
        let _ = console_log::init_with_level(log::Level::Warn);
    }
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // The worker reads this when a call into WebAssembly traps.
        let _ = Reflect::set(&js_sys::global(), &"genlabPanic".into(), &info.to_string().into());
    }));
}

/// cubecl brings static constructors (crate `inventory`). Unless the program calls them itself, the
/// linker runs them all again at every call into WebAssembly: 1.5 s a step instead of 0.1 (cubecl 0.11).
#[cfg(feature = "webgpu")]
mod constructors {
    use std::sync::atomic::{AtomicU32, Ordering};
    use wasm_bindgen::prelude::wasm_bindgen;

    static RUNS: AtomicU32 = AtomicU32::new(0);

    /// A constructor like theirs, which counts.
    #[used]
    #[unsafe(link_section = ".init_array")]
    static COUNT: extern "C" fn() = {
        extern "C" fn count() {
            RUNS.fetch_add(1, Ordering::Relaxed);
        }
        count
    };

    pub fn run_once() {
        unsafe extern "C" {
            fn __wasm_call_ctors();
        }
        unsafe { __wasm_call_ctors() };
    }

    /// How often the static constructors have run: 1, or every call pays for them again.
    #[wasm_bindgen]
    pub fn constructor_runs() -> u32 {
        RUNS.load(Ordering::Relaxed)
    }
}

/// A session on one device.
#[wasm_bindgen]
pub struct Lab {
    session: Session,
}

#[wasm_bindgen]
impl Lab {
    /// Opens `webgpu`, `flex` or `ndarray`.
    ///
    /// # Errors
    ///
    /// The reason in one sentence, as a string.
    pub async fn open(kind: String) -> Result<Lab, JsValue> {
        let kind = DeviceKind::find(&kind).ok_or_else(|| JsValue::from(format!("there is no device {kind}")))?;
        let device = device::open(kind).await.map_err(JsValue::from)?;
        Ok(Lab { session: Session::new(device) })
    }

    /// Everything the page may offer.
    pub fn catalog() -> JsValue {
        to_js(&catalog::catalog())
    }

    /// This program compiled, for another thread.
    pub fn module() -> JsValue {
        wasm_bindgen::module()
    }

    /// Products are made with the tiles of another module from now on: `genlab_fused.wasm`, compiled, which only engines
    /// with relaxed SIMD can do.
    ///
    /// # Errors
    ///
    /// When it is another module, in the engine's words; then nothing has changed.
    pub fn fuse(tiles: &WebAssembly::Module) -> Result<(), JsValue> {
        let [environment, imports] = [Object::new(), Object::new()];
        Reflect::set(&environment, &"memory".into(), &wasm_bindgen::memory())?;
        Reflect::set(&imports, &"env".into(), &environment)?;
        let exports = WebAssembly::Instance::new(tiles, &imports)?.exports();
        let functions = fused::KINDS.iter().map(|&kind| Reflect::get(&exports, &kind.into())?.dyn_into::<Function>());
        let functions = functions.collect::<Result<Vec<_>, _>>()?;
        let table: WebAssembly::Table = wasm_bindgen::function_table().unchecked_into();
        let first = table.grow(functions.len() as u32)?;
        for (place, function) in (first..).zip(functions) {
            table.set(place, &function)?;
        }
        // SAFETY: they have just been put there, and have this memory.
        unsafe { fused::set(first as usize) };
        Ok(())
    }

    /// Carries out a command; the event says what came of it.
    pub fn apply(&mut self, command: JsValue) -> JsValue {
        let event = match command_from(command) {
            Ok(command) => self.session.apply(command),
            Err(refusal) => {
                let run = self.session.run_id().unwrap_or(0);
                Event::Failed { run, message: refusal.to_string(), refusal }
            }
        };
        event_to_js(event)
    }

    /// Names of what has to be loaded before a run with these settings can start.
    pub fn needs(&self, settings: JsValue) -> Vec<String> {
        let raw: RawSettings = serde_wasm_bindgen::from_value(settings).unwrap_or_default(); // the start will say what is wrong
        self.session.needs(&raw).into_iter().map(String::from).collect()
    }

    /// Has the current run steps to take?
    #[wasm_bindgen(getter)]
    pub fn busy(&self) -> bool {
        self.session.busy()
    }

    /// The time that was set for playing has passed.
    pub fn time_is_up(&mut self) {
        self.session.time_is_up();
    }

    /// Steps that the current run has taken.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> f64 {
        self.session.step().unwrap_or(0) as f64
    }

    /// Floating-point operations of the matrix products that this module has made so far (flex only).
    #[wasm_bindgen(getter)]
    pub fn operations(&self) -> f64 {
        genlab_kernel::operations() as f64
    }

    /// Takes up to `n` of the steps that it has to take.
    pub fn advance(&mut self, n: u32) {
        self.session.advance(n);
    }

    /// The beginning of the current run once more, for nobody to see; undefined where there is none to be had.
    pub fn rehearsal(&self) -> Option<Rehearsal> {
        self.session.rehearsal().map(|rehearsal| Rehearsal { rehearsal })
    }

    /// A snapshot event, or undefined without a run.
    ///
    /// # Errors
    ///
    /// When the device is lost, in the device's words.
    pub async fn snapshot(&mut self) -> Result<JsValue, JsValue> {
        let snapshot = self.session.snapshot().await.map_err(JsValue::from)?;
        Ok(snapshot.map_or(JsValue::UNDEFINED, snapshot_to_js))
    }

    /// A snapshot event that has looked at nothing where it is `blind`, and has put readings off where it is
    /// `unmeasured`; undefined without a run.
    ///
    /// # Errors
    ///
    /// When the device is lost, in the device's words.
    pub async fn report(&mut self, blind: bool, unmeasured: bool) -> Result<JsValue, JsValue> {
        let report = self.session.report(Report { blind, unmeasured }).await.map_err(JsValue::from)?;
        Ok(report.map_or(JsValue::UNDEFINED, snapshot_to_js))
    }

    /// A glance event: what is to be seen at a checkpoint; undefined where somebody else has to look.
    ///
    /// # Errors
    ///
    /// When the checkpoint is not of this run, or the device is lost, in a sentence.
    pub async fn look(&mut self, checkpoint: JsValue) -> Result<JsValue, JsValue> {
        let values = take_replacing::<Float32Array>(&checkpoint, "values").map(|values| values.to_vec());
        let mut checkpoint: Checkpoint = serde_wasm_bindgen::from_value(checkpoint)?;
        checkpoint.values = values.unwrap_or_default();
        let probes = self.session.look(&checkpoint).await.map_err(JsValue::from)?;
        let run = self.session.run_id().unwrap_or(0);
        Ok(probes.map_or(JsValue::UNDEFINED, |probes| glance_to_js(run, probes)))
    }

    /// A glance event, or undefined without a run.
    ///
    /// # Errors
    ///
    /// When the device is lost, in the device's words.
    pub async fn glance(&self) -> Result<JsValue, JsValue> {
        let probes = self.session.glance().await.map_err(JsValue::from)?;
        let run = self.session.run_id().unwrap_or(0);
        Ok(probes.map_or(JsValue::UNDEFINED, |probes| glance_to_js(run, probes)))
    }

    /// A weights event: both networks as a safetensors file; undefined without a run.
    ///
    /// # Errors
    ///
    /// When the device is lost, in the device's words.
    pub async fn weights(&self) -> Result<JsValue, JsValue> {
        let bytes = self.session.weights().await.map_err(JsValue::from)?;
        let run = self.session.run_id().unwrap_or(0);
        Ok(bytes.map_or(JsValue::UNDEFINED, |bytes| event_to_js(Event::Weights { run, bytes })))
    }

    /// A checkpoint event, or undefined where there is nothing to continue.
    ///
    /// # Errors
    ///
    /// When the device is lost, in the device's words.
    pub async fn checkpoint(&self) -> Result<JsValue, JsValue> {
        let checkpoint = self.session.checkpoint().await.map_err(JsValue::from)?;
        let run = self.session.run_id().unwrap_or(0);
        Ok(checkpoint.map_or(JsValue::UNDEFINED, |checkpoint| checkpoint_to_js(run, checkpoint)))
    }
}

/// Steps that change nothing.
#[wasm_bindgen]
pub struct Rehearsal {
    rehearsal: session::Rehearsal,
}

#[wasm_bindgen]
impl Rehearsal {
    pub fn advance(&mut self, n: u32) {
        self.rehearsal.advance(n);
    }
}

fn to_js<T: Serialize>(value: &T) -> JsValue {
    let serializer = Serializer::json_compatible();
    value.serialize(&serializer).expect("protocol types are plain data")
}

/// Floats travel as one `Float32Array`: a field set beside what serde writes.
fn set_floats(object: &JsValue, path: &[&str], values: &[f32]) {
    let (last, parents) = path.split_last().expect("a path has a name");
    let get = |object: JsValue, key: &&str| Reflect::get(&object, &(*key).into()).expect("the path exists");
    let target = parents.iter().fold(object.clone(), get);
    Reflect::set(&target, &(*last).into(), &Float32Array::from(values)).expect("a plain object takes a field");
}

/// An event with what is long in typed arrays.
fn event_to_js(mut event: Event) -> JsValue {
    match &mut event {
        Event::Table { points, .. } => {
            let values = std::mem::take(&mut points.values);
            let event = to_js(&event);
            set_floats(&event, &["points", "values"], &values);
            event
        }
        Event::Weights { bytes, .. } => {
            let bytes = Uint8Array::from(std::mem::take(bytes).as_slice());
            let event = to_js(&event);
            Reflect::set(&event, &"bytes".into(), &bytes).expect("a plain object takes a field");
            event
        }
        _ => to_js(&event),
    }
}

fn snapshot_to_js(mut snapshot: Snapshot) -> JsValue {
    let curves: Vec<_> = snapshot.curves.values.iter_mut().map(|(id, v)| (*id, std::mem::take(v))).collect();
    let probes = take_values(&mut snapshot.probes);
    let event = to_js(&Event::Snapshot(snapshot));
    for (id, values) in curves {
        set_floats(&event, &["curves", id], &values);
    }
    for (id, values) in probes {
        set_floats(&event, &["probes", id, "values"], &values);
    }
    event
}

fn glance_to_js(run: u32, mut probes: Named<Matrix>) -> JsValue {
    let values = take_values(&mut probes);
    let event = to_js(&Event::Glance { run, probes });
    for (id, values) in values {
        set_floats(&event, &["probes", id, "values"], &values);
    }
    event
}

fn take_values(probes: &mut Named<Matrix>) -> Vec<(&'static str, Vec<f32>)> {
    probes.iter_mut().map(|(id, matrix)| (*id, std::mem::take(&mut matrix.values))).collect()
}

fn checkpoint_to_js(run: u32, mut checkpoint: Checkpoint) -> JsValue {
    let values = std::mem::take(&mut checkpoint.values);
    let event = to_js(&Event::Checkpoint { run, checkpoint });
    set_floats(&event, &["checkpoint", "values"], &values);
    event
}

/// Reads a command. serde does not know typed arrays, so what is long takes its own way.
fn command_from(command: JsValue) -> Result<Command, Refusal> {
    let checkpoint = take_floats(&command, "checkpoint");
    let points = take_floats(&command, "points");
    let weights = take::<Uint8Array>(&command, "weights").map(|bytes| bytes.to_vec());
    let bytes = take_replacing::<Uint8Array>(&command, "bytes").map(|bytes| bytes.to_vec());
    let mut command = serde_wasm_bindgen::from_value(command)
        .map_err(|e| Refusal::new("command", e, "one that src/protocol.rs lists"))?;
    if let Command::Start(start) = &mut command {
        if let (Some(target), Some(values)) = (&mut start.checkpoint, checkpoint) {
            target.values = values;
        }
        if let (Some(target), Some(values)) = (&mut start.points, points) {
            target.values = values;
        }
        start.weights = weights;
    }
    if let (Command::Load { bytes: target, .. }, Some(bytes)) = (&mut command, bytes) {
        *target = bytes;
    }
    Ok(command)
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// The `Float32Array` at `object[key].values`, which an empty list replaces.
fn take_floats(object: &JsValue, key: &str) -> Option<Vec<f32>> {
    let inner = get(object, key);
    take_replacing::<Float32Array>(&inner, "values").map(|values| values.to_vec())
}

/// The typed array at `object[key]`, which an empty list replaces.
fn take_replacing<T: JsCast>(object: &JsValue, key: &str) -> Option<T> {
    let array = get(object, key).dyn_into::<T>().ok()?;
    let _ = Reflect::set(object, &key.into(), &js_sys::Array::new());
    Some(array)
}

/// The typed array at `object[key]`, which is taken away.
fn take<T: JsCast>(object: &JsValue, key: &str) -> Option<T> {
    let array = get(object, key).dyn_into::<T>().ok()?;
    let _ = Reflect::delete_property(object.unchecked_ref::<js_sys::Object>(), &key.into());
    Some(array)
}
