//! Frameworks that are lists, such as a top ten, by edition.

use serde::Serialize;
use telamon_engine::analysis::{Coverage, FrameworkRef, Threat};

use super::coverage::{self, STATES, framework_name, frameworks, has_tactics};
use super::names::{Names, anchor};
use super::rich::Rich;
use super::{HtmlOptions, refs};
use crate::words;

/// A longer list shows only what concerns the model.
const WHOLE_UP_TO: usize = 30;

/// Lists of one publisher.
#[derive(Debug, Serialize)]
pub struct Section {
    /// Anchor of the section.
    pub anchor: String,
    /// The publisher, for the contents.
    pub label: String,
    title: String,
    tables: Vec<Table>,
}

#[derive(Debug, Serialize)]
struct Table {
    title: String,
    edition: String,
    /// Earlier or other editions of the same list.
    others: Vec<String>,
    rows: Vec<Row>,
    /// How many entries are not shown.
    left: usize,
}

#[derive(Debug, Serialize)]
struct Row {
    id: String,
    name: String,
    /// The same entry in each of the other editions.
    same: Vec<Rich>,
    worst: &'static str,
    says: Rich,
    open: usize,
}

type Edition<'a> = (&'a str, Vec<&'a Coverage>);

/// The sections: one for each publisher, which is the first word of a name.
pub fn sections(names: &Names, options: &HtmlOptions) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (framework, editions) in families(names, options) {
        let table = table(names, options, framework, &editions);
        if table.rows.is_empty() {
            continue;
        }
        let label = table.title.split_whitespace().next().unwrap_or("Lists").to_owned();
        match sections.iter_mut().find(|section| section.label == label) {
            Some(section) => section.tables.push(table),
            None => sections.push(Section {
                anchor: format!("framework-{}", anchor(framework)),
                title: table.title.clone(),
                label,
                tables: vec![table],
            }),
        }
    }
    for section in &mut sections {
        if section.tables.len() > 1 {
            section.title.clone_from(&section.label);
        }
    }
    sections
}

/// Lists with their editions, the one that is used by default first.
fn families<'a>(names: &Names<'a>, options: &HtmlOptions) -> Vec<(&'a str, Vec<Edition<'a>>)> {
    let mut families: Vec<(&str, Vec<Edition>)> = Vec::new();
    for (framework, edition, entries) in frameworks(names) {
        if has_tactics(&entries, options) {
            continue;
        }
        match families.iter_mut().find(|(known, _)| *known == framework) {
            Some((_, editions)) => editions.push((edition, entries)),
            None => families.push((framework, vec![(edition, entries)])),
        }
    }
    for (framework, editions) in &mut families {
        let first = words::default_edition(names.analysis, framework);
        editions.sort_by_key(|(edition, _)| Some(*edition) != first);
    }
    families
}

fn table(names: &Names, options: &HtmlOptions, framework: &str, editions: &[Edition]) -> Table {
    let Some(((edition, entries), others)) = editions.split_first() else {
        return Table { title: String::new(), edition: String::new(), others: Vec::new(), rows: Vec::new(), left: 0 };
    };
    let whole = entries.len() <= WHOLE_UP_TO;
    let rows: Vec<Row> = entries
        .iter()
        .filter(|entry| whole || matches!(entry.state.as_str(), "applies" | "mitigated" | "cannot-tell"))
        .map(|entry| row(names, options, entry, others))
        .collect();
    Table {
        title: framework_name(names, framework, edition),
        edition: (*edition).to_owned(),
        others: others.iter().map(|(edition, _)| (*edition).to_owned()).collect(),
        left: entries.len() - rows.len(),
        rows,
    }
}

fn row(names: &Names, options: &HtmlOptions, entry: &Coverage, others: &[Edition]) -> Row {
    let live: Vec<&Threat> = names.live_of(&entry.threats);
    let worst = live.iter().map(|threat| words::effective(threat)).max();
    let word = STATES.iter().find(|(class, _)| *class == entry.state).map_or("not assessed", |(_, word)| word);
    Row {
        id: words::cite(&reference(entry)),
        name: words::plain(&entry.name),
        same: others.iter().map(|(_, entries)| same(options, entry, entries)).collect(),
        worst: worst.map_or("", words::severity),
        says: if worst.is_some() { Rich::new() } else { coverage::reason(names, entry, word) },
        open: live.len(),
    }
}

/// The same entry in another edition, with its name where that changed.
fn same(options: &HtmlOptions, entry: &Coverage, others: &[&Coverage]) -> Rich {
    let here = reference(entry);
    let found =
        others.iter().map(|other| reference(other)).find(|other| refs::are_same(&here, other, &options.same_entries));
    match found {
        None => Rich::new(),
        Some(other) if other.name == here.name => Rich::new().code(words::cite(&other)),
        Some(other) => Rich::new().code(words::cite(&other)).text(format!(" {}", other.name)),
    }
}

fn reference(entry: &Coverage) -> FrameworkRef {
    FrameworkRef {
        framework: entry.framework.clone(),
        edition: entry.edition.clone(),
        id: entry.id.clone(),
        name: entry.name.clone(),
    }
}
