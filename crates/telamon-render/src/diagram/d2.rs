//! The diagram as D2 source.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use telamon_engine::analysis::{Analysis, Component};

use super::source::{self, Tree, Visit};
use crate::words;

/// The diagram in D2. Keys are numbered, labels hold the names.
pub fn d2(analysis: &Analysis) -> String {
    let mut out = String::from("direction: right\n");
    // A flow names its ends by all the zones around them.
    let mut paths: BTreeMap<usize, String> = BTreeMap::new();
    let mut around: Vec<usize> = Vec::new();
    Tree::new(analysis).walk(|visit, depth| {
        let indent = "  ".repeat(depth);
        let _ = match visit {
            Visit::Open(index, zone) => {
                around.push(index);
                writeln!(out, "{indent}z{index}: {} {{", quoted(&source::zone_title(zone)))
            }
            Visit::Close => {
                around.pop();
                writeln!(out, "{indent}}}")
            }
            Visit::Component(index, component) => {
                let mut path: String = around.iter().map(|zone| format!("z{zone}.")).collect();
                let _ = write!(path, "c{index}");
                paths.insert(index, path);
                writeln!(out, "{indent}c{index}: {}{}", label(component), shape(component))
            }
        };
    });
    for (from, to, flow) in source::flows(analysis) {
        let (Some(from), Some(to)) = (paths.get(&from), paths.get(&to)) else { continue };
        let caption = words::plain(flow.caption.trim());
        let _ = if caption.is_empty() {
            writeln!(out, "{from} -> {to}")
        } else {
            writeln!(out, "{from} -> {to}: {}", quoted(&caption))
        };
    }
    out
}

fn label(component: &Component) -> String {
    let kind = source::kind(component);
    let name = source::name(component);
    quoted(&if kind.is_empty() { name } else { format!("{name}\n{kind}") })
}

fn shape(component: &Component) -> &'static str {
    match component.element.as_str() {
        "external-entity" => "",
        "data-store" => " { shape: cylinder }",
        _ => " { style.border-radius: 12 }",
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('$', "\\$");
    format!("\"{escaped}\"")
}
