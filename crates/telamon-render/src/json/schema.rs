//! The JSON Schema of the analysis, for those who read the JSON.
//!
//! The shape is a table in `shape.rs`; a test holds it against the analysis
//! itself, so that neither can change alone.

#[path = "shape.rs"]
mod shape;

use serde_json::{Map, Value, json};
use telamon_engine::analysis::ANALYSIS_VERSION;

use shape::{OBJECTS, WORDS};

/// The schema (draft 2020-12), indented, ended by a line feed.
pub fn render() -> String {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text.push('\n');
    text
}

/// The schema as a value. Readers must let unknown keys pass: within a
/// version keys may be added.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for (name, description, words) in WORDS {
        definitions.insert((*name).to_owned(), json!({ "description": description, "enum": words }));
    }
    for (name, description, fields) in OBJECTS {
        definitions.insert((*name).to_owned(), object(description, fields));
    }
    let mut root = Map::new();
    root.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    root.insert("title".into(), format!("Telamon analysis, version {ANALYSIS_VERSION}").into());
    root.insert("$ref".into(), "#/$defs/Analysis".into());
    root.insert("$defs".into(), Value::Object(definitions));
    Value::Object(root)
}

fn object(description: &str, fields: &[shape::Field]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, kind, description) in fields {
        let (name, always) = match name.strip_suffix('?') {
            Some(name) => (name, false),
            None => (*name, true),
        };
        if always {
            required.push(Value::from(name));
        }
        let mut value = of(kind);
        if let Value::Object(map) = &mut value {
            map.insert("description".into(), (*description).into());
        }
        properties.insert(name.into(), value);
    }
    json!({
        "description": description,
        "type": "object",
        "properties": properties,
        "required": required,
    })
}

/// Reads the notation of the table: `text`, `count`, `flag`, `step` (1 to 5),
/// `grid`, a name of the table, `[x]` for a list, `{x}` for an object whose
/// keys are free, `x|null`.
fn of(kind: &str) -> Value {
    if let Some(inner) = kind.strip_suffix("|null") {
        return json!({ "anyOf": [of(inner), { "type": "null" }] });
    }
    if let Some(inner) = between(kind, '[', ']') {
        return json!({ "type": "array", "items": of(inner) });
    }
    if let Some(inner) = between(kind, '{', '}') {
        return json!({ "type": "object", "additionalProperties": of(inner) });
    }
    match kind {
        "text" => json!({ "type": "string" }),
        "count" => json!({ "type": "integer", "minimum": 0 }),
        "flag" => json!({ "type": "boolean" }),
        "step" => json!({ "type": "integer", "minimum": 1, "maximum": 5 }),
        "version" => json!({ "const": ANALYSIS_VERSION }),
        "date" => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        "grid" => grid(&of("count")),
        "severities" => grid(&of("Severity")),
        name => json!({ "$ref": format!("#/$defs/{name}") }),
    }
}

/// Five rows of five cells.
fn grid(cell: &Value) -> Value {
    let row = json!({ "type": "array", "items": cell, "minItems": 5, "maxItems": 5 });
    json!({ "type": "array", "items": row, "minItems": 5, "maxItems": 5 })
}

fn between(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
