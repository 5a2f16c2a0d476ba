//! STRIDE: by component, then by letter.

use telamon_engine::analysis::{Analysis, Status, Threat};

use super::document::{Document, Table};
use super::{MethodOptions, parts};
use crate::html::names::Names;
use crate::html::rich::{self, Rich};
use crate::html::stride::LETTERS;
use crate::words;

pub fn document(analysis: &Analysis, options: &MethodOptions) -> Document {
    let names = Names::new(analysis);
    let mut document = Document::new(analysis, "STRIDE", &options.lang);
    parts::lead(&mut document, &names);
    if analysis.components.is_empty() {
        document.missing(Rich::of("the model has no components, so there is nothing to ask the six letters of."));
    } else {
        document.heading(2, "By component");
        document.paragraph(Rich::of(
            "Open threats with the worst severity; in brackets what controls in place hold. A threat with two letters counts under both.",
        ));
        document.table(by_component(&names));
    }
    let silent = by_letter(&mut document, analysis);
    if !silent.is_empty() && silent.len() < LETTERS.len() {
        document.paragraph(Rich::of(format!("Nothing was found for {}.", silent.join(", "))));
    }
    parts::made(&mut document, analysis, options);
    document
}

fn by_component(names: &Names) -> Table {
    let analysis = names.analysis;
    let mut head = vec!["Component".to_owned(), "Kind".to_owned(), "Zone".to_owned()];
    head.extend(LETTERS.iter().map(|word| rich::capital(&words::spoken(word))));
    let mut table = Table { label: "STRIDE by component".to_owned(), head, rows: Vec::new() };
    for component in &analysis.components {
        let of_it: Vec<&Threat> = analysis.threats.iter().filter(|threat| threat.component == component.id).collect();
        let mut row = vec![
            Rich::new().code(&component.id),
            Rich::of(component.kinds.first().map_or("", String::as_str)),
            Rich::new().code(&component.zone),
        ];
        row.extend(LETTERS.iter().map(|word| cell(&of_it, word)));
        table.row(row);
    }
    table
}

fn cell(threats: &[&Threat], letter: &str) -> Rich {
    let of_it: Vec<&&Threat> =
        threats.iter().filter(|threat| threat.stride.iter().any(|word| word == letter)).collect();
    let live = of_it.iter().filter(|threat| words::is_live(threat.status));
    let open = live.clone().count();
    let worst = live.map(|threat| words::effective(threat)).max();
    let held = of_it.iter().filter(|threat| threat.status == Status::Mitigated).count();
    let mut rich = match worst {
        Some(worst) => Rich::of(format!("{open}, {}", words::severity(worst))),
        None => Rich::of("–"),
    };
    if held > 0 {
        rich = rich.text(format!(" ({held})"));
    }
    rich
}

/// A heading and a table for each letter; the letters without a threat.
fn by_letter(document: &mut Document, analysis: &Analysis) -> Vec<String> {
    let mut silent = Vec::new();
    if analysis.threats.is_empty() {
        return silent;
    }
    document.heading(2, "By letter");
    for letter in LETTERS {
        let of_it: Vec<&Threat> =
            analysis.threats.iter().filter(|threat| threat.stride.iter().any(|word| word == letter)).collect();
        let word = words::spoken(letter);
        if of_it.is_empty() {
            silent.push(word);
            continue;
        }
        document.heading(3, format!("{}, {}", rich::capital(&word), of_it.len()));
        document.table(parts::threats(&word, of_it));
    }
    silent
}
