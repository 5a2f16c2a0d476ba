//! The diagram as source for Graphviz.

use std::fmt::Write as _;

use telamon_engine::analysis::{Analysis, Component};

use super::source::{self, Tree, Visit};
use crate::words;

/// The diagram in the DOT language.
pub fn dot(analysis: &Analysis) -> String {
    let mut out = String::from(
        "digraph model {\n  rankdir=LR;\n  compound=true;\n  fontname=\"Helvetica\";\n  \
         node [fontname=\"Helvetica\", fontsize=11];\n  edge [fontname=\"Helvetica\", fontsize=10];\n",
    );
    Tree::new(analysis).walk(|visit, depth| {
        let indent = "  ".repeat(depth + 1);
        let _ = match visit {
            Visit::Open(index, zone) => writeln!(
                out,
                "{indent}subgraph cluster_{index} {{\n{indent}  label={};\n{indent}  style=rounded;",
                quoted(&source::zone_title(zone))
            ),
            Visit::Close => writeln!(out, "{indent}}}"),
            Visit::Component(index, component) => {
                writeln!(out, "{indent}c{index} [label={}, {}];", label(component), shape(component))
            }
        };
    });
    for (from, to, flow) in source::flows(analysis) {
        let caption = words::plain(flow.caption.trim());
        let _ = if caption.is_empty() {
            writeln!(out, "  c{from} -> c{to};")
        } else {
            writeln!(out, "  c{from} -> c{to} [label={}];", quoted(&caption))
        };
    }
    out.push_str("}\n");
    out
}

fn label(component: &Component) -> String {
    let kind = source::kind(component);
    let name = source::name(component);
    quoted(&if kind.is_empty() { name } else { format!("{name}\n{kind}") })
}

fn shape(component: &Component) -> &'static str {
    match component.element.as_str() {
        "external-entity" => "shape=box",
        "data-store" => "shape=cylinder",
        _ => "shape=box, style=rounded",
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}
