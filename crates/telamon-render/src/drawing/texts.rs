//! The diagram as text for Mermaid, D2 and DOT.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use telamon_engine::analysis::{Analysis, Component};

/// Ids that every tool takes: `n0`, `n1`... in the order of the components.
fn ids(analysis: &Analysis) -> BTreeMap<&str, String> {
    analysis.components.iter().enumerate().map(|(at, component)| (component.id.as_str(), format!("n{at}"))).collect()
}

fn members<'a>(analysis: &'a Analysis, zone: &'a str) -> impl Iterator<Item = &'a Component> {
    analysis.components.iter().filter(move |component| component.zone == zone)
}

fn quoted(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Mermaid takes entities in quoted labels, and no backslashes.
fn entity(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('#', "#35;").replace('"', "#quot;").replace('<', "#lt;").replace('>', "#gt;"))
}

/// The diagram for Mermaid.
pub fn mermaid(analysis: &Analysis) -> String {
    let ids = ids(analysis);
    let mut text = String::from("flowchart LR\n");
    for (at, zone) in analysis.zones.iter().enumerate() {
        let _ = writeln!(text, "  subgraph z{at} [{}]", entity(&format!("{} ({} trust)", zone.name, zone.trust)));
        for component in members(analysis, &zone.id) {
            let id = ids.get(component.id.as_str()).map_or("", String::as_str);
            let name = entity(&component.name);
            let shape = match component.element.as_str() {
                "external-entity" => format!("{id}[{name}]"),
                "data-store" => format!("{id}[({name})]"),
                _ => format!("{id}({name})"),
            };
            let _ = writeln!(text, "    {shape}");
        }
        text.push_str("  end\n");
    }
    for flow in &analysis.flows {
        let (Some(from), Some(to)) = (ids.get(flow.from.as_str()), ids.get(flow.to.as_str())) else { continue };
        let caption = if flow.caption.is_empty() { String::new() } else { format!("|{}|", entity(&flow.caption)) };
        let _ = writeln!(text, "  {from} -->{caption} {to}");
    }
    text
}

/// The diagram for D2.
pub fn d2(analysis: &Analysis) -> String {
    let mut text = String::from("direction: right\n");
    let mut places: BTreeMap<&str, String> = BTreeMap::new();
    for (at, zone) in analysis.zones.iter().enumerate() {
        let _ = writeln!(text, "z{at}: {} {{", quoted(&format!("{} ({} trust)", zone.name, zone.trust)));
        for (number, component) in members(analysis, &zone.id).enumerate() {
            let shape = match component.element.as_str() {
                "external-entity" => "rectangle",
                "data-store" => "cylinder",
                _ => "oval",
            };
            let _ = writeln!(text, "  n{number}: {} {{ shape: {shape} }}", quoted(&component.name));
            places.insert(&component.id, format!("z{at}.n{number}"));
        }
        text.push_str("}\n");
    }
    for flow in &analysis.flows {
        let (Some(from), Some(to)) = (places.get(flow.from.as_str()), places.get(flow.to.as_str())) else { continue };
        let caption = if flow.caption.is_empty() { String::new() } else { format!(": {}", quoted(&flow.caption)) };
        let _ = writeln!(text, "{from} -> {to}{caption}");
    }
    text
}

/// The diagram for Graphviz.
pub fn dot(analysis: &Analysis) -> String {
    let ids = ids(analysis);
    let mut text = String::from("digraph model {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    for (at, zone) in analysis.zones.iter().enumerate() {
        let _ = writeln!(
            text,
            "  subgraph cluster_{at} {{\n    label={};",
            quoted(&format!("{} ({} trust)", zone.name, zone.trust))
        );
        for component in members(analysis, &zone.id) {
            let shape = match component.element.as_str() {
                "external-entity" => "box",
                "data-store" => "cylinder",
                _ => "ellipse",
            };
            let id = ids.get(component.id.as_str()).map_or("", String::as_str);
            let _ = writeln!(text, "    {id} [label={}, shape={shape}];", quoted(&component.name));
        }
        text.push_str("  }\n");
    }
    for flow in &analysis.flows {
        let (Some(from), Some(to)) = (ids.get(flow.from.as_str()), ids.get(flow.to.as_str())) else { continue };
        let _ = writeln!(text, "  {from} -> {to} [label={}];", quoted(&flow.caption));
    }
    text.push_str("}\n");
    text
}
