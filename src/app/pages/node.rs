//! A data file as the browser parsed it. Its shape needs no check here: it is, byte for byte, the file that this program was made
//! with, and native tests read it.

use js_sys::{Array, Reflect};
use leptos::prelude::AnyView;
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

    /// What is drawn of each value in a member. One loop for all of them: a chain of iterators is compiled anew for each closure.
    pub fn each(&self, name: &str, draw: &mut dyn FnMut(&Self) -> AnyView) -> Vec<AnyView> {
        let mut drawn = Vec::new();
        for value in self.list(name) {
            drawn.push(draw(&value));
        }
        drawn
    }

    /// The two texts of a pair.
    pub fn pair(&self) -> (String, String) {
        let text = |index| Reflect::get_u32(&self.0, index).ok().and_then(|text| text.as_string()).unwrap_or_default();
        (text(0), text(1))
    }

    /// The values in this one.
    pub fn values(&self) -> Vec<Self> {
        let mut values = Vec::new();
        if Array::is_array(&self.0) {
            let array = Array::from(&self.0);
            for index in 0..array.length() {
                values.push(Self(array.get(index)));
            }
        }
        values
    }
}
