//! The OWASP lists, entry by entry and by edition.

use telamon_engine::analysis::{Analysis, Coverage, FrameworkRef};

use super::document::{Document, Table};
use super::{MethodOptions, parts};
use crate::html::names::Names;
use crate::html::rich::{self, Rich};
use crate::words;

/// How the ids of the lists begin in the catalog.
const LISTS: &str = "owasp";

pub fn document(analysis: &Analysis, options: &MethodOptions) -> Document {
    let names = Names::new(analysis);
    let mut document = Document::new(analysis, "OWASP lists", &options.lang);
    parts::lead(&mut document, &names);
    let lists = lists(analysis);
    if lists.is_empty() {
        document.missing(Rich::of("the analysis was made without an edition of an OWASP list."));
    }
    for (title, entries) in lists {
        document.heading(2, title);
        document.table(overview(&names, &entries));
        for entry in entries {
            self::entry(&mut document, &names, entry);
        }
    }
    parts::made(&mut document, analysis, options);
    document
}

/// The editions in the order of the coverage, with their entries.
fn lists(analysis: &Analysis) -> Vec<(String, Vec<&Coverage>)> {
    let mut lists: Vec<(String, Vec<&Coverage>)> = Vec::new();
    for entry in analysis.coverage.iter().filter(|entry| entry.framework.starts_with(LISTS)) {
        let title = title(analysis, entry);
        match lists.iter_mut().find(|(known, _)| *known == title) {
            Some((_, entries)) => entries.push(entry),
            None => lists.push((title, vec![entry])),
        }
    }
    lists
}

fn title(analysis: &Analysis, entry: &Coverage) -> String {
    let name = analysis
        .catalog
        .iter()
        .find(|known| known.framework == entry.framework && known.edition == entry.edition)
        .map(|known| known.name.clone())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| words::framework(&entry.framework));
    format!("{name} {}", entry.edition)
}

fn overview(names: &Names, entries: &[&Coverage]) -> Table {
    let mut table = Table::new("Entries", &["Entry", "Name", "State", "Because", "Worst", "Open threats #"]);
    for entry in entries {
        let live = names.live_of(&entry.threats);
        let worst = live.iter().map(|threat| words::effective(threat)).max();
        table.row(vec![
            Rich::new().code(cite(entry)),
            Rich::of(&entry.name),
            Rich::of(words::spoken(&entry.state)),
            because(names, entry),
            worst.map_or_else(Rich::new, |worst| Rich::new().severity(worst)),
            parts::number(live.len()),
        ]);
    }
    table
}

fn because(names: &Names, entry: &Coverage) -> Rich {
    let question = entry.question.and_then(|number| names.analysis.questions.get(number.checked_sub(1)?));
    match question {
        Some(question) => rich::prose(&question.ask, &[&question.about]),
        None => rich::prose(&entry.because, &[]),
    }
}

/// The threats of an entry that has some.
fn entry(document: &mut Document, names: &Names, entry: &Coverage) {
    let threats: Vec<_> = entry.threats.iter().filter_map(|id| names.threat(id)).collect();
    if threats.is_empty() {
        return;
    }
    let cited = cite(entry);
    document.heading(3, format!("{cited} {}", entry.name));
    document.table(parts::threats(&cited, threats));
}

fn cite(entry: &Coverage) -> String {
    words::cite(&FrameworkRef {
        framework: entry.framework.clone(),
        edition: entry.edition.clone(),
        id: entry.id.clone(),
        name: String::new(),
    })
}
