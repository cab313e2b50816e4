//! What others find in `docs/schema` beside the contract: the file that a hospital sets, and the messages of an embedding page.

use super::message::{AidMessage, HostMessage};
use super::policy::Config;
use crate::engine::schema::{Side, declarations, roots, schema};
use crate::engine::shape::{Describe, Shape};

/// Every file made from these types, with its name in `docs/schema`.
#[must_use]
pub fn files() -> Vec<(&'static str, String)> {
    let types = declarations(
        "// The file that a hospital sets, and the messages between the aid and a page around it, version 1. Made from the aid's types; do not\n// edit.\n",
        &own(),
        &roots(),
    );
    vec![
        ("config.schema.json", schema("config.schema.json", &Config::describe(), Side::Read)),
        ("message.schema.json", schema("message.schema.json", &HostMessage::describe(), Side::Read)),
        ("embedding.d.ts", types),
    ]
}

/// The types that are no part of the contract.
#[must_use]
pub fn own() -> [Shape; 3] {
    [Config::describe(), HostMessage::describe(), AidMessage::describe()]
}
