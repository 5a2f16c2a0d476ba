//! A path as a drawing and as a line.

use serde::Serialize;
use telamon_engine::analysis::{Hop, Path};

use super::names::Names;
use super::rich::{self, Rich};
use crate::words;

/// A path to draw.
#[derive(Debug, Serialize)]
pub struct Drawing {
    /// Number in the document; makes the ids of title and description.
    number: usize,
    /// How many elements.
    count: usize,
    /// Six and more never fit across.
    tall: bool,
    title: String,
    description: String,
    hops: Vec<Step>,
}

/// One element and the line that leaves it.
#[derive(Debug, Serialize)]
struct Step {
    /// `outside`, `process`, `store`.
    shape: &'static str,
    name: String,
    caption: String,
    /// False for the last.
    leads_on: bool,
    /// A control is missing where the next is entered.
    gate: bool,
}

/// Draws a path; nothing where it has fewer than two elements.
pub fn draw(names: &Names, path: &Path, number: usize) -> Option<Drawing> {
    if path.hops.len() < 2 {
        return None;
    }
    let elements: Vec<&str> = path.hops.iter().map(|hop| hop.element.as_str()).collect();
    let hops = steps(names, &path.hops);
    Some(Drawing {
        number,
        count: hops.len(),
        tall: hops.len() >= 6,
        title: words::plain(&format!("Path: {}", elements.join(" to "))),
        description: describe(&path.hops),
        hops,
    })
}

fn steps(names: &Names, hops: &[Hop]) -> Vec<Step> {
    let next = hops.iter().skip(1).map(Some).chain([None]);
    hops.iter()
        .zip(next)
        .map(|(hop, next)| Step {
            shape: shape(names, &hop.element),
            name: cut(&hop.element, 16),
            caption: cut(&hop.caption, 15),
            leads_on: next.is_some(),
            gate: next.is_some_and(|next| next.unguarded),
        })
        .collect()
}

fn shape(names: &Names, element: &str) -> &'static str {
    match names.component(element).map(|found| found.element.as_str()) {
        Some("external-entity") => "outside",
        Some("data-store") => "store",
        _ => "process",
    }
}

fn describe(hops: &[Hop]) -> String {
    let mut says = Vec::new();
    for (hop, next) in hops.iter().zip(hops.iter().skip(1)) {
        let what = if hop.caption.is_empty() { "something" } else { &hop.caption };
        let missing = if next.unguarded { ", a control is missing here" } else { "" };
        let line = format!("{} sends {what} to {}{missing}.", hop.element, next.element);
        says.push(words::plain(&line));
    }
    says.join(" ")
}

/// The path as one line of names and arrows.
pub fn line(path: &Path) -> Rich {
    let mut rich = Rich::new();
    for (index, element) in words::hops(path).iter().enumerate() {
        if index > 0 {
            rich = rich.text(" → ");
        }
        rich = rich.code(element);
    }
    rich
}

/// A way written as `a -> b: what`, with its elements as names where the
/// model knows them.
pub fn way(names: &Names, text: &str) -> Rich {
    let mut rich = Rich::new();
    for (index, part) in text.split(" -> ").enumerate() {
        if index > 0 {
            rich = rich.text(" → ");
        }
        rich = match part.split_once([':', ',']) {
            _ if names.component(part).is_some() => rich.code(part),
            Some((id, rest)) if names.component(id).is_some() => rich.code(id).text(",").text(rest),
            _ => rich.then(rich::prose(part, &[])),
        };
    }
    rich
}

/// At most so many characters, the last an ellipsis where some were left out.
fn cut(text: &str, most: usize) -> String {
    let text = words::plain(text);
    if text.chars().count() <= most {
        return text;
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_short_ones_are_not() {
        assert_eq!(cut("order-tool", 16), "order-tool");
        assert_eq!(cut("prompt with passages", 15), "prompt with pa…");
        assert_eq!(cut("größenverhältnisse", 8), "größenv…");
    }

    #[test]
    fn the_gate_stands_before_the_unguarded_element() {
        let analysis = crate::fixture::analysis();
        let names = Names::new(&analysis);
        let drawing = draw(&names, &analysis.threats[0].paths[0], 1).unwrap();
        let gates: Vec<bool> = drawing.hops.iter().map(|hop| hop.gate).collect();
        assert_eq!(gates, [false, true, true, true, false]);
        assert!(!drawing.tall);
        assert_eq!(drawing.hops[0].shape, "outside");
        assert_eq!(drawing.hops[2].shape, "store");
    }
}
