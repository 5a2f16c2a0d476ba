//! The diagram as Mermaid source, for Markdown that draws it.

use std::fmt::Write as _;

use telamon_engine::analysis::{Analysis, Component};

use super::source::{self, Tree, Visit};
use crate::words;

/// The diagram as a Mermaid flowchart. Nodes are numbered, since an id may be
/// a word that Mermaid keeps for itself.
pub fn mermaid(analysis: &Analysis) -> String {
    let mut out = String::from("flowchart LR\n");
    Tree::new(analysis).walk(|visit, depth| {
        let indent = "  ".repeat(depth + 1);
        let _ = match visit {
            Visit::Open(index, zone) => {
                writeln!(out, "{indent}subgraph z{index}[\"{}\"]", quoted(&source::zone_title(zone)))
            }
            Visit::Close => writeln!(out, "{indent}end"),
            Visit::Component(index, component) => writeln!(out, "{indent}c{index}{}", shape(component)),
        };
    });
    for (from, to, flow) in source::flows(analysis) {
        let caption = words::plain(flow.caption.trim());
        let _ = if caption.is_empty() {
            writeln!(out, "  c{from} --> c{to}")
        } else {
            writeln!(out, "  c{from} -->|\"{}\"| c{to}", quoted(&caption))
        };
    }
    out
}

/// External entities square, stores as a drum, processes rounded.
fn shape(component: &Component) -> String {
    let mut text = quoted(&source::name(component));
    let kind = source::kind(component);
    if !kind.is_empty() {
        let _ = write!(text, "<br/>{}", quoted(&kind));
    }
    match component.element.as_str() {
        "external-entity" => format!("[\"{text}\"]"),
        "data-store" => format!("[(\"{text}\")]"),
        _ => format!("(\"{text}\")"),
    }
}

/// Text within double quotes; Mermaid writes special characters as `#code;`.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' | ';' => {
                let _ = write!(out, "#{};", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out
}
