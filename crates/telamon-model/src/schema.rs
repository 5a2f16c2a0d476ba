//! The JSON Schema of the model language, made from the declaration.
//!
//! With it an editor completes keys, kinds, controls, zones and words.

use crate::declaration::{CONTROL_DETAIL, FLOW, Key, MODEL, Section, Type};
use crate::vocabulary::{CONTROL_STATES, EFFECT_REACH, EFFECTS, Vocabulary};
use std::fmt::Write;

/// The schema as JSON text, with a final line feed.
pub fn schema(vocabulary: &Vocabulary) -> String {
    let mut out = String::new();
    out.push_str("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
    out.push_str("  \"title\": \"Telamon model\",\n");
    out.push_str("  \"description\": ");
    out.push_str(&quote(MODEL.doc));
    out.push_str(",\n");
    let body = section(&MODEL);
    // The top level is the model's section without its opening brace.
    out.push_str("  ");
    out.push_str(body.trim_start_matches('{').trim_end_matches('}'));
    out.push_str(",\n  \"$defs\": {\n");
    let defs = [
        ("kind", kinds(vocabulary)),
        ("zone", zones(vocabulary)),
        ("controls", controls(vocabulary)),
        ("controlState", control_state()),
        ("effects", effects()),
        ("flow", flow()),
        ("texts", one_or_many("{\"type\":\"string\"}")),
    ];
    for (at, (name, text)) in defs.iter().enumerate() {
        let comma = if at + 1 < defs.len() { "," } else { "" };
        let _ = writeln!(out, "    {}: {text}{comma}", quote(name));
    }
    out.push_str("  }\n}\n");
    out
}

/// A JSON string literal.
fn quote(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(quote).collect();
    format!("[{}]", words.join(","))
}

fn one_or_many(item: &str) -> String {
    format!("{{\"anyOf\":[{item},{{\"type\":\"array\",\"items\":{item}}}]}}")
}

fn section(section: &'static Section) -> String {
    let properties: Vec<String> =
        section.keys.iter().map(|key| format!("{}:{}", quote(key.name), property(key))).collect();
    let required: Vec<&str> = section.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    format!(
        "{{\"type\":\"object\",\"properties\":{{{}}},\"patternProperties\":{{\"^x-\":true}},\"additionalProperties\":false,\"required\":{}}}",
        properties.join(","),
        list(required)
    )
}

fn property(key: &Key) -> String {
    let ty = match key.ty {
        Type::Text => "{\"type\":[\"string\",\"number\",\"boolean\",\"null\"]}".to_owned(),
        Type::Texts | Type::Components | Type::Data => "{\"$ref\":\"#/$defs/texts\"}".to_owned(),
        Type::Date => "{\"type\":\"string\",\"pattern\":\"^\\\\d{4}-\\\\d{2}-\\\\d{2}$\"}".to_owned(),
        Type::Bool => "{\"type\":\"boolean\"}".to_owned(),
        Type::Number => "{\"type\":\"number\"}".to_owned(),
        Type::Word(words) | Type::Ordered(words) => {
            format!("{{\"enum\":{}}}", list(words.iter().copied()))
        }
        Type::Words(words) => one_or_many(&format!("{{\"enum\":{}}}", list(words.iter().copied()))),
        Type::Kinds => one_or_many("{\"$ref\":\"#/$defs/kind\"}"),
        Type::Zone => "{\"$ref\":\"#/$defs/zone\"}".to_owned(),
        Type::Controls => "{\"$ref\":\"#/$defs/controls\"}".to_owned(),
        Type::Effects => "{\"$ref\":\"#/$defs/effects\"}".to_owned(),
        Type::Section(inner) => section(inner),
        Type::Map(inner) => format!("{{\"type\":[\"object\",\"null\"],\"additionalProperties\":{}}}", section(inner)),
        Type::List(inner) => format!("{{\"type\":[\"array\",\"null\"],\"items\":{}}}", section(inner)),
        Type::Flows => "{\"type\":[\"array\",\"null\"],\"items\":{\"$ref\":\"#/$defs/flow\"}}".to_owned(),
        Type::Any => "true".to_owned(),
    };
    let mut doc = key.doc.to_owned();
    if !key.default.is_empty() {
        let _ = write!(doc, " (assumed when not written: {})", key.default);
    }
    match ty.strip_prefix('{') {
        Some(rest) => format!("{{\"description\":{},{rest}", quote(&doc)),
        None => ty,
    }
}

/// Words that editors complete with their description.
fn described<'w>(words: impl Iterator<Item = (&'w str, &'w str)>) -> String {
    let rows: Vec<String> =
        words.map(|(word, line)| format!("{{\"const\":{},\"description\":{}}}", quote(word), quote(line))).collect();
    format!("{{\"oneOf\":[{}]}}", rows.join(","))
}

fn kinds(vocabulary: &Vocabulary) -> String {
    described(vocabulary.kinds.iter().map(|kind| (kind.id.as_str(), kind.line.as_str())))
}

fn zones(vocabulary: &Vocabulary) -> String {
    let examples = list(vocabulary.zones.iter().map(|zone| zone.id.as_str()));
    format!("{{\"type\":\"string\",\"examples\":{examples}}}")
}

fn controls(vocabulary: &Vocabulary) -> String {
    let names = list(vocabulary.controls.iter().map(|c| c.id.as_str()));
    let properties: Vec<String> = vocabulary
        .controls
        .iter()
        .map(|control| {
            format!(
                "{}:{{\"description\":{},\"$ref\":\"#/$defs/controlState\"}}",
                quote(&control.id),
                quote(&control.name)
            )
        })
        .collect();
    format!(
        "{{\"anyOf\":[{{\"type\":\"array\",\"items\":{{\"enum\":{names}}}}},{{\"enum\":{names}}},{{\"type\":\"object\",\"properties\":{{{}}},\"additionalProperties\":false}}]}}",
        properties.join(",")
    )
}

fn control_state() -> String {
    format!("{{\"anyOf\":[{{\"enum\":{}}},{}]}}", list(CONTROL_STATES), section(&CONTROL_DETAIL))
}

fn effects() -> String {
    let words = list(EFFECTS);
    let reach = list(EFFECT_REACH);
    let properties: Vec<String> =
        EFFECTS.iter().map(|effect| format!("{}:{{\"enum\":{reach}}}", quote(effect))).collect();
    format!(
        "{{\"anyOf\":[{{\"enum\":{words}}},{{\"type\":\"array\",\"items\":{{\"enum\":{words}}}}},{{\"type\":\"object\",\"properties\":{{{}}},\"additionalProperties\":false}}]}}",
        properties.join(",")
    )
}

fn flow() -> String {
    format!(
        "{{\"anyOf\":[{{\"type\":\"string\",\"pattern\":\"->\"}},{{\"type\":\"object\",\"minProperties\":1,\"maxProperties\":1,\"patternProperties\":{{\"->\":{{\"type\":[\"string\",\"number\",\"null\"]}}}},\"additionalProperties\":false}},{}]}}",
        section(&FLOW)
    )
}
