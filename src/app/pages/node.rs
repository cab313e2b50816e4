//! A data file as the browser parsed it. Its shape needs no check here: it is, byte for byte, the file that this program was made
//! with, and native tests read it.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

/// A value in a data file.
#[derive(Clone)]
pub struct Node(pub JsValue);

impl Node {
    fn member(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &JsValue::from_str(name)).unwrap_or_default()
    }

    /// The text of a member; empty when there is none.
    pub fn text(&self, name: &str) -> String {
        self.member(name).as_string().unwrap_or_default()
    }

    /// This value as a text.
    pub fn said(&self) -> String {
        self.0.as_string().unwrap_or_default()
    }

    /// This value as a whole number.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn number(&self) -> u32 {
        // Places on a scale of a thousand.
        self.0.as_f64().unwrap_or_default() as u32
    }

    /// The number of a member.
    pub fn number_of(&self, name: &str) -> u32 {
        Self(self.member(name)).number()
    }

    /// Whether a member says true.
    pub fn is(&self, name: &str) -> bool {
        self.member(name).is_truthy()
    }

    /// The values in a member; none when there is no such member.
    pub fn list(&self, name: &str) -> Vec<Self> {
        Self(self.member(name)).values()
    }

    /// The values in this one.
    pub fn values(&self) -> Vec<Self> {
        if Array::is_array(&self.0) { Array::from(&self.0).iter().map(Self).collect() } else { Vec::new() }
    }
}
